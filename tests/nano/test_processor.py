"""The processor: results of instructions, what they cost, and sleep."""

from __future__ import annotations

import struct
from collections.abc import Callable

import pytest

from motionloop.nano.soc import Soc
from tests.nano.bare_metal.machine import has_finished, trace

Run = Callable[..., Soc]
TICKS_PER_MS = 16_000


def test_integer_instructions_give_what_the_architecture_says(run: Run) -> None:
    square = 0xFFFFFFFB**2
    product = 0x123456789AB * 1000003
    assert run("integers").words("results", 11) == (
        square & 0xFFFFFFFF,
        square >> 32,
        (-1000) & 0xFFFFFFFF,  # towards zero
        0,  # a division by zero
        (-128) & 0xFFFFFFFF,
        0x7FFFFFFF,
        0x1E6A2C48,
        89,
        8,
        product & 0xFFFFFFFF,
        product >> 32,
    )


def test_floating_point_is_ieee_754_in_single_precision(run: Run) -> None:
    def bits(value: float) -> int:
        return int(struct.unpack("<I", struct.pack("<f", value))[0])

    inexact, by_zero, underflow = 1 << 4, 1 << 1, 1 << 3
    results = run("floats").words("results", 9)
    fused = 1 + (1 + 2**-23) * (-1 + 2**-24)
    assert results[:7] == (
        bits(1 / 3), bits(2**0.5), bits(fused), 2, 0xFFFFFFFE, bits(0.5e-40), bits(float("inf")),
    )  # fmt: skip
    assert results[7] & (inexact | by_zero) == inexact | by_zero
    assert results[7] & ~(inexact | by_zero | underflow | 1) == 0
    assert results[8] == 0  # NaN equals nothing


def test_instructions_cost_what_the_cycle_model_states(run: Run) -> None:
    wait = 2
    results = run("costs", flash_wait=wait).words("results", 28)
    # Cycles and 32-bit words fetched, beyond those of the empty measurement.
    expected = [
        (0, 0),
        (2, 1),
        (3, 3),
        (2 + 1, 2),
        (5 + 5, 1),
        (7 + 3, 2),
        (8, 1),
        (4, 1),  # taken; the words behind it are not fetched
        (2 + 10 * (1 + 4), 1 + 10),
        # A branch that is not taken counts as taken, and both blocks fetch the word they share.
        (2 + 4 + 1, 2 + 1),
        (1 + 14 + 3, 3),
        (4 + 4 + 4, 3),
    ]
    in_flash = [after - results[0] for after in results[:12]]
    in_ram = [after - results[16] for after in results[16:28]]
    assert in_ram == [cycles for cycles, _ in expected]
    assert in_flash == [cycles + wait * words for cycles, words in expected]


def test_without_wait_states_flash_is_as_fast_as_ram(run: Run) -> None:
    results = run("costs", flash_wait=0).words("results", 28)
    assert results[:12] == results[16:28]


def test_the_same_run_takes_the_same_cycles(run: Run) -> None:
    first, second = run("work"), run("work")
    assert first.words("results", 2) == second.words("results", 2)
    assert first.processor.blocks == second.processor.blocks
    assert trace(first) == trace(second)
    assert first.words("noted")[0] > 100


def test_another_time_slice_changes_nothing(run: Run, board: Run) -> None:
    """How often the emulator looks in from outside is not part of the run."""
    sliced = board("work")
    while not has_finished(sliced):
        sliced.run_until(sliced.now + 777)
    assert sliced.words("results", 2) == run("work").words("results", 2)


def test_wfi_sleeps_until_an_interrupt(run: Run) -> None:
    slept, woken = run("wfi_until_an_interrupt").words("results", 2)
    assert slept == pytest.approx(TICKS_PER_MS, abs=80)
    assert woken == 1


def test_wfi_wakes_for_an_interrupt_that_primask_holds_back(run: Run) -> None:
    slept, before, after, again, slept_again = run("wfi_while_masked").words("results", 5)
    assert slept == pytest.approx(TICKS_PER_MS, abs=80)
    assert (before, after, again) == (0, 1, 2)
    assert slept_again == pytest.approx(TICKS_PER_MS / 2, abs=80)


def test_wfi_does_not_wake_for_an_interrupt_below_basepri(board: Run) -> None:
    soc = board("wfi_below_basepri")
    soc.run_for(0.01)
    assert not has_finished(soc)


def test_wfe_uses_up_the_event_that_sev_or_an_interrupt_left(run: Run) -> None:
    at_once, slept, woken, left, slept_again = run("wfe_and_the_event_register").words("results", 5)
    assert at_once < 80
    assert slept == pytest.approx(TICKS_PER_MS, abs=80)
    assert woken == 1
    assert left < 80
    assert slept_again == pytest.approx(TICKS_PER_MS, abs=80)


@pytest.mark.parametrize("handler_uses_wfe", [0, 1])
def test_an_interrupt_just_before_wfe_is_not_lost(run: Run, handler_uses_wfe: int) -> None:
    waited, woken = run("an_interrupt_just_before_wfe", handler_uses_wfe).words("results", 2)
    assert waited < 80
    assert woken == 1


def test_a_masked_interrupt_wakes_wfe_with_sevonpend(run: Run) -> None:
    slept, before, after = run("wfe_while_masked", parameter=1).words("results", 3)
    assert slept == pytest.approx(TICKS_PER_MS, abs=80)
    assert (before, after) == (0, 1)


def test_a_masked_interrupt_does_not_wake_wfe_without_sevonpend(board: Run) -> None:
    soc = board("wfe_while_masked", parameter=0)
    soc.run_for(0.01)
    assert not has_finished(soc)


def test_sleep_on_exit_returns_to_sleep_and_not_to_the_thread(run: Run) -> None:
    slept, woken = run("sleep_on_exit").words("results", 2)
    assert woken == 3
    assert slept == pytest.approx(3 * 1600, abs=100)
