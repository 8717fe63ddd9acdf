"""Retrain and flash, cancelled and closed in each of its stages.

A stand-in for the training process stays in a stage until then; the board, the comparison and the
push are real. tests/studio/test_journeys.py cancels a real training.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from motionloop.model.folder import METRICS_FILE, PACKAGE_FILE, stored_models
from motionloop.model.package import model_id, unpack_package
from motionloop.recordings.segments import Segment
from motionloop.studio.jobs.stages import RetrainStage
from tests.studio.conftest import Board, Studio
from tests.studio.repeated_motion import START_US, write_repeated

pytestmark = pytest.mark.system
NEW = Path(__file__).parents[3] / "models" / "builtin.mlpkg"
QUESTION = "question"
BRIEF = (
    RetrainStage.CHECK,
    RetrainStage.FIRST,
)  # the board's own, which a fast board leaves before Escape comes
MOMENTS = [*RetrainStage, QUESTION]
IN_TRAINER = {
    RetrainStage.WINDOWS: "windows",
    RetrainStage.CONVERT: "convert",
}  # called otherwise there


@pytest.fixture(scope="module")
def no_bluetooth(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """As everywhere, but for all tests here, which have one board."""
    folder = tmp_path_factory.mktemp("run")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTIONLOOP_RUNTIME_DIR", str(folder))
        patch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={folder}/none")
        yield folder


@pytest.fixture(scope="module")
def board(no_bluetooth: Path) -> Iterator[Board]:
    made = Board("--speed", "4")
    yield made
    made.stop()


@pytest.fixture(scope="module")
def old(package: bytes) -> bytes:
    """What the board runs."""
    labels = ("sitting", "standing", "walking")
    return replace(unpack_package(package, "golden"), labels=labels).pack()


@pytest.fixture
def retraining(
    studio: Studio, old: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[[RetrainStage | str], None]:
    """Prepares a retraining that stays in a stage of the trainer, or comes to the question."""
    segments = [
        Segment(START_US + i * 20_000_000, START_US + (i + 1) * 20_000_000, label)
        for i, label in enumerate(("sitting", "walking", "jogging"))
    ]
    write_repeated(studio.session.recordings_folder / "one", 60.0, segments)
    metrics = json.loads(NEW.with_suffix(".json").read_bytes())
    metrics["split"]["kind"] = "block"
    put(studio.session.models_folder / "old", old, {**metrics, "name": "old", "model_id": "0"})

    def prepare(moment: RetrainStage | str) -> None:
        metrics["int8"]["accuracy"] = 0.0 if moment == QUESTION else 1.0
        put(tmp_path / "new", NEW.read_bytes(), metrics)
        monkeypatch.setattr("motionloop.trainer.client.WORKER", "tests.studio.stand_in_trainer")
        monkeypatch.setenv("STAND_IN_MODEL", str(tmp_path / "new"))
        monkeypatch.setenv("STAND_IN_STAYS", IN_TRAINER.get(moment, moment))

    return prepare


def put(folder: Path, package: bytes, metrics: dict[str, object]) -> None:
    folder.mkdir(parents=True)
    (folder / PACKAGE_FILE).write_bytes(package)
    (folder / METRICS_FILE).write_text(json.dumps(metrics))


def on_board(studio: Studio) -> bytes:
    """The id of the model, asked of the board itself."""
    asked = studio.board.client().read_info()
    info = asyncio.run_coroutine_threadsafe(asked, studio.session.loop.loop).result(10)
    return info.model_id


def whole_models(studio: Studio) -> list[str]:
    """The names of all models; none of them lacks a part."""
    models = studio.session.models_folder
    found = stored_models(models)
    assert {model.path for model in found} == set(models.iterdir())
    assert all((model.path / PACKAGE_FILE).is_file() for model in found)
    return [model.metrics["name"] for model in found]


def retrain_until(studio: Studio, moment: RetrainStage | str, act: Callable[[], None]) -> None:
    """Press the key for it, and `act` as soon as the window shows that it is there."""
    jobs, reached = studio.session.training, []

    def look() -> None:
        now = QUESTION if jobs.question else jobs.progress.stage if jobs.progress else None
        if now == moment and not reached:
            reached.append(now)
            act()

    jobs.changed.connect(look)
    studio.window.show_page("Train")
    studio.press(Qt.Key.Key_Return, control=True)
    assert jobs.running
    studio.until(lambda: reached)


def connect(studio: Studio, board: Board, old: bytes, moment: RetrainStage | str) -> None:
    """The board runs the old model; before a comparison it is read, which takes seconds."""
    studio.connect(board)
    if on_board(studio) != model_id(old):
        studio.session.training.push(studio.session.models_folder / "old")
        studio.until(lambda: studio.session.training.outcome)
    if moment in (RetrainStage.COMPARE, QUESTION):
        studio.until(lambda: studio.board.package)


@pytest.mark.parametrize("moment", MOMENTS)
def test_cancelling_leaves_everything_as_it_was(
    studio: Studio,
    board: Board,
    start_board: Callable[..., Board],
    old: bytes,
    retraining: Callable[[RetrainStage | str], None],
    moment: RetrainStage | str,
) -> None:
    if moment in BRIEF:
        board = start_board("--speed", "0.5")
    retraining(moment)
    connect(studio, board, old, moment)
    retrain_until(studio, moment, lambda: studio.press(Qt.Key.Key_Escape))
    jobs, view = studio.session.training, studio.window.page("Train")
    studio.until(lambda: not jobs.running)
    assert jobs.outcome is None
    assert view.job.text() == "Retraining: cancelled"
    assert jobs.stages == {}
    assert whole_models(studio) == ["old"]
    assert on_board(studio) == model_id(old)
    assert view.result.name.words == "Model old"
    assert view.retrain_button.isVisible()
    assert view.retrain_button.isEnabled()
    assert studio.failures == []


def test_cancelling_before_it_has_begun(
    studio: Studio, board: Board, old: bytes, retraining: Callable[[RetrainStage | str], None]
) -> None:
    retraining(RetrainStage.WARM_UP)
    connect(studio, board, old, RetrainStage.WARM_UP)
    studio.window.show_page("Train")
    studio.window.page("Train").retrain_button.click()
    studio.window.page("Train").cancel_button.click()
    studio.until(lambda: not studio.session.training.running)
    assert whole_models(studio) == ["old"]
    assert studio.failures == []


def test_a_first_model_that_the_board_runs_already_stays(
    studio: Studio,
    start_board: Callable[..., Board],
    retraining: Callable[[RetrainStage | str], None],
) -> None:
    retraining(RetrainStage.FIRST)
    studio.connect(start_board())  # in real time: the cancel comes before the first answer
    retrain_until(studio, RetrainStage.FIRST, studio.session.training.cancel)
    studio.until(lambda: not studio.session.training.running)
    assert whole_models(studio) == ["builtin", "old"]
    assert on_board(studio) == model_id(NEW.read_bytes())
    assert "had no model before" in studio.window.banner.words.text()


@pytest.mark.parametrize("moment", MOMENTS)
def test_closing_leaves_no_half_a_model(
    studio: Studio,
    board: Board,
    old: bytes,
    retraining: Callable[[RetrainStage | str], None],
    moment: RetrainStage | str,
) -> None:
    retraining(moment)
    connect(studio, board, old, moment)
    retrain_until(studio, moment, studio.close)
    is_made = MOMENTS.index(moment) > MOMENTS.index(RetrainStage.SAVE)
    assert whole_models(studio) == (["builtin", "old"] if is_made else ["old"])
    assert studio.failures == []
