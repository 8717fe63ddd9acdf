"""UTC of samples: lines, their spans, and files whose times are absolute."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from motionloop.errors import RecordingError
from motionloop.recordings.clock import ClockSpan, text_of, utc_us, utc_us_of
from motionloop.recordings.importing import recordings_in, write_imported
from motionloop.recordings.recording import Recording
from motionloop.recordings.writer import RecordingWriter
from tests.recordings.made import BOARD, append, edit

NOON_US = utc_us_of("2026-11-30T12:00:00Z")


def test_each_sample_has_the_line_of_its_span() -> None:
    spans = (
        ClockSpan(1_000_000, NOON_US, 100.0),
        ClockSpan(11_000_000),
        ClockSpan(21_000_000, NOON_US + 3_600_000_000),
    )
    found = utc_us(spans, np.array([999_999, 1_000_000, 10_999_999, 11_000_000, 21_500_000]))
    assert np.isnan(found[[0, 3]]).all()
    assert found[[1, 2, 4]] == pytest.approx(
        [NOON_US, NOON_US + 9_999_999 / 1.0001, NOON_US + 3_600_500_000], abs=1
    )
    later = spans[0].beginning(6_000_000)
    assert later.utc_us == round(NOON_US + 5_000_000 / 1.0001)
    assert utc_us((), np.arange(2)).tolist() == pytest.approx([np.nan] * 2, nan_ok=True)


def test_a_moment_is_text_to_the_millisecond_and_back() -> None:
    assert text_of(NOON_US + 1_499) == "2026-11-30T12:00:00.001Z"
    assert utc_us_of("2026-11-30T13:00:00.001+01:00") == NOON_US + 1_000
    with pytest.raises(ValueError, match="no time zone"):
        utc_us_of("2026-11-30T13:00:00")


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ('"from_us": 0.5', "from_us"),
        ('"utc": "yesterday"', "yesterday"),
        ('"drift_ppm": 1e9', "which no clock has"),
    ],
)
def test_a_clock_that_cannot_be_is_a_clear_error(tmp_path: Path, wrong: str, fault: str) -> None:
    with RecordingWriter.create(tmp_path / "r", BOARD) as writer:
        append(writer, 0, 10)
        writer.relate_clock([ClockSpan(0, NOON_US, 1.0, 1.0, 1.0)])
    key = wrong.split(":")[0]
    whole = {"from_us": "0", "utc": '"2026-11-30T12:00:00.000Z"', "drift_ppm": "1.0"}
    edit(
        tmp_path / "r/recording.json",
        lambda text: text.replace(f"{key}: {whole[key[1:-1]]}", wrong),
    )
    with pytest.raises(RecordingError, match=fault):
        Recording.open(tmp_path / "r")


@pytest.mark.parametrize("form", ["ms", "iso"])
def test_absolute_times_of_a_file_are_kept(tmp_path: Path, form: str) -> None:
    rng = np.random.default_rng(1)
    lines = ["time,ax_g,ay_g,az_g,gx_rad_s,gy_rad_s,gz_rad_s"]
    for number in range(300):
        moment_us = NOON_US + 250_000 + number * 10_000
        time = str(moment_us // 1000) if form == "ms" else text_of(moment_us)
        values = [*rng.normal(0, 0.01, 2), 1 + rng.normal(0, 0.01), *rng.normal(0, 0.1, 3)]
        lines.append(",".join([time, *(f"{value:.5f}" for value in values)]))
    (tmp_path / "walk.csv").write_text("\n".join(lines) + "\n")
    (folder,) = write_imported(recordings_in(tmp_path / "walk.csv"), tmp_path / "out").folders
    recording = Recording.open(folder)
    found = utc_us(recording.description.clock, recording.t_us)
    assert found == pytest.approx(NOON_US + 250_000 + np.arange(300) * 10_000, abs=1000)
