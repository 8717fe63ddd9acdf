"""`motionloop label --events`: gestures shown, and labelled with the user's word."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from motionloop.cli import main
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import DESCRIPTION_FILE
from motionloop.recordings.segments import Segment
from motionloop.recordings.writer import write_recording
from tests.recordings.takes_of_gestures import START_US, Gesture, take

WAVES = [Gesture(3.0 + 2.5 * i, 0.8) for i in range(8)]
BEFORE = Segment(START_US, START_US + 3_000_000, "still")


@pytest.fixture
def waves(tmp_path: Path) -> Path:
    recording = take([*WAVES, Gesture(25.0, 3.5)], 30.0)
    recording.description = replace(recording.description, segments=(BEFORE,))
    write_recording(recording, tmp_path / "waves")
    return tmp_path / "waves"


def test_events_are_shown_and_only_then_labelled(
    waves: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (waves / DESCRIPTION_FILE).read_bytes()
    main(["label", str(waves), "--events", "wave", "--dry-run"])
    shown = " ".join(capsys.readouterr().out.split())
    assert "8 events 'wave', in segments of 1.20 s; left out: 1 longer than 2.5 s." in shown
    assert "Nothing was written" in shown
    assert (waves / DESCRIPTION_FILE).read_bytes() == before
    main(["label", str(waves), "--events", "wave"])
    assert "The labels before (1) are kept" in capsys.readouterr().out
    still, *found = Recording.open(waves).segments
    assert still == replace(BEFORE, end_us=found[0].start_us)  # it gives way
    assert [s.label for s in found] == ["wave"] * 8
    assert [(s.start_us + s.end_us) / 2e6 - START_US / 1e6 for s in found] == pytest.approx(
        [wave.centre_s for wave in WAVES], abs=0.1
    )


def test_programs_get_one_line(waves: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["label", str(waves), "--events", "wave", "--length", "1", "--dry-run", "--json"])
    said = capsys.readouterr()
    assert "Nothing was written" in said.err
    document = json.loads(said.out)
    assert said.out.count("\n") == 1
    assert [s["label"] for s in document["segments"]] == ["still"]
    events = document["events"]
    assert (events["label"], events["length_s"], events["written"]) == ("wave", 1.0, False)
    assert len(events["found"]) == 8
    assert [one["reason"] for one in events["left_out"]] == ["longer than 2.5 s"]


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        (["--events", "wave", "--clear"], "not several"),
        (["--dry-run"], "are for --events LABEL: give it, too"),
        (["wave", "--length", "1"], "are for --events LABEL: give it, too"),
        (["--events", "wave", "--longest", "0.4"], "9 longer than 0.4 s"),
        (["--events", "w" * 25], "longer than the 24 bytes"),
        (["--events", "wave", "--length", "nan"], "'nan' is no number above 0"),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    waves: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], cause: str
) -> None:
    before = (waves / DESCRIPTION_FILE).read_bytes()
    with pytest.raises(SystemExit):
        main(["label", str(waves), *arguments])
    assert cause in " ".join(capsys.readouterr().err.split())
    assert (waves / DESCRIPTION_FILE).read_bytes() == before


def test_a_take_that_was_recorded_with_the_label_keeps_it_at_its_events_only(waves: Path) -> None:
    """Else the rest between the gestures would be trained as the gesture."""
    recording = Recording.open(waves)
    main(["label", str(waves), "wave"])
    main(["label", str(waves), "rest", "0", "1"])
    for length in ("1.2", "1"):  # again with another length: no slivers of the first
        main(["label", str(waves), "--events", "wave", "--length", length])
        rest, *events = Recording.open(waves).segments
        assert (rest.label, rest.end_us) == ("rest", recording.start_us + 10**6)
        assert {one.label for one in events} == {"wave"}
        assert {one.end_us - one.start_us for one in events} == {round(float(length) * 1e6)}
