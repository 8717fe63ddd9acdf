"""NOR flash in a file: as strict as the real one, and kept across restarts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motionloop import _core, wire
from motionloop.errors import MotionLoopError
from motionloop.virtual.nor_flash import PIECE_US, PIECES, PROGRAM_WORD_US, NorFlash

PAGE = wire.FLASH_PAGE_BYTES
SIZE = _core.FLASH_BYTES


def erase(flash: NorFlash, page: int) -> int:
    """Erase a whole page; what the last piece answered."""
    while (answer := flash.erase_page(page)) == _core.ERASE_WORKING:
        pass
    return answer


def test_it_begins_erased() -> None:
    assert (NorFlash(None).memory == 0xFF).all()


@given(st.lists(st.tuples(st.integers(0, 60), st.binary(min_size=4, max_size=64)), max_size=20))
def test_programming_only_clears_bits(writes: list[tuple[int, bytes]]) -> None:
    flash = NorFlash(None)
    expected = np.full(PAGE, 0xFF, np.uint8)
    for word, data in writes:
        data = data[: len(data) // 4 * 4]
        assert flash.program(4 * word, data)
        expected[4 * word : 4 * word + len(data)] &= np.frombuffer(data, np.uint8)
    assert (flash.memory[:PAGE] == expected).all()
    assert (flash.memory[PAGE:] == 0xFF).all()


def test_erasing_sets_one_page_only() -> None:
    flash = NorFlash(None)
    assert flash.program(PAGE - 4, bytes(12))
    assert erase(flash, 1) == _core.ERASE_DONE
    assert (flash.memory[PAGE - 4 : PAGE] == 0).all()
    assert (flash.memory[PAGE:] == 0xFF).all()


@pytest.mark.parametrize(
    ("offset", "data"),
    [
        (2, bytes(4)),
        (0, bytes(3)),
        (SIZE, bytes(4)),
        (SIZE - 4, bytes(8)),
    ],
)
def test_what_hardware_cannot_program_is_refused(offset: int, data: bytes) -> None:
    flash = NorFlash(None)
    assert not flash.program(offset, data)
    assert (flash.memory == 0xFF).all()


@pytest.mark.parametrize("page", [-1, SIZE // PAGE])
def test_a_page_that_is_not_there_is_not_erased(page: int) -> None:
    assert NorFlash(None).erase_page(page) == _core.ERASE_FAILED


def test_a_half_erased_page_holds_noise_and_nothing_else_is_touched() -> None:
    flash, same, other = NorFlash(None), NorFlash(None), NorFlash(None, seed=1)
    for made in (flash, same, other):
        assert made.program(PAGE, bytes(PAGE))
        assert made.erase_page(1) == _core.ERASE_WORKING
    assert 0 < np.unique(flash.memory[PAGE : 2 * PAGE]).size <= 256
    assert not (flash.memory[PAGE : 2 * PAGE] == 0xFF).all()
    assert (flash.memory == same.memory).all()
    assert (flash.memory != other.memory).any()
    assert flash.erase_page(2) == _core.ERASE_FAILED
    assert not flash.program(0, bytes(4))
    assert (flash.memory[:PAGE] == 0xFF).all()
    assert erase(flash, 1) == _core.ERASE_DONE
    assert (flash.memory == 0xFF).all()
    assert flash.program(0, bytes(4))


def test_the_processor_stands_still_meanwhile() -> None:
    busy: list[int] = []
    flash = NorFlash(None, busy.append)
    erase(flash, 0)
    flash.program(0, bytes(40))
    assert busy == [PIECE_US] * PIECES + [10 * PROGRAM_WORD_US]
    assert PIECE_US * PIECES > 89_700


def test_no_piece_is_done_while_the_radio_is_due() -> None:
    busy: list[int] = []
    due = True
    flash = NorFlash(None, busy.append, may_stall=lambda: not due)
    assert flash.program(0, bytes(4))
    for _ in range(2 * PIECES):
        assert flash.erase_page(0) == _core.ERASE_WORKING
    assert busy == [PROGRAM_WORD_US]
    assert (flash.memory[:4] == 0).all()
    due = False
    assert erase(flash, 0) == _core.ERASE_DONE


def test_a_file_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "board.flash"
    flash = NorFlash(path)
    flash.program(8, b"kept")
    assert path.stat().st_size == SIZE
    assert bytes(NorFlash(path).memory[8:12]) == b"kept"


def test_another_file_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("dear board")
    with pytest.raises(MotionLoopError, match=r"letter\.txt is not the flash.*--flash, or delete"):
        NorFlash(path)
    assert path.read_text() == "dear board"
