"""Folders with links, second names and pipes in place of what the program writes."""

from __future__ import annotations

import os
import shutil
import sqlite3
import struct
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from benchmarks.hostile.cases import Case
from benchmarks.hostile.models import BUILTIN, INFO, found_board, look_at
from benchmarks.hostile.on_disk import LIFE, RECORDINGS, commands, opens, prepare_life, record
from motionloop.board.pushes import note_push
from motionloop.errors import MotionLoopError
from motionloop.model.folder import METRICS_FILE, PACKAGE_FILE
from motionloop.recordings.writer import recover
from motionloop.studio.labelling import sample_cache
from motionloop.training.tuning.study import STUDY_FILE, Study
from motionloop.virtual.nor_flash import NorFlash


def link(path: Path, kept: Path) -> None:
    path.symlink_to(kept / "thesis.txt")


def link_to_nothing(path: Path, kept: Path) -> None:
    path.symlink_to(kept / "new.txt")


def link_to_folder(path: Path, kept: Path) -> None:
    path.symlink_to(kept / "folder")


def second_name(path: Path, kept: Path) -> None:
    path.hardlink_to(kept / "thesis.txt")


def pipe(path: Path, kept: Path) -> None:
    os.mkfifo(path)


def folder(path: Path, kept: Path) -> None:
    path.mkdir()


Trap = Callable[[Path, Path], None]
TRAPS: tuple[Trap, ...] = (link, link_to_nothing, link_to_folder, second_name, pipe, folder)
IN_A_RECORDING = [
    "samples.csv", "recording.json", "recording.json.bak", "recording.json.tmp", "torn.txt",
    "samples.cache", "samples.cache/key.json", "samples.cache/raw.npy",
]  # fmt: skip
BESIDE = [".bin", "splits", "splits/fixed.json"]
IN_A_MODEL = ["metrics.json", "pushes.json", "pushes.json.bak", "variants.json"]


def set_trap(name: Path, trap: Trap, place: Path) -> None:
    """The trap in place of `name`, or of the new file that the program would make there."""
    path = place / "work" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    trap(path, place / "kept")


def do_everything(place: Path) -> str:
    """All that changes a recording; its second half is torn first."""
    samples = LIFE / "samples.csv"
    with suppress(OSError):
        if samples.is_file() and not samples.is_symlink() and samples.stat().st_nlink == 1:
            with samples.open("ab") as file:
                file.write(b"400,40")
    said = commands(
        f"label {LIFE} jumping 1 2",
        f"edit life --recordings {RECORDINGS} --wearer ben",
        f"labels --recordings {RECORDINGS} --rename sitting=resting",
        f"dataset {RECORDINGS}",
        f"dataset {RECORDINGS} --fix-split fixed --by session --window 32",
    )
    for act in (partial(recover, LIFE), partial(sample_cache.build, LIFE, lambda _share: None)):
        with suppress(MotionLoopError):
            act()
    sample_cache_is_right()
    return said + commands(
        f"recordings --recordings {RECORDINGS}",
        f"edit life --recordings {RECORDINGS} --delete",
        f"edit life --recordings {RECORDINGS} --restore",
    )


def sample_cache_is_right() -> None:
    """The cache is none, or holds what samples.csv holds."""
    try:
        loaded = sample_cache.load(LIFE)
    except MotionLoopError:
        return
    assert loaded is None or len(loaded[0].seq) >= 0


def _recording(name: str, trap: Trap) -> Case:
    """A trap in the recording `evil`, which is all that the commands are given."""

    def prepare(place: Path) -> None:
        prepare_life(place)
        set_trap(LIFE / name, trap, place)

    return Case(f"folder: {trap.__name__} as {name}", do_everything, prepare=prepare)


def _beside(name: str, trap: Trap) -> Case:
    def prepare(place: Path) -> None:
        prepare_life(place)
        record(place / "work" / RECORDINGS / "second")
        set_trap(RECORDINGS / name, trap, place)

    return Case(
        f"folder: {trap.__name__} as {name}", do_everything, prepare=prepare, unharmed=opens
    )


