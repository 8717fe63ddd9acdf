"""The window against virtual boards in processes of their own, by clicks and keys."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from motionloop import wire
from motionloop.board.activities import SHOWN_S
from motionloop.board.prediction import Prediction
from motionloop.board.recorder import Step
from motionloop.model.folder import METRICS_FILE, PACKAGE_FILE, stored_pushes
from motionloop.model.package import model_id
from motionloop.model.wearing import learn_wearing
from motionloop.recordings.checks.finding import REFUSED
from motionloop.recordings.managing import About, describe, in_bin
from motionloop.recordings.named_split import NamedSplit, splits_folder
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import recording_folders
from motionloop.recordings.segments import Segment
from motionloop.recordings.units import G_M_S2
from motionloop.recordings.writer import write_recording
from motionloop.studio import colours
from motionloop.studio.boards.board_link import REACTION_S, LinkState
from motionloop.studio.boards.sample_ring import SampleRing
from motionloop.studio.inside.output_column import answer
from motionloop.studio.jobs.stages import ModelComparison
from motionloop.studio.jobs.training_data import TrainingData
from motionloop.studio.labelling.recording_list import entries
from motionloop.studio.pages.training_choice import TrainingChoice
from motionloop.studio.widgets.builtin_button import BuiltinButton
from motionloop.trainer.messages import TrainingRequest
from motionloop.virtual.motion import LSM9DS1
from tests.studio.conftest import Board, Studio
from tests.studio.repeated_motion import START_US, even_segments, write_repeated

pytestmark = pytest.mark.system
StartBoard = Callable[..., Board]


def recordings(studio: Studio) -> list[Recording]:
    """What is in the folder, as written."""
    return [Recording.open(path) for path in recording_folders(studio.session.recordings_folder)]


def put_model(studio: Studio, package: bytes) -> Path:
    folder = studio.session.models_folder / "golden"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PACKAGE_FILE).write_bytes(package)
    return folder / PACKAGE_FILE


def run_golden(studio: Studio, package: bytes) -> None:
    """Have the board run the golden model and wait until it is known here."""
    studio.session.training.push(put_model(studio, package))
    studio.until(lambda: studio.session.training.outcome, 40)
    studio.until(lambda: studio.board.shadow)


def test_a_push_is_noted_in_the_models_folder(
    studio: Studio, start_board: StartBoard, package: bytes
) -> None:
    studio.connect(start_board())
    folder = put_model(studio, package).parent
    (folder / METRICS_FILE).write_text("{}")
    run_golden(studio, package)
    (noted,) = stored_pushes(folder)
    assert noted["model_id"] == model_id(package).hex()
    assert noted["board"]["address"] == studio.board.address
    assert studio.failures == []
    assert studio.board.model_name == folder.name
    studio.until(lambda: folder.name in studio.window.strip.model.words)


def test_recording_by_number_keys(studio: Studio, start_board: StartBoard) -> None:
    studio.connect(start_board())
    studio.press(Qt.Key.Key_2, control=True)
    studio.press(Qt.Key.Key_R)
    studio.until(lambda: studio.board.recording and studio.board.recording.quality.samples)
    studio.press(Qt.Key.Key_3)
    studio.until(lambda: studio.board.recording and studio.board.recording.label == "walking")
    begun = studio.board.recording.quality.samples
    studio.until(lambda: studio.board.recording.quality.samples > begun + 60)
    studio.window.show_page("Connect")  # recording goes on whatever the window does
    studio.press(Qt.Key.Key_2, control=True)
    studio.press(Qt.Key.Key_R)
    studio.until(lambda: studio.board.recording is None)

    (made,) = recordings(studio)
    assert made.problems == ()
    assert made.labels == ["walking"]
    assert made.quality.lost == 0
    assert studio.failures == []

    record = studio.window.page("Record")
    studio.until(lambda: record.big.words.startswith("Saved 0:"))
    assert record.next_words.text() == "no name; walking; nothing lost"
    studio.until(record.look_button.isVisible)
    studio.click(record.look_button)
    assert studio.window.page_name == "Label"
    studio.until(lambda: studio.window.page("Label").recording is not None)
    assert studio.window.page("Label").recording.path == made.path


def test_keys_go_where_the_page_says(studio: Studio, start_board: StartBoard) -> None:
    studio.connect(start_board())
    studio.window.show_page("Record")
    view = studio.window.page("Record")
    studio.until(lambda: "label's number" in view.next_words.text())
    view.wearer.setFocus()
    studio.press(Qt.Key.Key_1, on=view.wearer)
    assert view.wearer.text() == "1"
    studio.until(lambda: "typed into the field" in view.next_words.text())
    assert studio.board.recording is None
    studio.press(Qt.Key.Key_Escape, on=view.wearer)
    assert view.hasFocus()
    studio.until(lambda: "label's number" in view.next_words.text())

    view.tabs.setCurrentIndex(1)
    view.plan.setFocus()
    before = view.plan.toPlainText()
    studio.press(Qt.Key.Key_Tab, on=view.plan)
    assert view.plan.toPlainText() == before
    assert not view.plan.hasFocus()
    view.plan.setFocus()
    view.tabs.setCurrentIndex(0)
    studio.press(Qt.Key.Key_1)  # not into the field for another label
    studio.until(lambda: studio.board.recording is not None)
    assert view.keys.new_label.text() == ""


def test_a_board_without_a_model_gets_the_builtin_one(
    studio: Studio, start_board: StartBoard
) -> None:
    studio.connect(start_board())
    studio.window.show_page("Live")
    live = studio.window.page("Live")
    (button,) = live.findChildren(BuiltinButton)
    studio.until(button.isVisible)
    assert "walking" in button.toolTip()
    studio.click(button)
    studio.until(lambda: studio.board.has_model)
    studio.until(lambda: live.panels and not button.isVisible())
    studio.until(lambda: not studio.session.training.running)
    assert studio.failures == []


def test_a_label_key_counts_down_and_records(studio: Studio, start_board: StartBoard) -> None:
    studio.connect(start_board())
    studio.window.show_page("Record")
    studio.press(Qt.Key.Key_1)
    view = studio.window.page("Record")
    studio.until(lambda: view.next_words.text() == "then: sitting")
    studio.until(lambda: studio.board.recording and studio.board.recording.label == "sitting")
    begun = studio.board.recording.quality.samples
    # A segment needs a sample from after the key; on a busy machine samples come late.
    second = round(LSM9DS1.format.rate_hz)
    studio.until(lambda: studio.board.recording.quality.samples > begun + second)
    studio.press(Qt.Key.Key_0)
    studio.until(lambda: studio.board.recording.label is None)
    studio.click(view.record_button)
    studio.until(lambda: studio.board.recording is None)
    (made,) = recordings(studio)
    assert made.segments[0].start_us > made.start_us + 2_000_000


def test_a_plan_counts_down_beeps_and_is_read_from_across_the_room(
    studio: Studio, start_board: StartBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    beeps: list[str] = []
    studio.connect(start_board("--speed", "4"))
    studio.window.show_page("Record")
    view = studio.window.page("Record")
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(view.big.words))
    view.tabs.setCurrentIndex(1)
    view.plan.setPlainText("sitting 6\nstairs, up 6\nrepeat 2")
    studio.press(Qt.Key.Key_F11)
    assert view.big_screen is not None
    studio.press(Qt.Key.Key_R)
    assert (view.big.words, view.seconds.text()) == ("Get ready", "3")
    assert view.next_words.text() == "then: sitting, stairs, up"
    assert studio.board.recording is None
    studio.click(view.record_button)  # Cancel
    assert view.big.words == "Ready"

    studio.press(Qt.Key.Key_R)
    studio.until(lambda: studio.board.recording and view.big.words == "stairs, up")
    assert view.next_words.text() == "then: sitting, stairs, up"
    shown = view.big_screen
    assert shown.step.text() == "stairs, up"
    assert shown.step.sizeHint().width() <= shown.width()
    assert shown.step.sizeHint().height() > shown.height() / 8
    studio.until(lambda: studio.board.recording is None)
    assert len(beeps) == 4
    (made,) = recordings(studio)
    assert [segment.label for segment in made.segments] == 2 * ["sitting", "stairs, up"]
    shown.close()
    assert view.big_screen is None


def test_a_plan_that_cannot_be_read_is_told_beside_it(
    studio: Studio, start_board: StartBoard, tmp_path: Path
) -> None:
    studio.connect(start_board())
    studio.window.show_page("Record")
    view = studio.window.page("Record")
    view.tabs.setCurrentIndex(1)
    view.plan.setPlainText("walking\n")
    assert "walking 60" in view.plan_fault.text()
    assert not view.record_button.isEnabled()
    view.plan.setPlainText("walking 60\n- 5\nsitting 60")
    view.save_plan(tmp_path / "plan.txt")
    view.plan.setPlainText("")
    view.load_plan(tmp_path / "plan.txt")
    assert view.plan_fault.text() == ""
    assert view.plan.toPlainText().splitlines() == ["walking 60", "- 5", "sitting 60"]


def test_a_lost_link_leaves_a_gap_in_the_same_recording(
    studio: Studio, start_board: StartBoard
) -> None:
    board = start_board("--name", "ML-GAP", "--address", "C0:11:22:33:44:55")
    studio.connect(board)
    studio.session.start_recording()
    studio.until(lambda: studio.board.recording and studio.board.recording.quality.samples > 100)
    studio.session.label("walking")
    studio.until(lambda: studio.board.recording.label == "walking")
    board.kill()
    studio.until(lambda: studio.board.state is LinkState.LOST)
    studio.until(lambda: "reconnecting" in studio.window.strip.board.text())
    start_board("--name", "ML-GAP", "--address", "C0:11:22:33:44:55")
    studio.until(lambda: studio.board.state is LinkState.CONNECTED, 40)
    held = studio.board.recording.quality.samples
    studio.until(lambda: studio.board.recording.quality.samples > held + 120)
    studio.session.stop_recording()
    studio.until(lambda: studio.board.recording is None)

    (made,) = recordings(studio)
    assert made.problems == ()
    assert [gap.reason for gap in made.gaps] == ["board restarted"]
    assert made.labels == ["walking"]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
def test_a_recording_that_was_killed_goes_on_when_the_studio_starts(
    studio: Studio, start_board: StartBoard
) -> None:
    board = start_board("--activity", "walking")
    folder = studio.session.recordings_folder
    samples = folder / "walk" / "samples.csv"
    record = (sys.executable, "-m", "motionloop", "record", "--board", board.address)
    which = ("--recordings", str(folder), "--name", "walk", "--label", "walking")
    with subprocess.Popen([*record, *which], stdout=subprocess.DEVNULL) as recorder:
        studio.until(lambda: samples.exists() and samples.stat().st_size > 20_000)
        recorder.kill()
    said: list[str] = []
    studio.session.notice.connect(said.append)
    studio.session.go_on()  # as the studio does when it starts
    studio.until(lambda: studio.session.current and studio.board.recording and said)
    assert said[0].startswith("Going on with walk, which was cut off")
    assert studio.board.recording is not None
    assert studio.board.recording.label == "walking"
    size = samples.stat().st_size
    studio.until(lambda: samples.stat().st_size > size + 20_000)
    studio.session.stop_recording()
    studio.until(lambda: studio.board.recording is None)
    (recording,) = recordings(studio)
    assert (recording.quality.lost, recording.gaps, recording.problems) == (0, (), ())
    assert [segment.label for segment in recording.segments] == ["walking"]


def test_a_link_lost_while_pushing_goes_on(
    studio: Studio, start_board: StartBoard, package: bytes
) -> None:
    board = start_board()
    studio.connect(board)
    jobs = studio.session.training
    jobs.push(put_model(studio, package))
    studio.until(lambda: jobs.progress and jobs.progress.stage == "push" and jobs.progress.done)
    board.send_line("disconnect")
    studio.until(lambda: jobs.outcome, 60)
    assert jobs.outcome.pushed
    assert studio.board.has_model
    assert studio.failures == []


def test_a_recording_goes_on_through_a_push(
    studio: Studio, start_board: StartBoard, package: bytes
) -> None:
    studio.connect(start_board())
    studio.session.start_recording()
    studio.until(lambda: studio.board.recording and studio.board.recording.quality.samples)
    jobs, ring = studio.session.training, studio.board.ring
    jobs.push(put_model(studio, package))
    studio.until(lambda: jobs.progress and jobs.progress.stage == "push" and jobs.progress.done)
    last_us = ring.last_us
    studio.until(lambda: ring.last_us > last_us)
    assert jobs.outcome is None
    studio.until(lambda: jobs.outcome, 40)
    studio.session.stop_recording()
    studio.until(lambda: studio.board.recording is None)
    (made,) = recordings(studio)
    assert made.gaps == ()


def test_silence_is_said_where_one_looks_heard_and_noted_in_the_recording(
    studio: Studio, start_board: StartBoard, package: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a battery is empty, in the middle of a recording."""
    beeps: list[float] = []
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(time.monotonic()))
    board = start_board("--activity", "walking")
    studio.connect(board)
    run_golden(studio, package)
    studio.window.show_page("Live")
    panel = studio.window.page("Live").panels[board.address]
    studio.window.show_page("Record")
    record = studio.window.page("Record")
    studio.press(Qt.Key.Key_R)
    studio.until(lambda: studio.board.recording and studio.board.recording.quality.samples > 100)
    assert record.plot.notice.isHidden()
    board.kill()
    studio.until(lambda: record.plot.notice.isVisible())
    assert f"No data from {board.name} for " in record.plot.notice.text()
    studio.until(lambda: record.big.words == "No data")
    assert f"No data from {board.name}" in record.next_words.text()
    studio.until(lambda: f"No data from {board.name}" in studio.window.strip.board.text())
    studio.until(lambda: beeps)
    studio.window.show_page("Live")
    studio.until(lambda: panel.activity.words == "No data")
    assert f"No data from {board.name}" in panel.facts.text()
    assert panel.swatch.pixmap().toImage().pixelColor(16, 16) == QColor(colours.UNKNOWN)
    studio.window.show_page("Record")
    studio.press(Qt.Key.Key_R)
    studio.until(lambda: studio.board.recording is None)
    studio.until(lambda: recordings(studio)[0].description.notes)
    (made,) = recordings(studio)
    assert f"after the last data from {board.name}: the link was lost" in made.description.notes


