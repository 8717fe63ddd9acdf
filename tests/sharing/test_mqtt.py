"""What a real broker and Home Assistant behind it get to know of a board."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiomqtt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from motionloop.board.client import BoardClient
from motionloop.board.link import RadioChoice
from motionloop.errors import MotionLoopError
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.sample_format import SampleFormat
from motionloop.sharing import mqtt
from motionloop.sharing.mqtt import Broker, MqttSensor
from motionloop.sharing.share import Recognised, SharedBoard
from motionloop.virtual.process import VirtualBoardProcess
from tests.sharing.broker import broker, free_port, needs_mosquitto

pytestmark = needs_mosquitto
BOARD = RecordedBoard("ML-2B3C", SampleFormat(119.0, 1, 1), "C0:DE:1A:2B:3C:4D", firmware="1.2.3")
SHARED = SharedBoard(BOARD, ("sitting", "walking"), "0123456789abcdef")
ID = "c0de1a2b3c4d"
TOPIC = f"motionloop/{ID}"


class Home:
    """A subscriber, and the newest payload of each topic."""

    def __init__(self) -> None:
        self.told: dict[str, str] = {}
        self.history: list[tuple[str, str]] = []
        self._more = asyncio.Event()

    async def listen(self, client: aiomqtt.Client) -> None:
        async for message in client.messages:
            assert isinstance(message.payload, bytes)
            self.told[str(message.topic)] = message.payload.decode()
            self.history.append((str(message.topic), message.payload.decode()))
            self._more.set()

    async def until(self, topic: str, payload: str | None = None) -> None:
        """Wait for this payload; without one, for any."""
        async with asyncio.timeout(10):
            while topic not in self.told or payload not in (None, self.told[topic]):
                self._more.clear()
                await self._more.wait()


@asynccontextmanager
async def at_home(port: int, **options: object) -> AsyncIterator[Home]:
    home = Home()
    async with aiomqtt.Client("127.0.0.1", port, **options) as client:
        await client.subscribe("#", qos=1)
        listening = asyncio.create_task(home.listen(client))
        try:
            yield home
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)


@asynccontextmanager
async def served(sensor: MqttSensor) -> AsyncIterator[asyncio.Task[None]]:
    serving = asyncio.create_task(sensor.serve())
    try:
        yield serving
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def test_a_home_finds_the_board_follows_its_activity_and_sees_it_go(tmp_path: Path) -> None:
    async with broker(tmp_path, free_port()) as port:
        sensor = MqttSensor(SHARED, Broker("127.0.0.1", port))
        async with at_home(port) as home:
            async with served(sensor):
                await home.until(f"{TOPIC}/availability", "online")
                for label in ("sitting", "sitting", "walking", None):
                    likeness = 0.75 if label else None
                    sensor.add_prediction(Recognised(label, likeness, 12.5))
                    await home.until(f"{TOPIC}/activity", label or "unknown")
            await home.until(f"{TOPIC}/availability", "offline")
            states = [payload for topic, payload in home.history if topic == f"{TOPIC}/activity"]
            assert states == ["sitting", "walking", "unknown"]
            attributes = json.loads(home.told[f"{TOPIC}/attributes"])
            assert (attributes["likeness"], attributes["model"]) == (None, SHARED.model_id)
            told = [payload for topic, payload in home.history if topic.endswith("/attributes")]
            assert [json.loads(text)["likeness"] for text in told] == [0.75, 0.75, None]
            datetime.fromisoformat(attributes["since"])
        # Whoever comes later finds all of it retained.
        async with at_home(port) as later:
            await later.until(f"{TOPIC}/activity", "unknown")
            await later.until(f"{TOPIC}/availability", "offline")
            (config,) = [text for topic, text in later.told.items() if topic.endswith("/config")]
            assert f"homeassistant/sensor/motionloop_{ID}/activity/config" in later.told
    found = json.loads(config)
    assert found["unique_id"] == f"motionloop_{ID}_activity"
    assert found["state_topic"] == f"{TOPIC}/activity"
    assert found["json_attributes_topic"] == f"{TOPIC}/attributes"
    assert found["availability_topic"] == f"{TOPIC}/availability"
    assert found["options"] == ["sitting", "walking", "unknown"]
    assert found["device"]["identifiers"] == [f"motionloop_{ID}"]
    assert found["device"]["sw_version"] == "1.2.3"


@pytest.mark.system
async def test_the_command_tells_of_a_virtual_board_and_its_death_is_noticed(
    tmp_path: Path, package: bytes
) -> None:
    async with broker(tmp_path, free_port()) as port, VirtualBoardProcess() as board:
        async with BoardClient.find(board.name, 10.0, RadioChoice.VIRTUAL) as client:
            async for _ in client.push(package):
                pass
        share = [sys.executable, "-m", "motionloop", "share", "--mqtt", f"127.0.0.1:{port}"]
        async with at_home(port) as home:
            running = await asyncio.create_subprocess_exec(*share, "--json", stdout=PIPE)
            try:
                assert running.stdout is not None
                event = json.loads(await running.stdout.readline())
                assert event["mqtt"] == f"127.0.0.1:{port}"
                topic = "motionloop/" + board.address.replace(":", "").lower()
                await home.until(f"{topic}/availability", "online")
                await home.until(f"{topic}/activity")
            finally:
                running.kill()  # without a word
                await running.wait()
            await home.until(f"{topic}/availability", "offline")
            config = next(text for name, text in home.told.items() if name.endswith("/config"))
            assert home.told[f"{topic}/activity"] in json.loads(config)["options"]


async def test_a_broker_that_restarts_is_told_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mqtt, "_FIRST_RETRY_S", 0.1)
    port = free_port()
    sensor = MqttSensor(SHARED, Broker("127.0.0.1", port))
    async with broker(tmp_path, port):
        serving = asyncio.create_task(sensor.serve())
        async with at_home(port) as home:
            sensor.add_prediction(Recognised("walking", 0.9, None))
            await home.until(f"{TOPIC}/activity", "walking")
    async with broker(tmp_path, port), at_home(port) as home:
        await home.until(f"{TOPIC}/activity", "walking")
        assert home.told[f"{TOPIC}/availability"] == "online"
        assert not serving.done()
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def test_user_and_password_count(tmp_path: Path) -> None:
    passwords = tmp_path / "passwords"
    making = ["mosquitto_passwd", "-b", "-c", str(passwords), "ada", "s3cret"]
    assert await (await asyncio.create_subprocess_exec(*making)).wait() == 0
    lines = f"password_file {passwords}", "allow_anonymous false"
    async with broker(tmp_path, free_port(), *lines) as port:
        right = MqttSensor(SHARED, Broker("127.0.0.1", port, "ada", "s3cret"))
        async with at_home(port, username="ada", password="s3cret") as home, served(right):
            await home.until(f"{TOPIC}/availability", "online")
        for user, password in (("ada", "wrong"), (None, None)):
            wrong = MqttSensor(SHARED, Broker("127.0.0.1", port, user, password))
            with pytest.raises(MotionLoopError, match=r"refused the connection.*--mqtt-user"):
                await wrong.serve()


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of 127.0.0.1 that vouches for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "broker.pem", folder / "broker.key"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return files


async def test_an_end_that_comes_with_the_brokers_answer_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python 3.11's wait_for swallows such a cancellation, and `share` went on for ever."""
    publish = aiomqtt.Client.publish

    async def swallows(client: aiomqtt.Client, *what: Any, **how: Any) -> None:
        await publish(client, *what, **how)
        if "online" in what:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.sleep(0)

    monkeypatch.setattr(aiomqtt.Client, "publish", swallows)
    async with broker(tmp_path, free_port()) as port:
        serving = asyncio.create_task(MqttSensor(SHARED, Broker("127.0.0.1", port)).serve())
        done, _ = await asyncio.wait({serving}, timeout=5)
        assert done
        assert serving.cancelled()


