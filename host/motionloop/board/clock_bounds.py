"""How a board's clock goes with this computer's, from what cannot have been earlier or later.

What arrives was measured before it arrived: arrival less device time is the difference of the two
clocks and a delay of at least 0. What a board answers was read after it was asked. A line between
these bounds relates the clocks: packets that wait, are lost or come again only lie further from it.
No input or output.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_DRIFT = 1e-3  # of any crystal
_KNOWN_DRIFT = 1e-4  # an error larger than this says nothing of a crystal
# A question waits for the next event of the radio, from no time to a whole interval. An answer and
# a sample always wait for the event after it: the truth lies nearer to the earliest possible.
_SHARE_OF_ANSWERS = 1 / 8
_TOLERANCE_S = (
    0.0005  # by which bounds may miss each other: the board's times of samples are fitted
)
_ENOUGH_ROUND_TRIPS = 4  # a line through fewer is not kept when the clocks part
_HALVINGS = 60
_BLOCK_S = 10.0  # of device time: in each one packet or another was quick
_FEWEST_BLOCKS = 3
_MOST_BLOCKS = 1024  # some three hours; then blocks of twice the length
_SIGMA_PER_MAD, _SIGMAS = 1.4826, 3.0


@dataclass(frozen=True)
class RoundTrip:
    """A board's time between two moments of this computer.

    Attributes:
        boot_id: Random number of the board's start.
        asked_s: Just before the question, on the event loop's clock.
        now_us: Device time.
        answered_s: When the answer arrived, on the event loop's clock.
    """

    boot_id: int
    asked_s: float
    now_us: int
    answered_s: float


@dataclass(frozen=True)
class Relation:
    """A line from device time to the event loop's clock.

    Attributes:
        from_us: Device time from which it was measured.
        at_s: The event loop's time at `from_us`.
        slope: Seconds of the event loop per second of the device, less 1.
        drift_ppm: How much faster than this computer's the board's clock goes; None for a time
            too short to see it.
        drift_uncertainty_ppm: How far the drift may be from that.
        uncertainty_s: How far the moment of a device time may be from the line.
        round_trips: Number of questions that it rests on.
        utc_offset_s: UTC less the event loop's clock, when the line began.
    """

    from_us: int
    at_s: float
    slope: float
    drift_ppm: float | None
    drift_uncertainty_ppm: float
    uncertainty_s: float
    round_trips: int
    utc_offset_s: float

    def moment_s(self, t_us: float) -> float:
        """The event loop's time when the board's clock said `t_us`."""
        return self.at_s + (t_us - self.from_us) * 1e-6 * (1 + self.slope)

    def moments_s(self, t_us: NDArray[np.int64]) -> NDArray[np.float64]:
        """The event loop's times [n] when the board's clock said `t_us` [n]."""
        elapsed_us = (t_us - self.from_us).astype(np.float64)
        return self.at_s + elapsed_us * (1e-6 * (1 + self.slope))

    def t_us_at(self, moment_s: float) -> float:
        """The board's time at a moment of the event loop."""
        return self.from_us + (moment_s - self.at_s) * 1e6 / (1 + self.slope)


_Points = list[tuple[float, float]]  # device time in seconds, moment less device time


