"""Recordings whose files are damaged or say what cannot be."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from benchmarks.hostile.cases import Case
from benchmarks.hostile.damage import NOT_JSON, VALUES, damages, with_value
from benchmarks.hostile.on_disk import (
    LIFE,
    RECORDINGS,
    commands,
    little_memory,
    prepare_life,
    record,
)
from motionloop.errors import MotionLoopError
from motionloop.recordings.recording import open_all
from motionloop.recordings.writer import recover
from motionloop.studio.labelling import recording_list, sample_cache

KEYS = [
    "format", "rate_hz", "scale", "scale.accel_ng_per_lsb", "board", "board.name", "board.boot_id",
    "name", "wearer", "created", "segments", "segments.0.start_us", "segments.0.label",
    "open_segment", "trim", "video", "gaps", "samples", "offset.seq", "offset.t_us", "closed",
    "units", "clock", "bridge_ms", "session", "notes", "excluded",
]  # fmt: skip
HEADER = b"seq,t_us,ax_g,ay_g,az_g,gx_rad_s,gy_rad_s,gz_rad_s\n"
LINES = {
    "of nulls": b"\0" * 100 + b"\n",
    "of a million columns": b"1," * 1_000_000 + b"\n",
    "of ten megabytes": b"9" * 10_000_000 + b"\n",
    "with a number of 400 digits": b"1" * 400 + b",1,0,0,0,0,0,0\n",
    "at 2^63": b"1,9223372036854775808,0,0,0,0,0,0\n",
    "below zero": b"-1,-1,0,0,0,0,0,0\n",
    "not a number": b"1,2,nan,0,0,0,0,0\n",
    "infinite": b"1,2,inf,0,0,0,0,0\n",
    "with a tiny exponent": b"1,2,1e-300,0,0,0,0,0\n",
    "not UTF-8": b"\xff\xfe,\x80,0,0,0,0,0,0\n",
    "in quotes": b'"1","2",0,0,0,0,0,0\n',
    "of escapes": b"\x1b[2J\x1b]0;x\x07\n",
    "empty": b"\n",
    "a header again": HEADER,
}


def look_at(place: Path) -> str:
    """All that reads or repairs a recording, with the good one beside it."""
    with little_memory():
        with suppress(MotionLoopError):
            recover(LIFE)
        recording_list.entries(RECORDINGS)
        if (LIFE / "samples.csv").is_file():
            for read in (sample_cache.read, sample_cache.first_look, sample_cache.load):
                with suppress(MotionLoopError):
                    read(LIFE)
        return commands(
            f"recordings --recordings {RECORDINGS}",
            f"recordings --recordings {RECORDINGS} --json",
            f"dataset {RECORDINGS} --json",
            f"label {LIFE}",
            f"label {LIFE} jumping 1 2",
            f"edit life --recordings {RECORDINGS} --notes x",
            f"export {RECORDINGS} --format csv --to out",
        )


def neighbour_opens(place: Path) -> None:
    """One bad recording hides no good one."""
    found = open_all(place / "work" / RECORDINGS)
    assert "neighbour" in {one.path.name for one in found.recordings if one.path}, "it is hidden"


def _with(name: str, file: str, content: Callable[[bytes], bytes], says: str = "") -> Case:
    def prepare(place: Path) -> None:
        prepare_life(place)
        record(place / "work" / RECORDINGS / "neighbour")
        path = place / "work" / LIFE / file
        path.write_bytes(content(path.read_bytes()))

    return Case(f"recording: {name}", look_at, says, prepare=prepare, unharmed=neighbour_opens)


def _descriptions() -> Iterator[Case]:
    file = "recording.json"
    for name, content in NOT_JSON.items():
        yield _with(f"{file} is {name}", file, lambda _, c=content: c, r"recording\.json")
    for number, key in enumerate(KEYS):
        for step, (name, value) in enumerate(VALUES.items()):
            if (number + step) % 5 == 0:  # each value with many keys, each key with many values
                yield _with(f"{key} is {name}", file, with_value(key, value))


def _samples() -> Iterator[Case]:
    file = "samples.csv"
    for name, line in LINES.items():
        yield _with(f"the last line is {name}", file, lambda old, line=line: old + line)
        yield _with(f"the only line is {name}", file, lambda _, line=line: HEADER + line)
    yield _with("samples.csv is empty", file, lambda _: b"")
    yield _with("samples.csv has no header", file, lambda old: old.partition(b"\n")[2])
    record_bytes = HEADER + b"".join(b"%d,%d,0,0,0,0,0,0\n" % (i, i * 10_000) for i in range(400))
    for name, content in damages(record_bytes):
        yield _with(f"samples.csv {name}", file, lambda _, c=content: c)


def _missing() -> Iterator[Case]:
    for name in ("samples.csv", "recording.json"):

        def prepare(place: Path, name: str = name) -> None:
            prepare_life(place)
            record(place / "work" / RECORDINGS / "neighbour")
            (place / "work" / LIFE / name).unlink()

        yield Case(f"recording: {name} is missing", look_at, "missing", prepare, neighbour_opens)


def _huge() -> Case:
    """A sparse file, which costs its sender nothing."""

    def prepare(place: Path) -> None:
        prepare_life(place)
        record(place / "work" / RECORDINGS / "neighbour")
        with (place / "work" / LIFE / "samples.csv").open("r+b") as file:
            file.truncate(1 << 40)

    return Case("recording: samples.csv is a terabyte", look_at, "bytes", prepare, neighbour_opens)


def _names() -> Iterator[Case]:
    names = ["\x1b[31m[red]", "a\nb", "-rf", " ", "\u202egpj", "\udcff", "x" * 200, ".hidden", "~"]
    for name in names:

        def prepare(place: Path, name: str = name) -> None:
            prepare_life(place)
            record(place / "work" / RECORDINGS / "neighbour")
            shutil.move(place / "work" / LIFE, place / "work" / RECORDINGS / name)

        yield Case(
            f"recording: its folder is called {ascii(name)[:30]}",
            lambda place: commands(
                f"recordings --recordings {RECORDINGS}",
                f"recordings --recordings {RECORDINGS} --json",
                f"dataset {RECORDINGS}",
                f"export {RECORDINGS} --format csv --to out",
                f"labels --recordings {RECORDINGS}",
            ),
            prepare=prepare,
            unharmed=neighbour_opens,
        )


CASES = [*_descriptions(), *_samples(), *_missing(), _huge(), *_names()]
