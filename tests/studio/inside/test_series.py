"""Which windows are looked into, and what is said where there are none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from motionloop import wire
from motionloop.board.packets import Packet
from motionloop.board.prediction import Prediction
from motionloop.errors import MotionLoopError, PackageError
from motionloop.model.folder import METRICS_FILE, PACKAGE_FILE
from motionloop.model.inference import Interpreter
from motionloop.model.package import unpack_package
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import DESCRIPTION_FILE
from motionloop.recordings.segments import Segment
from motionloop.splits import SplitKind, split
from motionloop.studio.boards.sample_ring import SampleRing
from motionloop.studio.inside import series as series_module
from motionloop.studio.inside.series import (
    NamedModel,
    Series,
    model_at_hand,
    of_held_out,
    of_live,
    of_recording,
)
from motionloop.windows import collect_windows
from tests.studio.repeated_motion import START_US, even_segments, write_repeated

BUILTIN = Path(__file__).parents[3] / "models" / "builtin.mlpkg"
MODEL = NamedModel("model built-in", unpack_package(BUILTIN.read_bytes()))
WALK = Segment(START_US + 20_000_000, START_US + 30_000_000, "walking")


def recorded(folder: Path, seconds: float, segments: Sequence[Segment] = ()) -> Recording:
    write_repeated(folder, seconds, segments)
    return Recording.open(folder)


def look_at(recording: Recording, start_us: int, end_us: int, at_us: int = 0) -> Series:
    return of_recording(recording, MODEL, start_us, end_us, at_us or start_us)


def test_the_windows_of_a_segment_are_those_of_a_training(tmp_path: Path) -> None:
    recording = recorded(tmp_path / "one", 40, [WALK])
    trained = collect_windows([recording], MODEL.package.input)
    series = look_at(recording, WALK.start_us, WALK.end_us)
    np.testing.assert_array_equal(series.windows, trained.channels(trained.fixed))
    assert {place.label for place in series.places} == {"walking"}
    assert (series.first, series.step_s) == (0, 1.28)
    assert series.places[1].words == "21.28 to 23.84 s"


def test_around_the_cursor_labels_are_those_of_whole_windows(tmp_path: Path) -> None:
    recording = recorded(tmp_path / "one", 40, [WALK])
    series = look_at(recording, recording.start_us, recording.end_us, START_US + 25_000_000)
    labels = [place.label for place in series.places]
    assert labels[series.first] == "walking"
    assert labels[0] is None
    assert labels.count("walking") == 6  # of 7 that touch the segment, and 10 s have 7 at most


def test_of_a_long_stretch_those_around_the_place_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(series_module, "MOST", 8)
    recording = recorded(tmp_path / "one", 40, [])
    series = look_at(recording, recording.start_us, recording.end_us, START_US + 20_000_000)
    assert 4 <= len(series.windows) <= 8
    assert series.places[0].words.startswith("14.")


def test_a_stretch_without_a_window_says_how_long_one_must_be(tmp_path: Path) -> None:
    recording = recorded(tmp_path / "one", 10)
    with pytest.raises(MotionLoopError, match=r"lasts 1\.\d\d s .* a window 2\.56 s.*longer"):
        look_at(recording, START_US, START_US + 1_500_000)


def test_samples_of_another_rate_are_refused_with_what_would_fit(tmp_path: Path) -> None:
    recording = recorded(tmp_path / "one", 10)
    slow = replace(MODEL.package, input=replace(MODEL.package.input, rate_mhz=5_000))
    with pytest.raises(PackageError, match="Choose `--rate-hz"):
        of_recording(recording, NamedModel("slow", slow), START_US, START_US + 9_000_000, START_US)


def test_without_any_model_it_says_where_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(MotionLoopError, match="Retrain and flash"):
        model_at_hand(None, tmp_path)


# --- held-out windows ----------------------------------------------------------------------------
def stored_model(folder: Path, recordings: Sequence[Recording], kind: SplitKind) -> dict[str, Any]:
    """The built-in model, as if it had been tested on these recordings."""
    windows = collect_windows(recordings, MODEL.package.input, MODEL.package.labels)
    chosen = split(windows, kind)
    people = sorted(set(windows.person[chosen.test].tolist()))
    metrics = {
        "labels": list(windows.labels),
        "data": {"sessions": sorted(set(windows.session.tolist()))},
        "split": {"kind": kind.value, "held_out": list(chosen.held_out)},
        "int8": {"accuracy": 0.5, "person_accuracy": dict.fromkeys(people, 0.5)},
    }
    folder.mkdir(parents=True)
    (folder / PACKAGE_FILE).write_bytes(BUILTIN.read_bytes())
    (folder / METRICS_FILE).write_text(json.dumps(metrics))
    return metrics


@pytest.mark.parametrize("kind", [SplitKind.SESSION, SplitKind.BLOCK])
def test_held_out_windows_come_worst_first(tmp_path: Path, kind: SplitKind) -> None:
    segments = [s for s in even_segments(3, 60) if s.label != "running"]
    found = [recorded(tmp_path / "recordings" / name, 60, segments) for name in ("a", "b")]
    metrics = stored_model(tmp_path / "model", found, kind)
    recorded(tmp_path / "recordings" / "later", 60, segments)  # was not in the training
    series = of_held_out(tmp_path / "model", metrics, tmp_path / "recordings")

    windows = collect_windows(found, MODEL.package.input, MODEL.package.labels)
    tested = windows.take(split(windows, kind).test)
    assert len(series.windows) == len(tested)
    outputs = Interpreter(MODEL.package.tflite).invoke_many(series.windows).astype(int)
    right = [MODEL.package.labels.index(place.label or "") for place in series.places]
    margins = [row[i] - np.delete(row, i).max() for row, i in zip(outputs, right, strict=True)]
    assert margins == sorted(margins)
    assert margins[0] < margins[-1]


def test_without_the_recordings_of_the_test_it_says_so(tmp_path: Path) -> None:
    found = [recorded(tmp_path / "r" / name, 60, even_segments(3, 60)) for name in ("a", "b")]
    metrics = stored_model(tmp_path / "model", found, SplitKind.SESSION)
    with pytest.raises(MotionLoopError, match=r"not in .* any more"):
        of_held_out(tmp_path / "model", metrics, tmp_path / "elsewhere")


def test_a_damaged_recording_of_somebody_else_hides_no_window(tmp_path: Path) -> None:
    found = [recorded(tmp_path / "r" / name, 60, even_segments(3, 60)) for name in ("a", "b")]
    metrics = stored_model(tmp_path / "model", found, SplitKind.SESSION)
    damaged = tmp_path / "r" / "other"
    damaged.mkdir()
    (damaged / DESCRIPTION_FILE).write_text("{")
    assert len(of_held_out(tmp_path / "model", metrics, tmp_path / "r").windows)


@pytest.mark.parametrize("part", ["data", "split", "int8"])
@pytest.mark.parametrize("value", [{}, None, "nothing"])
def test_damaged_metrics_are_said(tmp_path: Path, part: str, value: object) -> None:
    found = [recorded(tmp_path / "r" / name, 60, even_segments(3, 60)) for name in ("a", "b")]
    metrics = stored_model(tmp_path / "model", found, SplitKind.SESSION)
    with pytest.raises(MotionLoopError, match=r"metrics\.json is damaged"):
        of_held_out(tmp_path / "model", metrics | {part: value}, tmp_path / "r")


def test_a_prediction_that_is_ahead_of_its_samples_shows_the_window_before() -> None:
    info = replace(
        wire.Info.unpack(bytes(wire.Info.SIZE)),
        native_rate_mhz=100_000,
        accel_ng_per_lsb=500_000,
        gyro_nrads_per_lsb=2_000_000,
    )
    ring = SampleRing(info)
    times = np.arange(1000) * 10_000
    ring.add(Packet(0, times, np.ones((1000, wire.AXES), np.int16)))
    ends = (700, 850, 1003)
    heard = [
        Prediction(end, end * 10_000, info.model_id, 0, 0, 0, 1.0, 0, False, np.zeros(3, np.int8))
        for end in ends
    ]
    link: Any = SimpleNamespace(name="ML-1", package=MODEL.package, info=info, ring=ring)
    series = of_live(link, heard, 2)
    assert (series.first, len(series.windows)) == (1, 2)
    with pytest.raises(MotionLoopError, match="not here any more"):
        of_live(link, heard[2:], 0)
