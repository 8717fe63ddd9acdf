"""Short events such as gestures: bursts of motion with rest before and after, several in a take.

The strength of motion is the deviation of the acceleration in g and half the rotation in rad/s,
over a time that is shorter than a gesture. An event reaches a quarter of the way from rest to the
usual event, and lasts as long as it is above a tenth: the motion of a person who walks does not
fall so far between two steps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from motionloop.errors import MotionLoopError
from motionloop.language import tr
from motionloop.recordings.bridging import bridge
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import Trim
from motionloop.recordings.runs import runs
from motionloop.recordings.segments import Segment

SHORTEST_S, LONGEST_S = 0.2, 2.5  # of an event, as its motion rises and falls
FEWEST = 3  # events that make a repetition
_SMOOTH_S = 0.15
_JOIN_S = 0.3  # a hand that waves stands still at its turning points
_BLOCK_S = 2.0  # has rest in it, if there is rest between events
_FEWEST_BLOCKS = 3
_REACHED, _LASTS = 0.25, 0.1  # shares of the way from rest to the usual event
# The least strength in 2 s of people of HAPT, MotionSense and Matey-Sanz: below 0.04
# where they sit, stand and lie, above 0.12 where they walk, nine times in ten each.
_MOST_REST = 0.1
_LEAST_EVENT = 0.2  # twice as strong as what counts as rest
_REST_SHARE = 0.25  # of the blocks, in which there is rest
_LEAST_LENGTH_S = 1.2  # of segments: a window of a second, and room for it to move
_STEP_US = 10_000  # of that length
_AROUND_S = 0.5  # as much longer are segments than the longest event


@dataclass(frozen=True)
class Event:
    """One burst of motion.

    Attributes:
        start_us: Device time at which the motion rises.
        end_us: Device time at which it has fallen.
        centre_us: Device time of its middle, by energy.
    """

    start_us: int
    end_us: int
    centre_us: int

    @property
    def length_us(self) -> int:
        return self.end_us - self.start_us


@dataclass(frozen=True)
class LeftOut:
    """A burst of motion that is no event.

    Attributes:
        event: The burst.
        reason: The cause in words.
    """

    event: Event
    reason: str


@dataclass(frozen=True)
class FoundEvents:
    """The events of a recording.

    Attributes:
        events: In the order of time.
        spans: Of each event the begin and the end of its segment in device time. All have one
            length, lie around the event's middle and do not overlap.
        left_out: The bursts that are no events, in the order of time.
    """

    events: tuple[Event, ...]
    spans: tuple[tuple[int, int], ...]
    left_out: tuple[LeftOut, ...]

    @property
    def length_us(self) -> int:
        """The common length of the segments."""
        return self.spans[0][1] - self.spans[0][0]

    @property
    def reasons(self) -> str:
        """The bursts that were left out, counted by their reasons, in words; empty without one."""
        return reasons_of(self.left_out)

    def segments(self, label: str) -> list[Segment]:
        """The segments with a label."""
        return [Segment(start_us, end_us, label) for start_us, end_us in self.spans]


def reasons_of(left_out: Sequence[LeftOut]) -> str:
    """Bursts that were left out, counted by their reasons, in words; empty without one."""
    counted = Counter(one.reason for one in left_out)
    return ", ".join(f"{count} {reason}" for reason, count in counted.items())


def find_events(
    recording: Recording,
    length_s: float | None = None,
    shortest_s: float = SHORTEST_S,
    longest_s: float = LONGEST_S,
) -> FoundEvents:
    """Find the events in the part of a recording that is used.

    Args:
        recording: Events of one kind, with rest between them. It stays as it is.
        length_s: Seconds of each segment; by default half a second more than the longest event,
            1.2 s at least, and less where the events follow each other sooner.
        shortest_s: Shorter bursts are left out.
        longest_s: Longer bursts are left out.

    Returns:
        At least FEWEST events.

    Raises:
        MotionLoopError: The recording is too short, does not rest or does not move, or has too few
            events; the message says which.
    """
    filled = bridge(recording, 0.0).recording
    trim = recording.trim or Trim(recording.start_us, recording.end_us)
    part = slice(*np.searchsorted(filled.t_us, [trim.start_us, trim.end_us]))
    strength, t_us = _strength(filled, part), filled.t_us[part]
    bursts = _bursts(strength, t_us, _levels(strength, recording), recording.rate_hz)
    limits = int(t_us[0]), int(t_us[-1]) + 1
    left_out, good = [], []
    for burst in bursts:
        if reason := _why_not(burst, filled, limits, (shortest_s, longest_s)):
            left_out.append(LeftOut(burst, reason))
        else:
            good.append(burst)
    length_us = round(length_s * 1e6) if length_s else _common_length(good, limits)
    kept, near = _apart(good, length_us, limits)
    left_out += [
        LeftOut(
            burst, tr("too near for segments of {seconds:.2f} s", seconds=length_us / 1000000.0)
        )
        for burst in near
    ]
    if len(kept) < FEWEST:
        cause = tr(
            "{found} were found, and {fewest} at least are a repetition",
            found=len(kept),
            fewest=FEWEST,
        )
        if left_out:
            cause = tr("{cause} (left out: {reasons})", cause=cause, reasons=reasons_of(left_out))
        cure = tr("Record the same gesture several times, with a second of rest around each")
        raise MotionLoopError(_refusal(recording, cause, cure))
    return FoundEvents(
        tuple(kept),
        tuple(_span(event, length_us, limits) for event in kept),
        tuple(sorted(left_out, key=lambda one: one.event.start_us)),
    )


def _refusal(recording: Recording, cause: str, cure: str) -> str:
    return tr(
        "{name} cannot be cut into events: {cause}. {cure}.",
        name=recording.name,
        cause=cause,
        cure=cure,
    )


def _strength(recording: Recording, part: slice) -> NDArray[np.float64]:
    """The strength of motion [n] around each sample."""
    size = max(round(_SMOOTH_S * recording.rate_hz), 3)
    total = np.zeros(len(recording.raw[part]))
    if not len(total):
        return total
    for axis in recording.accel_g[part].T:
        varied = axis - axis.mean()  # or squares of gravity drown the rest
        total += _moving_mean(varied**2, size) - _moving_mean(varied, size) ** 2
    for axis in recording.gyro_rad_s[part].T:
        total += _moving_mean((axis - np.median(axis)) ** 2, size) / 4  # without its bias
    strength: NDArray[np.float64] = np.sqrt(total.clip(0))
    return strength


def _moving_mean(values: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """The mean [n] of up to `size` values around each; fewer at the ends."""
    total = np.r_[0.0, np.cumsum(values)]
    at = np.arange(len(values))
    low = np.maximum(at - size // 2, 0)
    high = np.minimum(at + (size + 1) // 2, len(values))
    mean: NDArray[np.float64] = (total[high] - total[low]) / (high - low)
    return mean


def _levels(strength: NDArray[np.float64], recording: Recording) -> tuple[float, float]:
    """The strength that an event reaches, and the one above which it lasts."""
    size = max(round(_BLOCK_S * recording.rate_hz), 1)
    count = len(strength) // size
    if count < _FEWEST_BLOCKS:
        raise MotionLoopError(
            _refusal(
                recording,
                tr("it has {seconds:.1f} s to look at", seconds=len(strength) / recording.rate_hz),
                tr(
                    "Record {seconds:.0f} s at least, rest and events in turn",
                    seconds=_FEWEST_BLOCKS * _BLOCK_S,
                ),
            )
        )
    blocks = strength[: count * size].reshape(count, size)
    rest = float(np.quantile(blocks.min(axis=1), _REST_SHARE))
    if rest > _MOST_REST:
        raise MotionLoopError(
            _refusal(
                recording,
                tr(
                    "it does not rest between them (its quiet moments have a strength of "
                    "{strength:.2f}, rest has {most:g} at most)",
                    strength=rest,
                    most=_MOST_REST,
                ),
                tr("Record again with a second of rest around each event, or label them by hand"),
            )
        )
    usual = float(np.median(_upper_group(blocks.max(axis=1))))
    if usual < _LEAST_EVENT:
        raise MotionLoopError(
            _refusal(
                recording,
                tr(
                    "it hardly moves (its motion has a strength of {strength:.2f}, an event has "
                    "{least:g} at least)",
                    strength=usual,
                    least=_LEAST_EVENT,
                ),
                tr("Check that it is the recording that you mean"),
            )
        )
    return rest + _REACHED * (usual - rest), rest + _LASTS * (usual - rest)


def _upper_group(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The greater ones of values that fall into two groups.

    The split is the one with the least variance of the logarithms inside the groups (Otsu).
    """
    ordered = np.sort(values)
    logs = np.log(np.maximum(ordered, 1e-6))
    below = np.arange(1, len(logs))
    total = np.cumsum(logs)
    means = total[:-1] / below, (total[-1] - total[:-1]) / (len(logs) - below)
    apart = (means[1] - means[0]) ** 2 * below * (len(logs) - below)
    return ordered[int(np.argmax(apart)) + 1 :]


