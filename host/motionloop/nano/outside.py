"""An emulated Nano's Bluetooth as HCI packets: what the world outside connects to.

Two depths. `HciDepth` cuts the image at the HCI: the image's host drives a controller outside.
`RadioDepth` runs the image's own link layer on the emulated radio; a small central on the other
side of the air carries its L2CAP packets to and from a controller that stands for the board.
"""

from __future__ import annotations

import struct
from typing import Protocol

from bumble import hci

from motionloop.nano.board import EmulatedNano
from motionloop.nano.central import Central
from motionloop.nano.hci_cut import HciCut
from motionloop.nano.processor import MHZ

_COMMAND, _ACL, _EVENT = 1, 2, 4
_CONNECTION_COMPLETE, _ENHANCED_CONNECTION_COMPLETE = 0x01, 0x0A  # of LE Meta Event
_LE_META, _DISCONNECTION_COMPLETE = 0x3E, 0x05
_SILENT_US = 3_000_000  # without an advertisement a board is off the air
_MAX_ACL_BYTES = 251


class OutsideController(Protocol):
    """A Bluetooth controller on a simulated air; packets begin with their type."""

    def on_packet(self, packet: bytes) -> None:
        """From the host to the controller."""


class Depth(Protocol):
    """How the board's Bluetooth is connected. Give it a controller before time passes."""

    controller: OutsideController

    def on_packet(self, packet: bytes) -> None:
        """From the controller to the host; the name is bumble's."""

    def turn(self) -> None:
        """Some time has passed."""


def _connection(packet: bytes) -> int | None:
    """The handle of a connection that began with this event."""
    began = packet[3] in (_CONNECTION_COMPLETE, _ENHANCED_CONNECTION_COMPLETE)
    if packet[:2] == bytes([_EVENT, _LE_META]) and began and packet[4] == 0:
        return int(struct.unpack_from("<H", packet, 5)[0])
    return None


def _disconnected(packet: bytes) -> bool:
    return packet[:2] == bytes([_EVENT, _DISCONNECTION_COMPLETE])


class HciDepth:
    controller: OutsideController

    def __init__(self, nano: EmulatedNano, interval_us: int) -> None:
        self._cut = HciCut(nano, interval_us)
        self._cut.on_packet = lambda packet: self.controller.on_packet(packet)
        nano.on_reset(self._reset)

    def on_packet(self, packet: bytes) -> None:
        packet = bytes(packet)
        if _connection(packet) is not None:
            self._cut.link_up()
        elif _disconnected(packet):
            self._cut.link_down()
        self._cut.send(packet)

    def turn(self) -> None:
        """Everything happens in the image's own time."""

    def _reset(self) -> None:
        self._cut.reset()
        self.controller.on_packet(bytes(hci.HCI_Reset_Command()))


class RadioDepth:
    controller: OutsideController

    def __init__(self, nano: EmulatedNano, interval_us: int) -> None:
        self._nano = nano
        self.central = Central(nano, interval_us)
        self.central.on_l2cap = self._to_controller
        self.central.on_disconnected = self._link_lost
        self._handle: int | None = None
        self._advertising = False
        self._heard = (0, 0)  # advertisements, and when the count last changed
        self._incoming = b""
        self._waiting: list[tuple[int, bytes]] = []  # until the radio's link is up

    def on_packet(self, packet: bytes) -> None:
        packet = bytes(packet)
        handle = _connection(packet)
        if handle is not None:
            self._handle, self._advertising = handle, False
            self.central.connect()
        elif _disconnected(packet):
            self._handle = None
            self._waiting.clear()
            self.central.disconnect()
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
            self.controller.on_packet(struct.pack("<BHH", _ACL, handle, len(part)) + part)

    def _link_lost(self, _reason: str) -> None:
        if self._handle is not None:
            end = hci.HCI_Disconnect_Command(connection_handle=self._handle, reason=0x13)
            self.controller.on_packet(bytes(end))

    def turn(self) -> None:
        if self.central.connected:
            for channel, payload in self._waiting:
                self.central.send_l2cap(channel, payload)
            self._waiting.clear()
        if self.central.advertisements != self._heard[0]:
            self._heard = (self.central.advertisements, self._nano.now)
            if not self._advertising and self._handle is None:
                self._advertise()
        elif self._advertising and self._nano.now - self._heard[1] > _SILENT_US * MHZ:
            self._advertising = False
            self.controller.on_packet(
                bytes(hci.HCI_LE_Set_Advertising_Enable_Command(advertising_enable=0))
            )

    def _advertise(self) -> None:
        """Have the controller outside send what the board sends."""
        self._advertising = True
        for command in (
            hci.HCI_LE_Set_Advertising_Parameters_Command(
                advertising_interval_min=160,
                advertising_interval_max=160,
                advertising_type=hci.HCI_LE_Set_Advertising_Parameters_Command.AdvertisingType.ADV_IND,
                own_address_type=hci.OwnAddressType(int(self.central.address_is_random)),
                peer_address_type=hci.Address.PUBLIC_DEVICE_ADDRESS,
                peer_address=hci.Address("00:00:00:00:00:00"),
                advertising_channel_map=7,
                advertising_filter_policy=0,
            ),
            hci.HCI_LE_Set_Advertising_Data_Command(advertising_data=self.central.advertisement),
            hci.HCI_LE_Set_Advertising_Enable_Command(advertising_enable=1),
        ):
            self.controller.on_packet(bytes(command))
