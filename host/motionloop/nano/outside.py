"""The controller that stands for an emulated Nano among the virtual boards.

The image's own Bluetooth ends at a central of ours, on the emulated radio or at the HCI. This
module carries the board's advertisement and L2CAP packets on to a controller on the simulated air,
where the product's programs find them, and the programs' packets back.
"""

from __future__ import annotations

import struct
from typing import Protocol

from bumble import hci

from motionloop.nano.board import EmulatedNano
from motionloop.nano.central import AnyCentral
from motionloop.nano.processor import MHZ

_ACL, _EVENT = 2, 4
_CONNECTION_COMPLETE, _ENHANCED_CONNECTION_COMPLETE = 0x01, 0x0A  # of LE Meta Event
_LE_META, _DISCONNECTION_COMPLETE = 0x3E, 0x05
_SILENT_US = 3_000_000  # without an advertisement a board is off the air
_MAX_ACL_BYTES = 251


class OutsideController(Protocol):
    """A Bluetooth controller on a simulated air; packets begin with their type."""

    def on_packet(self, packet: bytes) -> None:
        """From the host to the controller."""


def _connection(packet: bytes) -> int | None:
    """The handle of a connection that began with this event."""
    began = packet[3] in (_CONNECTION_COMPLETE, _ENHANCED_CONNECTION_COMPLETE)
    if packet[:2] == bytes([_EVENT, _LE_META]) and began and packet[4] == 0:
        return int(struct.unpack_from("<H", packet, 5)[0])
    return None


class Outside:
    """The controller's host. Call turn() whenever some of the board's time has passed."""

    def __init__(
        self, nano: EmulatedNano, central: AnyCentral, controller: OutsideController
    ) -> None:
        self._nano, self._central, self._controller = nano, central, controller
        central.on_l2cap = self._to_controller
        central.on_disconnected = self._link_lost
        self._handle: int | None = None
        self._advertising = False
        self._heard = (0, 0)  # advertisements, and when the count last changed
        self._incoming = b""
        self._waiting: list[tuple[int, bytes]] = []  # until the board's link is up

    @property
    def advertising(self) -> bool:
        """Whether programs can find the board."""
        return self._advertising

    def on_packet(self, packet: bytes) -> None:
        """From the controller; the name is bumble's."""
        packet = bytes(packet)
        handle = _connection(packet)
        if handle is not None:
            self._handle, self._advertising = handle, False
            self._central.connect()
        elif packet[:2] == bytes([_EVENT, _DISCONNECTION_COMPLETE]):
            self._handle = None
            self._waiting.clear()
            self._central.disconnect()
        elif packet[0] == _ACL:
            self._from_controller(packet)

    def _from_controller(self, packet: bytes) -> None:
        flags = struct.unpack_from("<H", packet, 1)[0] >> 12 & 3
        self._incoming = packet[5:] if flags != 1 else self._incoming + packet[5:]
        if len(self._incoming) < 4:
            return
        length, channel = struct.unpack_from("<HH", self._incoming)
        if len(self._incoming) < 4 + length:
            return
        self._waiting.append((channel, self._incoming[4 : 4 + length]))
        self._incoming = b""

    def _to_controller(self, channel: int, payload: bytes) -> None:
        if self._handle is None:
            return
        data = struct.pack("<HH", len(payload), channel) + payload
        for at in range(0, len(data), _MAX_ACL_BYTES):
            part = data[at : at + _MAX_ACL_BYTES]
            handle = self._handle | (0x1000 if at else 0x2000)
            self._controller.on_packet(struct.pack("<BHH", _ACL, handle, len(part)) + part)

    def _link_lost(self, _reason: str) -> None:
        if self._handle is not None:
            end = hci.HCI_Disconnect_Command(connection_handle=self._handle, reason=0x13)
            self._controller.on_packet(bytes(end))

    def turn(self) -> None:
        """Pass on all that has happened since the last turn."""
        if self._central.connected:
            for channel, payload in self._waiting:
                self._central.send_l2cap(channel, payload)
            self._waiting.clear()
        if self._central.advertisements != self._heard[0]:
            self._heard = (self._central.advertisements, self._nano.now)
            if not self._advertising and self._handle is None:
                self._advertise()
        elif self._advertising and self._nano.now - self._heard[1] > _SILENT_US * MHZ:
            self._advertising = False
            self._controller.on_packet(
                bytes(hci.HCI_LE_Set_Advertising_Enable_Command(advertising_enable=0))
            )

    def _advertise(self) -> None:
        """Have the controller outside send the board's advertisement."""
        self._advertising = True
        for command in (
            hci.HCI_LE_Set_Advertising_Parameters_Command(
                advertising_interval_min=160,
                advertising_interval_max=160,
                advertising_type=hci.HCI_LE_Set_Advertising_Parameters_Command.AdvertisingType.ADV_IND,
                own_address_type=hci.OwnAddressType(int(self._central.address_is_random)),
                peer_address_type=hci.Address.PUBLIC_DEVICE_ADDRESS,
                peer_address=hci.Address("00:00:00:00:00:00"),
                advertising_channel_map=7,
                advertising_filter_policy=0,
            ),
            hci.HCI_LE_Set_Advertising_Data_Command(advertising_data=self._central.advertisement),
            hci.HCI_LE_Set_Advertising_Enable_Command(advertising_enable=1),
        ):
            self._controller.on_packet(bytes(command))
