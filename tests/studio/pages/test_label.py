"""Labelling as a person does it: by mouse and keys, and what is on the disk afterwards."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from motionloop.recordings.recording import SAMPLES_FILE, Recording
from motionloop.recordings.recording_json import Description, Video
from motionloop.recordings.segments import Segment
from motionloop.recordings.writer import RecordingWriter, write_recording
from motionloop.studio.labelling.video_pane import player_installed
from motionloop.studio.pages.label import LabelView
from motionloop.studio.pages.rename_dialog import RenameDialog
from motionloop.studio.session import Session
from motionloop.studio.theme import theme
from tests.recordings.takes_of_gestures import Gesture, take
from tests.studio.repeated_motion import START_US, even_segments, write_repeated

SECONDS = 20.0
SIT = Segment(START_US + 2_000_000, START_US + 6_000_000, "sitting")
WALK = Segment(START_US + 10_000_000, START_US + 14_000_000, "walking")
NONE, SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
_STEP_US = SECONDS * 1e6 / 100  # of the cursor, at an arrow key, all of it in view


class Labelling:
    """The view with what a person does to it."""

    def __init__(self, bot: QtBot, folder: Path) -> None:
        self.bot, self.folder = bot, folder
        settings = QSettings(str(folder.parent / "studio.ini"), QSettings.Format.IniFormat)
        theme.start(settings)
        self.session = Session(folder, folder.parent / "models", settings)
        self.failures: list[str] = []
        self.told: list[str] = []
        self.session.failed.connect(self.failures.append)
        self.session.notice.connect(self.told.append)
        self.view = LabelView(self.session)
        self.view.resize(1192, 640)
        bot.addWidget(self.view)
        with bot.waitActive(self.view):
            self.view.show()
        self.view.timeline.setFocus()

    @property
    def segments(self) -> list[tuple[float, float, str]]:
        """As saved; seconds after the first sample."""
        self.view.flush()
        assert self.view.recording is not None
        assert self.view.recording.path is not None
        return [
            (
                round((s.start_us - START_US) / 1e6, 1),
                round((s.end_us - START_US) / 1e6, 1),
                s.label,
            )
            for s in Recording.open(self.view.recording.path).segments
        ]

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            self.bot.keyClick(self.view.timeline, key, held)

    def put(self, number: int, label: str) -> None:
        """Press a label's number, which its button answers at once."""
        self.press(Qt.Key(Qt.Key.Key_0 + number))
        assert self.view.state.label == label

    def click(self, button: QAbstractButton) -> None:
        assert button.isEnabled()
        self.bot.mouseClick(button, Qt.MouseButton.LeftButton)

    def drag(self, from_s: float, to_s: float, held: Qt.KeyboardModifier = NONE) -> None:
        """On the lane; a drag to where it began is a click."""
        lane, left = self.view.timeline.lane, Qt.MouseButton.LeftButton
        begin, end = (
            QPoint(round(lane.x_of(START_US + s * 1e6)), lane.height() // 2) for s in (from_s, to_s)
        )
        self.bot.mousePress(lane, left, held, begin)
        self.bot.mouseMove(lane, (begin + end) / 2)
        self.bot.mouseMove(lane, end)
        self.bot.mouseRelease(lane, left, held, end)


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[], Labelling]]:
    """Opens the view on what was written into the folder of recordings."""
    started: list[Labelling] = []

    def begin() -> Labelling:
        started.append(Labelling(qtbot, tmp_path / "recordings"))
        return started[-1]

    yield begin
    for labelling in started:
        labelling.session.close()


@pytest.fixture
def labelling(start: Callable[[], Labelling], tmp_path: Path) -> Labelling:
    write_repeated(tmp_path / "recordings" / "one", SECONDS, [SIT, WALK])
    return start()


def near(segments: list[tuple[float, float, str]]) -> object:
    """Within a pixel or two of the lane."""
    return [
        (pytest.approx(start, abs=0.1), pytest.approx(end, abs=0.1), name)
        for start, end, name in segments
    ]


# --- by mouse ---------------------------------------------------------------------------------
def test_drawing_needs_a_label_and_stops_at_the_next_segment(labelling: Labelling) -> None:
    labelling.drag(7, 8)
    assert "Choose a label first" in labelling.failures.pop()
    labelling.click(labelling.view.keys.buttons["running"])
    labelling.drag(7, 12)
    assert labelling.segments == near([(2, 6, "sitting"), (7, 10, "running"), (10, 14, "walking")])


