"""Each check passes on a folder with which nothing is wrong, and fails in its own words on one
that has just that fault."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from motionloop.assignment.check import Check
from motionloop.assignment.judge import judge
from motionloop.assignment.task import load_assignment
from motionloop.recordings.named_split import NamedSplit
from motionloop.recordings.recording import Recording
from motionloop.recordings.segments import Segment
from motionloop.recordings.writer import RecordingWriter
from tests.assignment.pupil import ASKED, answer, write_sessions

pytestmark = pytest.mark.slow

TEACHERS = load_assignment(ASKED)
METRICS = "models/first/metrics.json"
FIGURES = "evaluations/first/evaluation.json"
Edit = Callable[[Path, Callable[[Any], object]], None]


def check_of(folder: Path, name: str) -> Check:
    return next(check for check in judge(folder, TEACHERS).checks if check.name == name)


def set_at(path: str, value: Any) -> Callable[[Any], object]:
    *parents, key = path.split(".")

    def change(document: Any) -> None:
        for parent in parents:
            document = document[parent]
        document[key] = value

    return change


def test_a_whole_folder_passes_and_leaves_the_free_answers_to_the_teacher(pupil: Path) -> None:
    verdict = judge(pupil, TEACHERS)
    assert [c.name for c in verdict.checks if c.passed is False] == []
    assert [c.name for c in verdict.checks if c.passed is None] == ["question 9", "question 10"]
    assert (verdict.points, verdict.of, verdict.left_to_teacher) == (28, 34, 6)
    assert verdict.notes == ()


def test_without_the_teachers_copy_the_choice_is_left_to_the_teacher(pupil: Path) -> None:
    verdict = judge(pupil)
    assert verdict.passed
    assert next(c.name for c in verdict.checks if c.passed is None) == "question 8"
    assert "right =" not in (pupil / "assignment.toml").read_text()


# --- recordings ---------------------------------------------------------------------------
def test_too_little_of_a_label(pupil: Path) -> None:
    recording = Recording.open(pupil / "recordings/tuesday")
    first, *others = recording.segments
    recording.set_segments(
        [Segment(first.start_us, first.start_us + 9_000_000, "sitting"), *others]
    )
    check = check_of(pupil, "labels")
    assert check.passed is False
    assert "sitting 30 s, 9 s" in check.found
    assert "Record more of: sitting" in check.advice


def test_labels_of_the_pupils_choice_are_counted(pupil: Path) -> None:
    asked = replace(TEACHERS.recordings, labels=3)
    assert judge(pupil, replace(TEACHERS, recordings=asked)).passed
    more = judge(pupil, replace(TEACHERS, recordings=replace(asked, labels=4)))
    assert [c.name for c in more.checks if c.passed is False] == ["labels"]


def test_a_torn_recording(pupil: Path) -> None:
    samples = pupil / "recordings/monday/samples.csv"
    samples.write_bytes(samples.read_bytes()[:-3])
    check = check_of(pupil, "recordings")
    assert check.passed is False
    assert "torn" in check.found


def test_lost_samples(pupil: Path) -> None:
    samples = pupil / "recordings/monday/samples.csv"
    lines = samples.read_text().splitlines(keepends=True)
    samples.write_text("".join(lines[:1000] + lines[1300:]))
    check = check_of(pupil, "lost")
    assert check.passed is False
    assert "(300 of " in check.found


def test_clipped_samples_and_a_nameless_wearer(pupil: Path) -> None:
    board = Recording.open(pupil / "recordings/monday").board
    with RecordingWriter.create(pupil / "recordings/wild", board) as writer:
        writer.append(0, np.arange(2000) * 20_000, np.full((2000, 6), 32767, np.int16))
    assert "(2,000 of " in check_of(pupil, "clipped").found
    assert check_of(pupil, "clipped").passed is False
    assert check_of(pupil, "wearer").found == "nobody is named in wild"


def test_motion_of_a_virtual_board_where_a_real_one_is_asked_for(pupil: Path, edit: Edit) -> None:
    edit(pupil / "recordings/monday/recording.json", set_at("board.virtual", True))
    assert check_of(pupil, "origin").passed
    real = replace(TEACHERS, recordings=replace(TEACHERS.recordings, virtual=False))
    failed = {c.name: c for c in judge(pupil, real).checks if c.passed is False}
    assert "1 from a virtual one" in failed["origin"].found
    assert failed["pushed"].found == "on a virtual board only"


def test_a_session_that_is_a_copy(pupil: Path) -> None:
    recordings = pupil / "recordings"
    shutil.copytree(recordings / "monday", recordings / "wednesday")
    samples = recordings / "wednesday/samples.csv"
    lines = samples.read_text().splitlines(keepends=True)
    samples.write_text("".join(lines[:1] + lines[500:]))  # also without its begin
    check = check_of(pupil, "copies")
    assert check.passed is False
    assert check.found == "samples of monday are in another recording as well"


def test_a_session_that_a_published_data_set_holds_twice(tmp_path: Path) -> None:
    """Trials 5 and 13 of MotionSense's first subject are the same samples of sitting."""
    write_sessions(tmp_path / "recordings", subject=1)
    check = check_of(tmp_path, "copies")
    assert check.passed is False
    assert check.found == "samples of tuesday are in another recording as well"


