"""Exceptions: who goes when, what is saved, and what a fault leaves."""

from __future__ import annotations

import struct
from collections.abc import Callable
from itertools import pairwise

import pytest

from motionloop.nano.peripherals import clock_power
from motionloop.nano.soc import Soc
from tests.nano.bare_metal.machine import finish, trace

Run = Callable[..., Soc]

# Of CFSR and HFSR.
IBUSERR, PRECISERR, STKERR, BFARVALID = 1 << 8, 1 << 9, 1 << 12, 1 << 15
UNDEFINSTR, INVSTATE, INVPC = 1 << 16, 1 << 17, 1 << 18
FORCED = 1 << 30


def test_svc_gets_its_arguments_and_its_number_and_answers(run: Run) -> None:
    assert run("svc").words("results") == (1 + 20 + 300 + 4000 + 70000,)


def test_pendsv_of_the_lowest_priority_comes_after_the_interrupts(run: Run) -> None:
    assert trace(run("pendsv_after_isr")) == [1, 2, 9, 10, 3, 11]


def test_a_higher_priority_nests_and_the_same_waits(run: Run) -> None:
    soc = run("nested")
    assert trace(soc) == [1, 2, 21, 3, 11, 4]
    active, to_base, none_active = soc.words("results", 3)
    assert active == 1 << 20 | 1 << 22
    assert (to_base, none_active) == (0, 0)


def test_a_priority_group_decides_who_preempts_and_the_rest_who_is_first(run: Run) -> None:
    assert trace(run("priority_groups")) == [1, 2, 21, 11]


def test_what_is_pending_goes_by_priority_and_then_by_number(run: Run) -> None:
    soc = run("order")
    assert trace(soc) == [21, 14, 11, 20, 22]
    assert soc.words("results") == (16 + 21,)


def test_a_masked_interrupt_is_taken_at_once_after_unmasking(run: Run) -> None:
    assert trace(run("masks")) == [1, 80, 2, 40, 3, 80, 4, 80, 5, 6, 40, 7]


def test_the_end_of_a_handler_clears_faultmask(run: Run) -> None:
    assert run("faultmask_ends_with_the_handler").words("results") == (0,)


def test_a_line_that_stays_up_interrupts_again(run: Run) -> None:
    assert trace(run("level")) == [1, 1, 1]


def test_a_line_that_has_gone_down_leaves_its_interrupt_pending(run: Run) -> None:
    assert trace(run("pulse")) == [0, 1, 2]


def test_clearing_a_pending_interrupt_helps_only_when_its_line_is_down(run: Run) -> None:
    soc = run("clear_pending")
    assert soc.words("results", 3) == (1, 1, 0)
    assert trace(soc) == []


def test_clearing_one_interrupt_does_not_make_an_active_one_pending(run: Run) -> None:
    assert trace(run("clear_pending_of_another")) == [1]


def test_software_can_make_interrupts_pending(run: Run) -> None:
    assert trace(run("software_pending")) == [2, 1, 3, 1]


def test_a_handler_without_floats_before_it_gets_the_short_frame(run: Run) -> None:
    results = run("frame_without_floats").words("results", 7)
    assert results[0] == 0xFFFFFFF9
    assert [control & 4 for control in results[3:7]] == [0, 4, 0, 0]  # FPCA


def test_floats_survive_a_handler_that_uses_them(run: Run) -> None:
    results = run("frame_with_floats").words("results", 9)
    assert results[0] == 0xFFFFFFE9
    assert [control & 4 for control in results[3:6]] == [0, 4, 4]
    assert results[6] & 0x01C00000 == 0x00400000
    assert struct.unpack("<2f", struct.pack("<2I", *results[7:9])) == (3.5, -7.25)


def test_frames_are_aligned_to_8_bytes_and_say_so(run: Run) -> None:
    results = run("frame_on_an_odd_stack").words("results", 6)
    assert results[1] & 1 << 9
    assert results[2] % 8 == 0
    assert results[5] == 0  # the stack pointer is where it was


