"""A TCP port where every client finds a Bluetooth adapter of its own, in range of the board.

The port speaks HCI, as a real adapter does: each connection gets a bumble controller on the board's
simulated air. When a client goes away, its adapter and its links end.
"""

from __future__ import annotations

import asyncio
import socket

from bumble import hci
from bumble.core import InvalidPacketError
from bumble.link import LocalLink
from bumble.transport.common import PacketParser

from motionloop.virtual.air import RadioLimits
from motionloop.virtual.controller import CentralController, terminate

LOOPBACK = "127.0.0.1"  # the air reaches no further than this computer
# Small, so that a client that stops reading is noticed within a few packets, not megabytes.
_BUFFER_BYTES = 8192


class AdapterPort:
    """Listens on the loopback interface; `port` is known after start().

    The adapters follow those `limits` that the central decides.
    """

    def __init__(self, link: LocalLink, limits: RadioLimits = RadioLimits()) -> None:
        self.port = 0
        self._link = link
        self._limits = limits
        self._adapters: set[_Adapter] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Open the port. OSError when the system has none."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: _Adapter(self._link, self._limits, self._adapters), LOOPBACK, 0
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening and cut off every client."""
        if self._server is not None:
            self._server.close()
            for adapter in list(self._adapters):
                adapter.abort()
            await self._server.wait_closed()

    def takes_packets(self, central: hci.Address) -> bool:
        """False while the client that owns the address `central` does not read."""
        return all(adapter.reads for adapter in self._adapters if adapter.connects_as(central))


class _Adapter(asyncio.Protocol):
    """One client's controller: HCI packets come in from TCP and go out to it."""

    def __init__(self, link: LocalLink, limits: RadioLimits, adapters: set[_Adapter]) -> None:
        self.reads = True
        self._link = link
        self._limits = limits
        self._adapters = adapters

    def connects_as(self, address: hci.Address) -> bool:
        """Whether a link of this adapter was made with this address of its own."""
        links = self._controller.le_connections.values()
        return any(link.self_address == address for link in links)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.set_write_buffer_limits(high=_BUFFER_BYTES)
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER_BYTES)
        self._controller = CentralController(
            "central", self._link, self._limits.interval_us, self._limits.central_octets
        )
        self._controller.host = self
        self._parser = PacketParser(self._controller)
        self._adapters.add(self)

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except InvalidPacketError:  # the client does not speak HCI
            self.abort()

    def on_packet(self, packet: bytes) -> None:
        """bumble's sink: the controller has a packet for the client."""
        if not self._transport.is_closing():
            self._transport.write(packet)

    def pause_writing(self) -> None:
        self.reads = False

    def resume_writing(self) -> None:
        self.reads = True

    def abort(self) -> None:
        self._transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        terminate(self._controller, hci.HCI_ErrorCode.REMOTE_USER_TERMINATED_CONNECTION_ERROR)
        self._link.remove_controller(self._controller)
        self._adapters.discard(self)
