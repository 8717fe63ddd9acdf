"""NVMC: erases and programs the flash, while the processor stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motionloop.nano.peripherals.peripheral import Peripheral
from motionloop.nano.processor import FICR_START, FLASH_BYTES, MHZ, UICR_START

if TYPE_CHECKING:
    from motionloop.nano.peripherals.chip import Chip

READY: Final = 0x400
READYNEXT: Final = 0x408
CONFIG: Final = 0x504
ERASEPAGE: Final = 0x508
ERASEALL: Final = 0x50C
ERASEPAGEPARTIAL: Final = 0x518
ERASEPAGEPARTIALCFG: Final = 0x51C

READ_ONLY: Final = 0
WRITE_ENABLED: Final = 1
ERASE_ENABLED: Final = 2

PAGE_BYTES: Final = 4096
WORD_US: Final = 41  # t_WRITE
PAGE_MS: Final = 85  # t_ERASEPAGE, typical; 89.7 at most
FULL_MS: Final = 90  # partial erases of one page must sum up to t_ERASEPAGE's most


class PowerCut(Exception):
    """Raised at the flash operation at which `Nvmc.cut_after` reaches zero."""


class Nvmc(Peripheral):
    """Real flash: erased bytes are 0xFF, programming clears bits, a half-erased page is noise.

    `faults` lists operations that a real chip would answer with damaged data (bits that programming
    should have set, words in a half-erased page) or with a bus fault. `cut_after` is the number of
    flash operations (words, and erases or parts of them) after which power fails in the middle of
    the next.
    """

    def __init__(self, soc: Chip, base: int) -> None:
        super().__init__(soc, base)
        self._partial_ms: dict[int, int] = {}  # page: how long it has been erased
        self.erases = 0  # whole pages
        self.partial_erases = 0
        self.words = 0
        self.stalled_us = 0
        self.faults: list[str] = []
        self.cut_after: int | None = None
        soc.processor.on_store(self.store)

    def reset(self) -> None:
        super().reset()
        self.registers[ERASEPAGEPARTIALCFG] = 10

    def read(self, offset: int) -> int:
        if offset in (READY, READYNEXT):
            return 1  # a busy flash stops the processor, too
        return super().read(offset)

    def written(self, offset: int, value: int) -> None:
        if offset == ERASEPAGE:
            self._erase(value, PAGE_MS, whole=True)
        elif offset == ERASEPAGEPARTIAL:
            self.partial_erases += 1
            self._erase(value, self.registers[ERASEPAGEPARTIALCFG] & 0x7F, whole=False)

    def _stall(self, us: int) -> None:
        self.stalled_us += us
        self.soc.processor.spend(us * MHZ)

    def _operation(self) -> bool:
        """Count one; False when power fails in it."""
        if self.cut_after is None:
            return True
        self.cut_after -= 1
        return self.cut_after >= 0

    def _erase(self, address: int, duration_ms: int, *, whole: bool) -> None:
        if self.registers.get(CONFIG, READ_ONLY) != ERASE_ENABLED:
            self.faults.append(f"erase of {address:#x} without CONFIG.WEN = Een")
            return
        page = address & ~(PAGE_BYTES - 1)
        if page >= FLASH_BYTES:
            self.faults.append(f"erase of {address:#x}, behind the flash")
            return
        done = self._partial_ms.get(page, 0) + duration_ms
        completed = self._operation()
        if completed and (whole or done >= FULL_MS):
            self._partial_ms.pop(page, None)
            self.soc.processor.write(page, b"\xff" * PAGE_BYTES)
            self.erases += 1
        elif page in self._partial_ms or not self._blank(page):
            if page not in self._partial_ms:
                self.soc.processor.write(page, self.soc.random.randbytes(PAGE_BYTES))
            self._partial_ms[page] = done
        self._stall(duration_ms * 1000)
        if not completed:
            raise PowerCut(f"in the erase of {page:#x}")

    def _blank(self, page: int) -> bool:
        return self.soc.processor.read(page, PAGE_BYTES).count(0xFF) == PAGE_BYTES

    def store(self, address: int, size: int, value: int) -> bool:
        """Note that the processor stored `value` at `address`. False means a bus fault."""
        if FICR_START <= address < UICR_START:
            self.faults.append(f"store at {address:#x}, in the factory's registers")
            return False
        if size != 4 or address % 4:
            self.faults.append(f"store of {size} bytes at {address:#x}: only whole words")
            return False
        if self.registers.get(CONFIG, READ_ONLY) != WRITE_ENABLED:
            self.faults.append(f"store at {address:#x} without CONFIG.WEN = Wen")
            return False
        old = self.soc.processor.read_word(address)
        if address & ~(PAGE_BYTES - 1) in self._partial_ms:
            self.faults.append(f"program of {address:#x} in a half-erased page")
        elif value & ~old:
            self.faults.append(f"program of {value:#010x} over {old:#010x} at {address:#x}")
        self.words += 1
        completed = self._operation()
        new = old & value
        if not completed:
            new = old & (value | self.soc.random.getrandbits(32))  # some bits had fallen
        self.soc.processor.write(address, new.to_bytes(4, "little"))
        self._stall(WORD_US)
        if not completed:
            raise PowerCut(f"while {address:#x} was programmed")
        return True
