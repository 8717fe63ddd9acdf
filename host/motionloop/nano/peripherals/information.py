"""FICR and UICR: the data of the factory and of the user in the chip."""

from __future__ import annotations

import struct
from typing import Final

from motionloop import wire

CODEPAGESIZE: Final = 0x010
CODESIZE: Final = 0x014
DEVICEID0: Final = 0x060
DEVICEADDRTYPE: Final = 0x0A0
DEVICEADDR0: Final = 0x0A4
INFO_PART: Final = 0x100
INFO_VARIANT: Final = 0x104
INFO_PACKAGE: Final = 0x108
INFO_RAM: Final = 0x10C
INFO_FLASH: Final = 0x110
UICR_PSELRESET0: Final = 0x1200


def contents(address: int, device_id: int) -> bytes:
    """Both pages for a chip with this 48-bit Bluetooth address and 64-bit device number.

    INFO.VARIANT says that the chip is emulated, so that a board never passes for a real one.
    """
    page = bytearray(b"\xff" * 0x2000)
    for offset, value in {
        CODEPAGESIZE: 4096,
        CODESIZE: 256,
        DEVICEID0: device_id & 0xFFFFFFFF,
        DEVICEID0 + 4: device_id >> 32,
        DEVICEADDRTYPE: 1,
        DEVICEADDR0: address & 0xFFFFFFFF,
        DEVICEADDR0 + 4: address >> 32 | 0xFFFF0000,
        INFO_PART: 0x52840,
        INFO_VARIANT: wire.EMULATED_VARIANT,
        INFO_PACKAGE: 0x2004,
        INFO_RAM: 256,
        INFO_FLASH: 1024,
        0x130: 8,
        0x134: 0,
        UICR_PSELRESET0: 18,
        UICR_PSELRESET0 + 4: 18,
    }.items():
        struct.pack_into("<I", page, offset, value)
    return bytes(page)
