"""NOR flash in a file, as strict as the nRF52840's: erase gives 0xFF, programming clears bits.

The file is the board's memory across restarts, exactly `_core.FLASH_BYTES` long.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motionloop import _core, wire
from motionloop.errors import MotionLoopError

ERASE_US = 85_000  # a page; interrupts are off meanwhile (nRF52840 product specification, NVMC)
PROGRAM_WORD_US = 41


class NorFlash:
    """A `_core.FlashPort` over a memory-mapped file, or over memory when `path` is None.

    `busy` is called with the microseconds for which the processor stands still.
    """

    memory: NDArray[np.uint8]

    def __init__(self, path: Path | None, busy: Callable[[int], None] = lambda _us: None) -> None:
        self._busy = busy
        if path is None:
            self.memory = np.full(_core.FLASH_BYTES, 0xFF, np.uint8)
            return
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"\xff" * _core.FLASH_BYTES)
        if path.stat().st_size != _core.FLASH_BYTES:
            raise MotionLoopError(
                f"{path} is not the flash of a virtual board ({path.stat().st_size} bytes instead "
                f"of {_core.FLASH_BYTES}). Give another file with --flash, or delete this one to "
                "start with an empty board."
            )
        self.memory = np.memmap(path, np.uint8, "r+")

    def erase_page(self, page: int) -> bool:
        """Set one page to 0xFF; False when there is no such page."""
        first = page * wire.FLASH_PAGE_BYTES
        if not 0 <= first < len(self.memory):
            return False
        self.memory[first : first + wire.FLASH_PAGE_BYTES] = 0xFF
        self._busy(ERASE_US)
        return True

    def program(self, offset: int, data: bytes) -> bool:
        """Clear the bits that are 0 in `data`; False unless it is whole words inside."""
        if (
            offset % wire.FLASH_WORD_BYTES
            or len(data) % wire.FLASH_WORD_BYTES
            or offset + len(data) > len(self.memory)
        ):
            return False
        self.memory[offset : offset + len(data)] &= np.frombuffer(data, np.uint8)
        self._busy(PROGRAM_WORD_US * (len(data) // wire.FLASH_WORD_BYTES))
        return True
