"""Erase what a board knows of its owner, over USB, through the bootloader that Arduino ships.

The bootloader (`bootloaders/nano33ble` in Arduino's mbed core 4.5.0) erases a page before it
writes the page, and nothing else: what bossac calls "Erase flash" it only acknowledges. So an
upload leaves the board's models, their journal and the owner in it where they are. Here the
bootloader is told to write blank pages over the journal, without which a board belongs to nobody
and has no model.
"""

from __future__ import annotations

from contextlib import suppress

import serial  # type: ignore[import-untyped]

from motionloop import _core, wire
from motionloop.flashing.platformio import BootloaderError
from motionloop.flashing.serial_ports import busy_error, double_tap, port_error
from motionloop.language import tr

_CHIP = b"nRF52840"
_CHIP_ANSWER_BYTES = 17
_IMAGE_START = 0x10000  # from which the bootloader counts
_SLOTS_START = 0x100000 - _core.FLASH_BYTES  # at the end of the chip's flash
_DONE = b"Y\n\r"
_TIMEOUT_S = 5.0  # for a command; a page takes 0.13 s


def touch(device: str) -> None:
    """Ask a board for its bootloader, as Arduino's core understands it.

    Args:
        device: The port.

    Raises:
        MotionLoopError: The port cannot be opened.
    """
    with suppress(serial.SerialException):  # the port may vanish while it is closed
        _opened(device, 1200).close()


def erase_journal(device: str) -> None:
    """Erase the journal of a board that is in its bootloader, and restart the board.

    Args:
        device: The bootloader's port.

    Raises:
        BootloaderError: It does not answer as the bootloader of a Nano 33 BLE does.
        MotionLoopError: The port cannot be opened.
    """
    size = wire.FLASH_PAGE_BYTES
    with _opened(device, 115200) as port:
        try:
            port.reset_input_buffer()
            if not _ask(port, "I#", _CHIP_ANSWER_BYTES).startswith(_CHIP):
                raise _silent(device)
            port.reset_input_buffer()
            port.write(f"S{0:08X},{size:08X}#".encode() + b"\xff" * size)  # into its memory
            commands = [f"Y{0:08X},{0:08X}#"]  # from there
            for page in range(_core.JOURNAL_PAGE, _core.JOURNAL_PAGE + _core.JOURNAL_PAGES):
                address = _SLOTS_START + page * size - _IMAGE_START
                commands.append(f"Y{address:08X},{size:08X}#")
            for command in commands:
                if _ask(port, command, len(_DONE)) != _DONE:
                    raise _silent(device)
            port.write(b"K#")
            port.flush()
        except serial.SerialException as error:
            raise _silent(device) from error


def _ask(port: serial.Serial, command: str, length: int) -> bytes:
    port.write(command.encode())
    return bytes(port.read(length))


def _opened(device: str, baud: int) -> serial.Serial:
    try:
        return serial.Serial(device, baud, timeout=_TIMEOUT_S, write_timeout=_TIMEOUT_S)
    except serial.SerialException as error:
        if error.errno is None:  # Windows, where somebody else has it
            raise busy_error(device, ()) from error
        raise port_error(device, error.errno) from error


def _silent(device: str) -> BootloaderError:
    return BootloaderError(
        tr(
            "The device at {device} does not answer as the bootloader of a Nano 33 BLE does. If "
            "it is the board, {double_tap}. Then repeat the command.",
            device=device,
            double_tap=double_tap(),
        )
    )
