"""Boards of somebody who means harm: what they answer, and what the program says of it."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.hostile.cases import Case
from benchmarks.hostile.scripted_board import (
    FLASH,
    PACKAGE,
    Mangle,
    Script,
    ScriptedBoard,
    flash_with_model,
    in_virtual_time,
    in_window,
    on_air,
    run_command,
)
from motionloop import wire
from motionloop.recordings.recording import Recording
from motionloop.virtual.advertisement import advertising_data
from motionloop.virtual.board import TURN_US
from motionloop.wire import Opcode, Status

CANNOT_BE = "answers what cannot be"
WINDOW = "window"  # what the studio does; the others are subcommands
WORDS = {
    "scan": ["scan", "--timeout", "1"],
    "info": ["info"],
    "record": ["record", "--seconds", "3", "--label", "walking", "--recordings", "recordings"],
    "record long": ["record", "--seconds", "40", "--recordings", "recordings"],
    "push": ["push", str(PACKAGE)],
    "rollback": ["rollback"],
    "live": ["live", "--seconds", "5", "--models", "models"],
    "shadow": ["live", "--seconds", "5", "--models", "models", "--shadow"],
}


def case(what: str, lie: str, script: Script, says: str = CANNOT_BE) -> Case:
    """A subcommand, or the window, against a board that lies."""

    def run(place: Path) -> str | None:
        async def work() -> str:
            async with on_air(script, place) as board:
                if what == WINDOW:
                    return await in_window(board, place)
                return await run_command(board, *WORDS[what])

        return in_virtual_time(work)

    def prepare(place: Path) -> None:
        if script.has_model:
            (place / FLASH).write_bytes(flash_with_model())

    return Case(f"board: {what}: {lie}", run, says, prepare, _recordings_open)


def _recordings_open(place: Path) -> None:
    """What was recorded can be read again."""
    for folder in (place / "work").glob("recordings/*"):
        Recording.open(folder)


def of_info(**lies: Any) -> Callable[[bytes], bytes]:
    """An Info with other values."""
    return lambda value: replace(wire.Info.unpack(value), **lies).pack()


def answers(
    command: Opcode, result: bytes | Callable[[bytes], bytes] = bytes, **header: int
) -> Mangle:
    """Other answers to a command: another result, or other values in the reply's header."""

    def mangle(value: bytes) -> Iterable[bytes]:
        told = wire.ReplyHeader.unpack(value)
        if told.opcode != command:
            return [value]
        true = value[wire.ReplyHeader.SIZE :]
        return [replace(told, **header).pack() + (result(true) if callable(result) else result)]

    return mangle


def says_time(clock: Callable[[int], int]) -> Mangle:
    """Another time, made from the true one."""
    return answers(
        Opcode.STATUS,
        lambda true: struct.pack("<Q", clock(int.from_bytes(true[:8], "little"))) + true[8:],
    )


def never(opcode: Opcode) -> Mangle:
    """No answer to a command."""
    return lambda value: [] if value[0] == opcode else [value]


def of_header(layout: type[wire.Layout], **lies: Any) -> Mangle:
    """Notifications with other values in their header; a callable gets the true value."""

    def mangle(value: bytes) -> Iterable[bytes]:
        told = layout.unpack(value)
        said = {
            name: lie(getattr(told, name)) if callable(lie) else lie for name, lie in lies.items()
        }
        return [replace(told, **said).pack() + value[layout.SIZE :]]

    return mangle


def package(**lies: Any) -> Mangle:
    """A model that lies in its header."""

    def header(result: bytes) -> bytes:
        if len(result) < wire.PackageHeader.SIZE or result[:4] != b"MLPK":
            return result
        told = replace(wire.PackageHeader.unpack(result), **lies)
        return told.pack() + result[wire.PackageHeader.SIZE :]

    return answers(Opcode.MODEL_READ, header)


def labels(text: bytes) -> Mangle:
    """A model whose labels are others, all of one length."""
    true = PACKAGE.read_bytes()
    at = wire.PackageHeader.unpack(true).labels_offset
    told = true[:at] + text.ljust(wire.LABEL_BYTES, b"\0") + true[at + wire.LABEL_BYTES :]

    def part(result: bytes) -> bytes:
        begin = true.find(result)
        return told[begin : begin + len(result)] if begin >= 0 else result

    return answers(Opcode.MODEL_READ, part)


# --- links and writes -----------------------------------------------------------------------------
Writes = Callable[[ScriptedBoard, str, bytes], bool]


