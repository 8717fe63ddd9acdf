"""The two Bluetooth controllers of a virtual air, the board's and a central's, over bumble's.

bumble's controllers leave out what a host can notice: a board's public address does not reach
the other side, the peripheral gets made-up connection parameters, nobody agrees on a data
length, a central always takes the longest connection interval, and it hears each advertisement
once more as the scan response.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bumble import hci, ll
from bumble.controller import Controller
from bumble.core import PhysicalTransport
from bumble.link import LocalLink

from motionloop.virtual.link_layer import INTERVAL_UNIT_US, MAX_OCTETS, MIN_OCTETS, length_us


class AirLink(LocalLink):  # type: ignore[misc]  # bumble's classes are untyped here
    """Delivers data under the address that the connection was made with.

    bumble's link takes the sender's random address, under which nobody knows a board that
    advertised its public one.

    `in_range` is False while the board is too far away to be heard, or to hear.
    """

    in_range = True

    def send_advertising_pdu(
        self, sender_controller: Controller, packet: ll.AdvertisingPdu
    ) -> None:
        if self.in_range:
            super().send_advertising_pdu(sender_controller, packet)

    def send_acl_data(
        self,
        sender_controller: Controller,
        destination_address: hci.Address,
        transport: PhysicalTransport,
        data: bytes,
    ) -> None:
        connection = sender_controller.le_connections.get(destination_address)
        receiver = self.find_le_controller(destination_address)
        if connection is not None and receiver is not None:
            asyncio.get_running_loop().call_soon(
                receiver.on_link_acl_data, connection.self_address, transport, data
            )


class _Controller(Controller):  # type: ignore[misc]
    """A controller whose buffers take a whole notification."""

    def __init__(
        self,
        name: str,
        link: LocalLink,
        public_address: hci.Address | None = None,
        octets: int = MAX_OCTETS,
    ) -> None:
        super().__init__(name, link=link, public_address=public_address)
        # bumble's 27 would cut every notification into ten packets.
        self.acl_data_packet_length = MAX_OCTETS
        self.le_acl_data_packet_length = MAX_OCTETS
        self.supported_max_tx_octets = self.supported_max_rx_octets = octets
        self.supported_max_tx_time = self.supported_max_rx_time = length_us(octets)


class BoardController(_Controller):
    """The board's controller: it advertises, has few buffers and reports to its host."""

    def __init__(self, name: str, link: LocalLink, address: hci.Address, buffers: int) -> None:
        super().__init__(name, link, address)
        self.total_num_le_acl_data_packets = buffers
        self._connect_ind: ll.ConnectInd | None = None

    def on_le_connect_ind(self, packet: ll.ConnectInd) -> None:
        self._connect_ind = packet
        known = set(self.le_connections)
        super().on_le_connect_ind(packet)
        if set(self.le_connections) != known:
            self._agree_on_length(packet.initiator_address)

    def send_hci_packet(self, packet: hci.HCI_Packet) -> None:
        if isinstance(packet, hci.HCI_LE_Connection_Complete_Event) and self._connect_ind:
            packet = replace(
                packet,
                connection_interval=self._connect_ind.interval,
                peripheral_latency=self._connect_ind.latency,
                supervision_timeout=self._connect_ind.timeout,
            )
        super().send_hci_packet(packet)

    def _agree_on_length(self, address: hci.Address) -> None:
        """Each side sends as much as it suggested and the other one takes.

        Both suggest their length at once as the link begins (Core, Vol 6, Part B, 5.1.9).
        """
        central = self.link.find_le_controller(address) if self.link else None
        if central is None:
            return
        up, down = _agreed(self, central), _agreed(central, self)
        _tell_length(self, self.le_connections[address].handle, up, down)
        for connection in central.le_connections.values():
            if connection.peer_address == self.le_connections[address].self_address:
                _tell_length(central, connection.handle, down, up)


class CentralController(_Controller):
    """A computer's controller: it takes the allowed interval that is nearest to its own."""

    def __init__(self, name: str, link: LocalLink, interval_us: int, octets: int) -> None:
        super().__init__(name, link, octets=octets)
        self._interval = max(1, round(interval_us / INTERVAL_UNIT_US))

    def on_hci_le_create_connection_command(
        self, command: hci.HCI_LE_Create_Connection_Command
    ) -> None:
        interval = self._chosen(command.connection_interval_min, command.connection_interval_max)
        super().on_hci_le_create_connection_command(
            replace(command, connection_interval_min=interval)
        )

    def on_hci_le_extended_create_connection_command(
        self, command: hci.HCI_LE_Extended_Create_Connection_Command
    ) -> None:
        ranges = zip(
            command.connection_interval_mins, command.connection_interval_maxs, strict=True
        )
        command.connection_interval_mins = [self._chosen(*each) for each in ranges]
        super().on_hci_le_extended_create_connection_command(command)

    def on_hci_le_connection_update_command(
        self, command: hci.HCI_LE_Connection_Update_Command
    ) -> None:
        interval = self._chosen(command.connection_interval_min, command.connection_interval_max)
        super().on_hci_le_connection_update_command(
            replace(command, connection_interval_max=interval)
        )

    def send_hci_packet(self, packet: hci.HCI_Packet) -> None:
        if isinstance(packet, hci.HCI_LE_Extended_Advertising_Report_Event):
            packet = replace(packet, reports=[_as_heard(report) for report in packet.reports])
        super().send_hci_packet(packet)

    def _chosen(self, shortest: int, longest: int) -> int:
        return min(max(self._interval, shortest), longest)


def terminate(controller: Controller, reason: int) -> None:
    """End all LE links of `controller`, on both sides, giving the HCI error code `reason`."""
    for connection in list(controller.le_connections.values()):
        connection.send_ll_control_pdu(ll.TerminateInd(reason))
        controller.on_le_disconnected(connection, reason)


def _as_heard(
    report: hci.HCI_LE_Extended_Advertising_Report_Event.Report,
) -> hci.HCI_LE_Extended_Advertising_Report_Event.Report:
    """The report of a connectable advertisement as ArduinoBLE sends it, or of its scan response.

    bumble reports the advertisement once more as the scan response, which is empty.
    """
    kinds = hci.HCI_LE_Extended_Advertising_Report_Event.EventType
    legacy = kinds.LEGACY_ADVERTISING_PDU_USED | kinds.SCANNABLE_ADVERTISING
    is_response = report.event_type & kinds.SCAN_RESPONSE
    return replace(
        report,
        event_type=report.event_type | legacy | kinds.CONNECTABLE_ADVERTISING,
        data=b"" if is_response else report.data,
    )


def _agreed(sender: Controller, receiver: Controller) -> int:
    octets: int = min(
        sender.suggested_max_tx_octets,
        sender.supported_max_tx_octets,
        receiver.supported_max_rx_octets,
    )
    return octets


def _tell_length(controller: Controller, handle: int, sends: int, takes: int) -> None:
    if max(sends, takes) > MIN_OCTETS:  # what a link begins with is no change
        controller.send_hci_packet(
            hci.HCI_LE_Data_Length_Change_Event(
                connection_handle=handle,
                max_tx_octets=sends,
                max_tx_time=length_us(sends),
                max_rx_octets=takes,
                max_rx_time=length_us(takes),
            )
        )