# --- model --------------------------------------------------------------------------------
def test_another_seed_or_preset(pupil: Path, edit: Edit) -> None:
    edit(pupil / METRICS, set_at("training.seed", 7))
    assert check_of(pupil, "settings").found == "first: seed 7, preset quick"
    edit(pupil / METRICS, set_at("training.seed", 1))
    edit(pupil / METRICS, set_at("request.preset", "thorough"))
    check = check_of(pupil, "settings")
    assert check.passed is False
    assert "motionloop train --preset quick --seed 1" in check.advice


def test_a_model_of_other_recordings(pupil: Path) -> None:
    shutil.rmtree(pupil / "recordings/monday")
    check = check_of(pupil, "own")
    assert check.passed is False
    assert check.found == "not in this folder: monday"


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        ("split.kind", "block", "by block"),
        ("split.kind", "random", "by random"),
        ("split.held_out", ["tuesday", "monday"], "does not fit these recordings"),
        ("split.windows_train_test", {"sitting": [1, 2]}, "does not fit these recordings"),
        ("split.windows_train_test", 3, "should be of type dict"),
    ],
)
def test_a_split_that_is_not_honest_or_not_of_these_recordings(
    pupil: Path, edit: Edit, path: str, value: Any, found: str
) -> None:
    edit(pupil / METRICS, set_at(path, value))
    check = check_of(pupil, "split")
    assert check.passed is False
    assert found in check.found


def test_a_split_of_the_pupils_own(pupil: Path, edit: Edit) -> None:
    fixed = NamedSplit("easy", "session", {"Ada": ("monday",)}, {"Ada": ("tuesday",)})
    fixed.save(pupil / "recordings/splits")
    assert judge(pupil, TEACHERS).passed  # the file alone is no recording
    edit(pupil / "models/first/metrics.json", set_at("split.name", "easy"))
    check = check_of(pupil, "split")
    assert check.passed is False
    assert "by the split 'easy', whose test the pupil could choose" in check.found


def test_held_out_samples_that_were_trained_on_under_another_name(pupil: Path) -> None:
    """The same motion as two sessions: the names differ, the samples do not."""
    tested = json.loads((pupil / METRICS).read_text())["split"]["held_out"][0]
    other = "tuesday" if tested == "monday" else "monday"
    ours, theirs = (pupil / "recordings" / name / "samples.csv" for name in (tested, other))
    header, *lines = theirs.read_text().splitlines(keepends=True)
    kept = ours.read_text().splitlines(keepends=True)[1:]
    moved = [f"{own.split(',')[0]},{own.split(',')[1]},{line.split(',', 2)[2]}"
             for own, line in zip(kept, lines, strict=False)]  # fmt: skip
    ours.write_text(header + "".join(moved) + "".join(kept[len(moved) :]))
    check = check_of(pupil, "split")
    assert check.passed is False
    assert "were trained on" in check.found


@pytest.mark.parametrize(("path", "value"), [("accuracy", 0.5), ("windows", 7)])
def test_an_accuracy_that_was_made_up(pupil: Path, edit: Edit, path: str, value: Any) -> None:
    edit(pupil / METRICS, set_at(f"int8.{path}", value))
    check = check_of(pupil, "measured")
    assert check.passed is False
    assert "measured here" in check.found


def test_a_push_that_never_was_or_was_of_another_model(pupil: Path, edit: Edit) -> None:
    pushes = pupil / "models/first/pushes.json"
    edit(pushes, lambda found: found[0].update(model_id="00" * 8))
    assert check_of(pupil, "pushed").found == "1 pushes of other models"
    pushes.unlink()
    check = check_of(pupil, "pushed")
    assert (check.passed, check.found) == (False, "never")
    assert check.advice == "Push it: motionloop push models/first"


def test_of_several_models_the_one_that_fits_is_judged(pupil: Path, edit: Edit) -> None:
    shutil.copytree(pupil / "models/first", pupil / "models/newer")
    edit(pupil / "models/newer/metrics.json", set_at("created", "2100-01-01T00:00:00+00:00"))
    edit(pupil / "models/newer/metrics.json", set_at("training.seed", 3))
    verdict = judge(pupil, TEACHERS)
    assert verdict.passed
    assert verdict.notes == ("2 models are there; first was judged.",)


