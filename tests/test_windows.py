"""Windows are whole and lie inside one segment without a gap."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motionloop import _core, wire
from motionloop.errors import TrainingDataError
from motionloop.model.package import input_spec
from motionloop.recordings.recording import Recording, find_gaps
from motionloop.recordings.recording_json import Description, RecordedBoard
from motionloop.recordings.segments import Segment
from motionloop.sample_format import SampleFormat
from motionloop.windows import (
    MIN_SECONDS_PER_LABEL,
    WindowSet,
    check_enough,
    collect_enough,
    collect_windows,
    imbalance,
    to_fixed,
    window_ends,
)
from tests.window_sets import window_set

SPEC = input_spec(50.0, 32, 16)
START_US = 5_000_000


def recording(
    segments: Iterable[tuple[float, float, str]],
    *,
    rate_hz: float = 119.0,
    seconds: float = 20.0,
    lost: Iterable[int] = (),
    name: str = "r",
    wearer: str = "ada",
    synthetic: bool = False,
) -> Recording:
    """Motion of `seconds` with `segments` (start s, end s, label), less the samples `lost`.

    The accelerometer's x axis counts the samples, so that a window tells where it is from.
    """
    kept = np.setdiff1d(np.arange(round(seconds * rate_hz)), np.fromiter(lost, int))
    t_us = START_US + np.rint(kept * 1e6 / rate_hz).astype(np.int64)
    raw = np.zeros((len(kept), wire.AXES), np.int16)
    raw[:, 0] = kept
    description = Description(
        board=RecordedBoard(
            "virtual", SampleFormat(rate_hz, 244_000, 1_221_730), synthetic=synthetic
        ),
        name=name,
        wearer=wearer,
        segments=tuple(
            Segment(START_US + round(a * 1e6), START_US + round(b * 1e6), label)
            for a, b, label in segments
        ),
        gaps=tuple(find_gaps(kept, t_us, rate_hz)),
        samples=len(kept),
        closed=True,
    )
    return Recording(description, kept, t_us, raw)


def sources(windows: WindowSet, rate_hz: float) -> list[tuple[float, float]]:
    """Numbers of the first and last samples that each window was made of."""
    unit = 244_000 / 1e9 * 2**wire.FIXED_POINT_BITS
    middle = windows.fixed[:, :, 0] / unit
    reach = max(rate_hz / windows.spec.rate_hz, 1) / 2 + 0.6
    return [(m[0] - reach, m[-1] + reach) for m in middle]


# --- places -------------------------------------------------------------------------------
@given(
    rate_mhz=st.integers(25_000, 500_000),
    window=st.integers(1, 60),
    hop=st.integers(1, 80),
    first=st.integers(0, 1000),
    length=st.integers(0, 3000),
)
def test_windows_lie_a_hop_apart_between_first_and_last(
    rate_mhz: int, window: int, hop: int, first: int, length: int
) -> None:
    windower = input_spec(50.0, window, hop).windower(
        SampleFormat(rate_mhz / 1000, 244_000, 1_221_730)
    )
    last = first + length - 1
    ends = window_ends(windower, hop, first, last)
    step = windower.points_to_samples_q16(hop)
    # As Predictor::advance() counts: whole samples and 1/65536.
    expected, end, fraction = [], first + windower.span - 1, 0
    while end <= last:
        expected.append(end)
        fraction += step
        end, fraction = end + (fraction >> 16), fraction & 0xFFFF
    assert ends.tolist() == expected


def test_windows_carry_their_segments_label() -> None:
    windows = collect_windows([recording([(0, 5, "sit"), (5, 12, "walk"), (15, 20, "sit")])], SPEC)
    assert windows.labels == ("sit", "walk")
    assert windows.fixed.shape == (len(windows), 32, 6)
    assert set(windows.person) == {"ada"}
    assert set(windows.session) == {"r"}
    for (first, last), label in zip(sources(windows, 119.0), windows.label, strict=True):
        a, b = first / 119, last / 119
        inside = [(0, 5, 0), (5, 12, 1), (15, 20, 0)]
        assert any(s - 0.01 <= a and b <= e + 0.01 and label == n for s, e, n in inside)


@pytest.mark.parametrize("rate_hz", [119.0, 99.84, 50.0, 476.0, 25.0])
def test_windows_start_when_their_first_sample_was_taken(rate_hz: float) -> None:
    windows = collect_windows([recording([(2, 8, "walk")], rate_hz=rate_hz, seconds=10.0)], SPEC)
    windower = SPEC.windower(SampleFormat(rate_hz, 244_000, 1_221_730))
    begin = np.ceil(2 * rate_hz - 1e-6)
    ends = window_ends(windower, SPEC.hop, int(begin), int(np.ceil(8 * rate_hz - 1e-6)) - 1)
    expected = START_US + (ends - windower.span + 1) / rate_hz * 1e6
    np.testing.assert_allclose(windows.start_us, expected, atol=1)


@given(
    cuts=st.lists(st.integers(0, 1190), min_size=2, max_size=5, unique=True).map(sorted),
    lost=st.lists(st.tuples(st.integers(1, 1150), st.integers(1, 30)), max_size=4),
)
@settings(max_examples=60)
def test_windows_never_cross_a_gap_or_the_border_of_a_segment(
    cuts: list[int], lost: list[tuple[int, int]]
) -> None:
    missing = {i for begin, count in lost for i in range(begin, begin + count)}
    segments = [(a / 119, b / 119, "ab"[n % 2]) for n, (a, b) in enumerate(pairwise(cuts))]
    made = recording(segments, seconds=10.0, lost=missing)
    try:
        windows = collect_windows([made], SPEC)
    except TrainingDataError:
        return
    for (first, last), label in zip(sources(windows, 119.0), windows.label, strict=True):
        assert not missing & set(range(int(np.ceil(first + 0.6)), int(last - 0.6)))
        within = [
            windows.labels.index("ab"[n % 2])
            for n, (a, b) in enumerate(pairwise(cuts))
            if a <= first + 1 and last <= b + 1
        ]
        assert label in within


def test_windows_begin_again_right_after_a_gap() -> None:
    windower = SPEC.windower(SampleFormat(119.0, 244_000, 1_221_730))
    with_gap = collect_windows(
        [recording([(0, 10, "walk")], seconds=10.0, lost=range(500, 520))], SPEC
    )
    before = len(window_ends(windower, SPEC.hop, 0, 499))
    after = len(window_ends(windower, SPEC.hop, 520, 1189))
    assert len(with_gap) == before + after
    assert with_gap.start_us[before] == START_US + round(520 * 1e6 / 119)


def test_what_is_too_short_or_not_asked_for_ends_nothing() -> None:
    """A short stretch before a long one of its segment, and a label before others."""
    made = recording([(0, 10, "sit"), (10, 20, "walk")], lost=range(20, 25))
    windows = collect_windows([made], SPEC)
    assert windows.start_us[0] == START_US + round(25 * 1e6 / 119)
    walk = collect_windows([made], SPEC, ["walk"])
    assert len(walk) == (windows.label == 1).sum() > 0


def test_samples_lost_at_the_sensor_are_a_gap_too() -> None:
    made = recording([(0, 10, "walk")], seconds=10.0)
    t_us = made.t_us.copy()
    t_us[600:] += 100_000  # no jump in the sequence numbers
    gaps = tuple(find_gaps(made.seq, t_us, 119.0))
    late = Recording(replace(made.description, gaps=gaps), made.seq, t_us, made.raw)
    for first, last in sources(collect_windows([late], SPEC), 119.0):
        assert not first + 1 < 600 < last - 1


def test_a_window_never_needs_the_sample_after_its_segment() -> None:
    span = SPEC.windower(SampleFormat(119.0, 244_000, 1_221_730)).span
    with pytest.raises(TrainingDataError, match="No labelled stretch"):
        collect_windows([recording([(0, (span - 1) / 119, "sit")])], SPEC)
    assert len(collect_windows([recording([(0, span / 119, "sit")])], SPEC)) == 1


def test_segments_shorter_than_a_window_give_none() -> None:
    short = recording([(0, 0.6, "walk"), (1, 4, "sit")])
    windows = collect_windows([short], SPEC)
    assert set(windows.label) == {windows.labels.index("sit")}


def test_labels_asked_for_keep_their_order_and_leave_others_out() -> None:
    made = recording([(0, 5, "sit"), (5, 10, "walk"), (10, 15, "run")])
    windows = collect_windows([made], SPEC, ["walk", "sit"])
    assert windows.labels == ("walk", "sit")
    assert set(windows.label) == {0, 1}


def test_recordings_of_different_boards_make_the_same_windows() -> None:
    """Resampled to the model's rate and to g and rad/s."""
    windows = collect_windows(
        [
            recording([(0, 20, "a")], rate_hz=rate_hz, name=f"{rate_hz}", synthetic=rate_hz == 50)
            for rate_hz in (50.0, 99.84, 119.0)
        ],
        SPEC,
    )
    per_session = [(windows.session == f"{r}").sum() for r in (50.0, 99.84, 119.0)]
    assert max(per_session) - min(per_session) <= 1
    assert windows.synthetic
    # The x axis counts samples: its slope per point is the ratio of the rates, but for rounding.
    unit = 244_000 / 1e9 * 2**wire.FIXED_POINT_BITS
    for rate_hz in (50.0, 99.84, 119.0):
        of_board = windows.fixed[windows.session == f"{rate_hz}"][:, :, 0] / unit
        np.testing.assert_allclose(np.diff(of_board, axis=1), rate_hz / 50, atol=0.13)


