"""What a board would have said to a whole recording, and how that compares with its segments."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from motionloop.errors import PackageError
from motionloop.model.inference import Interpreter
from motionloop.model.package import unpack_package
from motionloop.recordings.recording import Recording, find_gaps
from motionloop.recordings.recording_json import Description, RecordedBoard, Trim
from motionloop.recordings.segments import Segment
from motionloop.sample_format import SampleFormat
from motionloop.virtual.motion import LSM9DS1, SyntheticMotion
from motionloop.virtual.replay import Answer, compare, figures, replay
from motionloop.virtual.wearer import SyntheticWearer
from motionloop.windows import window_ends

RATE_HZ = 119.0
SAMPLES = 1500
GAP_AT = 700
WINDOW_US = 1_000_000
LABELS = ("sit", "walk")


@pytest.fixture(scope="module")
def walk() -> Recording:
    """A synthetic walk as one board recorded it, with samples missing in the middle."""
    raw, _ = SyntheticMotion(SyntheticWearer(1, "walking"), LSM9DS1).take_samples(SAMPLES)
    kept = np.r_[0:GAP_AT, GAP_AT + 30 : SAMPLES]
    t_us = 1_000_000 + np.rint(kept * 1e6 / RATE_HZ).astype(np.int64)
    board = RecordedBoard("desk", LSM9DS1.format)
    description = Description(
        board,
        "morning",
        "ada",
        segments=(Segment(int(t_us[0]), int(t_us[-1]) + 1, "slow"),),
        gaps=tuple(find_gaps(kept, t_us, RATE_HZ)),
        closed=True,
    )
    return Recording(description, kept, t_us, raw[kept])


@pytest.fixture(scope="module")
def unsmoothed(package: bytes) -> bytes:
    return replace(unpack_package(package), smoothing=1.0).pack()


def test_answers_are_those_of_the_same_windows_on_the_host(
    walk: Recording, unsmoothed: bytes
) -> None:
    made = unpack_package(unsmoothed)
    windower = made.input.windower(LSM9DS1.format)
    found = replay(unsmoothed, walk)
    ends = np.searchsorted(walk.t_us, [answer.t_us for answer in found.answers])
    assert len(ends) > 30
    # Until the gap where the training would cut them, and none across it.
    before = window_ends(windower, made.input.hop, 0, GAP_AT - 1)
    assert ends[ends < GAP_AT].tolist() == before.tolist()
    assert (ends[ends >= GAP_AT] - windower.span >= GAP_AT - 1).all()
    inputs = windower.channels(windower.resample(walk.raw, ends))
    interpreter = Interpreter(made.tflite)
    assert made.rejection is not None
    rejected = made.rejection.rejects(interpreter.embed_many(inputs), inputs)
    best = interpreter.invoke_many(inputs).argmax(axis=1)
    expected = [None if no else made.labels[i] for i, no in zip(best, rejected, strict=True)]
    assert [answer.label for answer in found.answers] == expected
    assert found.judged == len(ends)
    assert found.right == expected.count("slow")


def test_an_answer_begins_where_its_window_does(walk: Recording, unsmoothed: bytes) -> None:
    """At the window's first point, 31 points of 50 Hz before its last."""
    found = replay(unsmoothed, walk)
    windows_us = {answer.t_us - answer.start_us for answer in found.answers}
    assert windows_us == {620_000}
    # A point is made of the samples around it, so the first lies a few samples in.
    assert 0 <= found.answers[0].start_us - walk.start_us < 4e6 / RATE_HZ
    (segment,) = walk.segments
    assert found.labelled_s == (segment.end_us - segment.start_us - 620_000) / 1e6


def test_a_sensor_that_the_board_could_not_use_is_refused_in_words(
    walk: Recording, unsmoothed: bytes
) -> None:
    board = replace(walk.board, format=replace(walk.board.format, rate_hz=5000.0))
    fast = Recording(replace(walk.description, board=board), walk.seq, walk.t_us, walk.raw)
    with pytest.raises(PackageError, match=r"refuses the package: BAD_RATE .* its rate"):
        replay(unsmoothed, fast)