def test_a_thread_on_the_process_stack_gets_its_frame_there(run: Run) -> None:
    results = run("thread_on_psp").words("results", 8)
    assert results[0] == 0xFFFFFFFD
    assert results[5:8] == (0, 0, 32)


@pytest.mark.parametrize(
    "case", ["interrupted_it_blocks", "interrupted_ldm_loops", "interrupted_floats"]
)
def test_interrupts_anywhere_change_nothing(run: Run, case: str) -> None:
    wrong, taken = run(case, seconds=1.0).words("results", 2)
    assert wrong == 0
    assert taken > 200


def test_an_exception_in_an_it_block_returns_into_it(run: Run) -> None:
    assert run("svc_in_an_it_block").words("results") == (5 + 1 + 16,)


def test_exclusives_count_right_under_interrupts(run: Run) -> None:
    wrong, taken, count = run("interrupted_exclusives", seconds=1.0).words("results", 3)
    assert (wrong, count) == (0, 6000)
    assert taken > 100


# --- faults ---


def test_a_load_from_nowhere_is_a_hard_fault_that_knows_where(run: Run) -> None:
    soc = run("load_from_nowhere")
    cfsr, hfsr, bfar, exception, pc, r0 = soc.words("results", 6)
    assert cfsr == PRECISERR | BFARVALID
    assert (hfsr, exception) == (FORCED, 3)
    assert bfar == r0 == 0x30000004
    assert pc == soc.image["faulting_load"].address & ~1
    assert len(soc.faults) == 1
    assert "address 0x30000004" in soc.faults[0]
    assert "load_from_nowhere" in soc.faults[0]


def test_a_bus_fault_goes_to_its_own_handler_when_that_is_enabled(run: Run) -> None:
    cfsr, hfsr, bfar, exception = run("bus_fault_of_its_own").words("results", 4)
    assert cfsr == PRECISERR | BFARVALID
    assert (hfsr, bfar, exception) == (0, 0x30000004, 5)


@pytest.mark.parametrize(
    ("case", "cfsr"),
    [
        ("jump_to_nowhere", IBUSERR),
        ("undefined_instruction", UNDEFINSTR),
        ("masked_svc", 0),
        ("svc_in_a_handler_above_it", 0),
        ("vector_without_thumb_bit", INVSTATE),
        ("return_to_the_wrong_mode", INVPC),
        ("stack_overflow", STKERR),
    ],
)
def test_a_fault_leaves_its_reason(run: Run, case: str, cfsr: int) -> None:
    soc = run(case)
    assert soc.words("results", 2) == (cfsr, FORCED)
    assert soc.words("results", 4)[3] == 3
    assert trace(soc) == []


def test_a_reset_by_software_keeps_ram_and_its_reason_and_resets_the_rest(board: Run) -> None:
    soc = board("reset_after_a_fault")
    finish(soc)
    assert soc.resets[0][1] == clock_power.RESET_SOFTWARE
    assert soc.words("kept", 3) == (0x600D, PRECISERR | BFARVALID, 0x0FFF0000)
    assert soc.words("results", 8) == (clock_power.RESET_SOFTWARE, 0, 0x5A, 0, 0, 0, 0, 0)


def test_power_on_forgets_reset_reason_and_ram(board: Run) -> None:
    soc = board("reset_after_a_fault")
    finish(soc)
    soc.power_on()
    assert soc.words("kept") != (0x600D,)


def test_a_fault_in_the_fault_handler_locks_up_and_resets_the_chip(board: Run) -> None:
    soc = board("lockup")
    finish(soc)
    assert [reason for _, reason in soc.resets] == [clock_power.RESET_LOCKUP]
    assert soc.words("results", 2) == (clock_power.RESET_LOCKUP, 1)  # the watchdog goes on
    assert len(soc.faults) == 2


def test_systick_counts_cycles_without_drift(run: Run) -> None:
    soc = run("systick")
    ticks = trace(soc)
    assert [b - a for a, b in pairwise(ticks)] == [10000] * 4
    first, second, going, early, passed, cleared, count = soc.words("results", 7)
    assert first == second > going > 0
    assert (early, passed, cleared, count) == (0, 1, 0, 5)