def test_nothing_labelled_is_told_with_what_to_do() -> None:
    with pytest.raises(TrainingDataError, match=r"Nothing is labelled .*motionloop label"):
        collect_windows([recording([])], SPEC)
    with pytest.raises(TrainingDataError, match="in 0 recordings"):
        collect_windows([], SPEC)
    with pytest.raises(TrainingDataError, match=r"lasts the 0\.64 s .* longest has 0\.25 s"):
        collect_windows([recording([(0, 20, "walk")], lost=range(0, 2380, 31))], SPEC)
    with pytest.raises(TrainingDataError):
        collect_windows([recording([(0, 10, "walk")])], SPEC, ["run"])


@pytest.mark.parametrize(("hop", "seconds"), [(16, 4 * 0.32), (32, 3 * 0.64), (48, 3 * 0.64)])
def test_a_labels_length_counts_overlap_once_and_no_pause(hop: int, seconds: float) -> None:
    windows = window_set([("sit", "p", "s", 3), ("walk", "p", "s", 0)], input_spec(50.0, 32, hop))
    assert windows.seconds_per_label() == {"sit": pytest.approx(seconds), "walk": 0}


def test_short_segments_count_with_all_of_their_windows() -> None:
    """As those of gestures: two windows that overlap, then other motion."""
    waves = window_set([("wave", "p", "s", 2)] * 30)
    assert waves.seconds_per_label() == {"wave": pytest.approx(30 * 0.96)}