def test_live_says_likeness_of_every_activity_and_the_time_of_a_board(
    studio: Studio, start_board: StartBoard, package: bytes
) -> None:
    """Neither a smoothed softmax nor this computer's milliseconds are taken for more."""
    board = start_board("--activity", "walking")
    studio.connect(board)
    run_golden(studio, package)
    studio.window.show_page("Live")
    panel = studio.window.page("Live").panels[board.address]
    studio.click(panel.all_button)
    studio.until(lambda: panel.classes.bars and studio.board.macs)
    assert list(panel.classes.bars) == list(studio.board.labels)
    studio.until(lambda: sum(bar.value() for bar in panel.classes.bars.values()) > 200)
    studio.until(lambda: "ms on a Nano" in panel.facts.text())
    assert "sure" not in panel.confidence.text()
    view = studio.window.page("Live")
    studio.click(view.why_button)
    studio.until(lambda: view.explaining.why)
    reasons = view.explaining.why.reasons
    assert any("not here" in reason.words for reason in reasons)  # the golden model's recordings
    view.explaining.accept()


def test_live_goes_on_after_a_lost_link(
    studio: Studio, start_board: StartBoard, package: bytes
) -> None:
    board = start_board("--activity", "walking")
    studio.connect(board)
    run_golden(studio, package)
    studio.window.show_page("Live")
    panel = studio.window.page("Live").panels[board.address]
    log = studio.session.log
    studio.until(lambda: log.moments(board.address))
    board.send_line("disconnect")
    studio.until(lambda: studio.board.reconnects)
    seen = len(log.moments(board.address))
    studio.until(lambda: len(log.moments(board.address)) > seen + 1)
    studio.until(lambda: "to the last bit" in panel.agreement.text())
    assert studio.board.shadow.differing == 0


