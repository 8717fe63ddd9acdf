"""The data at a glance: what is counted, what looks alike, and what it says to do next."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from motionloop.recordings.checks.finding import Kind
from motionloop.recordings.managing import About, describe
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import Description, Trim
from motionloop.recordings.segments import Segment
from motionloop.recordings.sources import read_recordings
from motionloop.recordings.writer import RecordingWriter, write_recording
from motionloop.studio.pages import glance
from motionloop.studio.pages.data import DataView
from motionloop.studio.pages.glance import Advice, Glancer
from motionloop.studio.pages.rename_dialog import RenameDialog
from motionloop.studio.session import Session
from motionloop.studio.theme import theme
from tests.studio.repeated_motion import LABELS, START_US, write_repeated


def segments(*parts: tuple[float, float, str]) -> list[Segment]:
    """Each from so many seconds after the first sample to so many."""
    return [Segment(START_US + int(a * 1e6), START_US + int(b * 1e6), name) for a, b, name in parts]


def three_activities(**seconds: float) -> list[Segment]:
    """Of the minute that `write_repeated` repeats, so much of each label, 20 s at most."""
    starts = {name: 20.0 * place for place, name in enumerate(LABELS)}
    return segments(*[(starts[n], starts[n] + s - 0.1, n) for n, s in seconds.items()])


ALL = three_activities(sitting=20, walking=20, running=20)


def test_seconds_are_counted_by_label_and_person_without_what_is_trimmed_off(
    tmp_path: Path,
) -> None:
    write_repeated(tmp_path / "one", 60, segments((0, 10, "sitting"), (20, 30, "walking")))
    write_repeated(tmp_path / "two", 60, segments((0, 6, "sitting")), wearer="Ben")
    Recording.open(tmp_path / "one").set_trim(Trim(START_US + 4_000_000, START_US + 50_000_000))
    look = Glancer(tmp_path).look()
    assert look.seconds == {"sitting": {"Ada": 6.0, "Ben": 6.0}, "walking": {"Ada": 10.0}}
    assert look.sessions == {"sitting": 2, "walking": 1}


def test_a_recording_too_long_to_be_read_is_counted_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_repeated(tmp_path / "one", 60, ALL)
    monkeypatch.setattr(glance, "_LARGEST_BYTES", 1000)
    look = Glancer(tmp_path).look()
    assert look.seconds["walking"]["Ada"] == pytest.approx(19.9)
    assert look.notes[0].minutes == pytest.approx(1, abs=0.01)
    assert len(look.points) == 0


def test_problems_are_told_of_each_recording_and_hide_no_other(tmp_path: Path) -> None:
    write_repeated(tmp_path / "a_good", 10, segments((0, 9.9, "sitting")))
    write_repeated(tmp_path / "b_bare", 10)
    write_repeated(tmp_path / "c_broken", 10)
    (tmp_path / "c_broken" / "recording.json").write_text("{")
    write_repeated(tmp_path / "d_torn", 10, segments((0, 5, "sitting")))
    samples = tmp_path / "d_torn" / "samples.csv"
    lines = samples.read_bytes().splitlines(keepends=True)
    samples.write_bytes(b"".join([*lines[:300], *lines[400:]]))
    good, bare, broken, torn = Glancer(tmp_path).look().notes
    assert good.problems == ()
    assert bare.problems == ("Nothing in it is labelled.",)
    assert "not valid JSON" in broken.problems[0]
    assert any("8% of its samples are missing" in problem for problem in torn.problems)


def test_alike_labels_lie_together_on_the_map(tmp_path: Path) -> None:
    """The first and the second half of the sitting are the same; walking and running are not."""
    write_repeated(
        tmp_path / "one",
        60,
        segments((0, 10, "sitting"), (10, 19.9, "resting"), (20, 39.9, "walking"),
                 (40, 59.9, "running")),
    )  # fmt: skip
    look = Glancer(tmp_path).look()
    names = np.array(look.point_labels)
    middles = {name: look.points[names == name].mean(axis=0) for name in set(names.tolist())}

    def apart(one: str, other: str) -> float:
        return float(np.linalg.norm(middles[one] - middles[other]))

    assert apart("sitting", "resting") < 0.3 * apart("sitting", "walking")
    assert apart("sitting", "resting") < 0.3 * apart("walking", "running")
    confused = {(one, other) for one, other, share in look.alike if share > 0.1}
    assert confused <= {("sitting", "resting"), ("resting", "sitting")}


def test_a_label_of_a_recording_that_goes_on_is_renamed_nowhere(
    qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "recordings"
    write_repeated(folder / "done", 10, segments((0, 9.9, "sitting")))
    write_repeated(folder / "going", 10)
    session = Session(
        folder, tmp_path / "models", QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    )
    board = Description.load(folder / "going").board
    told: list[str] = []
    session.failed.connect(told.append)
    view = DataView(session)
    qtbot.addWidget(view)
    try:
        with RecordingWriter.append_to(folder / "going", board) as writer:
            writer.begin_segment("sitting")
            dialog = RenameDialog(session, "sitting", [], view)
            dialog.name.setCurrentText("resting")
            dialog._rename()
            qtbot.waitUntil(lambda: bool(told))
        assert told[0].startswith("Nothing was renamed: going is being recorded right now")
        assert Recording.open(folder / "done").labels == ["sitting"]
        assert "sitting" in session.preferences.labels
    finally:
        session.close()


@pytest.mark.parametrize("windows", [0, 1, 2])
def test_the_map_has_two_directions_of_any_number_of_windows(tmp_path: Path, windows: int) -> None:
    for number in range(windows):
        write_repeated(tmp_path / str(number), 3, segments((0, 2.9, "sitting")))
    write_repeated(tmp_path / "too_short", 2, segments((0, 1, "walking")))
    look = Glancer(tmp_path).look()
    assert look.points.shape == (windows, 2)
    assert np.isfinite(look.points).all()


def test_a_recording_that_goes_on_is_neither_good_nor_bad(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "recordings"
    write_repeated(folder / "done", 10, segments((0, 9.9, "sitting")))
    write_repeated(folder / "going", 10)
    board = Description.load(folder / "going").board
    session = Session(
        folder, tmp_path / "models", QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    )
    view = DataView(session)
    qtbot.addWidget(view)
    glancer = Glancer(folder)
    try:
        with RecordingWriter.append_to(folder / "going", board):
            view._show(glancer.look())
            said = [label.text() for label in view.findChildren(QLabel)]
            words = "1 of 1 recordings are as they should be. going: recorded right now."
            assert words in said
            shutil.rmtree(folder / "done")
            view._show(glancer.look())
            said = [label.text() for label in view.findChildren(QLabel)]
            assert "going: recorded right now." in said
        view._show(glancer.look())
        said = [label.text() for label in view.findChildren(QLabel)]
        assert "0 of 1 recordings are as they should be." in said
    finally:
        session.close()


@pytest.mark.parametrize(
    ("recorded", "words", "page"),
    [
        ([], "Record two activities", "Record"),
        ([("Ada", [])], "Label 0", "Label"),
        ([("Ada", three_activities(walking=20))], "second activity", "Record"),
        ([("Ada", ALL)], "11 s more of", "Record"),
        ([("Ada", ALL), ("Ada", three_activities(sitting=20, running=20))] * 2,
         "second person", "Record"),
        ([("Ada", ALL)] * 2 + [("Ben", three_activities(sitting=20))], "Have Ben record", "Record"),
        ([("Ada", ALL)] * 2 + [("Ben", ALL)] * 2, "Nothing is missing", "Train"),
    ],
)  # fmt: skip
def test_it_says_what_to_do_next(
    tmp_path: Path, recorded: list[tuple[str, list[Segment]]], words: str, page: str
) -> None:
    for place, (wearer, labelled) in enumerate(recorded):
        write_repeated(tmp_path / str(place), 60, labelled, wearer)
    advice = Glancer(tmp_path).look().advice
    assert words in advice.words
    assert advice.page == page


def test_a_label_in_one_session_only_wants_a_second_one(tmp_path: Path) -> None:
    write_repeated(tmp_path / "one", 120, [*ALL, *segments((80, 99.9, "walking"))])
    write_repeated(tmp_path / "two", 60, three_activities(sitting=20, running=20))
    advice = Glancer(tmp_path).look().advice
    assert advice.words.startswith("Record walking in a second session")


# --- in the window ----------------------------------------------------------------------------
def test_the_page_shows_it_and_follows_what_changes(qtbot: QtBot, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "studio.ini"), QSettings.Format.IniFormat)
    theme.start(settings)
    folder = tmp_path / "recordings"
    session = Session(folder, tmp_path / "models", settings)
    view = DataView(session)
    qtbot.addWidget(view)
    try:
        view.show()
        qtbot.waitUntil(view._empty.isVisible)
        write_repeated(folder / "one", 60, ALL)
        session.recordings_changed.emit()
        qtbot.waitUntil(lambda: "s more of" in view.advice.text())
        shown = [label.text() for label in view.findChildren(QLabel)]
        assert "1 of 1 recordings are as they should be." in shown
        assert "Ada (20 s); 1 session" in shown
        document = json.loads((folder / "one" / "recording.json").read_bytes())
        (folder / "one" / "recording.json").write_text(json.dumps({**document, "segments": []}))
        qtbot.mouseClick(view.look_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: view.advice.text().startswith("Label one"))
        assert view.glance.advice == Advice(view.advice.text(), "Label")
        with qtbot.waitSignal(view.go_to, check_params_cb=lambda page: page == "Label"):
            qtbot.mouseClick(view.next_button, Qt.MouseButton.LeftButton)
    finally:
        session.close()


def test_the_longest_names_do_not_widen_the_page(qtbot: QtBot, tmp_path: Path) -> None:
    folder, longest = tmp_path / "recordings", "W" * 200
    write_repeated(folder / "one", 60, ALL, wearer="Ada")
    settings = QSettings(str(tmp_path / "studio.ini"), QSettings.Format.IniFormat)
    theme.start(settings)
    session = Session(folder, tmp_path / "models", settings)
    view = DataView(session)
    qtbot.addWidget(view)
    try:
        describe(folder / "one", About(name=longest, wearer=longest))
        write_repeated(folder / longest, 10, wearer=longest)
        view._show(Glancer(folder).look())
        inside = view._stack.currentWidget().widget()
        assert inside.minimumSizeHint().width() < 1000
        assert [label.toolTip() for label in inside.findChildren(QLabel)].count(longest) == 4
    finally:
        session.close()


def test_what_is_chosen_is_exported(qtbot: QtBot, tmp_path: Path) -> None:
    write_repeated(tmp_path / "recordings" / "one", 60, ALL)
    write_repeated(tmp_path / "recordings" / "two", 60, ALL, wearer="Ben")
    settings = QSettings(str(tmp_path / "studio.ini"), QSettings.Format.IniFormat)
    session = Session(tmp_path / "recordings", tmp_path / "models", settings)
    theme.start(settings)
    said: list[str] = []
    session.failed.connect(said.append)
    session.notice.connect(said.append)
    view = DataView(session)
    qtbot.addWidget(view)
    view.show()
    try:
        qtbot.waitUntil(view.export_button.isEnabled)
        view.export_button.click()
        dialog = view.exporting
        assert dialog is not None
        assert [*dialog.labels] == sorted(LABELS)
        for box in dialog.labels.values():
            box.setChecked(False)
        assert not dialog.export_button.isEnabled()
        dialog.labels["walking"].setChecked(True)
        dialog.people["Ben"].setChecked(False)
        dialog.export_button.click()
        qtbot.waitUntil(lambda: bool(said))
        (table,) = (tmp_path / "exported-csv").glob("*.csv")
        assert said == [f"Exported 2 files to {table.parent}."]
        assert {line.rsplit(b",", 1)[1] for line in table.read_bytes().splitlines()[1:]} == {
            b"walking"
        }
        view.export_button.click()  # once more, where files are now
        assert view.exporting is not None
        view.exporting.export_button.click()
        qtbot.waitUntil(lambda: len(said) == 2)
        assert "exists already" in said[1]
        qtbot.waitUntil(view.exporting.fault.isVisible)
        assert view.exporting.fault.text() == said[1]
        view.exporting.reject()
    finally:
        session.close()


def test_what_the_checks_find_is_shown_and_is_the_next_step(tmp_path: Path, qtbot: QtBot) -> None:
    case = Path(__file__).parents[2] / "cases/data/metres_per_second_squared.npz"
    for number, recording in enumerate(read_recordings(case)[:2]):
        write_recording(recording, tmp_path / "recordings" / str(number))
    look = Glancer(tmp_path / "recordings").look()
    assert look.findings[0].kind is Kind.UNIT
    assert look.advice.words.startswith("This would stop a training. ")
    settings = QSettings(str(tmp_path / "studio.ini"), QSettings.Format.IniFormat)
    session = Session(tmp_path / "recordings", tmp_path / "models", settings)
    view = DataView(session)
    try:
        view._show(look)
        shown = [label.text() for label in view.findChildren(QLabel)]
        assert any("This looks like m/s2" in words for words in shown)
    finally:
        session.close()


def test_a_label_is_renamed_everywhere_and_a_problem_leads_to_its_recording(
    qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "recordings"
    write_repeated(folder / "one", 60, three_activities(sitting=20, walking=20))
    write_repeated(folder / "two", 30, segments((0, 10, "Sitting")), wearer="Ben")
    write_repeated(folder / "three", 10)
    write_repeated(folder / "out", 60, ALL)
    describe(folder / "out", About(excluded=True))
    settings = QSettings(str(tmp_path / "studio.ini"), QSettings.Format.IniFormat)
    theme.start(settings)
    session = Session(folder, tmp_path / "models", settings)
    wanted: list[Path] = []
    told: list[str] = []
    session.wanted_recording.connect(wanted.append)
    ways_back: list[Callable[[], None]] = []
    session.offered.connect(lambda said, _, undo: (told.append(said), ways_back.append(undo)))
    session.failed.connect(told.append)
    session.preferences.set_labels(["Sitting", "walking", "sitting"])
    try:
        view = DataView(session)
        qtbot.addWidget(view)
        view.show()
        qtbot.waitUntil(lambda: view.glance is not None and bool(view.rename_buttons))
        assert sorted(view.rename_buttons) == ["Sitting", "sitting", "walking"]  # without "out"
        view.rename_buttons["Sitting"].click()
        assert view.renaming is not None
        view.renaming.name.setCurrentText("a label that is much too long")
        view.renaming._rename()
        assert "cannot be used" in view.renaming.fault.text()
        view.renaming.name.setCurrentText("sitting")
        view.renaming._rename()
        qtbot.waitUntil(lambda: sorted(view.rename_buttons) == ["sitting", "walking"])
        assert told == ["Sitting is sitting now, in one recording."]
        assert Recording.open(folder / "two").labels == ["sitting"]
        assert session.preferences.labels == ["sitting", "walking"]
        view.show_buttons[-1].click()
        assert wanted
        ways_back.pop()()
        qtbot.waitUntil(lambda: sorted(view.rename_buttons) == ["Sitting", "sitting", "walking"])
        assert Recording.open(folder / "two").labels == ["Sitting"]
        assert session.preferences.labels == ["Sitting", "walking", "sitting"]
    finally:
        session.close()