def test_smoothing_keeps_the_answer_through_moments_of_another_motion(unsmoothed: bytes) -> None:
    """A minute of what the model calls slow, every five seconds broken for half a second."""
    number = np.arange(3000)
    is_broken = number % 250 >= 225
    hz, swing = np.where(is_broken, 4.0, 1.5), np.where(is_broken, 0.8, 0.3)
    wave = swing * np.sin(2 * np.pi * hz * number / 50)
    values = wave[:, np.newaxis] + np.random.default_rng(1).normal(0, 0.01, (len(wave), 6))
    values[:, 2] += 1.0
    board = RecordedBoard("desk", SampleFormat(50.0, 1_000_000, 1_000_000))
    t_us = number * 20_000
    segments = (Segment(0, int(t_us[-1]) + 1, "slow"),)
    description = Description(board, "broken", "ada", segments=segments, closed=True)
    recording = Recording(description, number, t_us, np.rint(values * 1000).astype(np.int16))
    sharp = replay(unsmoothed, recording)
    smooth = replay(replace(unpack_package(unsmoothed), smoothing=0.25).pack(), recording)
    assert sharp.false_switches >= 10
    assert smooth.false_switches < sharp.false_switches / 2
    assert smooth.right > sharp.right
    assert len(smooth.answers) == len(sharp.answers)


# --- the comparison ---------------------------------------------------------------------------
def session(
    *segments: tuple[float, float, str], trim: tuple[float, float] | None = None
) -> Recording:
    """A recording of 60 s with `segments` (start s, end s, label)."""
    t_us = np.arange(0, 60_000_000, 20_000, dtype=np.int64)
    description = Description(
        RecordedBoard("desk", SampleFormat(50.0, 244_141, 1_065_264)),
        "s",
        "ada",
        segments=tuple(Segment(round(a * 1e6), round(b * 1e6), name) for a, b, name in segments),
        trim=None if trim is None else Trim(round(trim[0] * 1e6), round(trim[1] * 1e6)),
        closed=True,
    )
    return Recording(description, np.arange(len(t_us)), t_us, np.zeros((len(t_us), 6), np.int16))


def answers(*given: tuple[float, str | None]) -> list[Answer]:
    """Answers (at s, label) to windows of a second."""
    return [Answer(round(t * 1e6) - WINDOW_US, round(t * 1e6), label) for t, label in given]


def judged(recording: Recording, *given: tuple[float, str | None]):
    return compare(recording, answers(*given), LABELS, WINDOW_US)


def test_answers_count_at_the_end_of_their_window() -> None:
    made = judged(session((0, 10, "sit"), (10, 20, "walk")), (5, "sit"), (9, "sit"), (15, "walk"))
    assert (made.judged, made.right) == (3, 3)
    assert made.labelled_s == pytest.approx(18)  # each segment less a window


def test_delay_runs_from_the_change_to_the_first_right_answer() -> None:
    made = judged(
        session((0, 10, "sit"), (10, 20, "walk"), (20, 30, "sit")),
        (2, "sit"), (10.5, "sit"), (11.5, "sit"), (12.5, "walk"), (21, "walk"), (29, "walk"),
    )  # fmt: skip
    assert [change.delay_s for change in made.changes] == [2.0, 2.5, None]
    summary = figures([made])
    assert (summary.changes, summary.missed) == (3, 1)
    assert summary.delay_median_s == 2.25


def test_a_flicker_is_a_false_switch_and_the_way_back_is_none() -> None:
    made = judged(
        session((0, 30, "sit")),
        (5, "sit"),
        (6, "walk"),
        (7, "sit"),
        (8, None),
        (9, None),
        (10, "sit"),
    )
    assert made.false_switches == 2  # to walk, and to unknown
    assert figures([made]).false_switches_per_minute == pytest.approx(2 / (29 / 60))


def test_windows_across_a_change_are_no_false_switches() -> None:
    made = judged(
        session((0, 10, "sit"), (10, 20, "walk")), (9, "sit"), (10.4, None), (10.8, "walk")
    )
    assert made.false_switches == 0


def test_what_the_model_does_not_know_is_not_judged() -> None:
    made = judged(session((0, 10, "sit"), (10, 20, "dance")), (5, "sit"), (15, "walk"))
    assert (made.judged, made.right, len(made.changes)) == (1, 1, 1)


def test_what_is_trimmed_off_is_not_judged() -> None:
    made = judged(session((0, 20, "sit"), trim=(0, 10)), (5, "sit"), (15, "walk"))
    assert (made.judged, made.right) == (1, 1)


def test_a_label_that_goes_on_is_no_change() -> None:
    made = judged(
        session((0, 10, "sit"), (10, 20, "sit"), (30, 40, "sit")), (5, "sit"), (35, "sit")
    )
    assert [change.at_us for change in made.changes] == [0, 30_000_000]


def test_nothing_to_judge_gives_no_figures() -> None:
    summary = figures([judged(session(), (5, "sit"))])
    assert summary.accuracy is None
    assert summary.false_switches_per_minute is None
    assert summary.delay_median_s is None
