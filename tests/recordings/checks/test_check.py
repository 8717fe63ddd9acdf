"""What is wrong with recordings is found, with its cause; what is right is not accused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from benchmarks.checks import WRONG, converted, is_found, long_ones
from motionloop import wire
from motionloop.commands.live import Dashboard
from motionloop.recordings import sources
from motionloop.recordings.checks.check import check_recordings, check_stretch
from motionloop.recordings.checks.finding import Finding, Kind, Severity, split_findings
from motionloop.recordings.checks.stretch import StretchCheck
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import Description, RecordedBoard
from motionloop.recordings.segments import Segment
from motionloop.sample_format import SampleFormat
from motionloop.virtual.motion import BMI270, LSM9DS1, SyntheticMotion
from motionloop.virtual.wearer import ACTIVITIES, SyntheticWearer

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests/cases/data"
POCKET = ROOT / "docs/lesson/data/pocket.npz"


@cache
def read(path: Path) -> tuple[Recording, ...]:
    return tuple(sources.read_recordings(path))


@cache
def files() -> tuple[Recording, ...]:
    """One recording of at least 30 s for each activity, jogging and sitting among them."""
    of = {r.labels[0]: r for r in long_ones(read(POCKET)) if r.labels}
    return tuple(of.values())


def kinds(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(finding.kind.value, finding.severity.value) for finding in findings]


@pytest.mark.parametrize(
    ("case", "kind", "words"),
    [
        ("metres_per_second_squared", "unit", "at rest is 9.87.*m/s2.*--accel-unit m/s2"),
        ("gravity_removed", "gravity", "and not 1 g. Gravity was removed"),
        ("acceleration_only", "axes", "gx, gy, gz never move from 0. The gyroscope was not rec"),
    ],
)
def test_what_would_make_a_useless_model_is_refused_with_its_cause(
    case: str, kind: str, words: str
) -> None:
    (finding,) = check_recordings(read(CASES / f"{case}.npz"))
    assert kinds([finding]) == [(kind, "refuse")]
    assert len(finding.recordings) == 9
    said = str(finding)
    assert said.startswith(f"{case} (9 of 9 recordings): ")
    assert f"`--despite {kind}`" in said
    assert re.search(words, said), said
    assert split_findings([finding]) == ([finding], [])
    assert split_findings([finding], [kind]) == ([], [finding])


def test_one_label_in_three_spellings_is_said_with_the_command_that_joins_them() -> None:
    labels, people = check_recordings(read(CASES / "one_label_spelled_three_ways.npz"))
    assert kinds([labels, people]) == [("labels", "warn"), ("people", "warn")]
    assert "'Walking ' (36 s), 'walking' (36 s), 'walkng' (36 s)" in labels.evidence
    assert '`--rename "Walking =walking" "walkng=walking"`' in labels.cure
    assert "one person only, of 3, recorded" in people.evidence


@pytest.mark.parametrize("wrong", WRONG)
def test_each_activity_converted_wrongly_is_found_alone(wrong: str) -> None:
    kind, change = WRONG[wrong]
    assert len(files()) >= 3
    for recording in files():
        findings = check_recordings([converted(recording, change)])
        if wrong == "rotation_too_small" and recording.labels == ["sitting"]:
            continue  # nothing turns, so nothing shows it
        assert is_found(findings, kind, wrong), (recording.name, recording.labels, findings)


@pytest.mark.parametrize("name", ["pocket", "turn_and_sit_pocket", "turn_and_sit_wrist"])
def test_real_recordings_are_not_accused(name: str) -> None:
    findings = check_recordings(read(POCKET.with_name(f"{name}.npz")))
    # Two trials of the first are the same samples in the published data set, too.
    assert kinds(findings) == ([("copied", "warn")] if name == "pocket" else [])


@pytest.mark.parametrize("sensor", [LSM9DS1, BMI270])
def test_the_virtual_boards_wearer_is_not_accused(
    sensor: type[SyntheticMotion],
) -> None:
    for seed, activity in enumerate(ACTIVITIES):
        raw, periods = SyntheticMotion(SyntheticWearer(seed, activity), sensor).take_samples(1200)
        t_us = np.rint(periods * sensor.format.period_us).astype(np.int64)
        assert check_stretch(raw, t_us, sensor.format) == ()


def test_a_stretch_from_a_board_is_checked_as_a_file_is() -> None:
    whole = files()[0]
    ten_s = slice(0, round(10 * whole.rate_hz))
    assert check_stretch(whole.raw[ten_s], whole.t_us[ten_s], whole.board.format) == ()
    (finding,) = check_stretch(
        whole.raw[ten_s], whole.t_us[ten_s], replace(whole.board.format, accel_ng_per_lsb=10**6)
    )
    assert (finding.kind, finding.where) == (Kind.UNIT, "The board's motion now")


def test_a_stream_is_checked_every_ten_seconds() -> None:
    whole = files()[0]
    metres = replace(whole.board.format, accel_ng_per_lsb=10**6)
    check = StretchCheck(metres)
    for start in range(0, 490, 10):
        check.add_samples(whole.raw[start : start + 10], whole.t_us[start : start + 10])
    assert check.warning is None  # not yet ten seconds
    check.add_samples(whole.raw[:0], whole.t_us[:0])
    check.add_samples(whole.raw[490:520], whole.t_us[490:520])
    assert check.warning is not None
    assert "check the board's sensor" in check.warning
    assert "motionloop import" not in check.warning
    dashboard = Dashboard(
        "board", ("walk",), wire.Info.unpack(bytes(wire.Info.SIZE)), stretch=check
    )
    assert dashboard.warning == check.warning
    check.add_samples(whole.raw[:10], whole.t_us[:10])  # the board restarted
    assert check.warning is not None
    assert StretchCheck(whole.board.format).warning is None


def test_a_recording_too_still_or_short_to_judge_is_judged_by_its_source() -> None:
    metres = read(CASES / "metres_per_second_squared.npz")
    short = replace(metres[0], t_us=metres[0].t_us[:60], raw=metres[0].raw[:60])
    assert check_recordings([short]) == ()
    (finding,) = check_recordings([*metres[1:], short])
    assert len(finding.recordings) == 9


def test_a_recording_without_samples_has_no_finding() -> None:
    assert check_recordings([made(np.zeros((0, 6)))]) == ()
    assert check_recordings([]) == ()


# --- sensors ------------------------------------------------------------------------------
def made(
    motion: np.ndarray, name: str = "made", rate_hz: float = 50.0, **changes: object
) -> Recording:
    """A recording of motion [n, 6] in g and rad/s."""
    scale = SampleFormat(rate_hz, 244_141, 1_065_264)
    raw = np.rint(motion * 1e9 / np.array(scale.nano_per_lsb)).clip(-32768, 32767).astype(np.int16)
    t_us = np.rint(np.arange(len(raw)) * 1e6 / rate_hz).astype(np.int64)
    description = Description(RecordedBoard("desk", scale), name, closed=True)
    return Recording(replace(description, **changes), np.arange(len(raw)), t_us, raw)


def walk() -> np.ndarray:
    recording = next(r for r in files() if r.labels == ["walking"])
    return np.concatenate([recording.accel_g, recording.gyro_rad_s], axis=1)


def only(findings: Sequence[Finding]) -> Finding:
    (finding,) = findings
    return finding


def test_one_dead_axis_is_named_with_its_value() -> None:
    motion = walk()
    motion[:, 4] = 0.5
    finding = only(check_recordings([made(motion)]))
    assert (finding.kind, finding.severity) == (Kind.AXES, Severity.REFUSE)
    assert finding.evidence == "gy never moves from 0.4996"


def test_values_that_are_held_are_said() -> None:
    motion = walk()
    motion[500:650] = motion[500]
    finding = only(check_recordings([made(motion)]))
    assert (finding.kind, finding.severity) == (Kind.HELD, Severity.WARN)
    assert "keep their values for up to 3.0 s" in finding.evidence
    motion = walk()
    motion[500:590] = motion[500]  # 1.8 s
    assert check_recordings([made(motion)]) == ()


def test_a_sensor_that_is_read_too_often_is_said() -> None:
    twice = np.repeat(walk(), 2, axis=0)
    twice[:, 3:] += np.random.default_rng(1).normal(0, 0.01, twice[:, 3:].shape)
    finding = only(check_recordings([made(twice, rate_hz=100.0)]))
    assert (finding.kind, finding.severity) == (Kind.HELD, Severity.WARN)
    assert "52% of the rows of acceleration repeat" in finding.evidence


def test_a_block_that_is_there_twice_is_said_within_a_recording_and_between_two() -> None:
    motion = walk()
    within = made(np.concatenate([motion[:1000], motion[300:600]]), "within")
    finding = only(check_recordings([within]))
    assert (finding.kind, finding.severity) == (Kind.COPIED, Severity.WARN)
    assert "s twice in within" in finding.evidence
    pair = [made(motion[:700], "first"), made(motion[400:], "second")]
    finding = only(check_recordings(pair))
    assert "in first and second" in finding.evidence
    assert finding.recordings == ("first", "second")
    assert check_recordings([made(motion[:500], "a"), made(motion[500:], "b")]) == ()


@pytest.mark.parametrize(("axes", "unit"), [(slice(0, 3), "g"), (slice(3, 6), "rad/s")])
def test_peaks_that_are_cut_off_are_said_in_files_too(axes: slice, unit: str) -> None:
    motion = walk()
    end = 0.7 * np.abs(motion[:, axes]).max()
    cut = int((np.abs(motion[:, axes]) >= end).any(axis=1).sum())
    motion[:, axes] = motion[:, axes].clip(-end, end)
    assert 5 <= cut < len(motion) / 3
    finding = only(check_recordings([made(motion)]))
    assert (finding.kind, finding.severity) == (Kind.CLIPPED, Severity.WARN)
    assert f"{cut} of {len(motion)} samples" in finding.evidence
    assert unit in finding.evidence


@pytest.mark.parametrize(
    ("said_hz", "severity"), [(51.0, None), (54.0, "warn"), (25.0, "refuse"), (100.0, "refuse")]
)
def test_a_rate_that_the_times_contradict_is_found(said_hz: float, severity: str | None) -> None:
    recording = made(walk())
    board = replace(recording.board, format=replace(recording.board.format, rate_hz=said_hz))
    recording = replace(recording, description=replace(recording.description, board=board))
    recording.t_us[1000:] += 400_000  # a hole is no step
    found = [f for f in check_recordings([recording]) if f.kind is Kind.RATE]
    assert kinds(found) == ([("rate", severity)] if severity else [])
    if severity:
        assert "step at 50 Hz outside of holes" in found[0].evidence
        assert "--rate-hz 50" in found[0].cure


# --- people -------------------------------------------------------------------------------
def labelled(name: str, wearer: str, *labels: str) -> Recording:
    rng = np.random.default_rng(list(f"{name} {wearer}".encode()))
    at = rng.integers(0, len(walk()) - 400)
    motion = walk()[at : at + 400] + rng.normal(0, 0.01, (400, 6))
    segments = tuple(Segment(i * 10**6, (i + 1) * 10**6, label) for i, label in enumerate(labels))
    return made(motion, name, wearer=wearer, segments=segments)


def test_a_label_known_from_one_person_only_is_said() -> None:
    pair = [labelled("a", "Ada", "walking", "running"), labelled("b", "Ben", "walking")]
    finding = only(check_recordings(pair))
    assert finding.kind is Kind.PEOPLE
    assert finding.evidence == "one person only, of 2, recorded running (Ada)"
    assert check_recordings([pair[0]]) == ()  # one person: there is nothing to confuse


def test_one_person_written_in_two_ways_is_said() -> None:
    pair = [labelled("a", "Ada", "walking"), labelled("b", "ada ", "walking")]
    finding = only(check_recordings(pair))
    assert finding.evidence == "'Ada', 'ada ' differ in case, spaces or signs"


def test_people_numbered_alike_in_two_files_are_said() -> None:
    of = [
        replace(r, description=replace(r.description, board=replace(r.board, name=file)))
        for file in ("monday", "tuesday")
        for r in (labelled(file, f"{file} subject {n}", "walking") for n in (1, 2))
    ]
    finding = only(check_recordings(of))
    assert finding.evidence.startswith("subject 1, subject 2 (2) are in monday and tuesday alike")
    ann = [replace(r, description=replace(r.description, wearer="Ann")) for r in of]
    assert not [f for f in check_recordings(ann) if "for different people" in f.evidence]