def breaks_at(opcode: Opcode) -> Writes:
    """The link breaks whenever a command comes, and the command gets lost."""

    def writes(board: ScriptedBoard, uuid: str, value: bytes) -> bool:
        if uuid == wire.COMMAND_UUID and value[0] == opcode:
            board.disconnect()
            return False
        return True

    return writes


def refuses_parts(status: Status, detail: int | None = None) -> Writes:
    """Each part of a package is refused; detail None: asks for the byte before it."""

    def writes(board: ScriptedBoard, uuid: str, value: bytes) -> bool:
        if uuid == wire.MODEL_UUID:
            offset = wire.ModelChunkHeader.unpack(value).offset
            wanted = offset if detail is None else detail
            header = wire.ReplyHeader(Opcode.MODEL_DATA, 0, status, 0, wanted)
            board.radio.notify(wire.REPLY_UUID, header.pack())
            return False
        return True

    return writes


def forgets_at_commit() -> Writes:
    """The board restarts at each commit, and knows nothing of the transfer."""

    def writes(board: ScriptedBoard, uuid: str, value: bytes) -> bool:
        if uuid == wire.COMMAND_UUID and value[0] == Opcode.MODEL_COMMIT:
            board.core.on_command(bytes([Opcode.MODEL_ABORT, value[1]]))
            board.disconnect()
            return False
        return True

    return writes


def breaks_each(seconds: float) -> Callable[[ScriptedBoard], object]:
    """The link breaks again and again."""

    def acts(board: ScriptedBoard) -> None:
        if board.clock.elapsed_us() % round(seconds * 1e6) < TURN_US:
            board.disconnect()

    return acts


def floods(uuid: str, value: bytes) -> Callable[[ScriptedBoard], object]:
    """Notifications that nobody asked for, as many as the radio takes."""
    return lambda board: [board.radio.notify(uuid, value) for _ in range(4)]


def then_says(first: int, **lies: Any) -> Callable[[bytes], bytes]:
    """An Info that is true so many times, and has other values then."""
    asked = count()
    lie = of_info(**lies)
    return lambda value: value if next(asked) < first else lie(value)


def restarts_always() -> Callable[[bytes], bytes]:
    """Each Info is of a new start."""
    numbers = count(1)
    return lambda value: replace(wire.Info.unpack(value), boot_id=next(numbers)).pack()


def advertised(name: bytes) -> bytes:
    """An advertisement with this name, which need not be text."""
    true = advertising_data("X" * len(name))
    return true[: -len(name)] + name


