"""MQTT: the current activity of a board as a sensor that Home Assistant finds by itself.

https://www.home-assistant.io/integrations/sensor.mqtt: a retained description under
`homeassistant/` names the topics of the state, its attributes and whether the board is there. The
broker itself says that it is not, by the last will, when this program ends without a word.
"""

from __future__ import annotations

import asyncio
import json
import logging
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiomqtt

from motionloop.errors import MotionLoopError
from motionloop.language import tr
from motionloop.safe_files import open_to_read
from motionloop.sharing.share import Moved, Recognised, SharedBoard

PORT, TLS_PORT = 1883, 8883
UNKNOWN = "unknown"  # Home Assistant's own word, too
ONLINE, OFFLINE = "online", "offline"
_AT_LEAST_ONCE = 1
_TIMEOUT_S = 10.0
_FIRST_RETRY_S, _LAST_RETRY_S = 1.0, 30.0  # reconnecting doubles its wait from one to the other
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Broker:
    """Where the broker is, and who we are there.

    Attributes:
        host: Name or address.
        port: By default that of MQTT, with or without TLS.
        user: None: nobody in particular.
        password: Only with a user.
        tls: Whether the link is encrypted and the broker's certificate checked.
        authorities: File of the certificates to check against; None for this computer's.
    """

    host: str
    port: int | None = None
    user: str | None = None
    password: str | None = None
    tls: bool = False
    authorities: Path | None = None

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port or (TLS_PORT if self.tls else PORT)}"

    def client(self, will: aiomqtt.Will) -> aiomqtt.Client:
        """A client that is not connected yet."""
        context = None
        if self.tls:
            try:
                if self.authorities is not None:
                    open_to_read(self.authorities).close()  # ssl would wait for a pipe
                context = ssl.create_default_context(cafile=self.authorities)
            except OSError as error:  # of ssl, too
                raise MotionLoopError(
                    tr(
                        "{authorities} cannot be used as certificates ({error}): give a PEM file.",
                        authorities=self.authorities,
                        error=error,
                    )
                ) from error
        return aiomqtt.Client(
            self.host,
            self.port or (TLS_PORT if self.tls else PORT),
            username=self.user,
            password=self.password,
            will=will,
            tls_context=context,
            timeout=_TIMEOUT_S,
        )