def test_a_label_without_a_window_is_no_second_label() -> None:
    with pytest.raises(TrainingDataError, match=r"one label only \(sit\)"):
        check_enough(window_set([("sit", "p", "s", 1000), ("walk", "p", "s", 0)]))


def test_the_window_that_is_proposed_fits_into_the_longest_stretch() -> None:
    short = [recording([(0, 20, "walk")], lost=range(0, 2380, 62))]
    with pytest.raises(TrainingDataError, match=r"shorter window: `--window 24 --hop 12`\.$"):
        collect_windows(short, SPEC)
    assert len(collect_windows(short, input_spec(50.0, 24, 12))) > 10


def test_the_longest_stretch_is_told_as_long_as_it_is() -> None:
    """Of 25 samples between two that are lost, at 119 Hz."""
    with pytest.raises(TrainingDataError, match=r"longest has 0\.21 s"):
        collect_windows([recording([(0, 20, "walk")], lost=range(0, 2380, 26))], SPEC)


# --- enough -------------------------------------------------------------------------------
def test_a_stretch_as_long_as_asked_for_is_enough() -> None:
    """Whatever the window and the rate: the last window ends before the stretch does."""
    least_s = MIN_SECONDS_PER_LABEL
    segments = [(0.0, least_s, "sit"), (least_s, 2 * least_s, "walk")]
    for rate_hz in (50.0, 99.84, 119.0):
        made = recording(segments, rate_hz=rate_hz, seconds=2 * least_s + 1)
        for spec in (SPEC, input_spec(50.0, 128, 64), input_spec(25.0, 128, 128)):
            check_enough(collect_windows([made], spec))


def test_short_labels_are_left_out_on_request_and_named_with_their_people() -> None:
    made = [
        recording([(0.0, 40.0, "sit"), (40.0, 80.0, "walk"), (80.0, 84.0, "wave")], seconds=85),
        recording([(0.0, 40.0, "sit"), (40.0, 43.0, "climb")], seconds=50),
    ]
    with pytest.raises(TrainingDataError, match=r"climb . s, wave . s.*--skip-short"):
        collect_enough(made, SPEC)
    windows = collect_enough(made, SPEC, skip_short=True)
    assert windows.labels == ("sit", "walk")
    assert set(windows.label.tolist()) == {0, 1}
    assert re.fullmatch(r"climb: \d s, ada; wave: \d s, ada", windows.left_out)
    with pytest.raises(TrainingDataError, match="Too little motion for: climb"):
        collect_enough(made[1:], SPEC, skip_short=True)  # or one label would remain


