"""Every page at small sizes and with large text: no words cut off, nothing over anything else."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, replace

import pytest

from motionloop import installation, wire
from motionloop.model.folder import METRICS_FILE, PACKAGE_FILE, VARIANTS_FILE
from motionloop.studio import translation
from motionloop.studio.boards.board_link import LinkState
from motionloop.studio.jobs.stages import ModelComparison, RetrainStage, StageProgress
from motionloop.studio.main_window import PAGES
from motionloop.studio.theme import theme
from motionloop.trainer.messages import Variant
from tests.studio.conftest import Board, Studio
from tests.studio.dialogs import each_dialog
from tests.studio.layout import faults
from tests.studio.repeated_motion import even_segments, write_repeated

pytestmark = pytest.mark.slow

# Width, height, steps of the text's size, and whether pages may be scrolled as a whole.
SIZES = {
    "1280x720": (1280, 720, 0, False),
    "1024x640": (1024, 640, 0, False),
    "large text": (1280, 720, 2, False),
    "small and large": (1024, 640, 2, True),
}
LABELS = [f"activity of the class {number}" for number in range(1, 18)]
PLACES = [
    (size, language)
    for size in SIZES
    for language in translation.languages()
    if language == translation.SOURCE or SIZES[size][0] == 1024  # where longer words matter most
]
in_all_places = pytest.mark.parametrize(("size", "language"), PLACES)
LONG_NAME = "both_classes_of_the_ninth_year_with_four_activities_of_the_gymnasium"
RECORDINGS = 61
_LONGEST_WAIT = 25  # of 40 ms: a layout settles in several steps
MESSAGE = (
    "Too little motion for: standing 3 s. Record at least 30 s of each label, better a minute, and "
    "in two sessions if you can; or leave the label out of the training."
)


@pytest.fixture
def full(studio: Studio) -> Studio:
    """A class's recordings, its labels, and a model with variants."""
    session = studio.session
    session.preferences.set_labels(LABELS)
    for number in range(RECORDINGS):
        folder = session.recordings_folder / f"pupil {number}"
        write_repeated(folder, 4.0, even_segments(3, 4.0), wearer=f"Pupil {number} of the class")
    model = session.models_folder / LONG_NAME
    model.mkdir(parents=True)
    metrics = json.loads((installation.root() / "models/builtin.json").read_bytes())
    metrics["labels"], metrics["name"] = LABELS, LONG_NAME
    metrics["int8"]["confusion"] = [[1200] * len(LABELS)] * len(LABELS)
    metrics["split"]["optimistic"] = metrics["data"]["synthetic"] = True
    (model / METRICS_FILE).write_text(json.dumps(metrics))
    shutil.copy(installation.root() / "models/builtin.mlpkg", model / PACKAGE_FILE)
    variant = Variant(
        "structurally pruned, clustered, int8", 111_456, 111_900, 107_469, 0.971, 0.97, 18_144,
        1_241_000, 124.2, True, "A zero is stored like any number. " * 8, "a.tflite", "a.mlpkg",
    )  # fmt: skip
    (model / VARIANTS_FILE).write_text(json.dumps([asdict(variant)] * 9))
    return studio


def resize(studio: Studio, size: str) -> None:
    width, height, steps, _ = SIZES[size]
    for _ in range(steps):
        theme.resize_text(1)
    studio.window.resize(width, height)


def look(studio: Studio, size: str, page: str, seen: str) -> list[str]:
    """The faults of what is shown of the page, once it has settled."""
    view, found = studio.window.page(page), [""]
    for _ in range(_LONGEST_WAIT):
        studio.live(0.04)
        found = faults(studio.window)
        if not SIZES[size][3] and view.size() != view.parentWidget().size():
            found.append("it is scrolled")
        if not found:
            break
    return [f"{page}, {seen}: {fault}" for fault in found]


