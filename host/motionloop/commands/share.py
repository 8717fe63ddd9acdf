"""Give what a board measures and recognises to programs that are not MotionLoop's.

`--lsl` opens two streams of the Lab Streaming Layer on the network: motion, and predictions. Each
sample has the time of its measurement. `--mqtt` tells a broker the current activity, as a sensor
that Home Assistant finds by itself. Nothing is opened that is not asked for.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motionloop import installation
from motionloop.board.client import BoardClient
from motionloop.commands.board_options import add_board, chosen_board
from motionloop.commands.console import print_json, terminal
from motionloop.commands.documents import board_document
from motionloop.commands.options import above_zero, add_json
from motionloop.errors import MotionLoopError, OptionsError
from motionloop.safe_files import read_text
from motionloop.sharing.share import Neighbour, Share, SharedBoard

if TYPE_CHECKING:
    from motionloop.sharing.lsl import LslOutlets
    from motionloop.sharing.mqtt import Broker, MqttSensor

_PLACE = re.compile(
    r"(?:\[(?P<bracketed>[^][]+)\]|(?P<name>[^][:]+))(?::(?P<port>\d+))?|(?P<six>[^][:]*:[^][]*:[^][]*)"
)
PASSWORD = "MOTIONLOOP_MQTT_PASSWORD"


def configure(parser: argparse.ArgumentParser) -> None:
    add_board(parser)
    add = parser.add_argument
    add("--seconds", type=above_zero, help="how long (default: until Ctrl-C)")
    add("--lsl", action="store_true", help="to the Lab Streaming Layer")
    add("--mqtt", type=_place, metavar="HOST[:PORT]", help="to this MQTT broker")
    add("--mqtt-user", metavar="NAME", help="who we are at the broker")
    add(
        "--mqtt-password-file",
        type=Path,
        metavar="FILE",
        help=f"whose first line is the password (or the environment's {PASSWORD})",
    )
    add("--mqtt-tls", action="store_true", help="encrypt, and check the broker's certificate")
    add(
        "--mqtt-ca",
        type=Path,
        metavar="FILE",
        help="check against these certificates (PEM); implies --mqtt-tls",
    )
    add_json(parser)


def _place(text: str) -> tuple[str, int | None]:
    """Host and port: `broker`, `broker:1884`, `[::1]:1884`, `::1`."""
    found = _PLACE.fullmatch(text)
    if found is None or not 0 < int(found["port"] or 1) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is no broker: give HOST or HOST:PORT")
    host = found["bracketed"] or found["name"] or found["six"]
    return host, int(found["port"]) if found["port"] else None


async def run(options: argparse.Namespace) -> None:
    if not (options.lsl or options.mqtt):
        raise OptionsError("Say with whom the board is shared: --lsl, --mqtt HOST, or both.")
    of_the_broker = options.mqtt_user, options.mqtt_password_file, options.mqtt_ca
    if options.mqtt is None and (options.mqtt_tls or of_the_broker != (None, None, None)):
        raise OptionsError("The options --mqtt-... need the broker: --mqtt HOST.")
    if options.mqtt:
        password_of(options)  # what is wrong with it is said before a board is looked for
    async with BoardClient(await chosen_board(options)) as client:
        shared = await SharedBoard.of(client)
        with ExitStack() as stack:
            neighbours: list[Neighbour] = []
            event: dict[str, Any] = {"event": "shared", "board": board_document(client.board)}
            words = []
            if options.mqtt:
                sensor, broker = _mqtt_sensor(shared, options)
                neighbours.append(sensor)
                event["mqtt"] = str(broker)
                words.append(f"the broker {broker}")
            if options.lsl:
                outlets = _lsl_outlets(shared)
                stack.callback(outlets.close)
                neighbours.append(outlets)
                event["lsl"] = outlets.names
                words.append(f"the Lab Streaming Layer ({', '.join(outlets.names)})")
            _say(options, f"{client.board} is shared with {' and '.join(words)}.")
            if options.json:
                print_json(event)
            await _share(options, Share(client, shared, neighbours))


async def _share(options: argparse.Namespace, share: Share) -> None:
    try:
        async with asyncio.timeout(options.seconds):
            await share.run()
    except TimeoutError:
        pass
    finally:
        if options.json:
            counts = {"samples": share.samples, "predictions": share.predictions}
            print_json({"event": "ended", **counts, "samples_without_time": share.unplaced})
        _say(options, f"{share.samples} samples and {share.predictions} predictions were shared.")


def _say(options: argparse.Namespace, text: str) -> None:
    terminal(stderr=options.json).print(text, soft_wrap=True)


def _lsl_outlets(shared: SharedBoard) -> LslOutlets:
    try:
        from motionloop.sharing.lsl import LslOutlets
    except (ModuleNotFoundError, RuntimeError) as error:  # the second: without liblsl beside it
        raise _missing("--lsl", "pylsl with its liblsl") from error
    return LslOutlets(shared)


def _mqtt_sensor(shared: SharedBoard, options: argparse.Namespace) -> tuple[MqttSensor, Broker]:
    if not shared.labels:
        raise MotionLoopError(
            f"{shared.board.name} has no model, and no activity to tell a broker. Push one with "
            "`motionloop push`."
        )
    try:
        from motionloop.sharing.mqtt import Broker, MqttSensor
    except ModuleNotFoundError as error:
        raise _missing("--mqtt", "aiomqtt") from error
    host, port = options.mqtt
    broker = Broker(
        host,
        port,
        options.mqtt_user,
        password_of(options),
        tls=options.mqtt_tls or options.mqtt_ca is not None,
        authorities=options.mqtt_ca,
    )
    return MqttSensor(shared, broker), broker


def password_of(options: argparse.Namespace) -> str | None:
    """The password, which never stands on a command line: others see it there."""
    path: Path | None = options.mqtt_password_file
    if path is None:
        password = os.environ.get(PASSWORD)
    else:
        try:
            password = read_text(path).partition("\n")[0].rstrip("\r")
        except (OSError, UnicodeDecodeError) as error:
            raise MotionLoopError(
                f"The password cannot be read from {path} ({error}). Put it into the first line of "
                f"a file that only you may read, or into {PASSWORD}."
            ) from error
    if password and not options.mqtt_user:
        raise OptionsError("There is a password for the broker, but no --mqtt-user.")
    return password or None


def _missing(option: str, what: str) -> MotionLoopError:
    return MotionLoopError(f"{option} needs {what}: `{installation.add('motionloop[share]')}`")
