"""A TCP port where every client finds a Bluetooth adapter of its own, in range of the board.

The port speaks HCI, as a real adapter does: each connection gets a bumble controller on the board's
simulated air. When a client goes away, its adapter and its links end.

Every user of the computer can reach the port. So a client first says the port's secret, which lies
in the registry's file of the board; until then it has no adapter, little memory and little time.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import secrets
import socket

from bumble import hci
from bumble.core import InvalidPacketError
from bumble.link import LocalLink
from bumble.transport.common import PacketParser

from motionloop.virtual import registry
from motionloop.virtual.air import RadioLimits
from motionloop.virtual.controller import CentralController, terminate

SECRET_BYTES = 32
SECRET_WITHIN_S = 20.0  # a window that begins to scan thirty boards is busy for seconds
MOST_STRANGERS = 16  # clients that have not said the secret yet
# Small, so that a client that stops reading is noticed within a few packets, not megabytes.
_BUFFER_BYTES = 8192
_log = logging.getLogger(__name__)


class AdapterPort:
    """Listens on the loopback interface; `port` is known after start().

    `secret` is what a client says first, as ASCII. The adapters follow those
    `limits` that the central decides.
    """

    def __init__(self, link: LocalLink, limits: RadioLimits = RadioLimits()) -> None:
        self.port = 0
        self.secret = secrets.token_hex(SECRET_BYTES // 2)
        self.link = link
        self.limits = limits
        self.adapters: set[_Adapter] = set()
        self.strangers: dict[_Adapter, None] = {}  # the oldest first
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Open the port. OSError when the system has none."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Adapter(self), registry.LOOPBACK, 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening and cut off every client."""
        if self._server is not None:
            self._server.close()
            for adapter in [*self.adapters, *self.strangers]:
                adapter.abort()
            await self._server.wait_closed()

    def takes_packets(self, central: hci.Address) -> bool:
        """False while the client that owns the address `central` does not read."""
        return all(adapter.reads for adapter in self.adapters if adapter.connects_as(central))


class _Adapter(asyncio.Protocol):
    """One client's controller: HCI packets come in from TCP and go out to it."""

    def __init__(self, port: AdapterPort) -> None:
        self.reads = True
        self._port = port
        self._said = b""  # before it is known to whom the client belongs
        self._controller: CentralController | None = None

    def connects_as(self, address: hci.Address) -> bool:
        """Whether a link of this adapter was made with this address of its own."""
        links = self._controller.le_connections.values() if self._controller else ()
        return any(link.self_address == address for link in links)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        strangers = self._port.strangers
        if len(strangers) == MOST_STRANGERS:
            next(iter(strangers)).abort()
        strangers[self] = None
        self._deadline = asyncio.get_running_loop().call_later(SECRET_WITHIN_S, self._turn_away)

    def data_received(self, data: bytes) -> None:
        if self._transport.is_closing():
            return
        if self._controller is None:
            missing = SECRET_BYTES - len(self._said)
            self._said, data = self._said + data[:missing], data[missing:]
            if len(self._said) < SECRET_BYTES:
                return  # no word before the end: it would say how much was right
            if not hmac.compare_digest(self._said, self._port.secret.encode()):
                self._turn_away()
                return
            self._admit()
        try:
            self._parser.feed_data(data)
        except InvalidPacketError:  # the client does not speak HCI
            self.abort()

    def _admit(self) -> None:
        self._deadline.cancel()
        del self._port.strangers[self]
        self._transport.set_write_buffer_limits(high=_BUFFER_BYTES)
        connection = self._transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER_BYTES)
        limits = self._port.limits
        self._controller = CentralController(
            "central", self._port.link, limits.interval_us, limits.central_octets
        )
        self._controller.host = self
        self._parser = PacketParser(self._controller)
        self._port.adapters.add(self)

    def _turn_away(self) -> None:
        _log.warning("a client of the adapter port did not say the secret: cut off")
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
        self._port.strangers.pop(self, None)
        self._transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._deadline.cancel()
        self._port.strangers.pop(self, None)
        if self._controller is None:
            return
        terminate(self._controller, hci.HCI_ErrorCode.REMOTE_USER_TERMINATED_CONNECTION_ERROR)
        self._port.link.remove_controller(self._controller)
        self._port.adapters.discard(self)