def test_what_was_wrong_waits_for_the_next_training(
    studio: Studio, start_board: StartBoard, package: bytes
) -> None:
    board = start_board("--activity", "walking")
    studio.connect(board)
    run_golden(studio, package)
    studio.window.show_page("Live")
    view = studio.window.page("Live")
    made_by_board: list[Prediction] = []
    studio.session.predicted.connect(lambda _, prediction: made_by_board.append(prediction))
    studio.until(lambda: made_by_board)
    held = made_by_board[-1]
    studio.press(Qt.Key.Key_W)  # hold this window
    assert f"Held: a window of {board.name}" in view.wrong_words.text()
    studio.until(lambda: made_by_board[-1] is not held)
    studio.press(Qt.Key.Key_4)
    studio.until(lambda: f"{board.name}: kept as running" in view.wrong_words.text())

    (made,) = recordings(studio)
    (segment,) = made.segments
    assert segment.label == "running"
    assert abs(segment.end_us - held.t_us) < 10
    span = round(studio.board.package.input.window_s * made.rate_hz)
    assert abs(len(made.seq) - span) <= 2

    # A second one lies in the same recording, apart from the first.
    studio.until(lambda: made_by_board[-1].t_us > held.t_us + 2_000_000)
    studio.press(Qt.Key.Key_1)
    studio.until(lambda: "kept as sitting" in view.wrong_words.text())
    (made,) = recordings(studio)
    assert made.labels == ["running", "sitting"]
    assert (len(made.gaps), made.quality.lost) == (1, 0)  # nothing was lost between the two

    # Each is in the list with its undo; the recording of the last one goes into the bin.
    def shown() -> int:
        """How many there are, once Qt shows them."""
        return sum(button.isVisible() for button in view.corrections.undo_buttons)

    studio.until(lambda: shown() == 2)
    labels = [one.segment.label for one in view.corrections.corrections]
    assert labels == ["sitting", "running"]
    assert {one.board for one in view.corrections.corrections} == {board.name}
    studio.click(view.corrections.undo_buttons[0])
    studio.until(lambda: shown() == 1)
    assert "kept as" not in view.wrong_words.text()
    assert recordings(studio)[0].labels == ["running"]
    studio.click(view.corrections.undo_buttons[0])
    studio.until(lambda: not view.corrections.corrections)
    assert recordings(studio) == []
    assert len(in_bin(studio.session.recordings_folder)) == 1