def test_dragging_moves_a_segment_and_its_ends(labelling: Labelling) -> None:
    labelling.drag(4, 5)
    labelling.drag(14, 18)
    labelling.drag(10, 8)
    assert labelling.segments == near([(3, 7, "sitting"), (8, 18, "walking")])
    labelling.drag(5, 12)  # the next one is in the way
    assert labelling.segments == near([(4, 8, "sitting"), (8, 18, "walking")])


def test_a_stretch_marked_on_the_signal_is_labelled(labelling: Labelling) -> None:
    plots, left = labelling.view.timeline.plots.viewport(), Qt.MouseButton.LeftButton
    spots = [QPoint(round(labelling.view.timeline.plots.x_of(START_US + s * 1e6)), 60)
             for s in (15, 16, 18)]  # fmt: skip
    labelling.bot.mousePress(plots, left, SHIFT, spots[0])
    for spot in spots[1:]:
        labelling.bot.mouseMove(plots, spot)
    labelling.bot.mouseRelease(plots, left, SHIFT, spots[-1])
    labelling.click(labelling.view.keys.buttons["standing"])
    assert labelling.segments[2:] == near([(15, 18, "standing")])


def test_buttons_split_rename_merge_and_delete(labelling: Labelling) -> None:
    view = labelling.view
    labelling.drag(4, 4)
    labelling.click(view.split_button)
    labelling.click(view.keys.buttons["running"])
    assert labelling.segments[:2] == near([(2, 4, "sitting"), (4, 6, "running")])
    labelling.click(view.merge_button)
    assert labelling.segments == near([(2, 4, "sitting"), (4, 14, "running")])
    labelling.click(view.delete_button)
    assert labelling.segments == near([(2, 4, "sitting")])
    assert not view.delete_button.isEnabled()


# --- by keys ----------------------------------------------------------------------------------
def test_everything_is_done_by_keys(labelling: Labelling) -> None:
    press, step_s = labelling.press, _STEP_US / 1e6
    press(Qt.Key.Key_Right, CTRL, 8)  # to 16 s
    press(Qt.Key.Key_Right, SHIFT, 10)
    labelling.put(4, "running")
    assert labelling.segments[2] == (16.0, 18.0, "running")
    press(Qt.Key.Key_Left, ALT, 5)
    assert labelling.segments[2] == (16.0 - 5 * step_s, 18.0 - 5 * step_s, "running")
    labelling.put(2, "standing")
    assert labelling.segments[2][2] == "standing"
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Right, times=5)
    press(Qt.Key.Key_S)
    assert labelling.segments[1:3] == [(10.0, 11.0, "walking"), (11.0, 14.0, "walking")]
    press(Qt.Key.Key_Delete)
    press(Qt.Key.Key_Right, times=5)
    press(Qt.Key.Key_BracketRight)
    assert labelling.segments[1] == (10.0, 12.0, "walking")
    press(Qt.Key.Key_Left, times=5)
    press(Qt.Key.Key_BracketLeft)
    assert labelling.segments[1] == (11.0, 12.0, "walking")
    press(Qt.Key.Key_M)
    assert labelling.segments[1:] == [(11.0, 17.0, "walking")]
    press(Qt.Key.Key_Z, CTRL, 20)
    assert labelling.segments == near([(2, 6, "sitting"), (10, 14, "walking")])
    press(Qt.Key.Key_Y, CTRL, 20)
    assert labelling.segments[1:] == [(11.0, 17.0, "walking")]


def test_trimming_marks_the_part_that_training_uses(labelling: Labelling) -> None:
    labelling.press(Qt.Key.Key_Right, CTRL, 2)
    labelling.press(Qt.Key.Key_I)
    labelling.press(Qt.Key.Key_Right, CTRL, 4)
    labelling.press(Qt.Key.Key_O)
    labelling.view.flush()
    made = Recording.open(labelling.folder / "one")
    assert made.trim is not None
    assert (made.trim.start_us - START_US) / 1e6 == pytest.approx(4, abs=0.01)
    assert (made.trim.end_us - START_US) / 1e6 == pytest.approx(12, abs=0.01)
    assert len(made.segments) == 2
    sit, walk = made.used_segments
    assert (sit.start_us, walk.end_us) == (made.trim.start_us, made.trim.end_us)
    labelling.press(Qt.Key.Key_U)
    labelling.view.flush()
    assert Recording.open(labelling.folder / "one").trim is None


