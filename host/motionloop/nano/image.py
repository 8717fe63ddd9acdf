"""The linked image: an ELF file, as `pio run` leaves it in .pio/build/nano33ble/firmware.elf."""

from __future__ import annotations

import bisect
import struct
from dataclasses import dataclass
from pathlib import Path

from elftools.common.exceptions import ELFError
from elftools.elf.elffile import ELFFile

from motionloop.nano.errors import ImageError
from motionloop.safe_files import open_to_read

START = 0x10000  # behind the bootloader; the vector table is there


@dataclass(frozen=True)
class Symbol:
    """A function or variable: its address (bit 0 of a Thumb function cleared) and its bytes."""

    name: str
    address: int
    size: int


class Image:
    """The content of flash, with the symbols.

    `segments` are (address, bytes). Raises ImageError unless the file is a linked ARM program.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.segments: list[tuple[int, bytes]] = []
        self._symbols: dict[str, Symbol] = {}
        try:
            with open_to_read(path) as file:
                elf = ELFFile(file)
                if elf["e_machine"] != "EM_ARM" or elf["e_type"] != "ET_EXEC":
                    raise ImageError(f"{path} is no linked ARM program: give firmware.elf.")
                for segment in elf.iter_segments("PT_LOAD"):
                    if segment["p_filesz"]:
                        self.segments.append((segment["p_paddr"], segment.data()))
                self.static_ram = sum(
                    section["sh_size"]
                    for section in elf.iter_sections()
                    if section["sh_flags"] & 2
                    and 0x20000000 <= section["sh_addr"] < 0x20040000
                    and section.name not in (".heap", ".noinit")
                )
                self._read_symbols(elf)
        except ELFError as error:
            raise ImageError(f"{path} is no ELF file ({error}): give firmware.elf.") from error
        self._check_vectors()
        functions = sorted((s.address, s.name) for s in self._symbols.values() if s.size)
        self._addresses = [address for address, _ in functions]
        self._names = [name for _, name in functions]

    def _check_vectors(self) -> None:
        """The first two words of the vector table are the stack and where to begin."""
        for start, data in self.segments:
            if start <= START and start + len(data) >= START + 8:
                stack, reset = struct.unpack_from("<II", data, START - start)
                if 0x20000000 < stack <= 0x20040000 and START < reset < 0x100000 and reset & 1:
                    return
        raise ImageError(
            f"{self.path} does not begin as a program for the Nano 33 BLE does, with a vector "
            f"table at {START:#x}: give .pio/build/nano33ble/firmware.elf."
        )

    def _read_symbols(self, elf: ELFFile) -> None:
        table = elf.get_section_by_name(".symtab")
        if table is None:
            raise ImageError(f"{self.path} has no symbols: link it without stripping them.")
        for symbol in table.iter_symbols():
            if symbol.name and symbol["st_shndx"] != "SHN_UNDEF":
                address, size = symbol["st_value"], symbol["st_size"]
                if symbol["st_info"]["type"] == "STT_FUNC":
                    address &= ~1
                self._symbols.setdefault(symbol.name, Symbol(symbol.name, address, size))

    @property
    def flash_bytes(self) -> int:
        """Bytes of flash that the image takes."""
        return sum(len(data) for _, data in self.segments)

    def __contains__(self, name: str) -> bool:
        return name in self._symbols

    def __getitem__(self, name: str) -> Symbol:
        """Raises ImageError when the image has no such symbol."""
        try:
            return self._symbols[name]
        except KeyError:
            raise ImageError(
                f"{self.path} has no {name}: it is not MotionLoop's image, or it was linked "
                "against libraries that this emulator does not know."
            ) from None

    def where(self, address: int) -> str:
        """An address as function and offset, for messages."""
        at = bisect.bisect_right(self._addresses, address) - 1
        if at < 0:
            return f"{address:#x}"
        return f"{self._names[at]}+{address - self._addresses[at]:#x}"