def _model(name: str, trap: Trap) -> Case:
    def prepare(place: Path) -> None:
        prepare_life(place)
        model = place / "work" / "models" / "evil"
        model.mkdir(parents=True)
        (model / METRICS_FILE).write_text("{}")
        (model / PACKAGE_FILE).write_bytes(b"MLPK")
        set_trap(Path("models/evil") / name, trap, place)

    def run(place: Path) -> str:
        note_push(Path("models/evil") / PACKAGE_FILE, found_board(), INFO)
        return look_at(Path("models"))

    return Case(f"model folder: {trap.__name__} as {name}", run, prepare=prepare)


def _export(name: str, trap: Trap) -> Case:
    """A folder that files are exported into, with leave to replace those of their names."""

    def prepare(place: Path) -> None:
        prepare_life(place)
        set_trap(Path("out") / name, trap, place)

    def run(place: Path) -> str:
        into = "--to out --overwrite"
        return commands(
            f"export {RECORDINGS} --format csv --to out",
            f"export {RECORDINGS} --format csv {into}",
            f"export {RECORDINGS} --format edge-impulse {into}",
            f"export {RECORDINGS} --format zip --to out/all.zip --overwrite",
            f"export {BUILTIN} --format c {into}",
            f"export {BUILTIN} --format tflite {into}",
        )

    return Case(f"export: {trap.__name__} as {name}", run, prepare=prepare, unharmed=opens)


def _study(name: str, trap: Trap) -> Case:
    def prepare(place: Path) -> None:
        prepare_life(place)
        set_trap(Path("study") / name, trap, place)

    return Case(f"study: {trap.__name__} as {name}", _open_study, prepare=prepare)


def _open_study(place: Path) -> str:
    return Study.open(Path("study"), "walks", None, {}).storage


def _journal_that_names(place: Path) -> None:
    """A study whose journal SQLite would roll back, and then delete the file that it names."""
    prepare_life(place)
    made, study = place / "work" / "made", place / "work" / "study"
    Study.open(made, "walks", None, {})
    study.mkdir()
    writing = sqlite3.connect(made / STUDY_FILE, isolation_level=None)
    writing.execute("PRAGMA cache_size = 1")
    writing.execute("BEGIN")
    writing.execute("CREATE TABLE more (text)")
    writing.executemany("INSERT INTO more VALUES (?)", [("x" * 2000,)] * 100)
    for suffix in ("", "-journal"):
        shutil.copy(f"{made / STUDY_FILE}{suffix}", f"{study / STUDY_FILE}{suffix}")
    writing.close()
    name = str(place / "kept" / "thesis.txt").encode()
    with (study / f"{STUDY_FILE}-journal").open("ab") as journal:
        journal.write(struct.pack(">I", (1 << 30) // 4096 + 1) + name)
        journal.write(struct.pack(">II", len(name), sum(name)) + bytes.fromhex("d9d505f920a163d7"))


def _flash(trap: Trap) -> Case:
    def prepare(place: Path) -> None:
        prepare_life(place)
        set_trap(Path("board.flash"), trap, place)

    def run(place: Path) -> str:
        try:
            NorFlash(Path("board.flash"))
        except OSError as error:  # the command says it, with its file
            return str(error)
        return ""

    return Case(f"virtual board: {trap.__name__} as its flash", run, prepare=prepare)


_IN_AN_EXPORT = [
    "life.csv", "life.json", "training", "info.labels", "all.zip", "src", "src/core", "README.md"
]  # fmt: skip
_IN_A_STUDY = ("", "-journal", "-wal", "-shm")
CASES = [
    *(_recording(name, trap) for name in IN_A_RECORDING for trap in TRAPS),
    *(_beside(name, trap) for name in BESIDE for trap in TRAPS),
    *(_model(name, trap) for name in IN_A_MODEL for trap in TRAPS),
    *(
        _export(name, trap)
        for name in _IN_AN_EXPORT
        for trap in (link, link_to_nothing, link_to_folder, folder)
    ),
    *(_study(f"{STUDY_FILE}{end}", trap) for end in _IN_A_STUDY for trap in TRAPS),
    Case("study: a journal that names a file", _open_study, "names", _journal_that_names),
    *(_flash(trap) for trap in TRAPS),
]
