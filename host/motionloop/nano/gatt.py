"""A GATT client over the small central: one request at a time, in virtual time.

Source: Bluetooth Core 5.4, Vol 3, Part F (ATT).
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from motionloop import wire
from motionloop.errors import MotionLoopError
from motionloop.nano.processor import MHZ

if TYPE_CHECKING:
    from motionloop.nano.central import AnyCentral
    from motionloop.nano.soc import Soc

ATT_CHANNEL: Final = 4
SIGNALING_CHANNEL: Final = 5
ERROR_RSP: Final = 0x01
MTU_REQ: Final = 0x02
READ_BY_TYPE_REQ: Final = 0x08
READ_REQ: Final = 0x0A
WRITE_REQ: Final = 0x12
WRITE_RSP: Final = 0x13
NOTIFICATION: Final = 0x1B
_CHARACTERISTIC: Final = 0x2803
_PARAMETER_UPDATE_REQ, _PARAMETER_UPDATE_RSP = 0x12, 0x13
_STEP: Final = 200 * MHZ  # how finely time passes during a wait


class LinkLost(MotionLoopError):
    """The link ended, or an answer did not come in time."""


class AttError(MotionLoopError):
    """The board answered with an error; `code` as in Vol 3, Part F, 3.4.1.1."""

    def __init__(self, request: int, handle: int, code: int) -> None:
        super().__init__(f"request {request:#04x} of handle {handle}: ATT error {code:#04x}")
        self.code = code


@dataclass(frozen=True)
class Notification:
    at: int  # cycles
    handle: int
    value: bytes


class GattClient:
    """Requests and notifications of one link. Times are the board's, never this computer's."""

    def __init__(self, soc: Soc, central: AnyCentral) -> None:
        self._soc, self._central = soc, central
        self.notifications: list[Notification] = []
        self.on_notification: Callable[[Notification], None] = self.notifications.append
        self.parameter_requests: list[tuple[int, int, int, int]] = []
        self._asked = 0  # opcode of the request that waits
        self._answer: bytes | None = None
        self.handles: dict[str, int] = {}  # of characteristics, by UUID
        central.on_l2cap = self._on_l2cap

    def wait(self, condition: Callable[[], bool], timeout_s: float = 5.0) -> bool:
        """Let time pass until the condition holds. False when it did not in that time."""
        end = self._soc.now + round(timeout_s * 1e6) * MHZ
        while not condition():
            if self._soc.now >= end:
                return False
            self._soc.run_until(min(end, self._soc.now + _STEP))
        return True

    def connect(self, timeout_s: float = 5.0) -> None:
        """Connect, agree on lengths and find the characteristics. Raises LinkLost."""
        self.wait(lambda: not self._central.connected, timeout_s)  # a link that is ending
        self._central.connect()
        if not self.wait(lambda: self._central.connected, timeout_s):
            raise LinkLost("The board does not advertise.")
        self._central.request_length()
        mtu = self.request(struct.pack("<BH", MTU_REQ, wire.ATT_MTU))
        self.mtu: int = struct.unpack_from("<H", mtu, 1)[0]
        self._discover()

    def _discover(self) -> None:
        self.handles.clear()
        first = 1
        while True:
            try:
                answer = self.request(
                    struct.pack("<BHHH", READ_BY_TYPE_REQ, first, 0xFFFF, _CHARACTERISTIC)
                )
            except AttError:
                return
            for at in range(2, len(answer), answer[1]):
                _, _, handle = struct.unpack_from("<HBH", answer, at)
                uuid = answer[at + 5 : at + answer[1]][::-1].hex()
                if len(uuid) == 32:
                    uuid = "-".join((uuid[:8], uuid[8:12], uuid[12:16], uuid[16:20], uuid[20:]))
                self.handles[uuid] = handle
                first = handle + 1

    def request(self, pdu: bytes, timeout_s: float = 5.0) -> bytes:
        """Send an ATT request and wait for its response. Raises AttError and LinkLost."""
        self._asked, self._answer = pdu[0], None
        self._central.send_l2cap(ATT_CHANNEL, pdu)
        self.wait(lambda: self._answer is not None or not self._central.connected, timeout_s)
        if self._answer is None:
            what = "no answer" if self._central.connected else "the link was lost"
            raise LinkLost(f"Request {pdu[0]:#04x} after {self._soc.now_s:.3f} s: {what}.")
        if self._answer[0] == ERROR_RSP:
            raise AttError(*struct.unpack_from("<BHB", self._answer, 1))
        return self._answer

    def read(self, handle: int) -> bytes:
        return self.request(struct.pack("<BH", READ_REQ, handle))[1:]

    def write(self, handle: int, value: bytes, timeout_s: float = 5.0) -> None:
        """Write with response."""
        self.request(struct.pack("<BH", WRITE_REQ, handle) + value, timeout_s)

    def subscribe(self, uuid: str) -> None:
        """Subscribe to a characteristic; its descriptor lies behind the value, as in ArduinoBLE."""
        self.write(self.handles[uuid] + 1, b"\x01\x00")

    def _on_l2cap(self, channel: int, payload: bytes) -> None:
        if channel == ATT_CHANNEL and payload[0] == NOTIFICATION:
            handle = struct.unpack_from("<H", payload, 1)[0]
            self.on_notification(Notification(self._soc.now, handle, payload[3:]))
        elif channel == ATT_CHANNEL:
            # A response's opcode is its request's and one; an error names the request.
            if payload[0] == self._asked + 1 or payload[:2] == bytes([ERROR_RSP, self._asked]):
                self._answer = payload
        elif channel == SIGNALING_CHANNEL and payload[0] == _PARAMETER_UPDATE_REQ:
            self.parameter_requests.append(struct.unpack_from("<4H", payload, 4))
            accepted = struct.pack("<BBHH", _PARAMETER_UPDATE_RSP, payload[1], 2, 0)
            self._central.send_l2cap(SIGNALING_CHANNEL, accepted)