# --- evaluation ---------------------------------------------------------------------------
def test_a_report_that_is_not_of_these_figures(pupil: Path, edit: Edit) -> None:
    edit(pupil / FIGURES, set_at("name", "another"))
    check = check_of(pupil, "report")
    assert check.passed is False
    assert "not of this evaluation.json" in check.found
    (pupil / FIGURES).with_name("report.html").unlink()
    assert "no report.html" in check_of(pupil, "report").found


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        ("settings.seeds", [], "its seeds are none"),
        ("settings.seeds", [2], "its seeds are 2"),
        ("settings.preset", "thorough", "its preset is thorough"),
        ("settings.model", "models/first", "judges a finished model"),
        ("split.kind", "block", "its split is by block"),
        ("split.folds", [], "its folds are not those of these recordings"),
        ("data.sha256", "00", "not of the recordings and labels that lie here now"),
    ],
)
def test_an_evaluation_that_is_not_as_asked(
    pupil: Path, edit: Edit, path: str, value: Any, found: str
) -> None:
    edit(pupil / FIGURES, set_at(path, value))
    check = check_of(pupil, "evaluated")
    assert check.passed is False
    assert found in check.found
    assert "motionloop evaluate --lesson leaky" in check.advice


def test_a_label_that_was_changed_later(pupil: Path) -> None:
    recording = Recording.open(pupil / "recordings/tuesday")
    recording.set_segments([replace(s, start_us=s.start_us + 40_000) for s in recording.segments])
    assert "not of the recordings and labels" in check_of(pupil, "evaluated").found


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        ("lesson", None, "missing: lesson.honest_accuracy"),
        ("replay", None, "missing: replay.recordings"),
        ("calibration", {}, "missing: calibration.error"),
        ("int8.accuracy", 0.123, "do not fit each other"),
        ("int8.confusion", [[1]], "no table of counts"),
    ],
)
def test_an_evaluation_that_is_not_complete(
    pupil: Path, edit: Edit, path: str, value: Any, found: str
) -> None:
    edit(pupil / FIGURES, set_at(path, value))
    check = check_of(pupil, "parts")
    assert check.passed is False
    assert found in check.found


# --- answers ------------------------------------------------------------------------------
def without_answer(folder: Path, number: int) -> None:
    file = folder / "answers.md"
    file.write_text(
        re.sub(
            rf"(^## {number}\.[^\n]*\n\n(?:>[^\n]*\n)+).*?(?=^## |\Z)",
            r"\1\n",
            file.read_text(),
            flags=re.M | re.S,
        )
    )


@pytest.mark.parametrize(
    ("number", "text", "found"),
    [
        (1, "", "no answer"),
        (1, "1", "1"),
        (1, "many", "many"),
        (2, "12.5 %", "12.5 %"),
        (3, "swimming", "swimming"),
        (4, "21,921 bytes", "21,921 bytes"),
        (6, "150", "150"),
        (8, "1", "1"),
        (8, "7", "7"),
        (9, "I do not know.", "4 words"),
        (9, "> Write at least 30 words.\n" * 30, "no answer"),
        (10, "1 2 3 4 " * 30, "0 words"),
    ],
)
def test_an_answer_that_is_wrong_or_none(pupil: Path, number: int, text: str, found: str) -> None:
    without_answer(pupil, number)
    answer(pupil, {number: text})
    failed = [c for c in judge(pupil, TEACHERS).checks if c.passed is False]
    assert [c.name for c in failed] == [f"question {number}"]
    assert failed[0].found == found
    assert failed[0].advice


def test_a_label_may_be_none_only_when_no_window_was_wrong(pupil: Path, edit: Edit) -> None:
    metrics = json.loads((pupil / METRICS).read_text())
    size = len(metrics["labels"])
    for confusion, right in (
        (np.eye(size, dtype=int) * 5, "none"),
        (np.eye(size, dtype=int) * 5 + np.eye(size, k=1, dtype=int), metrics["labels"][0]),
    ):
        edit(pupil / METRICS, set_at("int8.confusion", confusion.tolist()))
        for given in ("none", metrics["labels"][0]):
            without_answer(pupil, 3)
            answer(pupil, {3: given})
            assert check_of(pupil, "question 3").passed is (given == right)


def test_without_a_page_of_answers_it_is_said(pupil: Path) -> None:
    (pupil / "answers.md").unlink()
    assert check_of(pupil, "question 1").found == "answers.md is missing."
