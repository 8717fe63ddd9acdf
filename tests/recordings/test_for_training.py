"""What stops a training stops it at once, by its true name; the rest is said."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from motionloop.errors import (
    DataFileError,
    DatasetError,
    LabelError,
    RecordingError,
    TrainingDataError,
)
from motionloop.recordings.for_training import gather
from motionloop.recordings.managing import About, describe
from motionloop.recordings.named_split import SESSION, NamedSplit, splits_folder
from motionloop.recordings.sources import read_recordings
from motionloop.recordings.writer import write_recording
from motionloop.trainer.messages import EvaluationRequest, TrainingRequest

CASES = Path(__file__).parents[1] / "cases/data"


def asked(*paths: Path, **options: object) -> TrainingRequest:
    return TrainingRequest(tuple(map(str, paths)), "models/x", "x", **options)


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """Two real recordings as folders: `a` walks and `b` is without a line of its samples.csv."""
    for name, recording in zip("ab", read_recordings(CASES / "seventeen_labels.npz"), strict=False):
        write_recording(recording, tmp_path / name)
    path = tmp_path / "b" / "samples.csv"
    path.write_text(path.read_text().replace("\n", "\nnonsense\n", 1))
    return tmp_path


def test_more_labels_than_a_board_takes_are_refused_by_number() -> None:
    case = CASES / "seventeen_labels.npz"
    with pytest.raises(LabelError, match=r"^17 labels; a board takes 16: gesture 00, .*`--labels`"):
        gather(asked(case))
    sixteen = tuple(f"gesture {n:02}" for n in range(16))
    assert len(gather(asked(case, labels=sixteen)).recordings) == 17
    joined = gather(asked(case, rename=("gesture 16=gesture 15",)))
    assert {label for r in joined.recordings for label in r.labels} == set(sixteen)
    judged = EvaluationRequest((str(case),), "e", "e", package="models/x")
    gather(judged, takes_labels=False)  # the model has its own labels


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Sitting", r"no label 'Sitting'; there are: sitting, standing, walking. Did you mean 's"),
        ("flying", r"no label 'flying'; there are: sitting, standing, walking\.$"),
    ],
)
def test_a_label_that_is_not_there_is_named_with_those_that_are(label: str, words: str) -> None:
    with pytest.raises(LabelError, match=words):
        gather(asked(CASES / "acceleration_only.npz", labels=(label, "walking")))
    with pytest.raises(LabelError, match="walking twice"):
        gather(asked(CASES / "acceleration_only.npz", labels=("walking", "walking")))


def test_a_useless_model_is_refused_unless_one_insists() -> None:
    case = CASES / "metres_per_second_squared.npz"
    with pytest.raises(TrainingDataError, match=r"(?s)would be useless:\n- metres.*--despite unit"):
        gather(asked(case))
    with pytest.raises(TrainingDataError, match="would be useless"):
        gather(asked(case, despite=("gravity", "axes")))
    (said,) = gather(asked(case, despite=("unit",))).words()
    assert "This looks like m/s2" in said


def test_only_what_is_trained_on_is_refused(tmp_path: Path) -> None:
    """A recording with another label, or trimmed away, stops nobody."""
    bad = read_recordings(CASES / "gravity_removed.npz")
    walk = next(r for r in bad if r.labels == ["walking"])
    for number, recording in enumerate(read_recordings(CASES / "one_label_spelled_three_ways.npz")):
        if recording.labels == ["sitting"]:
            write_recording(recording, tmp_path / f"{number}")
    write_recording(walk, tmp_path / "bad")
    assert gather(asked(tmp_path, labels=("sitting",))).findings == ()
    with pytest.raises(TrainingDataError, match="Gravity was removed"):
        gather(asked(tmp_path))
    segments = tuple(replace(s, label="else") for s in walk.segments)
    shutil.rmtree(tmp_path / "bad")
    description = replace(walk.description, segments=segments)
    write_recording(replace(walk, description=description), tmp_path / "bad")
    assert gather(asked(tmp_path, labels=("sitting",))).findings == ()


def test_bad_recordings_are_named_and_left_out_on_request(two: Path, tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"(?s)1 of 2 .*- Line 2 of .*b.*`--skip-bad` goes on"):
        gather(asked(two))
    gathered = gather(asked(two, skip_bad=True))
    assert [r.path for r in gathered.recordings] == [two / "a"]
    (said,) = gathered.words()
    assert said.startswith("Left out, as it cannot be read: Line 2 of ")
    with pytest.raises(RecordingError, match="Line 2"):
        gather(asked(two / "b", skip_bad=True))  # nothing is left
    with pytest.raises(DataFileError, match="gone"):
        gather(asked(two, tmp_path / "gone.npz", skip_bad=True))  # a slip, not a bad file


def test_what_makes_no_model_useless_is_said(two: Path) -> None:
    case = CASES / "one_label_spelled_three_ways.npz"
    spelled, _ = gather(asked(case)).words()
    assert '`--rename "Walking =walking" "walkng=walking"`' in spelled
    joined = gather(asked(case, rename=("Walking =walking", "walkng=walking")))
    assert joined.words() == []
    assert np.sum([len(r.segments) for r in joined.recordings]) == 9


def test_a_filter_chooses_what_is_trained_on() -> None:
    case = CASES / "seventeen_labels.npz"
    chosen = gather(asked(case, where="label=gesture 0*")).recordings
    assert {label for r in chosen for label in r.labels} == {f"gesture {n:02}" for n in range(10)}
    with pytest.raises(DatasetError, match="No recording has wearer=ada; there are"):
        gather(asked(case, where="wearer=ada"))
    with pytest.raises(LabelError, match="no label 'gesture 11'"):  # it was not chosen
        gather(asked(case, where="label=gesture 0*", labels=("gesture 11",)))


def test_a_test_that_is_not_whole_is_said(tmp_path: Path) -> None:
    for recording in read_recordings(CASES / "acceleration_only.npz"):
        write_recording(recording, tmp_path / recording.name)
    first, second, *others = read_recordings(tmp_path)
    test = {one.wearer: () for one in (first, second)}
    for one in (first, second):
        test[one.wearer] = (*test[one.wearer], one.name)
    NamedSplit("exam", SESSION, {}, test).save(splits_folder(tmp_path))
    whole = asked(tmp_path, named_split="exam", despite=("axes",))
    assert "left out" not in " ".join(gather(whole).changes)
    without = "|".join(one.name for one in (first, *others))
    said = gather(replace(whole, where=f"name={without}")).changes[-1]
    assert f"Of the test of the split 'exam' these are left out: {second.name}." in said
    describe(tmp_path / first.name, About(excluded=True))
    assert f"these are left out: {first.name}." in gather(whole).changes[-1]
