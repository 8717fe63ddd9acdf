"""Attacks of a hostile central, and the harm to the board.

Each function returns its findings as sentences: an empty list means an unharmed board.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from typing import Final

from motionloop import wire
from motionloop.errors import MotionLoopError
from motionloop.nano.board import EmulatedNano
from motionloop.nano.gatt import ATT_CHANNEL, SIGNALING_CHANNEL, AttError, LinkLost
from motionloop.nano.processor import RAM_BYTES, RAM_START
from motionloop.nano.session import Session

_LAST_HANDLE: Final = 80
# ATT requests that name one handle (Vol 3, Part F, 3.4), with arguments behind it.
_WITH_HANDLE: Final = {
    "read": (0x0A, b""),
    "read blob": (0x0C, b"\0\0"),
    "read blob behind the value": (0x0C, b"\xff\xff"),
    "write": (0x12, b"\1\0"),
    "write nothing": (0x12, b""),
    "write without response": (0x52, b"\1\0"),
    "prepare write": (0x16, b"\0\0\1"),
    "signed write": (0xD2, b"\1" * 13),
}
_MARK: Final = b"\xa5\x5a"
_BUFFER_BYTES: Final = 255  # ArduinoBLE's, for an L2CAP packet


def _harm(nano: EmulatedNano, session: Session, after: str) -> list[str]:
    """The broken parts of the board; connects again if the link was ended."""
    found = [f"{after}: {fault}" for fault in nano.faults]
    found += [f"{after}: reset for {reason:#x}" for _, reason in nano.resets]
    nano.faults.clear()
    nano.resets.clear()
    try:
        if not session.central.connected:
            session.connect(30)
        session.gatt.read(session.gatt.handles[wire.INFO_UUID])  # cut short if the MTU was changed
    except (AttError, LinkLost) as error:
        found.append(f"{after}: {error}")
        session.central.vanish()
        nano.power_on()
        session.connect()
    return found


def scan_handles(nano: EmulatedNano, session: Session) -> list[str]:
    """Ask for every handle, known or not, in every way that ATT has."""
    found: list[str] = []
    handles = [0, *range(1, _LAST_HANDLE), 0x7FFF, 0xFFFE, 0xFFFF]
    own = {session.gatt.handles.get(uuid, 0) for uuid in (wire.COMMAND_UUID, wire.MODEL_UUID)}
    for name, (opcode, arguments) in _WITH_HANDLE.items():
        for handle in handles:
            if handle in own and "write" in name:
                continue  # a command is no attack
            _send(session, struct.pack("<BH", opcode, handle) + arguments, opcode == 0x52)
            if nano.faults or nano.resets or not session.central.connected:
                found += _harm(nano, session, f"{name} of handle {handle}")
        found += _harm(nano, session, name)
    for number, pdu in enumerate(_malformed()):
        _send(session, pdu, silent=True)
        nano.run_for(0.03)
        if nano.faults or nano.resets or number % 8 == 7:
            found += _harm(nano, session, f"ATT packet {pdu[:24].hex()}, or one of 7 before it")
    return found + _harm(nano, session, "malformed ATT packets")


def _malformed() -> Iterable[bytes]:
    """Every opcode with too few bytes, and ranges that make no sense."""
    for opcode in range(0x100):
        if opcode in (0x02, 0x1B, 0x1D):
            continue
        for length in (0, 1, 2, 3, 5):
            yield bytes([opcode]) + b"\x01\x00\xff\xff\x00"[:length]
    for opcode in (0x04, 0x06, 0x08, 0x10):
        for first, last in ((0, 0xFFFF), (5, 2), (1, 0), (0xFFFF, 0xFFFF), (40, 0xFFFF)):
            for rest in (b"", b"\x03\x28", b"\x00\x28" + bytes(16), b"\xff" * 16):
                yield struct.pack("<BHH", opcode, first, last) + rest
    yield b"\x02\x00\x00"  # MTU of 0
    yield b"\x02"
    yield b"\x0e"
    yield b"\x0e" + b"\x01\x00" * 100  # read multiple


def _send(session: Session, pdu: bytes, silent: bool) -> None:
    try:
        if silent:
            session.central.send_l2cap(ATT_CHANNEL, pdu)
        else:
            session.gatt.request(pdu, timeout_s=0.4)
    except MotionLoopError:
        pass  # an error is a good answer, and so is silence


def send_long_fragments(nano: EmulatedNano, session: Session) -> list[str]:
    """Send L2CAP packets whose fragments do not fit their announced length, or any buffer."""
    found: list[str] = []
    for announced, pieces, channel in (
        (1000, [200, 200, 200, 200], ATT_CHANNEL),
        (0xFFFF, [247] * 8, ATT_CHANNEL),
        (252, [100, 100, 100, 100], ATT_CHANNEL),
        (10, [100, 100], ATT_CHANNEL),
        (1000, [240] * 5, SIGNALING_CHANNEL),
        (300, [240] * 5, 0x40),
        (4, [0, 0, 0], ATT_CHANNEL),
    ):
        after = f"{announced} bytes announced on channel {channel}, {pieces} sent"
        if not session.central.connected:
            session.connect(30)
        first = struct.pack("<HH", announced, channel) + (_MARK * 128)[: pieces[0]]
        session.central.send_link_layer(2, first)
        for piece in pieces[1:]:
            session.central.send_link_layer(1, (_MARK * 128)[:piece])
        nano.run_for(0.5)
        ram = nano.processor.read(RAM_START, RAM_BYTES)
        longest = max((len(m.group()) for m in re.finditer(b"(?:\xa5\x5a)+", ram)), default=0)
        if longest > _BUFFER_BYTES:
            found.append(f"{after}: {longest} bytes of it in a row lie in RAM")
        found += _harm(nano, session, after)
        _wipe(nano, ram)
    for flags in (1, 2):  # a continuation without a start, an empty packet
        session.central.send_link_layer(flags, b"")
        session.central.send_link_layer(flags, b"\x01")
        session.central.send_link_layer(1, b"\xa5" * 27)
        nano.run_for(0.3)
        found += _harm(nano, session, f"fragment {flags} alone")
        session.central.send_link_layer(flags, b"")
        nano.run_for(0.1)
        session.central.disconnect()
        session.gatt.wait(lambda: not session.central.connected, 10)
        found += _harm(nano, session, f"empty fragment {flags}, then the end of the link")
    return found


def _wipe(nano: EmulatedNano, ram: bytes) -> None:
    """Remove the marks, so that the marks of the next attack can be distinguished."""
    for match in re.finditer(b"(?:\xa5\x5a){8,}", ram):
        nano.processor.write(RAM_START + match.start(), bytes(len(match.group())))