def test_zoom_by_keys_and_wheel_reaches_the_samples_and_comes_back(labelling: Labelling) -> None:
    state = labelling.view.state
    whole = state.range_us
    labelling.press(Qt.Key.Key_Plus, times=30)
    start_us, end_us = state.range_us
    assert end_us - start_us == pytest.approx(12 * state.period_us)
    labelling.press(Qt.Key.Key_F)
    assert state.range_us == whole
    labelling.press(Qt.Key.Key_H)
    labelling.press(Qt.Key.Key_H)
    labelling.press(Qt.Key.Key_End)
    labelling.press(Qt.Key.Key_PageDown)
    assert state.range_us == whole


# --- what is on the disk ----------------------------------------------------------------------
def test_an_edit_is_saved_by_itself_and_by_leaving(labelling: Labelling) -> None:
    one = labelling.folder / "one"
    labelling.press(Qt.Key.Key_Down)
    labelling.press(Qt.Key.Key_Delete)
    assert "not saved yet" in labelling.view.status.text()
    labelling.bot.waitUntil(lambda: len(Recording.open(one).segments) == 1)
    assert "not saved" not in labelling.view.status.text()
    labelling.press(Qt.Key.Key_Down)
    labelling.press(Qt.Key.Key_Delete)
    labelling.view.hide()
    assert Recording.open(one).segments == ()


def test_two_programs_labelling_at_once_do_not_undo_each_other(labelling: Labelling) -> None:
    """The window shows the other's labels and asks: nothing of either is lost."""
    one = labelling.folder / "one"
    labelling.press(Qt.Key.Key_Down)
    labelling.press(Qt.Key.Key_Delete)
    theirs = Segment(START_US, START_US + 1_000_000, "jumping")
    Recording.open(one).set_segments([theirs])
    labelling.view.flush()  # not over theirs
    assert Recording.open(one).segments == (theirs,)
    assert labelling.view.state.editor.segments == (theirs,)
    question = labelling.view.question
    assert question is not None
    assert "changed by another program" in question.text()
    assert question.defaultButton() is question.no_button
    question.yes_button.click()
    assert labelling.segments == near([(10, 14, "walking")])
    labelling.view.flush()
    assert Recording.open(one).segments == labelling.view.state.editor.segments


def test_a_change_elsewhere_is_noticed_without_an_edit(labelling: Labelling) -> None:
    Recording.open(labelling.folder / "one").set_segments([WALK])
    labelling.bot.waitUntil(lambda: labelling.view.state.editor.segments == (WALK,))


@pytest.mark.parametrize("moved", [True, False])
def test_a_recording_that_another_program_takes_away_is_not_edited(
    labelling: Labelling, moved: bool
) -> None:
    one = labelling.folder / "one"
    labelling.press(Qt.Key.Key_Down)
    labelling.press(Qt.Key.Key_Delete)
    if moved:
        one.rename(labelling.folder.parent / "elsewhere")
    else:
        shutil.rmtree(one)
    labelling.bot.waitUntil(lambda: labelling.view.table.rowCount() == 0)
    assert labelling.view.state.overview is None
    assert labelling.failures == [
        f"{one} is not there any more, and with it the edits of this moment."
    ]
    write_repeated(labelling.folder / "two", SECONDS, [SIT])
    labelling.session.recordings_changed.emit()
    two = labelling.folder / "two"
    two.rename(labelling.folder / "three")
    labelling.bot.waitUntil(
        lambda: (
            labelling.view.recording is not None
            and labelling.view.recording.path == labelling.folder / "three"
        )
    )


def test_grey_buttons_say_why(labelling: Labelling) -> None:
    view = labelling.view
    buttons = (view.split_button, view.merge_button, view.delete_button)
    own = {"Split (S)", "Merge with the next segment (M)", "Delete (Del)"}
    assert {button.toolTip() for button in buttons} == {
        "No segment is selected: click on one first."
    }
    labelling.press(Qt.Key.Key_Down)
    assert {button.toolTip() for button in buttons} == own
    shutil.rmtree(labelling.folder / "one")
    view.refresh()
    assert {button.toolTip() for button in buttons} == {"No recording is shown."}


