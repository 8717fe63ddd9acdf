"""A recording's life ended, or refused by the disk, at each of its file operations.

Whatever happens in a folder of recordings, the others list and open, and what was written is there.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from io import FileIO
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest

from motionloop import safe_files
from motionloop.errors import MotionLoopError
from motionloop.recordings.managing import About, describe, put_in_bin, take_from_bin
from motionloop.recordings.recording import Recording, open_all
from motionloop.recordings.recording_json import recording_folders
from motionloop.recordings.segments import Segment
from motionloop.recordings.writer import RecordingWriter, recover, write_recording
from tests.recordings.made import BOARD, append

pytestmark = pytest.mark.slow
OPERATIONS = ["open", "fsync", "replace", "rename", "mkdir", "unlink", "link", "rmdir"]
TEN = b"."  # samples are in the file
Act = Callable[[], NoReturn]


class Disk:
    """Counts the operations on files; `act` is called in place of operation number `at`."""

    def __init__(self, patch: pytest.MonkeyPatch, at: int, act: Act) -> None:
        self.done, self._at, self._act = 0, at, act
        for name in OPERATIONS:
            patch.setattr(os, name, self._counted(getattr(os, name)))
        disk = self

        class File(FileIO):
            def write(self, content: Any, /) -> int:
                disk.count(lambda: super(File, self).write(content[: len(content) // 2]))
                return super().write(content)

            def truncate(self, size: int | None = None, /) -> int:
                disk.count()
                return super().truncate(size)

        patch.setattr(safe_files, "FileIO", File)

    def count(self, half: Callable[[], object] = lambda: None) -> None:
        self.done += 1
        if self.done == self._at:
            half()
            self._act()

    def _counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **options: Any) -> Any:
            self.count()
            return None if real.__name__ == "fsync" else real(*args, **options)  # no power is cut

        return called


def live(root: Path, written: Callable[[bytes], object]) -> None:
    """Record, label, go on after a torn end, edit, delete, restore and copy `root`/life."""
    folder, now = root / "life", [0.0]
    with (
        ThreadPoolExecutor(1) as disk,
        RecordingWriter.create(folder, BOARD, clock=lambda: now[0], disk=disk) as writer,
    ):
        append(writer, 0, 10)
        written(TEN)
        writer.begin_segment("walking")
        disk.submit(int).result()  # all that was asked before is done
        now[0] = 1.5
        append(writer, 12, 10)  # with a gap, after a second
        written(TEN)
        writer.end_segment()
        disk.submit(int).result()
        now[0] = 3.0
        append(writer, 22, 10)
        written(TEN)
    with (folder / "samples.csv").open("ab") as file:
        file.write(b"32,3200")  # as a crash leaves it
    with RecordingWriter.append_to(folder) as writer:
        append(writer, 40, 10)
        written(TEN)
    recording = Recording.open(folder)
    recording.set_segments([*recording.segments, Segment(400_000, 450_000, "running")])
    describe(folder, About(wearer="ada"))
    take_from_bin(put_in_bin(folder))
    write_recording(Recording.open(folder), root / "copy")


def check(root: Path, samples: int) -> None:
    """Everything lists, opens and can be repaired; no sample that was written is missing."""
    found = open_all(root)
    assert not found.unreadable
    assert {path.name for path in recording_folders(root)} <= {"life", "copy", "neighbour"}
    by_name = {one.path.name: one for one in found.recordings if one.path}
    assert len(by_name["neighbour"].seq) == 10
    in_bin = [*(root / ".bin").glob("life")]
    life = root / "life" if "life" in by_name else in_bin[0] if in_bin else None
    if life is None:
        assert samples == 0
        RecordingWriter.create(root / "life", BOARD).close()  # its name is free
        return
    assert len(Recording.open(life).seq) >= samples
    assert recover(life).description.closed
    if "copy" in by_name:
        assert np.array_equal(by_name["copy"].seq, Recording.open(life).seq)


def check_after(root: Path, samples: int, number: int) -> None:
    try:
        check(root, samples)
    except (AssertionError, MotionLoopError) as error:
        raise AssertionError(f"after operation {number}") from error
    shutil.rmtree(root)


@pytest.fixture(scope="module")
def neighbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ends") / "neighbour"
    with RecordingWriter.create(folder, BOARD) as writer:
        append(writer, 0, 10)
    return folder


@pytest.fixture(scope="module")
def operations(neighbour: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many there are in the whole life."""
    live(tmp_path_factory.mktemp("first"), lambda _: 1)  # imports, too
    root = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        disk = Disk(patch, 0, lambda: pytest.fail("there is no operation 0"))
        live(root, lambda _: 1)
    assert disk.done > 150
    return disk.done


def root_with(neighbour: Path, parent: Path, number: int) -> Path:
    root = parent / str(number)
    shutil.copytree(neighbour, root / "neighbour")
    return root


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_program_that_ends_at_any_operation_loses_nothing(
    neighbour: Path, operations: int, tmp_path: Path
) -> None:
    def ends() -> NoReturn:
        os._exit(9)

    for number in range(1, operations + 1):
        root = root_with(neighbour, tmp_path, number)
        said, says = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                with pytest.MonkeyPatch.context() as patch:
                    Disk(patch, number, ends)
                    live(root, partial(os.write, says))
            finally:
                os._exit(3)  # the operation did not come, or an error did
        os.close(says)
        with open(said, "rb") as counts:
            samples = 10 * len(counts.read())
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 9, number
        check_after(root, samples, number)


def test_a_disk_that_fails_at_any_operation_is_told_of_and_loses_nothing(
    neighbour: Path, operations: int, tmp_path: Path
) -> None:
    codes = (errno.ENOSPC, errno.EIO, errno.EROFS)
    for number in range(1, operations + 1):

        def fails(code: int = codes[number % len(codes)]) -> NoReturn:
            raise OSError(code, os.strerror(code))

        root = root_with(neighbour, tmp_path, number)
        counts: list[bytes] = []
        with pytest.MonkeyPatch.context() as patch, suppress(MotionLoopError):  # nothing else
            Disk(patch, number, fails)
            live(root, counts.append)
        check_after(root, 10 * len(counts), number)
