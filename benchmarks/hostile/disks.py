"""A disk that fails, and two programs at one recording: nothing is lost, and it is said."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

from benchmarks.hostile.cases import Case
from benchmarks.hostile.on_disk import (
    BOARD,
    LIFE,
    RECORDINGS,
    command,
    commands,
    failing_disk,
    opens,
    prepare_life,
    record,
)
from motionloop.board.pushes import note_push
from motionloop.commands.parser import build_parser
from motionloop.label_colours import LabelColours
from motionloop.recordings.managing import About, describe
from motionloop.recordings.recording import Recording
from motionloop.recordings.segments import Segment
from motionloop.recordings.writer import RecordingWriter, recover
from motionloop.studio.labelling import sample_cache

FAILURES = {"full": errno.ENOSPC, "read-only": errno.EROFS, "broken": errno.EIO}
_LINES = {
    "label": f"label {LIFE} jumping 1 2",
    "label of events": f"label {LIFE} --events jumping",
    "clear": f"label {LIFE} --clear",
    "edit": f"edit life --recordings {RECORDINGS} --wearer ben",
    "name": f"edit life --recordings {RECORDINGS} --name other",
    "delete": f"edit life --recordings {RECORDINGS} --delete",
    "rename": f"labels --recordings {RECORDINGS} --rename sitting=resting",
    "split": f"dataset {RECORDINGS} --fix-split fixed --by session --window 32",
    "export": f"export {RECORDINGS} --format csv --to out",
    "export of a zip": f"export {RECORDINGS} --format zip --to out.zip",
    "import": f"import {RECORDINGS} --to new",
    "a list": f"recordings --recordings {RECORDINGS}",
    "merge": "merge-class pupil --out class",
}


def unchanged(place: Path) -> None:
    """The recording is as it was, to the last label."""
    recording = Recording.open(place / "work" / LIFE)
    assert len(recording.seq) == 400, "samples are gone"
    assert recording.labels == ["sitting", "walking"], f"the labels are {recording.labels}"
    assert recording.wearer == "ada", "the wearer is gone"


def _prepare(place: Path) -> None:
    prepare_life(place)
    record(place / "work" / RECORDINGS / "second", seed=1)
    record(place / "work" / "pupil" / "recordings" / "mine")


def _commands() -> Iterator[Case]:
    for disk, code in FAILURES.items():
        for name, line in _LINES.items():

            def run(place: Path, line: str = line, code: int = code) -> str:
                options = line.split()
                build_parser(options[0])  # its modules, which Python may store
                with failing_disk(code):
                    return command(*options)

            yield Case(f"{disk} disk: {name}", run, prepare=_prepare, unharmed=unchanged)


def _recorder() -> Iterator[Case]:
    for disk, code in FAILURES.items():

        def begin(place: Path, code: int = code) -> None:
            with failing_disk(code):
                RecordingWriter.create(RECORDINGS / "new", BOARD)

        yield Case(f"{disk} disk: a recording begins", begin, "new", _prepare, unchanged)

        def go_on(place: Path, code: int = code) -> None:
            with failing_disk(code):
                recover(LIFE)

        yield Case(f"{disk} disk: a recording goes on", go_on, "life", _prepare, unchanged)

        def cache(place: Path, code: int = code) -> None:
            with failing_disk(code):
                sample_cache.build(LIFE, lambda _share: None)

        yield Case(f"{disk} disk: a cache", cache, "cache", _prepare, unchanged)

        def small(place: Path, code: int = code) -> str:
            from benchmarks.hostile.models import INFO, found_board

            with failing_disk(code):
                note_push(Path("models/first/model.mlpkg"), found_board(), INFO)
                return LabelColours(Path("colours.json")).colour("walking")

        yield Case(f"{disk} disk: small notes", small, "#", _prepare, unchanged)


def _two_programs() -> Iterator[Case]:
    theirs = Segment(0, 1_000_000, "theirs")

    def labels(place: Path) -> None:
        one, other = Recording.open(LIFE), Recording.open(LIFE)
        other.set_segments([theirs])
        one.set_segments([])

    def rename(place: Path) -> None:
        one, other = Recording.open(LIFE), Recording.open(LIFE)
        other.set_segments([theirs])
        one.rename_labels({"walking": "running"})

    def trim(place: Path) -> str:
        from motionloop.recordings.recording_json import Trim

        one, other = Recording.open(LIFE), Recording.open(LIFE)
        other.set_segments([theirs])
        one.set_trim(Trim(0, 2_000_000))
        assert Recording.open(LIFE).trim == Trim(0, 2_000_000)
        return "theirs"

    def about(place: Path) -> None:
        Recording.open(LIFE).set_segments([theirs])
        before = About("life", "ada", "wrist", "", excluded=False)
        describe(LIFE, About(wearer="carl"))
        describe(LIFE, About(wearer="ben"), before)

    def kept(place: Path) -> None:
        recording = Recording.open(place / "work" / LIFE)
        assert recording.labels == ["theirs"], f"the labels of the other are {recording.labels}"
        assert recording.wearer in ("ada", "carl"), "the other's wearer is gone"

    for name, run in (("labels", labels), ("new names of labels", rename), ("a trim", trim),
                      ("who wore it", about)):  # fmt: skip
        yield Case(f"two programs: {name}", run, "theirs|carl", prepare_life, kept)

    def split(place: Path) -> str:
        line = f"dataset {RECORDINGS} --by session --window 32 --fix-split fixed --held-out"
        return commands(f"{line} life", f"{line} second")

    yield Case("two programs: a split", split, "another split", _prepare, unchanged)

    def record_twice(place: Path) -> None:
        with RecordingWriter.create(RECORDINGS / "new", BOARD):
            RecordingWriter.create(RECORDINGS / "new", BOARD)

    yield Case("two programs: a recording", record_twice, "exists already", _prepare, unchanged)

    def label_what_goes_on(place: Path) -> str:
        with RecordingWriter.append_to(LIFE):
            return command("label", LIFE, "jumping", "1", "2")

    yield Case(
        "two programs: labels while it is recorded", label_what_goes_on, "recorded right now",
        _prepare, opens,
    )  # fmt: skip


def _unwritable() -> Iterator[Case]:
    """A result that could not be written is found out before the work."""
    for name, line in {
        "train": f"train --recordings {RECORDINGS} --models place",
        "pretrain": f"pretrain {RECORDINGS} --out place/x",
        "evaluate": f"evaluate {RECORDINGS} --folder place/x",
    }.items():

        def prepare(place: Path) -> None:
            _prepare(place)
            (place / "work" / "place").write_text("a file, no folder")

        def run(place: Path, line: str = line) -> str:
            return command(*line.split())

        yield Case(f"no folder: {name}", run, "Nothing was begun", prepare, unchanged)


CASES = [*_commands(), *_recorder(), *_two_programs(), *_unwritable()]