# --- the lies -------------------------------------------------------------------------------------
INFO = {
    "a sensor that nobody knows": of_info(imu=200),
    "a rate of 0": of_info(native_rate_mhz=0),
    "a rate of a thousandth": of_info(native_rate_mhz=1),
    "a rate of 4 MHz": of_info(native_rate_mhz=0xFFFFFFFF),
    "an accelerometer's scale of 0": of_info(accel_ng_per_lsb=0),
    "a gyroscope's scale of 0": of_info(gyro_nrads_per_lsb=0),
    "writes of 0 bytes": of_info(max_model_write=0),
    "writes of 7 bytes": of_info(max_model_write=7),
    "writes of 65535 bytes": of_info(max_model_write=0xFFFF),
    "slots of 4 GB": of_info(slot_bytes=0xFFFFFFFF),
    "slots of 0 bytes": of_info(slot_bytes=0),
    "a model in slot 77": of_info(active_slot=77),
}
WIRE = {
    "an Info of 0 bytes": lambda value: b"",
    "an Info that is cut short": lambda value: value[:-1],
    "an Info that is too long": lambda value: value + b"\0",
    "an Info of another wire": of_info(wire_hash=1),
    "an Info of noise": lambda value: bytes(range(7, 7 + len(value))),
}
STATUS = {
    "no counters": answers(Opcode.STATUS, b""),
    "counters that are cut short": answers(Opcode.STATUS, b"\1\2\3\4"),
    "counters that are too long": answers(Opcode.STATUS, lambda true: true + bytes(30)),
    "a status that nobody knows": answers(Opcode.STATUS, status=99),
    "a time of 2^53 us": answers(Opcode.STATUS, lambda true: struct.pack("<Q", 1 << 53) + true[8:]),
    "a time of 2^64 us": answers(Opcode.STATUS, lambda true: b"\xff" * 8 + true[8:]),
}
LINK = {
    "no answer": (never(Opcode.STATUS), "silent|broke"),
    "an answer to another command": (answers(Opcode.STATUS, opcode=3), "silent|broke"),
    "an answer with another tag": (answers(Opcode.STATUS, tag=0), "silent|broke"),
    "a reply of three bytes": (
        lambda value: [value[:3]] if value[0] == Opcode.STATUS else [value],
        "silent|broke",
    ),
    "always busy": (answers(Opcode.STATUS, b"", status=Status.BUSY), "another command"),
}
MODEL = {
    "no byte of the model": answers(Opcode.MODEL_READ, b""),
    "fewer bytes of the model": answers(Opcode.MODEL_READ, lambda true: true[:-1]),
    "more bytes of the model": answers(Opcode.MODEL_READ, lambda true: true + b"\0"),
    "a model of 4 GB": package(total_bytes=0xFFFFFFFF),
    "a model of 0 bytes": package(total_bytes=0),
    "a model that is larger than its slot": package(total_bytes=1 << 20),
    "labels behind the model": package(labels_offset=0xFFFFFFF0),
    "labels in the header": package(labels_offset=0),
    "a model without classes": package(class_count=0),
    "a model with 255 classes": package(class_count=255),
    "a model that is none": package(magic=0),
    "a status that nobody knows to a read": answers(Opcode.MODEL_READ, b"", status=200),
}
LABELS = {
    "markup": b"[/b][red]<b>x</b>",
    "an escape sequence": b"\x1b[2J\x1b]0;owned\x07",
    "a new line": b"a\nError: b\r\tc",
    "a text turned around": "\u202eabc\u2066".encode(),
    "letters that nobody sees": "a\u200f\xad\u200b".encode(),
    "a zero in the middle": b"a\0b",
}
PUSH = {
    "it holds 4 GB already": Script(
        replies=answers(Opcode.MODEL_BEGIN, b"\xff" * 4),
    ),
    "it holds an odd number of bytes": Script(
        replies=answers(Opcode.MODEL_BEGIN, struct.pack("<I", 5)),
    ),
    "no word on where to begin": Script(replies=answers(Opcode.MODEL_BEGIN, b"")),
    "a status that nobody knows at the begin": Script(
        replies=answers(Opcode.MODEL_BEGIN, b"", status=77)
    ),
    "refuses each part from byte 0 on": Script(writes=refuses_parts(Status.BAD_OFFSET, 0)),
    "asks for each part again": Script(writes=refuses_parts(Status.BAD_OFFSET)),
    "asks for a part behind the package": Script(
        writes=refuses_parts(Status.BAD_OFFSET, 0xFFFFFFF0)
    ),
    "refuses parts with OK": Script(writes=refuses_parts(Status.OK, 0)),
    "refuses parts as nobody does": Script(
        writes=refuses_parts(Status(0), 0), replies=answers(Opcode.MODEL_DATA, status=123)
    ),
    "has not enough of 4 GB": Script(
        replies=answers(Opcode.MODEL_COMMIT, b"", status=Status.INCOMPLETE, detail=0xFFFFFFFF)
    ),
    "takes it, and runs another": Script(info=of_info(model_id=b"otherone")),
    "a newest package of the far future": Script(
        replies=answers(
            Opcode.OWNER,
            lambda true: replace(wire.OwnerState.unpack(true), counter=2**32 - 2).pack(),
        )
    ),
    "stays nobody's": Script(info=of_info(owner_flags=0, owner_id=bytes(8))),
    "says it took what never came": Script(
        writes=lambda board, uuid, value: uuid != wire.MODEL_UUID,
        replies=answers(Opcode.MODEL_COMMIT, bytes(8), status=Status.OK),
    ),
}
PUSH_LINK = {
    "never has enough": (
        Script(replies=answers(Opcode.MODEL_COMMIT, b"", status=Status.INCOMPLETE, detail=0)),
        f"refused|{CANNOT_BE}",
    ),
    "restarts at each commit": (Script(writes=forgets_at_commit()), "broke.*times"),
    "the link breaks at each begin": (
        Script(writes=breaks_at(Opcode.MODEL_BEGIN)),
        "broke.*times",
    ),
    "no answer to a commit": (Script(replies=never(Opcode.MODEL_COMMIT)), "runs model"),
    "busy for ever": (
        Script(replies=answers(Opcode.MODEL_BEGIN, b"", status=Status.BUSY)),
        "another command",
    ),
    "no room": (
        Script(replies=answers(Opcode.MODEL_BEGIN, b"", status=Status.TOO_LARGE, detail=1)),
        "slot of 1 bytes",
    ),
    "slots smaller than the package": (Script(info=of_info(slot_bytes=1000)), "slot of 1000"),
}
STREAM = {
    "no word on where it begins": Script(replies=answers(Opcode.STREAM_START, b"")),
    "a status that nobody knows": Script(replies=answers(Opcode.STREAM_START, b"", status=44)),
    "packets of two bytes": Script(motion=lambda value: [value[:2]]),
    "packets that are cut short": Script(motion=lambda value: [value[:-1]]),
    "packets that are too long": Script(motion=lambda value: [value[:-12] + value[-24:]]),
    "packets without samples": Script(motion=of_header(wire.MotionHeader, count=0)),
    "packets of 255 samples": Script(motion=of_header(wire.MotionHeader, count=255)),
    "times of 2^53 us": Script(motion=of_header(wire.MotionHeader, t_us=1 << 53)),
    "times of 2^63 us": Script(motion=of_header(wire.MotionHeader, t_us=1 << 63)),
    "times of 2^64 us": Script(motion=of_header(wire.MotionHeader, t_us=(1 << 64) - 1)),
    "samples at one time": Script(motion=of_header(wire.MotionHeader, period_us=0)),
    "the first packet for ever": Script(motion=of_header(wire.MotionHeader, seq=0)),
    "holds samples that nobody asked for": Script(
        motion=of_header(wire.MotionHeader, seq=lambda seq: seq + 100 * (seq > 50)),
        replies=answers(Opcode.RESEND, struct.pack("<II", 1 << 30, 5)),
    ),
    "no word on what it holds": Script(
        motion=of_header(wire.MotionHeader, seq=lambda seq: seq + 100 * (seq > 50)),
        replies=answers(Opcode.RESEND, b""),
    ),
}
STREAM_LINK = {
    "a number that jumps in each packet": (
        Script(
            motion=of_header(wire.MotionHeader, seq=lambda seq: seq * 1000 % 2**32),
            replies=answers(Opcode.RESEND, bytes(8)),
        ),
        f"do not follow|{CANNOT_BE}",
    ),
    "a number that leaps about": (
        Script(
            motion=of_header(wire.MotionHeader, seq=lambda seq: (seq * 2**29) % 2**32),
            replies=answers(Opcode.RESEND, bytes(8)),
        ),
        f"do not follow|{CANNOT_BE}",
    ),
    "times that run backwards": (
        Script(motion=of_header(wire.MotionHeader, t_us=lambda t_us: 2**40 - t_us)),
        "do not follow",
    ),
    "a sensor that stands still": (
        Script(motion=lambda value: [], stands_still=True),
        "stands still",
    ),
    "the link breaks at each start": (
        Script(writes=breaks_at(Opcode.STREAM_START)),
        "before any sample",
    ),
    "samples that never come": (Script(motion=lambda value: []), "before any sample"),
    "no answer to a start": (Script(replies=never(Opcode.STREAM_START)), "before any sample"),
    "a start at 2^31": (
        Script(replies=answers(Opcode.STREAM_START, struct.pack("<II", 1 << 31, 0))),
        CANNOT_BE,
    ),
    "one jump of a million": (
        Script(
            motion=of_header(wire.MotionHeader, seq=lambda seq: seq + 10**6 * (seq > 100)),
            replies=answers(Opcode.RESEND, bytes(8)),
        ),
        "lost|missing",
    ),
    "each packet twice": (Script(motion=lambda value: [value, value]), ""),
    "another scale after the link broke": (
        Script(info=then_says(1, accel_ng_per_lsb=1_000_000), acts=breaks_each(1.0)),
        "another sensor, rate or scale",
    ),
    "another rate after the link broke": (
        Script(info=then_says(1, native_rate_mhz=952_000), acts=breaks_each(1.0)),
        "another sensor, rate or scale",
    ),
    "the link breaks each second": (Script(acts=breaks_each(1.0)), ""),
    "a new start at each question": (Script(info=restarts_always()), ""),
    "replies that nobody asked for": (
        Script(acts=floods(wire.REPLY_UUID, wire.ReplyHeader(1, 1, 0, 0, 0).pack())),
        "",
    ),
    "predictions that nobody asked for": (Script(acts=floods(wire.PREDICTION_UUID, b"x")), ""),
}
CLOCK: dict[str, Callable[[int], int]] = {
    "twice as fast": lambda now_us: 2 * now_us,
    "a tenth faster": lambda now_us: now_us * 11 // 10,
    "backwards": lambda now_us: 2**40 - now_us,
    "not at all": lambda now_us: 5,
    "by chance": lambda now_us: now_us * 7**15 % 2**53,
    "at the end of all times": lambda now_us: 2**53 - 1,
}
PREDICTION = {
    "predictions that are cut short": Script(predictions=lambda value: [value[:-1]]),
    "predictions of three bytes": Script(predictions=lambda value: [value[:3]]),
    "predictions of class 200": Script(predictions=of_header(wire.PredictionHeader, label=200)),
    "predictions of no class": Script(
        predictions=of_header(wire.PredictionHeader, label=wire.NO_LABEL)
    ),
    "a raw class of 16": Script(predictions=of_header(wire.PredictionHeader, raw_label=16)),
    "predictions at 2^53 us": Script(predictions=of_header(wire.PredictionHeader, t_us=1 << 53)),
    "predictions at 2^64 us": Script(
        predictions=of_header(wire.PredictionHeader, t_us=(1 << 64) - 1)
    ),
    "more outputs than classes": Script(
        predictions=lambda value: [
            replace(wire.PredictionHeader.unpack(value), class_count=5).pack() + bytes(5)
        ]
    ),
}
PREDICTION_OK = {
    "predictions of another model": (
        Script(predictions=of_header(wire.PredictionHeader, model_id=b"stranger")),
        "another model",
    ),
    "predictions of the far future": (
        Script(predictions=of_header(wire.PredictionHeader, seq_end=(1 << 32) - 1)),
        "",
    ),
    "predictions in the order of chance": (
        Script(
            predictions=of_header(wire.PredictionHeader, seq_end=lambda seq: seq * 7**9 % 2**32)
        ),
        "",
    ),
    "a confidence of nothing and a latency of an hour": (
        Script(predictions=of_header(wire.PredictionHeader, confidence=0, latency_us=2**32 - 1)),
        "",
    ),
}
NAMES = {
    "markup": (advertised(b"[/b]"), r"\[/b\]"),
    "a style": (advertised(b"[red]x"), r"\[red\]x"),
    "a picture": (advertised(b":CD:"), ":CD:"),
    "an escape sequence": (advertised(b"\x1b[2Jx"), ""),
    "a new line": (advertised(b"a\nb"), ""),
    "a text turned around": (advertised("\u202eabc".encode()), ""),
    "marks of direction": (advertised("\u061c\u200e\u200f".encode()), ""),
    "letters that nobody sees": (advertised("\xad\u200b\ufeff".encode()), ""),
    "zeros": (advertised(bytes(8)), ""),
    "no text": (advertised(b"\xff\xfe\x80"), ""),
    "a path": (advertised(b"../../x"), ""),
}