class _Bounds:
    """Moments that a line is not above, and moments that it is not below."""

    def __init__(self) -> None:
        self.latest: _Points = []
        self.earliest: _Points = []
        self.block_s = _BLOCK_S
        self.quickest: dict[int, tuple[float, float]] = {}  # packet per block
        self.round_trips = 0

    def add_arrival(self, point: tuple[float, float]) -> None:
        self.latest.append(point)
        self._add_quick(point)

    def _add_quick(self, point: tuple[float, float]) -> None:
        block = int(point[0] // self.block_s)
        if block not in self.quickest or point[1] < self.quickest[block][1]:
            self.quickest[block] = point

    def joined(self, new: _Bounds) -> _Bounds:
        """Both, without the points that no line can touch."""
        made = _Bounds()
        quickest = [*self.quickest.values(), *new.quickest.values()]
        made.block_s = self.block_s * (2 if len(self.quickest) > _MOST_BLOCKS else 1)
        for point in quickest:
            made._add_quick(point)
        made.latest = _lower_hull(self.latest + new.latest)
        mirrored = _lower_hull([(x, -y) for x, y in self.earliest + new.earliest])
        made.earliest = [(x, -y) for x, y in mirrored]
        made.round_trips = self.round_trips + new.round_trips
        return made


class ClockBounds:
    """The relation to one clock of a board, from its start on.

    Where the clocks part (this computer slept), another relation begins.

    Args:
        utc_offset_s: UTC less the event loop's clock, asked when a relation begins.
    """

    def __init__(self, utc_offset_s: Callable[[], float]) -> None:
        self._utc_offset_s = utc_offset_s
        self._offset_s = utc_offset_s()
        self._done: list[Relation] = []
        self._last: Relation | None = None
        self._kept, self._new = _Bounds(), _Bounds()

    @property
    def relations(self) -> tuple[Relation, ...]:
        """Those that were known at the last `fit`, in the order of time; the last one goes on."""
        return (*self._done, *((self._last,) if self._last else ()))

    def add_arrival(self, t_us: int, arrived_s: float) -> None:
        """Add that a device time was over when a packet arrived.

        Args:
            t_us: Device time of the packet's last sample.
            arrived_s: The event loop's time of the arrival.
        """
        self._new.add_arrival(_point(t_us, arrived_s))

    def add_round_trip(self, asked: RoundTrip) -> None:
        """Add an answer of the board."""
        self._new.latest.append(_point(asked.now_us, asked.answered_s))
        self._new.earliest.append(_point(asked.now_us, asked.asked_s))
        self._new.round_trips += 1

    def fit(self) -> Relation | None:
        """Bring in what was added since the last time.

        Returns:
            The relation that goes on; None without an answer of the board, and where it was drawn
            anew since the clocks had parted.
        """
        bounds = self._kept.joined(self._new)
        relation, agrees = _line(bounds, self._offset_s)
        if not agrees:
            if self._last is not None and self._last.round_trips >= _ENOUGH_ROUND_TRIPS:
                self._done.append(self._last)
            self._offset_s = self._utc_offset_s()
            bounds = self._new.joined(_Bounds())
            relation, agrees = _line(bounds, self._offset_s)
            if not agrees:
                bounds, relation = _Bounds(), None
        self._kept, self._new, self._last = bounds, _Bounds(), relation
        return relation


def _point(t_us: int, moment_s: float) -> tuple[float, float]:
    return t_us * 1e-6, moment_s - t_us * 1e-6


def _line(bounds: _Bounds, utc_offset_s: float) -> tuple[Relation | None, bool]:
    """The line between the bounds, if there is one yet; False where no line can be."""
    if not (bounds.earliest and bounds.latest):
        return None, True
    latest, earliest = np.array(bounds.latest), np.array(bounds.earliest)
    from_s = min(latest[0, 0], earliest[0, 0])
    latest[:, 0] -= from_s
    earliest[:, 0] -= from_s

    def low(slope: float) -> float:
        return float((earliest[:, 1] - slope * earliest[:, 0]).max())

    def high(slope: float) -> float:
        return float((latest[:, 1] - slope * latest[:, 0]).min())

    def gap_s(slope: float) -> float:
        return high(slope) - low(slope)

    widest = _highest_place(gap_s)
    if gap_s(widest) < -_TOLERANCE_S:
        return None, False
    least = _edge(gap_s, widest, -MOST_DRIFT)
    most = _edge(gap_s, widest, MOST_DRIFT)
    measured, error = _slope_of_quickest(bounds, latest)
    error = min(error, most - least)
    is_known = error <= _KNOWN_DRIFT
    slope = min(max(measured if is_known else 0.0, least), most)
    at_s = low(slope) + max(gap_s(slope), 0.0) * _SHARE_OF_ANSWERS
    span_s = max(latest[-1, 0], earliest[-1, 0])
    return Relation(
        from_us=round(from_s * 1e6),
        at_s=round(from_s * 1e6) * 1e-6 + at_s,
        slope=slope,
        drift_ppm=(1 / (1 + slope) - 1) * 1e6 if is_known else None,
        drift_uncertainty_ppm=error * 1e6,
        # At both ends, for every slope that may be: half way the lines lie closer together.
        uncertainty_s=max(
            abs(edge_s + (other - slope) * x_s - at_s)
            for other in (max(slope - error, least), slope, min(slope + error, most))
            for x_s in (0.0, span_s)
            for edge_s in (low(other), high(other))
        ),
        round_trips=bounds.round_trips,
        utc_offset_s=utc_offset_s,
    ), True


def _slope_of_quickest(bounds: _Bounds, latest: NDArray[np.float64]) -> tuple[float, float]:
    """The slope along the packets that arrived soonest, and how far it may be off.

    First the line from below that is nearest to all packets (Moon, Skelly and Towsley, INFOCOM
    1999), which touches the two around the middle; then by all blocks that had a quick packet.
    """
    quickest = np.array([bounds.quickest[block] for block in sorted(bounds.quickest)])
    if len(quickest) < _FEWEST_BLOCKS or len(latest) < 2:
        return 0.0, MOST_DRIFT
    middle_s = latest[-1, 0] / 2
    right = int(np.searchsorted(latest[1:-1, 0], middle_s)) + 1
    (x0, y0), (x1, y1) = latest[right - 1], latest[right]
    slope = (y1 - y0) / (x1 - x0)
    x, y = quickest.T
    above = y - slope * x
    off = np.abs(above - np.median(above))
    noise_s = max(float(np.median(off)) * _SIGMA_PER_MAD, 1e-6)
    near = off <= _SIGMAS * noise_s  # the others waited for a link
    slope += np.polyfit(x[near] - x[near].mean(), above[near], 1)[0]
    return float(slope), _SIGMAS * noise_s / (float(x[near].std()) * float(np.sqrt(near.sum())))


def _edge(gap_s: Callable[[float], float], widest: float, end: float) -> float:
    """The slope nearest to `end` with which a line fits between the bounds."""
    least_s = min(gap_s(widest), 0.0)
    if gap_s(end) >= least_s:
        return end
    inside, outside = widest, end
    for _ in range(_HALVINGS):
        middle = (inside + outside) / 2
        if gap_s(middle) >= least_s:
            inside = middle
        else:
            outside = middle
    return inside


def _highest_place(height: Callable[[float], float]) -> float:
    """Where a concave function of a slope is highest."""
    left, right = -MOST_DRIFT, MOST_DRIFT
    for _ in range(2 * _HALVINGS):
        third = (right - left) / 3
        if height(left + third) < height(right - third):
            left += third
        else:
            right -= third
    return (left + right) / 2


def _lower_hull(points: _Points) -> _Points:
    """The points that a line from below can touch, in the order of time."""
    hull: _Points = []
    for point in sorted(points):
        if hull and hull[-1][0] == point[0]:
            continue  # the lower one came first
        while len(hull) > 1 and _is_above(hull[-1], hull[-2], point):
            hull.pop()
        hull.append(point)
    return hull


def _is_above(
    point: tuple[float, float], left: tuple[float, float], right: tuple[float, float]
) -> bool:
    """Whether a point is not below the line between its neighbours."""
    run, rise = right[0] - left[0], right[1] - left[1]
    return (point[1] - left[1]) * run >= rise * (point[0] - left[0])