def _bursts(
    strength: NDArray[np.float64],
    t_us: NDArray[np.int64],
    levels: tuple[float, float],
    rate_hz: float,
) -> list[Event]:
    """Where there is motion that is as strong as an event; over short rests it goes on."""
    reached, lasts = levels
    moves = strength > lasts
    for first, stop in runs(~moves):
        if first > 0 and stop < len(moves) and stop - first < _JOIN_S * rate_hz:
            moves[first:stop] = True
    found = []
    for first, stop in runs(moves):
        if strength[first:stop].max() < reached:
            continue
        energy, times = strength[first:stop] ** 2, t_us[first:stop]
        centre_us = times[0] + (energy @ (times - times[0])) / energy.sum()
        found.append(Event(int(times[0]), int(times[-1]) + 1, round(float(centre_us))))
    return found


def _why_not(
    burst: Event, recording: Recording, limits: tuple[int, int], lengths_s: tuple[float, float]
) -> str:
    """The reason why a burst is no event; empty for an event."""
    shortest_s, longest_s = lengths_s
    if burst.start_us <= limits[0] or burst.end_us >= limits[1]:
        return tr("cut off at the begin or the end")
    if any(gap.start_us < burst.end_us and burst.start_us < gap.end_us for gap in recording.gaps):
        return tr("with missing samples")
    if burst.length_us < shortest_s * 1e6:
        return tr("shorter than {seconds:g} s", seconds=shortest_s)
    if burst.length_us > longest_s * 1e6:
        return tr("longer than {seconds:g} s", seconds=longest_s)
    return ""