def test_one_label_is_not_enough() -> None:
    with pytest.raises(TrainingDataError, match=r"one label only \(walk\)"):
        check_enough(window_set([("walk", "p", "s", 1000)]))


def test_a_short_label_is_named_with_its_length() -> None:
    windows = window_set([("sit", "p", "s", 1000), ("walk", "p", "s", 49)])
    assert windows.seconds_per_label()["walk"] == pytest.approx(16)
    with pytest.raises(TrainingDataError, match=r"walk 16 s.*Record at least 30 s"):
        check_enough(windows)


def test_labels_of_very_unequal_length_are_told_and_equal_ones_are_not() -> None:
    assert imbalance(window_set([("sit", "p", "s", 300), ("walk", "p", "s", 100)])) is None
    absent = [("sit", "p", "s", 300), ("walk", "p", "s", 100), ("run", "p", "s", 0)]
    assert imbalance(window_set(absent)) is None
    assert imbalance(window_set([("sit", "p", "s", 303), ("walk", "p", "s", 100)])) is not None
    said = imbalance(window_set([("sit", "p", "s", 400), ("walk", "p", "s", 100)]))
    assert said is not None
    assert "4.0 times as much sit as walk" in said
    assert "record more walk" in said
    assert "walk is known from 32 s only" in said


def test_windows_taken_keep_their_facts() -> None:
    windows = collect_windows([recording([(0, 5, "sit"), (5, 12, "walk")])], SPEC)
    chosen = np.array([3, 0, 10])
    taken = windows.take(chosen)
    np.testing.assert_array_equal(taken.fixed, windows.fixed[chosen])
    np.testing.assert_array_equal(taken.start_us, windows.start_us[chosen])
    assert taken.labels == windows.labels
    assert len(taken) == 3


def test_windows_joined_are_these_and_then_the_others() -> None:
    ada = collect_windows([recording([(0, 5, "sit"), (5, 12, "walk")])], SPEC)
    bob = collect_windows(
        [recording([(0, 6, "sit")], name="s", wearer="bob", synthetic=True)], SPEC
    )
    bob = replace(bob, labels=ada.labels)
    both = ada.joined(bob)
    assert len(both) == len(ada) + len(bob)
    for name in ("fixed", "label", "person", "session", "start_us"):
        expected = np.concatenate([getattr(ada, name), getattr(bob, name)])
        np.testing.assert_array_equal(getattr(both, name), expected)
    assert (both.spec, both.labels) == (SPEC, ("sit", "walk"))
    assert (ada.synthetic, both.synthetic, bob.joined(ada).synthetic) == (False, True, True)
    assert not ada.joined(ada).synthetic


def test_windows_of_another_input_or_other_labels_are_not_joined() -> None:
    windows = window_set([("sit", "p", "s", 3), ("walk", "p", "s", 3)])
    for other in (
        replace(windows, labels=("sit", "run")),
        replace(windows, labels=("walk", "sit")),
        replace(windows, spec=input_spec(50.0, 32, 8)),
    ):
        with pytest.raises(ValueError, match="can be joined"):
            windows.joined(other)


def test_motion_is_in_g_and_rad_s() -> None:
    """The x axis counts samples, each 0.000244 g more."""
    windows = collect_windows([recording([(0, 5, "sit")], rate_hz=50.0)], SPEC)
    first = windows.motion[0]
    np.testing.assert_allclose(np.diff(first[:, 0]), 244e-6, atol=2e-5)
    assert (first[:, 1:] == 0).all()
    np.testing.assert_array_equal(to_fixed(windows.motion), windows.fixed)


def test_channels_need_no_rate_or_scale_of_a_board() -> None:
    windows = collect_windows([recording([(0, 5, "sit")], rate_hz=104.0)], SPEC)
    windower: _core.Windower = SPEC.windower(SampleFormat(104.0, 244_000, 1_221_730))
    np.testing.assert_array_equal(windows.channels(windows.fixed), windower.channels(windows.fixed))