def test_a_rename_of_this_window_is_taken_over_without_a_word(labelling: Labelling) -> None:
    view, preferences = labelling.view, labelling.session.preferences
    labelling.put(3, "walking")
    for name, shown in (("striding", "striding"), ("", "walking")):
        banner: list[tuple[str, Callable[[], None]]] = []
        labelling.session.offered.connect(lambda said, _, undo, to=banner: to.append((said, undo)))
        if name:
            dialog = RenameDialog(labelling.session, "walking", [], view)
            dialog.name.setCurrentText(name)
            dialog._rename()
            labelling.bot.waitUntil(lambda to=banner: bool(to))
            undo = banner[0][1]
            assert view.state.label == ""
        else:
            undo()
        labelling.bot.waitUntil(
            lambda label=shown: [s.label for s in view.state.editor.segments] == ["sitting", label]
        )
        labelling.bot.waitUntil(lambda label=shown: preferences.labels[2] == label)
    assert labelling.told == []
    assert labelling.failures == []


def test_labels_that_cannot_be_saved_are_kept_and_their_recording_stays_open(
    labelling: Labelling, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_repeated(labelling.folder / "two", 5)
    labelling.view.refresh()
    labelling.press(Qt.Key.Key_Down)
    labelling.press(Qt.Key.Key_Delete)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        labelling.view.open(labelling.folder / "two")
    assert "disk is full" in labelling.failures[0]
    assert labelling.view.recording.name == "one"
    labelling.view.open(labelling.folder / "two")
    assert labelling.view.recording.name == "two"
    assert Recording.open(labelling.folder / "one").segments == (WALK,)


def test_what_is_being_recorded_can_be_looked_at_and_labelled_when_it_ends(
    labelling: Labelling,
) -> None:
    going = labelling.folder / "going"
    write_repeated(going, 5)
    board = Description.load(going).board
    with RecordingWriter.append_to(going, board):
        labelling.view.open(going)
        labelling.press(Qt.Key.Key_1)
        labelling.press(Qt.Key.Key_I)
        assert "being recorded right now" in labelling.view.problems.text()
        assert "cannot be labelled now" in labelling.failures[-1]
    labelling.bot.waitUntil(lambda: labelling.view.state.editable)


def test_a_recording_that_cannot_be_read_says_why_and_the_others_open(labelling: Labelling) -> None:
    broken = labelling.folder / "broken"
    write_repeated(broken, 2)
    (broken / "samples.csv").write_text("nonsense\n")
    labelling.view.refresh()
    labelling.view.open(broken)
    assert "not the header" in labelling.view.problems.text()
    assert labelling.view.state.overview is None
    labelling.press(Qt.Key.Key_S)
    labelling.view.open(labelling.folder / "one")
    assert labelling.view.state.editable


def test_the_list_tells_each_recording_and_follows_the_edits(labelling: Labelling) -> None:
    folder, table = labelling.folder / "two", labelling.view.table
    write_repeated(folder, 5, wearer="Ben")
    description = Description.load(folder)
    replace(description, created="2026-11-21T08:00:00+01:00").save(folder)
    labelling.session.recordings_changed.emit()
    cells = [[table.item(line, place).text() for place in range(7)] for line in range(2)]
    assert cells[0] == ["2026-11-21 08:00", "two", "Ben", "", "0:05", "", "no labels"]
    assert cells[1][4:] == ["0:20", "sitting, walking", ""]
    labelling.bot.keyClick(table, Qt.Key.Key_Up)
    labelling.bot.keyClick(table, Qt.Key.Key_Return)
    assert labelling.view.recording.wearer == "Ben"
    labelling.press(Qt.Key.Key_End, SHIFT)
    labelling.put(3, "walking")
    labelling.view.flush()
    assert table.item(0, 5).text() == "walking"


def test_the_video_is_kept_with_its_offset_or_it_says_what_is_missing(
    labelling: Labelling,
) -> None:
    video = labelling.view.video
    assert ("PySide6-Addons" in video.words.text()) is not player_installed()
    video.changed.emit(Video("../film.mp4", -1.5))
    assert Recording.open(labelling.folder / "one").description.video == Video("../film.mp4", -1.5)
    assert labelling.segments == near([(2, 6, "sitting"), (10, 14, "walking")])


def test_a_recordings_short_gaps_are_bridged_for_training_alone(
    start: Callable[[], Labelling], tmp_path: Path
) -> None:
    folder = tmp_path / "recordings" / "one"
    write_repeated(folder, SECONDS, [SIT, WALK])
    samples = folder / SAMPLES_FILE
    lines = samples.read_bytes().splitlines(keepends=True)
    del lines[500:503], lines[900:940]  # holes of 34 and 345 ms
    samples.write_bytes(b"".join(lines))
    box = start().view.bridge
    assert box.isVisible()
    assert (box.length.text(), box.words.text()) == ("never", "0 of 2 gaps")
    box.length.setValue(50)
    assert box.words.text() == "1 of 2 gaps"
    assert Recording.open(folder).description.bridge_ms == 50.0
    assert samples.read_bytes() == b"".join(lines)


# --- events -----------------------------------------------------------------------------------
WAVES = [Gesture(3.0 + 2.5 * i, 0.8) for i in range(10)]


def test_gestures_are_found_shown_and_labelled_together(
    start: Callable[[], Labelling], tmp_path: Path
) -> None:
    folder = tmp_path / "recordings" / "waves"
    write_recording(take([*WAVES, Gesture(29.5, 3.5)], 35.0), folder)
    labelling = start()
    view, state = labelling.view, labelling.view.state

    def saved() -> list[str]:
        view.flush()
        return [segment.label for segment in Recording.open(folder).segments]

    labelling.click(view.events_button)
    assert len(state.proposed) == 10
    assert view.status.text().split("  ·  ")[1] == (
        "10 events of 1.20 s (left out: 1 longer than 2.5 s): a label's number takes them, Esc "
        "drops them"
    )
    view.timeline.lane.repaint()
    assert saved() == []
    labelling.press(Qt.Key.Key_Escape)
    assert state.proposed == ()
    labelling.press(Qt.Key.Key_E)
    labelling.put(1, "sitting")
    assert saved() == ["sitting"] * 10
    assert state.proposed == ()
    labelling.press(Qt.Key.Key_Z, CTRL)
    assert saved() == []
    labelling.press(Qt.Key.Key_Y, CTRL)
    assert saved() == ["sitting"] * 10


def test_a_recording_without_rest_says_why_it_has_no_events(
    start: Callable[[], Labelling], tmp_path: Path
) -> None:
    write_recording(take(WAVES, 30.0, walks=[(0.0, 30.0)]), tmp_path / "recordings" / "walk")
    labelling = start()
    labelling.press(Qt.Key.Key_E)
    (why,) = labelling.failures
    assert "does not rest between them" in why
    assert labelling.view.state.proposed == ()


# --- ten thousand segments --------------------------------------------------------------------
def timed(action: Callable[[], object]) -> float:
    """Seconds of processor time, which a busy machine does not lengthen."""
    began = time.process_time()
    action()
    return time.process_time() - began


@pytest.mark.slow
def test_ten_thousand_segments_open_scroll_and_are_edited_at_once(
    start: Callable[[], Labelling], tmp_path: Path
) -> None:
    seconds, count = 600.0, 10_000
    segments = even_segments(count, seconds)
    write_repeated(tmp_path / "recordings" / "many", seconds, segments)
    labelling = start()
    view, state = labelling.view, labelling.view.state
    labelling.bot.waitUntil(lambda: state.editable)

    def painted(action: Callable[[], object]) -> Callable[[], None]:
        def act() -> None:
            action()
            view.timeline.lane.repaint()
            view.timeline.plots.viewport().repaint()

        return act

    assert len(view.state.editor.segments) == count
    assert timed(painted(lambda: state.zoom(0.5))) < 0.2
    assert timed(painted(lambda: state.pan(60e6))) < 0.2
    assert timed(painted(state.show_all)) < 0.2
    state.place_cursor(segments[5000].start_us + 10_000)
    assert timed(painted(state.split)) < 0.2
    assert timed(painted(state.undo)) < 0.2
    assert timed(painted(state.delete)) < 0.2
    assert timed(view.flush) < 1  # writes and checks all of them, after the last key
    assert len(Recording.open(tmp_path / "recordings" / "many").segments) == count - 1