@in_all_places
def test_nothing_is_cut_off(full: Studio, size: str) -> None:
    resize(full, size)
    window, found = full.window, []
    for page, _, _ in PAGES:
        window.show_page(page)
        if page == "Data":
            full.until(lambda: window.page("Data").glance is not None)
        found += look(full, size, page, "as it opens")
        window.banner.fail(MESSAGE)
        window.banner.offer("Close and lose these edits", lambda: None)
        found += look(full, size, page, "with a banner")
        window.banner.hide()
        window.toggle_help()
        found += look(full, size, page, "with its help")
    assert not found


@in_all_places
def test_nothing_of_a_training_is_cut_off(full: Studio, size: str) -> None:
    resize(full, size)
    full.window.show_page("Train")
    train, jobs = full.window.page("Train"), full.session.training
    found = []
    for tab in (train.variants, train.evaluation, train.choice):
        train.tabs.setCurrentWidget(tab)
        found += look(full, size, "Train", type(tab).__name__)
    jobs._begin("Retraining", asyncio.sleep(600))
    jobs._reached(StageProgress(RetrainStage.WINDOWS, 3, 10))
    jobs._reached(StageProgress(RetrainStage.TRAIN, 3, 10, 128.0))
    jobs._set(question=ModelComparison(0.91, 0.95, 1200))
    train.tabs.setCurrentIndex(0)
    found += look(full, size, "Train", "with a question")
    assert not found


@in_all_places
def test_nothing_of_a_dialog_is_cut_off(full: Studio, size: str) -> None:
    resize(full, size)
    found = []
    for dialog in each_dialog(full, "walking"):
        faulty = [""]
        for _ in range(_LONGEST_WAIT):
            full.live(0.04)
            if not (faulty := faults(dialog)):
                break
        found += [f"{type(dialog).__name__}: {fault}" for fault in faulty]
    assert not found


@pytest.mark.system
@pytest.mark.parametrize(
    ("size", "language"),
    [("1024x640", "en"), ("large text", "en"), ("1024x640", "de")],
)
def test_nothing_about_a_board_is_cut_off(
    full: Studio, start_board: Callable[..., Board], size: str
) -> None:
    resize(full, size)
    board = start_board("--name", "ML-FIRST")
    full.connect(board)
    found = look(full, size, "Connect", "with a board")
    full.window.show_page("Live")
    found += look(full, size, "Live", "without a model")
    full.session.training.push(installation.root() / "models/builtin.mlpkg")
    full.until(lambda: full.session.training.outcome, 60)
    live = full.window.page("Live")
    full.until(lambda: live.panels and next(iter(live.panels.values()))._heard)
    for page in ("Live", "Record", "Connect"):
        full.window.show_page(page)
        full.live(0.6)
        found += look(full, size, page, "with a model")
        full.window.banner.fail(MESSAGE)
        found += look(full, size, page, "with a model and a banner")
    client = full.board.client()
    client.info = replace(  # the longest words that Connect and the foot have about a board
        client.info,
        flags=client.info.flags | wire.BoardFlag.MODEL_DROPPED,
        owner_flags=wire.OwnerFlag.OWNED,
        owner_id=bytes(range(0xB0, 0xB8)),
    )
    full.until(lambda: full.window.page("Connect").row_of(full.board.address).dropped.isVisible())
    found += look(full, size, "Connect", "with another's board that dropped a model")
    full.window.show_page("Record")
    record = full.window.page("Record")
    record.tabs.setCurrentIndex(1)
    record.plan.setPlainText("walking")
    found += look(full, size, "Record", "with a faulty plan")
    record.tabs.setCurrentIndex(0)
    full.click(record.record_button)
    full.until(lambda: full.board.recording)
    full.session.label(LABELS[8])
    full.until(lambda: full.board.recording and full.board.recording.label)
    full.live(0.3)
    found += look(full, size, "Record", "recording")
    board.stop()
    full.until(lambda: full.board.silence and full.board.state is LinkState.LOST)
    for page in ("Connect", "Live", "Room", "Record"):
        full.window.show_page(page)
        full.live(0.6)
        found += look(full, size, page, "with a board that is gone")
    full.click(record.record_button)
    full.until(lambda: full.board.recording is None)
    full.live(0.6)
    found += look(full, size, "Record", "with nothing to record")
    assert not found