def test_a_live_moment_is_looked_into(
    studio: Studio, start_board: StartBoard, package: bytes
) -> None:
    """The present window by its key, an earlier one by a click, and one whose samples are gone."""
    board = start_board("--activity", "walking", "--speed", "4")
    studio.connect(board)
    studio.window.show_page("Live")
    view = studio.window.page("Live")
    run_golden(studio, package)
    panel = view.panels[board.address]
    studio.until(lambda: len(panel._heard) > 6)
    studio.press(Qt.Key.Key_L)
    studio.until(lambda: view.looker.dialog and view.looker.dialog.state.activations)
    dialog = view.looker.dialog
    series = dialog.state.series
    assert dialog.state.at == series.first
    assert series.title == f"Live: {board.name}"
    assert dialog.heading.words == series.title
    assert answer(dialog.state, 0)[-1].endswith("the same, to the last bit.")
    assert len(series.windows) > 3
    dialog.close()

    middle = panel._heard[len(panel._heard) // 2][0]
    ago = (time.monotonic() - middle) / SHOWN_S * panel.strip.width()
    place = QPoint(round(panel.strip.width() - ago), 10)
    QTest.mouseClick(panel.strip, Qt.MouseButton.LeftButton, pos=place)
    studio.until(lambda: dialog.state.activations)
    assert dialog.state.at < len(dialog.state.series.windows) - 1
    dialog.close()

    studio.board.ring = SampleRing(studio.board.info, seconds=1.0)  # forgets
    panel.look_inside(0.0)
    studio.until(lambda: studio.failures)
    assert "the last 1 s are kept" in studio.failures[0]
    assert not dialog.isVisible()


def test_a_label_is_looked_into_by_one_key(studio: Studio, tmp_path: Path) -> None:
    folder = studio.session.recordings_folder
    walk = Segment(START_US + 20_000_000, START_US + 30_000_000, "walking")
    write_repeated(folder / "one", 40.0, [walk])
    studio.window.show_page("Label")
    label = studio.window.page("Label")
    studio.until(lambda: label.recording is not None)
    studio.press(Qt.Key.Key_L)
    studio.until(lambda: studio.failures)
    assert "no model to look into yet" in studio.failures[0]

    builtin = Path(__file__).parents[2] / "models" / "builtin.mlpkg"
    model = put_model(studio, builtin.read_bytes()).parent
    metrics = {"labels": ["walking"], "int8": {"accuracy": 0.9}}
    (model / "metrics.json").write_text(json.dumps(metrics))
    studio.press(Qt.Key.Key_Down, on=label.timeline)
    studio.press(Qt.Key.Key_L)
    studio.until(lambda: label.looker.dialog and label.looker.dialog.state.activations)
    series = label.looker.dialog.state.series
    assert {place.label for place in series.places} == {"walking"}
    assert len(series.windows) == 6
    label.looker.dialog.close()

    # Around the cursor where nothing is labelled.
    label.state.place_cursor(START_US + 5_000_000)
    studio.click(label.look_button)
    studio.until(lambda: label.looker.dialog.state.activations)
    state = label.looker.dialog.state
    assert state.series.places[state.at].label is None
    label.looker.dialog.close()


def test_the_result_of_a_training_is_looked_into(studio: Studio) -> None:
    folder = studio.session.recordings_folder
    segments = [segment for segment in even_segments(3, 60) if segment.label != "running"]
    for name in ("a", "b"):
        write_repeated(folder / name, 60.0, segments)
    builtin = Path(__file__).parents[2] / "models" / "builtin.mlpkg"
    model = put_model(studio, builtin.read_bytes()).parent
    metrics = json.loads(builtin.with_suffix(".json").read_text())
    metrics["data"] = {"sessions": ["a", "b"], "synthetic": True}
    metrics["split"] |= {"kind": "session", "held_out": ["b"]}
    metrics["int8"]["person_accuracy"] = {"Ada": 1.0}
    (model / "metrics.json").write_text(json.dumps(metrics))
    studio.window.show_page("Train")
    train = studio.window.page("Train")
    studio.click(train.look_button)
    studio.until(lambda: train.looker.dialog and train.looker.dialog.state.activations)
    series = train.looker.dialog.state.series
    assert series.title == "Held-out windows, worst first"
    assert all(place.words.endswith("of b") for place in series.places)
    train.looker.dialog.close()


def test_a_board_worn_turned_is_told_in_its_panel(
    studio: Studio, start_board: StartBoard, package: bytes, tmp_path: Path
) -> None:
    write_repeated(tmp_path / "minute", 60.0)
    whole = Recording.open(tmp_path / "minute")
    walking = slice(len(whole.seq) // 3 + 119, 2 * len(whole.seq) // 3 - 119)
    as_trained, turned = whole.raw[walking], whole.raw[walking][:, [0, 2, 1, 3, 5, 4]]
    turned[:, [2, 5]] *= -1  # by 90 degrees about x; z is the vertical
    windows = whole.accel_g[walking][: 7 * 304].reshape(7, 304, 3)  # of 2.56 s
    wearing = learn_wearing(windows, np.zeros(7, np.int64), ["walking"])
    metrics = {"model_id": model_id(package).hex(), "wearing": wearing.to_json()}
    (put_model(studio, package).parent / "metrics.json").write_text(json.dumps(metrics))
    boards = []
    for name, raw in (("right", as_trained), ("turned", turned)):
        worn = replace(whole, raw=raw, seq=whole.seq[walking], t_us=whole.t_us[walking])
        write_recording(worn, tmp_path / name)
        replay = ("--replay", str(tmp_path / name), "--repeat", "--speed", "8")
        boards.append(start_board(*replay))
        studio.connect(boards[-1])
        studio.session.choose(boards[-1].address)
        run_golden(studio, package)
    studio.window.show_page("Live")
    right, wrong = (studio.window.page("Live").panels[board.address] for board in boards)
    studio.until(wrong.warning.isVisible)
    assert "worn turned by about 90 degrees" in wrong.warning.text()
    studio.until(lambda: studio.session.links[boards[0].address].worn.judged)
    right.refresh()
    assert not right.warning.isVisible()


def test_samples_that_cannot_be_right_are_told_in_the_boards_panel(
    studio: Studio, start_board: StartBoard, package: bytes, tmp_path: Path
) -> None:
    """Metres per second squared under the scale of g, as a wrong range of the sensor gives."""
    write_repeated(tmp_path / "minute", 60.0)
    whole = Recording.open(tmp_path / "minute")
    metres = whole.raw.copy()
    metres[:, :3] = (whole.raw[:, :3] * G_M_S2).clip(-wire.MAX_RAW, wire.MAX_RAW)
    write_recording(replace(whole, raw=metres), tmp_path / "metres")
    studio.connect(start_board("--replay", str(tmp_path / "metres"), "--repeat", "--speed", "8"))
    run_golden(studio, package)
    studio.window.show_page("Live")
    panel = studio.window.page("Live").panels[studio.board.address]
    studio.until(panel.warning.isVisible)
    # Another stretch of the same samples may be judged in other words.
    studio.until(lambda: "where g is expected" in panel.warning.text())


def test_cancelling_a_push_leaves_the_board_as_it_was(
    studio: Studio, start_board: StartBoard, package: bytes
) -> None:
    studio.connect(start_board())
    jobs = studio.session.training
    jobs.push(put_model(studio, package))
    studio.window.show_page("Train")
    studio.until(lambda: jobs.progress and jobs.progress.stage == "push" and jobs.progress.done)
    studio.press(Qt.Key.Key_Escape)
    studio.until(lambda: not jobs.running)
    assert jobs.outcome is None
    assert not studio.board.has_model
    assert studio.failures == []
    # And it can be pushed after all.
    jobs.push(studio.session.models_folder / "golden" / PACKAGE_FILE)
    studio.until(lambda: jobs.outcome, 60)
    assert studio.board.has_model


@pytest.mark.parametrize("answer", [Qt.Key.Key_K, Qt.Key.Key_F, Qt.Key.Key_Escape])
def test_a_model_that_is_not_better_is_asked_about(studio: Studio, answer: Qt.Key) -> None:
    jobs = studio.session.training
    decided: list[bool] = []

    async def ask() -> None:
        decided.append(await jobs._ask(ModelComparison(0.8, 0.9, 100)))

    studio.window.show_page("Train")
    jobs._begin("Retraining", ask())
    view = studio.window.page("Train")
    studio.until(view.question.isVisible)
    assert "80.0% of 100" in view.question_words.text()
    studio.press(answer)
    studio.until(lambda: not jobs.running)
    assert decided == {Qt.Key.Key_K: [False], Qt.Key.Key_F: [True]}.get(answer, [])
    assert not view.question.isVisible()


# Those of retrain and flash are in tests/studio/jobs/test_stages.py.
STAGES = ["scanning", "connecting", "recording", "plan", "training"]


@pytest.mark.parametrize("stage", STAGES)
def test_closing_in_the_middle_loses_nothing(
    studio: Studio, start_board: StartBoard, stage: str
) -> None:
    board = start_board()
    session, jobs = studio.session, studio.session.training
    if stage == "scanning":
        assert session.scanning
    elif stage == "connecting":
        view = studio.window.page("Connect")
        studio.until(lambda: board.address in view._rows)
        studio.until(view.row_of(board.address).connect_button.isVisible)
        studio.click(view.row_of(board.address).connect_button)
    else:
        studio.connect(board)
    recorded = 0
    if stage in ("recording", "plan"):
        steps = [Step("walking", 60.0)] if stage == "plan" else []
        session.start_recording(steps)
        if stage == "recording":
            studio.until(lambda: studio.board.recording)
            session.label("walking")
        studio.until(lambda: studio.board.recording and studio.board.recording.label)
        # A plan's first second stays without a label: a person takes time to follow.
        studio.until(lambda: studio.board.recording.quality.duration_s > REACTION_S + 1)
        recorded = studio.board.recording.quality.samples
    elif stage == "training":
        session.start_recording([Step("walking", 0.5)])
        studio.until(lambda: list(session.recordings_folder.glob("*/recording.json")))
        jobs.retrain(TrainingData(recording_folders(studio.session.recordings_folder)), True)
        studio.until(lambda: jobs.progress)
    studio.close()
    if stage == "training":
        assert not list(session.models_folder.glob("*"))
    if recorded:
        (made,) = recordings(studio)
        assert made.problems == ()
        assert len(made.seq) >= recorded
        assert made.labels == ["walking"]
    assert studio.failures == []


def test_two_boards_side_by_side(studio: Studio, start_board: StartBoard, package: bytes) -> None:
    one, two = start_board("--name", "ML-ONE"), start_board("--name", "ML-TWO")
    studio.connect(one)
    studio.connect(two)
    view = studio.window.page("Connect")
    assert studio.board.address == one.address
    studio.click(view.row_of(two.address).identify_button)
    studio.until(lambda: "ML-TWO blinks" in studio.window.banner.words.text())
    run_golden(studio, package)
    studio.click(view.row_of(two.address).use_button)
    assert studio.board.address == two.address
    studio.window.show_page("Live")
    live = studio.window.page("Live")
    panels = live.panels
    assert set(panels) == {one.address, two.address}
    studio.until(lambda: all(panel.isVisible() for panel in panels.values()))

    # The board in use has no model yet: its own panel says so, and nothing of the other is taken.
    assert panels[two.address].activity.words == "No model"
    assert "ML-TWO" in panels[two.address].confidence.text()
    studio.until(lambda: panels[one.address].activity.words != "Waiting")
    studio.press(Qt.Key.Key_W)
    studio.press(Qt.Key.Key_2)
    assert live.wrong_words.text() == "Nothing of ML-TWO was recognised yet."
    assert live.plot.name.text() == "Motion of ML-TWO"

    # A click on the other panel takes plot and corrections there; what was held stays held.
    studio.click_at(panels[one.address])
    assert live.plot.name.text() == "Motion of ML-ONE"
    assert live.plot.ring is studio.session.links[one.address].ring
    studio.press(Qt.Key.Key_W)
    studio.click_at(panels[two.address])
    studio.press(Qt.Key.Key_2)
    studio.until(lambda: "ML-ONE: kept as standing" in live.wrong_words.text())
    (made,) = recordings(studio)
    assert made.description.board.address == one.address

    # A recording of the board that is not in use is not out of sight.
    studio.session.start_recording()
    studio.until(lambda: "● recording" in studio.window.strip.recording.words)
    studio.session.choose(one.address)
    assert studio.window.strip.recording.words == "● ML-TWO recording"
    studio.session.choose(two.address)
    studio.session.stop_recording()
    studio.until(lambda: studio.board.recording is None)

    run_golden(studio, package)
    studio.until(lambda: panels[two.address].activity.words not in ("No model", "Waiting"))
    assert studio.failures == []
    studio.window.show_page("Connect")
    studio.click(view.row_of(two.address).connect_button)  # disconnects
    studio.until(lambda: two.address not in studio.session.links)
    assert studio.board.address == one.address


def test_the_windows_virtual_board_is_the_same_after_a_restart(
    studio: Studio, start_board: StartBoard
) -> None:
    session = studio.session

    def start() -> str:
        session.start_virtual_board()
        studio.until(lambda: session.current and studio.board.state is LinkState.CONNECTED, 40)
        return studio.board.address

    def stop() -> None:
        session.cancel("virtual")
        studio.until(lambda: not session.links and not session.has_virtual_board)

    first = start()
    stop()
    assert start() == first

    # Its process dies: that is said, and another one takes its place with the same link.
    link, connect = studio.board, studio.window.page("Connect")
    assert session._virtual is not None
    session._virtual.kill()
    studio.until(lambda: not session.has_virtual_board and link.state is LinkState.LOST)
    assert f"{link.name} has ended by itself" in studio.failures[-1]
    assert connect.more_button.isEnabled()
    assert start() == first
    assert session.links == {first: link}
    assert session.virtual_address == first
    stop()
    # In another window it is on air already: then it is another one.
    start_board("--address", first)
    assert start() != first


def test_no_board_is_said_once_in_words(studio: Studio) -> None:
    studio.session.start_recording()
    studio.until(lambda: studio.window.banner.isVisible())
    assert "connect one" in studio.window.banner.words.text()
    studio.window.show_page("Live")
    assert studio.window.page("Live")._no_board.isVisible()
    studio.session.training.retrain(TrainingData([]), push=False)
    assert "record a few activities" in studio.window.banner.words.text()


def test_what_is_ticked_reaches_the_training(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else one bad recording, or one that the checks refuse, could not be trained past."""
    recordings = studio.session.recordings_folder
    write_repeated(recordings / "one", 1)
    NamedSplit("exam", "session", {}, {"": ("one",)}).save(splits_folder(recordings))
    asked: list[TrainingRequest] = []

    async def keep(request: TrainingRequest, push: bool) -> None:
        asked.append(request)

    monkeypatch.setattr(studio.session.training, "_retrain", keep)
    studio.window.show_page("Train")
    page = studio.window.page("Train")
    studio.click(page.train_button)
    studio.until(lambda: len(asked) == 1 and page.train_button.isVisible())
    page.skip_bad.click()
    page.despite_checks.click()
    page.named_split.setCurrentText("exam")
    studio.click(page.train_button)
    studio.until(lambda: len(asked) == 2 and page.train_button.isVisible())
    (recordings / "splits/exam.json").unlink()
    studio.window.show_page("Data")
    studio.window.show_page("Train")  # what is gone is not offered any more
    assert page.named_split.count() == 1
    studio.click(page.train_button)
    studio.until(lambda: len(asked) == 3)
    assert [(request.skip_bad, request.despite, request.named_split) for request in asked] == [
        (False, (), None),
        (True, tuple(REFUSED), "exam"),
        (True, tuple(REFUSED), None),
    ]


def test_labels_and_people_are_ticked_and_short_labels_never_block(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which is whose is said beside it; what is not ticked stays so after a restart."""
    folder, start = studio.session.recordings_folder, START_US
    walk, sit = (
        Segment(start + a, start + a + 35_000_000, b)
        for a, b in ((0, "walking"), (35_000_000, "sitting"))
    )
    wave = Segment(start + 70_000_000, start + 73_000_000, "waving")
    write_repeated(folder / "ada", 80, [walk, sit, wave], wearer="Ada")
    write_repeated(folder / "ben", 80, [walk, sit], wearer="Ben")
    write_repeated(folder / "cy", 80, [walk], wearer="Cy")
    describe(folder / "cy", About(excluded=True))
    asked: list[TrainingRequest] = []

    async def keep(request: TrainingRequest, push: bool) -> None:
        asked.append(request)

    monkeypatch.setattr(studio.session.training, "_retrain", keep)
    studio.window.show_page("Train")
    page = studio.window.page("Train")
    assert page.summary.text() == "On 2 of 3. Too short, left out: waving, 3 s of Ada."
    studio.click(page.choose_button)
    assert list(page.choice.people_boxes) == ["Ada", "Ben"]
    studio.click(page.train_button)
    studio.until(lambda: len(asked) == 1 and page.train_button.isVisible())
    page.choice.people_boxes["Ada"].click()
    assert list(page.choice.label_boxes) == ["sitting", "walking"]
    page.choice.label_boxes["walking"].click()
    assert page.summary.text() == "On 1 of 3. Not ticked: walking."
    studio.click(page.train_button)
    studio.until(lambda: len(asked) == 2)
    names = [[Path(path).name for path in request.recordings] for request in asked]
    assert sorted(names[0]) == ["ada", "ben"]
    assert names[1] == ["ben"]
    assert [request.labels for request in asked] == [None, ("sitting",)]
    assert all(request.skip_short for request in asked)
    again = TrainingChoice(studio.session.settings)
    again.show_entries(entries(folder))
    assert again.paths == [folder / "ben"]


@pytest.mark.training
def test_from_the_first_launch_to_live_predictions(studio: Studio) -> None:
    """By clicks and keys only."""
    session, window = studio.session, studio.window
    session.virtual_arguments = ("--speed", "8")
    studio.click(window.page("Connect").virtual_button)
    studio.until(lambda: session.current and studio.board.state is LinkState.CONNECTED, 40)
    studio.press(Qt.Key.Key_2, control=True)
    record = window.page("Record")
    record.wearer.setText("Ada")
    record.tabs.setCurrentIndex(1)
    record.plan.setPlainText("sitting 36\nwalking 36")
    studio.press(Qt.Key.Key_R)
    studio.until(lambda: studio.board.recording)
    studio.until(lambda: studio.board.recording is None, 60)
    studio.click(window._rail_buttons["Train"])
    train, jobs = window.page("Train"), session.training
    studio.click(train.retrain_button)
    studio.until(lambda: jobs.outcome, 120)
    assert jobs.outcome.pushed
    assert train.result.accuracy.text().endswith("%")
    studio.click(window._rail_buttons["Live"])
    panel = window.page("Live").panels[studio.board.address]
    studio.until(lambda: panel.activity.words in ("sitting", "walking", "unknown"), 30)

    # What was called walking was running: relabel it, and the next model knows running only.
    studio.click(window._rail_buttons["Label"])
    label = window.page("Label")
    studio.until(lambda: label.recording is not None)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_4):
        studio.press(key, on=label.timeline)
    studio.until(lambda: set(recordings(studio)[0].labels) == {"sitting", "running"})
    studio.press(Qt.Key.Key_5, control=True)
    studio.click(train.then_variants)
    studio.press(Qt.Key.Key_Return, control=True)
    studio.until(lambda: jobs.running)
    studio.until(lambda: jobs.outcome, 120)
    # The variants are measured while the board runs the new model; nobody has to wait for them.
    studio.until(lambda: [variant["name"] for variant in jobs.variants], 60)
    assert jobs.variants[0]["name"] == "base, float32"
    studio.press(Qt.Key.Key_Escape)
    studio.until(lambda: not jobs.running)
    assert jobs.comparison.old < jobs.comparison.new
    assert studio.board.labels == ("running", "sitting")
    assert studio.failures == []
