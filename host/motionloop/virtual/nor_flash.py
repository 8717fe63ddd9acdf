"""NOR flash in a file, as strict as the nRF52840's: erase gives 0xFF, programming clears bits.

The file is the board's memory across restarts, exactly `_core.FLASH_BYTES` long.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motionloop import _core, wire
from motionloop.errors import MotionLoopError
from motionloop.language import tr
from motionloop.safe_files import open_own, write_new

# nRF52840 product specification, NVMC: the erase of a page takes at most 89.7 ms. In pieces of 3 ms
# (ERASEPAGEPARTIALCFG) that is 31.
PIECE_US = 3_000
PIECES = 31
PROGRAM_WORD_US = 41


class NorFlash:
    """A `_core.FlashPort` over a memory-mapped file, or over memory when `path` is None.

    `busy` is called with the microseconds for which the processor stands still. No piece of an
    erase is done while `may_stall` is False: the radio is due. Until its last piece a page holds
    noise, the same for the same `seed`.
    """

    memory: NDArray[np.uint8]

    def __init__(
        self,
        path: Path | None,
        busy: Callable[[int], None] = lambda _us: None,
        may_stall: Callable[[], bool] = lambda: True,
        seed: int = 0,
    ) -> None:
        self._busy = busy
        self._may_stall = may_stall
        self._noise = np.random.default_rng(seed)
        self._half_erased: int | None = None
        self._pieces = 0  # of that page, so far
        if path is None:
            self.memory = np.full(_core.FLASH_BYTES, 0xFF, np.uint8)
            return
        if not os.path.lexists(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_new(path, b"\xff" * _core.FLASH_BYTES)
        if path.stat().st_size != _core.FLASH_BYTES:
            raise MotionLoopError(
                tr(
                    "{path} is not the flash of a virtual board ({bytes} bytes instead of "
                    "{flash_bytes}). Give another file with --flash, or delete this one to "
                    "start with an empty board.",
                    path=path,
                    bytes=path.stat().st_size,
                    flash_bytes=_core.FLASH_BYTES,
                )
            )
        with open_own(path) as file:
            self.memory = np.memmap(file, np.uint8, "r+")

    def erase_page(self, page: int) -> int:
        """Do one piece of a page's erase; after the last one the page is 0xFF.

        ERASE_FAILED when there is no such page, or another one is half erased.
        """
        first = page * wire.FLASH_PAGE_BYTES
        if not 0 <= first < len(self.memory) or self._half_erased not in (None, page):
            return _core.ERASE_FAILED
        if not self._may_stall():
            return _core.ERASE_WORKING
        if self._half_erased is None:
            self._half_erased, self._pieces = page, 0
        self._pieces += 1
        self._busy(PIECE_US)
        content = self.memory[first : first + wire.FLASH_PAGE_BYTES]
        if self._pieces < PIECES:
            content |= self._noise.integers(0, 256, len(content), np.uint8)
            return _core.ERASE_WORKING
        content[:] = 0xFF
        self._half_erased = None
        return _core.ERASE_DONE

    def program(self, offset: int, data: bytes) -> bool:
        """Clear the bits that are 0 in `data`.

        False unless it is whole words inside, and no page is half erased.
        """
        if (
            offset % wire.FLASH_WORD_BYTES
            or len(data) % wire.FLASH_WORD_BYTES
            or offset + len(data) > len(self.memory)
            or self._half_erased is not None
        ):
            return False
        self.memory[offset : offset + len(data)] &= np.frombuffer(data, np.uint8)
        self._busy(PROGRAM_WORD_US * (len(data) // wire.FLASH_WORD_BYTES))
        return True
