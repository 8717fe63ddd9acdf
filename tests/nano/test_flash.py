"""Flash as firmware meets it: what programming and erasing do, cost and leave after a power cut."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from motionloop.nano.peripherals.nvmc import PowerCut
from motionloop.nano.soc import Soc
from tests.nano.bare_metal.machine import choose, finish, trace

Run = Callable[..., Soc]
PAGE = 0xC0000
BLANK = 0xFFFFFFFF
MS = 16_000  # ticks of 1/16 us
LOOP = 100
IMPRECISERR = 1 << 10


def test_words_are_programmed(run: Run) -> None:
    soc = run("program_words")
    assert soc.words("results", 3) == (0x12345678, 0xFFFF0000, BLANK)
    assert soc.nvmc.faults == []
    assert soc.nvmc.words == 2


def test_programming_clears_bits_only_and_tells_of_what_it_could_not_do(run: Run) -> None:
    soc = run("program_without_erase")
    assert soc.words("results") == (0x0000FF00,)
    (fault,) = soc.nvmc.faults
    assert fault == "program of 0xff00ff00 over 0x0000ffff at 0xc0000"


def test_an_erase_makes_one_page_blank(run: Run) -> None:
    soc = run("erase_a_page", seconds=0.2)
    assert soc.words("results", 3) == (BLANK, BLANK, 0)
    assert soc.nvmc.erases == 1


def test_thirty_pieces_of_3_ms_erase_a_page(run: Run) -> None:
    soc = run("erase_a_page_in_pieces", parameter=30, seconds=0.2)
    assert soc.words("results", 2) == (BLANK, BLANK)
    assert (soc.nvmc.erases, soc.nvmc.partial_erases) == (1, 30)


def test_ten_pieces_leave_noise(run: Run) -> None:
    soc = run("erase_a_page_in_pieces", parameter=10)
    first, last = soc.words("results", 2)
    assert first not in (0, BLANK)
    assert last != BLANK
    assert soc.nvmc.erases == 0


def test_a_half_erased_page_is_not_to_be_programmed(run: Run) -> None:
    (fault,) = run("program_a_half_erased_page").nvmc.faults
    assert fault == "program of 0xc0014 in a half-erased page"


def test_an_erase_needs_permission(run: Run) -> None:
    soc = run("erase_without_permission")
    assert soc.words("results") == (0,)
    assert soc.nvmc.faults == ["erase of 0xc0000 without CONFIG.WEN = Een"]


@pytest.mark.parametrize(
    ("what", "fault"),
    [
        (0, "store at 0xc0000 without CONFIG.WEN = Wen"),
        (1, "store of 1 bytes at 0xc0000: only whole words"),
        (2, "store of 2 bytes at 0xc0002: only whole words"),
        (3, "only whole words"),
        (4, "store at 0x10000104, in the factory's registers"),
    ],
)
def test_a_forbidden_store_is_a_bus_fault_and_changes_nothing(
    run: Run, what: int, fault: str
) -> None:
    soc = run("forbidden_store", parameter=what)
    assert soc.words("results") == (IMPRECISERR,)
    assert fault in soc.nvmc.faults[0]
    assert "store into flash" in soc.faults[0]
    assert soc.processor.read_word(PAGE) == BLANK


@pytest.mark.parametrize(("pieces", "ms"), [(0, 85), (1, 3)])
def test_the_processor_stands_and_interrupts_wait_for_the_flash(
    run: Run, pieces: int, ms: int
) -> None:
    soc = run("interrupts_wait_for_the_flash", parameter=pieces, seconds=0.2)
    begin, end = soc.words("results", 2)
    first, second, late, following, _ = (time - begin for time in trace(soc)[:5])
    assert first == pytest.approx(MS, abs=LOOP)
    assert second == pytest.approx(2 * MS, abs=LOOP)
    # The stall began just after the second interrupt. What it held back comes at its end, once.
    assert end - begin == pytest.approx(second + ms * MS, abs=2 * LOOP)
    assert late == pytest.approx(second + ms * MS, abs=2 * LOOP)
    assert following == pytest.approx((3 + ms) * MS, abs=LOOP)
    assert soc.nvmc.stalled_us == ms * 1000


def test_each_word_takes_41_us(run: Run) -> None:
    soc = run("words_take_their_time")
    assert soc.words("results")[0] == pytest.approx(16 * 41 * 16, abs=LOOP)


def test_a_power_cut_keeps_the_flash_and_loses_the_ram(board: Run) -> None:
    soc = board("write_record")
    soc.nvmc.cut_after = 1 + 20  # the erase, and 20 words
    with pytest.raises(PowerCut, match="while 0xc0050 was programmed"):
        soc.run_for(0.2)
    then = soc.now
    soc.power_on()
    assert soc.now == then
    soc.nvmc.cut_after = None
    choose(soc, "read_record")
    finish(soc)
    kept, right, blank = soc.words("results", 3)
    assert kept != 0x600D
    assert right == 20
    assert 1024 - 21 <= blank <= 1024 - 20  # the word in which power failed may hold anything
    assert soc.resets == []


def test_a_power_cut_in_an_erase_leaves_noise(board: Run) -> None:
    soc = board("write_record")
    finish(soc, 0.2)
    soc.nvmc.cut_after = 0
    soc.power_on()
    choose(soc, "write_record")
    with pytest.raises(PowerCut, match="in the erase of 0xc0000"):
        soc.run_for(0.2)
    soc.nvmc.cut_after = None
    soc.power_on()
    choose(soc, "read_record")
    finish(soc)
    assert soc.words("results", 3)[1:] == (0, 0)


def test_the_same_power_cut_is_the_same_each_time(board: Run) -> None:
    left = []
    for _ in range(2):
        soc = board("write_record", seed=5)
        soc.nvmc.cut_after = 30
        with pytest.raises(PowerCut):
            soc.run_for(0.2)
        left.append((soc.now, soc.processor.read(PAGE, 4096)))
    assert left[0] == left[1]
