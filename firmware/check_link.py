"""Whether the linked image is what platformio.ini wants: its wraps, its flash, its RAM.

PlatformIO runs it after the link (`extra_scripts`), and a failure fails the build. By hand:
`python firmware/check_link.py firmware.elf`. It needs the standard library only, since PlatformIO
may run on a Python of its own.
"""

from __future__ import annotations

import configparser
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

# The image may take three quarters of what it could: a library may grow.
FLASH_FREE_SHARE = 0.25
# The Bluetooth controller, threads and the sensor's library take some 25 KB at the start, and 55 KB
# are to be free behind that. After the start the firmware allocates nothing.
HEAP_BYTES = 80 * 1024

# Who may call what is wrapped itself, since that is never called: mbed's Bluetooth host, which
# ArduinoBLE replaces, and which has the call and a function of that name in one file.
UNUSED_CALLERS = {
    "wsf_mbed_ble_signal_event": "_ZN3ble4impl15BLEInstanceBase15timeoutCallbackEv",
}


class Section(NamedTuple):
    name: str
    kind: int
    flags: int
    address: int
    offset: int
    size: int
    link: int
    entry: int


class Symbol(NamedTuple):
    name: str
    address: int
    size: int
    section: int

    def contains(self, address: int) -> bool:
        return self.address <= address < self.address + self.size


PROGBITS, SYMTAB, NOBITS = 1, 2, 8
ALLOCATED, EXECUTABLE = 2, 4


class Elf:
    """A linked 32-bit little-endian ELF file's sections and symbols."""

    def __init__(self, path: Path) -> None:
        self.data = path.read_bytes()
        if self.data[:6] != b"\x7fELF\x01\x01":
            raise ValueError(f"{path} is no 32-bit little-endian ELF file")
        (at,) = struct.unpack_from("<I", self.data, 32)
        size, count, names = struct.unpack_from("<3H", self.data, 46)
        raw = [struct.unpack_from("<10I", self.data, at + i * size) for i in range(count)]
        texts = raw[names][4]
        self.sections = [
            Section(self._text(texts + r[0]), r[1], r[2], r[3], r[4], r[5], r[6], r[9]) for r in raw
        ]
        self.symbols = {
            symbol.name: symbol
            for table in self.sections
            if table.kind == SYMTAB
            for symbol in self._symbols(table)
        }

    def _text(self, at: int) -> str:
        return self.data[at : self.data.index(b"\0", at)].decode()

    def _symbols(self, table: Section) -> Iterator[Symbol]:
        texts = self.sections[table.link].offset
        for at in range(table.offset, table.offset + table.size, table.entry):
            name, value, size, info, _, section = struct.unpack_from("<3I2BH", self.data, at)
            if section != 0 and name != 0:
                is_function = info & 15 == 2  # its bit 0 says Thumb
                yield Symbol(
                    self._text(texts + name), value & ~1 if is_function else value, size, section
                )

    def code(self) -> Iterator[tuple[int, bytes]]:
        """(address, bytes) of what is executable."""
        for section in self.sections:
            if section.kind == PROGBITS and section.flags & EXECUTABLE:
                yield section.address, self.data[section.offset : section.offset + section.size]

    def is_code(self, symbol: Symbol) -> bool:
        return symbol.section < len(self.sections) and bool(
            self.sections[symbol.section].flags & EXECUTABLE
        )

    def flash_bytes(self) -> int:
        return sum(s.size for s in self.sections if s.flags & ALLOCATED and s.kind != NOBITS)

    def heap_bytes(self) -> int:
        """What the linker script leaves between the variables and the interrupts' stack."""
        return sum(s.size for s in self.sections if s.name == ".heap")


def callers(elf: Elf, address: int) -> Iterator[int]:
    """Where the branches (BL and B.W) to a Thumb function are. Every half-word is tried: what is
    no instruction hardly ever names just this address."""
    for base, code in elf.code():
        for at in range(0, len(code) - 3, 2):
            first, second = struct.unpack_from("<2H", code, at)
            if first & 0xF800 != 0xF000 or second & 0x9000 != 0x9000:
                continue
            sign = first >> 10 & 1
            i1 = 1 - (second >> 13 & 1 ^ sign)
            i2 = 1 - (second >> 11 & 1 ^ sign)
            offset = i1 << 23 | i2 << 22 | (first & 0x3FF) << 12 | (second & 0x7FF) << 1
            if base + at + 4 + offset - (sign << 24) == address:
                yield base + at


def wrap_faults(elf: Elf, wraps: list[str]) -> Iterator[str]:
    """A wrap whose stand-in is not in the image takes no effect: nobody calls it, and the linker
    has dropped it. One that somebody goes around takes effect only here and there."""
    for name in wraps:
        stand_in = elf.symbols.get(f"__wrap_{name}")
        if stand_in is None:
            yield f"--wrap={name} takes no effect: nothing in the image refers to it"
            continue
        wrapped = elf.symbols.get(name)
        if wrapped is None or not elf.is_code(wrapped):
            continue  # dropped, or a variable
        allowed = [stand_in]
        if UNUSED_CALLERS.get(name) in elf.symbols:
            allowed.append(elf.symbols[UNUSED_CALLERS[name]])
        for at in callers(elf, wrapped.address):
            if not any(function.contains(at) for function in allowed):
                yield f"--wrap={name} is gone around by the call at {at:#x}"


def faults(path: Path, wraps: list[str], flash_limit: int) -> list[str]:
    """What is wrong with a linked image, one text each."""
    elf = Elf(path)
    found = list(wrap_faults(elf, wraps))
    flash, heap = elf.flash_bytes(), elf.heap_bytes()
    if flash > flash_limit * (1 - FLASH_FREE_SHARE):
        found.append(
            f"{flash} bytes of flash are taken: less than a quarter of {flash_limit} is free"
        )
    if heap < HEAP_BYTES:
        found.append(f"{heap} bytes of RAM are left for the heap: {HEAP_BYTES} are needed")
    return found


def settings(project: Path) -> tuple[list[str], int]:
    """The wraps and the flash limit of platformio.ini."""
    config = configparser.ConfigParser(interpolation=None)
    config.read(project)
    environment = config["env:" + config["platformio"]["default_envs"]]
    wraps = re.findall(r"--wrap[=,](\w+)", environment["build_flags"])
    return wraps, int(environment["board_upload.maximum_size"])


def check(path: Path, project: Path) -> bool:
    """Whether the image is right. Says what is not."""
    wraps, flash_limit = settings(project)
    found = faults(path, wraps, flash_limit)
    for fault in found:
        print(f"{path}: {fault}", file=sys.stderr)
    if not found:
        print(f"{path}: {len(wraps)} wraps take effect, enough flash and RAM are left")
    return not found


def after_link(target: list[Any], source: list[Any], env: Any) -> None:
    """SCons calls it when the ELF file is there."""
    if not check(Path(str(target[0])), Path(env.subst("$PROJECT_DIR")) / "platformio.ini"):
        env.Exit(1)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python firmware/check_link.py firmware.elf")
    here = Path(__file__).resolve().parent
    sys.exit(0 if check(Path(sys.argv[1]), here.parent / "platformio.ini") else 1)
elif "Import" in globals():  # which SCons gives its scripts
    Import("env")  # type: ignore[name-defined] # noqa: F821
    env.AddPostAction("$BUILD_DIR/${PROGNAME}.elf", after_link)  # type: ignore[name-defined] # noqa: F821
