"""Each text that a user reads can be translated: none goes round `tr`."""

from __future__ import annotations

import asyncio
import json
import platform
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict

import pytest
from PySide6.QtWidgets import QWidget

from motionloop import installation
from motionloop.language import speak
from motionloop.model.folder import METRICS_FILE, PACKAGE_FILE, VARIANTS_FILE
from motionloop.studio import translation
from motionloop.studio.jobs.stages import ModelComparison, RetrainStage, StageProgress
from motionloop.studio.main_window import PAGES
from motionloop.studio.widgets.about import parts
from motionloop.trainer.messages import Variant
from motionloop.version import version
from motionloop.virtual.wearer import ACTIVITIES
from tests.studio.conftest import Board, Studio
from tests.studio.dialogs import each_dialog
from tests.studio.repeated_motion import even_segments, write_repeated
from tests.studio.texts import faults, mark, not_translated

pytestmark = pytest.mark.slow

LABELS = ("sitting", "standing", "walking", "running")
_BUILTIN = installation.root() / "models"
MODEL = "20261130-101500"
# What the user, a file or a unit is called, which no translator changes.
DATA = frozenset(
    (
        *LABELS, *ACTIVITIES, "upstairs", "downstairs", "jogging", "Ada", "Ben",
        "one", "two", "three",
        "int8", "gzip", "kMAC", "NumPy archive", "pocket.npz",
        "pocket subject", "trial",
        "MotionLoop", "ML-FIRST", "motionsense_pocket_50hz subject", "motionloop evaluate",
        "m/s2", "rad/s", "deg/s", "mdps", "mg", "English", "Deutsch", "builtin", "TFLM", "csv",
    )
)  # fmt: skip


FOLDERS = ("recordings", "models", "exported-csv")


@pytest.fixture
def language() -> Iterator[str]:
    """Marks each translation of the window of `studio`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(translation, "install", lambda _code: speak(mark))
        yield translation.SOURCE
    translation.install(translation.SOURCE)


@pytest.fixture
def full(studio: Studio) -> Studio:
    """With recordings, one of which has problems, and the built-in model with variants."""
    session = studio.session
    for name, wearer in (("one", "Ada"), ("two", "Ben")):
        folder = session.recordings_folder / name
        write_repeated(folder, 40.0, even_segments(3, 40.0), wearer=wearer)
    write_repeated(session.recordings_folder / "three", 4.0, [], wearer="")
    model = session.models_folder / MODEL
    model.mkdir(parents=True)
    shutil.copy(_BUILTIN / "builtin.mlpkg", model / PACKAGE_FILE)
    metrics = json.loads((_BUILTIN / "builtin.json").read_bytes())
    metrics["split"]["optimistic"] = metrics["data"]["synthetic"] = True
    (model / METRICS_FILE).write_text(json.dumps(metrics))
    variant = Variant(
        "int8", 111_456, 111_900, 107_469, 0.971, 0.97, 18_144, 1_241_000, 124.2, True, "",
        "a.tflite", "a.mlpkg",
    )  # fmt: skip
    (model / VARIANTS_FILE).write_text(json.dumps([asdict(variant)] * 2))
    return studio


def left(studio: Studio, top: QWidget) -> list[str]:
    """Texts of `top` that no translator can reach; the test's own folders are data."""
    return faults(top, DATA | {str(studio.folder), *FOLDERS})


def words_of(found: Iterable[str]) -> str:
    """The faults, a line each."""
    return "\n".join(sorted(found))


def test_what_is_left_of_a_text() -> None:
    inner = mark("{name}, 3 s", "", -1)
    assert not_translated(f"{mark('Saved', '', -1)} {inner} (Ctrl+2)", frozenset()) == ""
    assert not_translated(f"Saved {inner} Ada 3 Hz", frozenset({"Ada"})) == "Saved Hz"
    assert not_translated("A4:E0:0F:8B:EA:C2 be", frozenset()) == "be"


def test_texts_of_the_first_start(studio: Studio) -> None:
    for page, _, _ in PAGES:
        studio.window.show_page(page)
    studio.live(0.6)  # what it finds is that there is no Bluetooth
    found = left(studio, studio.window)
    assert not found, words_of(found)


def test_texts_of_every_page(full: Studio) -> None:
    window, found = full.window, set()
    for page, _, _ in PAGES:
        window.show_page(page)
        if page == "Data":
            full.until(lambda: window.page("Data").glance is not None)
        window.toggle_help()
        window.menu.aboutToShow.emit()
        found |= {*left(full, window)}
        window.toggle_help()
    assert not found, words_of(found)


def test_texts_of_a_training(full: Studio) -> None:
    full.window.show_page("Train")
    jobs, found = full.session.training, set()
    jobs._begin("", asyncio.sleep(600))
    for stage in RetrainStage:
        jobs._reached(StageProgress(stage, 3, 10, 128.0))
        found |= {*left(full, full.window)}
    jobs._set(question=ModelComparison(0.91, 0.95, 1200))
    found |= {*left(full, full.window)}
    jobs.cancel()
    found |= {*left(full, full.window)}
    assert not found, words_of(found)


def test_texts_of_dialogs(full: Studio) -> None:
    packages = {words for part in parts() for words in (part.name, part.version, part.licence)}
    data = DATA | packages | {str(full.folder), *FOLDERS, "Python", version(), *platform.uname()}
    found = {words for dialog in each_dialog(full, "walking") for words in faults(dialog, data)}
    assert not found, words_of(found)


@pytest.mark.system
def test_texts_about_a_board(full: Studio, start_board: Callable[..., Board]) -> None:
    found = set()
    full.connect(start_board("--name", "ML-FIRST"))
    for page in ("Connect", "Live", "Room"):
        full.window.show_page(page)
        found |= {*left(full, full.window)}
    full.session.training.push(_BUILTIN / "builtin.mlpkg")
    full.until(lambda: full.session.training.outcome, 60)
    live = full.window.page("Live")
    full.window.show_page("Live")
    full.until(lambda: live.panels and next(iter(live.panels.values()))._heard)
    full.window.show_page("Record")
    record = full.window.page("Record")
    full.click(record.record_button)
    full.until(lambda: full.board.recording)
    for page in ("Record", "Room", "Connect", "Train", "Live"):
        full.window.show_page(page)
        full.live(0.6)
        found |= {*left(full, full.window)}
    full.click(live.why_button)
    full.until(lambda: live.explaining and live.explaining.why)
    found |= {*left(full, live.explaining)}
    live.explaining.reject()
    assert not found, words_of(found)