class MqttSensor:
    """The activity of one board at a broker, while `serve` runs."""

    needs_motion = False

    def __init__(self, shared: SharedBoard, broker: Broker) -> None:
        self._shared = shared
        self._broker = broker
        self._id = "".join(c for c in shared.board.address.lower() if c.isalnum())
        self._topic = f"motionloop/{self._id}"
        # The loop's clock has an origin of its own.
        self._utc_offset_s = datetime.now(UTC).timestamp() - asyncio.get_running_loop().time()
        self._state: tuple[str, str] | None = None  # and its attributes
        self._changed = asyncio.Event()
        self._was_connected = False

    def add_motion(self, moved: Moved) -> None:
        """Motion is not for homes."""

    def add_prediction(self, recognised: Recognised) -> None:
        state = recognised.label or UNKNOWN
        if self._state is not None and self._state[0] == state:
            return
        self._state = state, json.dumps(self._attributes(recognised))
        self._changed.set()

    async def serve(self) -> None:
        """Keep the broker up to date until cancelled; a broker that was lost is looked for again.

        Raises MotionLoopError when the broker cannot be reached to begin with.
        """
        retry_s = _FIRST_RETRY_S
        while True:
            try:
                async with self._broker.client(self._availability(OFFLINE)) as client:
                    _log.info("connected to the broker %s", self._broker)
                    retry_s, self._was_connected = _FIRST_RETRY_S, True
                    await self._publish_while_connected(client)
            except aiomqtt.MqttError as error:
                if not self._was_connected:
                    raise MotionLoopError(self._advice(error)) from error
                _log.warning("the broker %s is away: %s", self._broker, error)
            _heed_cancellation()
            await asyncio.sleep(retry_s)
            retry_s = min(2 * retry_s, _LAST_RETRY_S)

    async def _publish_while_connected(self, client: aiomqtt.Client) -> None:
        config = f"homeassistant/sensor/motionloop_{self._id}/activity/config"
        await _publish(client, config, json.dumps(self._description()))
        online = self._availability(ONLINE)
        await _publish(client, online.topic, ONLINE)
        self._changed.set()  # what the broker heard last may be old
        lost = asyncio.create_task(_until_lost(client))
        try:
            while True:
                changed = asyncio.create_task(self._changed.wait())
                await asyncio.wait({lost, changed}, return_when=asyncio.FIRST_COMPLETED)
                changed.cancel()
                if lost.done():
                    await lost  # raises why
                self._changed.clear()
                if self._state is not None:
                    state, attributes = self._state
                    await _publish(client, f"{self._topic}/attributes", attributes)
                    await _publish(client, f"{self._topic}/activity", state)
        finally:
            lost.cancel()
            await asyncio.gather(lost, return_exceptions=True)
            try:  # the last will speaks only for those who leave without a word
                await _publish(client, online.topic, OFFLINE)
            except aiomqtt.MqttError as error:
                _log.info("no word of farewell: %s", error)

    def _availability(self, payload: str) -> aiomqtt.Will:
        return aiomqtt.Will(f"{self._topic}/availability", payload, _AT_LEAST_ONCE, retain=True)

    def _attributes(self, recognised: Recognised) -> dict[str, Any]:
        likeness = None if recognised.likeness is None else round(recognised.likeness, 3)
        attributes: dict[str, Any] = {"likeness": likeness, "model": self._shared.model_id}
        if recognised.moment_s is not None:
            began = datetime.fromtimestamp(recognised.moment_s + self._utc_offset_s, UTC)
            attributes["since"] = began.isoformat(timespec="milliseconds")
        return attributes

    def _description(self) -> dict[str, Any]:
        """What Home Assistant's discovery reads."""
        board = self._shared.board
        return {
            "name": "Activity",
            "unique_id": f"motionloop_{self._id}_activity",
            "state_topic": f"{self._topic}/activity",
            "json_attributes_topic": f"{self._topic}/attributes",
            "availability_topic": f"{self._topic}/availability",
            "payload_available": ONLINE,
            "payload_not_available": OFFLINE,
            "device_class": "enum",
            "options": [*self._shared.labels, UNKNOWN],
            "icon": "mdi:run",
            "qos": _AT_LEAST_ONCE,
            "device": {
                "identifiers": [f"motionloop_{self._id}"],
                "name": board.name,
                "manufacturer": "MotionLoop",
                "model": f"board with {board.imu}" + (", virtual" if board.virtual else ""),
                "sw_version": board.firmware,
            },
            "origin": {"name": "MotionLoop"},
        }

    def _advice(self, error: aiomqtt.MqttError) -> str:
        said = str(error)
        if isinstance(error, aiomqtt.MqttCodeError):  # the broker answered
            return tr(
                "The broker {broker} refused the connection ({said}). Check --mqtt-user "
                "and the password, and that this user may write to motionloop/# and "
                "homeassistant/#.",
                broker=self._broker,
                said=said,
            )
        if "CERTIFICATE" in said.upper():
            return tr(
                "The certificate of the broker {broker} was not accepted ({said}). Give "
                "the certificate of its authority with --mqtt-ca.",
                broker=self._broker,
                said=said,
            )
        return tr(
            "The broker {broker} cannot be reached ({said}). Check that it runs, its name "
            "and port, and whether it wants TLS (--mqtt-tls).",
            broker=self._broker,
            said=said,
        )


async def _publish(client: aiomqtt.Client, topic: str, payload: str) -> None:
    await client.publish(topic, payload, _AT_LEAST_ONCE, retain=True)
    _heed_cancellation()


def _heed_cancellation() -> None:
    """Raise CancelledError if the task was cancelled and did not notice.

    aiomqtt waits with asyncio.wait_for. Before Python 3.12, asyncio.wait_for swallows a
    cancellation that comes together with the broker's answer (bpo-37658).
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


async def _until_lost(client: aiomqtt.Client) -> None:
    """Raises MqttError when the broker is gone, which nothing else would notice at once."""
    async for _ in client.messages:
        pass
