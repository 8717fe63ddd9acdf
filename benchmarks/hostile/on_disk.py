"""What the hostile folders share: a user's recording, commands, a disk that fails."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import io
import os
import resource
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import numpy as np
import polars  # noqa: F401, takes room of its own before the limit is set

from motionloop.commands import console
from motionloop.commands.parser import build_parser
from motionloop.errors import MotionLoopError
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.recordings.writer import RecordingWriter
from motionloop.sample_format import SampleFormat

BOARD = RecordedBoard("ML-7F3A", SampleFormat(100.0, 122_070, 1_065_264), boot_id=7)
PERIOD_US = 10_000
SAMPLES = 400
RECORDINGS = Path("recordings")  # in the folder where the program runs
LIFE = RECORDINGS / "life"
_SPARE_BYTES = 3 << 30  # of memory, beyond what the program has already


def record(folder: Path, samples: int = SAMPLES, seed: int = 0) -> None:
    """A recording of which the first half is labelled walking, the other half sitting."""
    with RecordingWriter.create(folder, BOARD, wearer="ada", placement="wrist") as writer:
        for label, first in (("walking", 0), ("sitting", samples // 2)):
            writer.begin_segment(label)
            count = samples // 2
            t_us = (first + np.arange(count)) * PERIOD_US
            raw = (
                np.random.default_rng((seed, first))
                .integers(-9000, 9000, (count, 6))
                .astype(np.int16)
            )
            writer.append(first, t_us, raw)


def prepare_life(place: Path) -> None:
    """The user's recording, and something of the user's that has nothing to do with it."""
    record(place / "work" / LIFE)
    (place / "kept" / "thesis.txt").write_text("years of work\n")
    (place / "kept" / "folder").mkdir()
    (place / "kept" / "folder" / "photo.jpg").write_bytes(b"\xff\xd8 a photo")


def opens(place: Path) -> None:
    """The user's recording has all its samples and its labels."""
    recording = Recording.open(place / "work" / LIFE)
    assert len(recording.seq) >= SAMPLES, f"{len(recording.seq)} of {SAMPLES} samples are left"
    assert recording.labels, "the labels are gone"


def command(*words: str | Path) -> str:
    """Run a subcommand of `motionloop` here; returns what it prints, its error included."""
    texts = [str(word) for word in words]
    options = build_parser(texts[0]).parse_args(texts)
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            asyncio.run(options.run(options))
        except MotionLoopError as error:  # as the command line says it
            console.terminal(file=said).print(f"Error: {error}", soft_wrap=True)
    return said.getvalue()


def commands(*lines: str) -> str:
    """Run subcommands one after the other, each whatever became of the one before."""
    return "".join(command(*line.split()) for line in lines)


@contextlib.contextmanager
def failing_disk(code: int) -> Iterator[None]:
    """A disk that takes no byte more: full, read-only, or broken."""

    def refused(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    real_open = os.open

    def opened(path: str, flags: int, *rest: int, **more: int) -> int:
        if code == errno.EROFS and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            refused()
        return real_open(path, flags, *rest, **more)

    class File(io.FileIO):
        def write(self, content: object, /) -> int:
            refused()
            return 0

    with (
        mock.patch("motionloop.safe_files.FileIO", File),
        mock.patch("os.fsync", refused),
        mock.patch("os.open", opened),
        mock.patch("os.mkdir", refused),
    ):
        yield


@contextlib.contextmanager
def little_memory() -> Iterator[None]:
    """No more memory than an ordinary file needs: a bomb has to be noticed before it is read."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + _SPARE_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