# paho leaves the socket of a failed handshake to the garbage collector.
@pytest.mark.filterwarnings("ignore:unclosed <ssl.SSLSocket:ResourceWarning")
async def test_tls_is_checked_against_the_given_authority(tmp_path: Path) -> None:
    file, key = certificate(tmp_path)
    async with broker(tmp_path, free_port(), f"certfile {file}", f"keyfile {key}") as port:
        trusted = MqttSensor(SHARED, Broker("localhost", port, tls=True, authorities=file))
        async with served(trusted) as serving:
            async with asyncio.timeout(10):
                while not trusted._was_connected:
                    assert not serving.done()
                    await asyncio.sleep(0.02)
        foreign = MqttSensor(SHARED, Broker("localhost", port, tls=True))
        with pytest.raises(MotionLoopError, match=r"was not accepted.*--mqtt-ca"):
            await foreign.serve()
        gc.collect()
    with pytest.raises(MotionLoopError, match="cannot be used as certificates"):
        await MqttSensor(SHARED, Broker("localhost", tls=True, authorities=key)).serve()


def test_certificates_that_are_a_pipe_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "missing", "."):
        with pytest.raises(MotionLoopError, match="cannot be used as certificates"):
            Broker("localhost", tls=True, authorities=tmp_path / name).client(aiomqtt.Will("t"))


async def test_no_broker_is_a_clear_error() -> None:
    with pytest.raises(MotionLoopError, match=r"127.0.0.1:\d+ cannot be reached.*--mqtt-tls"):
        await MqttSensor(SHARED, Broker("127.0.0.1", free_port())).serve()