def _common_length(events: Sequence[Event], limits: tuple[int, int]) -> int:
    """Microseconds that hold each event and, as far as there is room, the rest around it."""
    longest_us = max((event.length_us for event in events), default=0)
    wanted_us = max(longest_us + round(_AROUND_S * 1e6), round(_LEAST_LENGTH_S * 1e6))
    least_us = max(longest_us, round(1e6))
    kept, _ = _apart(events, least_us, limits)
    nearest_us = min((b.centre_us - a.centre_us for a, b in pairwise(kept)), default=wanted_us)
    return max(min(wanted_us, nearest_us), least_us) // _STEP_US * _STEP_US


def _apart(
    events: Sequence[Event], length_us: int, limits: tuple[int, int]
) -> tuple[list[Event], list[Event]]:
    """The events whose segments do not overlap, the earlier of two, and the others."""
    kept: list[Event] = []
    near: list[Event] = []
    free_us = limits[0]
    for event in events:
        start_us, end_us = _span(event, length_us, limits)
        if start_us < free_us or end_us > limits[1]:
            near.append(event)
        else:
            kept.append(event)
            free_us = end_us
    return kept, near


def _span(event: Event, length_us: int, limits: tuple[int, int]) -> tuple[int, int]:
    """Begin and end of the segment of an event: around its middle, inside the limits."""
    start_us = min(event.centre_us - length_us // 2, limits[1] - length_us)
    start_us = max(start_us, limits[0])
    return start_us, start_us + length_us