def _cases() -> Iterable[Case]:
    for lie, info in INFO.items():
        for what in ("info", "record", "push", "live", WINDOW):
            yield case(what, lie, Script(info=info, has_model=True))
    for lie, info in WIRE.items():
        for what in ("info", "record"):
            yield case(what, lie, Script(info=info), "another protocol")
    for lie, replies in STATUS.items():
        yield case("info", lie, Script(replies=replies))
    for lie, (replies, says) in LINK.items():
        yield case("info", lie, Script(replies=replies), says)
    for lie, replies in MODEL.items():
        for what in ("info", "live"):
            yield case(what, lie, Script(replies=replies, has_model=True))
    for lie, text in LABELS.items():
        for what in ("info", "live", WINDOW):
            yield case(
                what, f"a label with {lie}", Script(replies=labels(text), has_model=True), ""
            )
    for lie, script in PUSH.items():
        yield case("push", lie, script)
    for lie, (script, says) in PUSH_LINK.items():
        yield case("push", lie, script, says)
    for lie, script in STREAM.items():
        yield case("record", lie, script)
        yield case(WINDOW, lie, script)
    for lie, (script, says) in STREAM_LINK.items():
        yield case("record", lie, script, says)
    for lie, clock in CLOCK.items():
        yield case("record long", f"a clock that goes {lie}", Script(replies=says_time(clock)), "")
    for lie, script in PREDICTION.items():
        yield case("live", lie, replace(script, has_model=True))
    for lie, script in PREDICTION.items():
        yield case(WINDOW, lie, replace(script, has_model=True), "")
    for lie, (script, says) in PREDICTION_OK.items():
        for what in ("live", "shadow"):
            yield case(what, lie, replace(script, has_model=True), says)
        yield case(WINDOW, lie, replace(script, has_model=True), "")
    for lie, (advertisement, says) in NAMES.items():
        for what in ("scan", "info", "record", "push"):
            script = Script(advertisement=advertisement)
            yield case(what, f"a name with {lie}", script, says)
    yield case(
        "rollback",
        "a status that nobody knows",
        Script(replies=answers(Opcode.ROLLBACK, b"", status=99)),
    )
    yield case(
        "rollback",
        "the link breaks at each try",
        Script(writes=breaks_at(Opcode.ROLLBACK)),
        "broke",
    )


CASES = [*_cases()]
