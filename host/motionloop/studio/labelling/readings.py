"""What the cursor and the marked stretch measure, in words beside the curves."""

from __future__ import annotations

import numpy as np

from motionloop.language import tr
from motionloop.studio.labelling.timeline_state import TimelineState

_NEAR = 1.5  # sample periods from the cursor to a sample that it shows


def readings(state: TimelineState) -> tuple[str, str]:
    """The words for the plot of acceleration and for that of rotation.

    Of a marked stretch: its length, how often such a length fits into a second, and the smallest
    and the largest value of any axis. Else the values of the sample at the cursor. Both are empty
    where there is no sample.
    """
    if state.overview is None or not len(state.overview.t_us):
        return "", ""
    return _of_stretch(state) if state.marked_us is not None else _at_cursor(state)


def _of_stretch(state: TimelineState) -> tuple[str, str]:
    assert state.overview is not None
    assert state.marked_us is not None
    start_us, end_us = state.marked_us
    first, end = np.searchsorted(state.overview.t_us, (start_us, end_us))
    seconds = (end_us - start_us) / 1e6
    length = tr("{seconds:.3f} s ({hertz:.2f} Hz)", seconds=seconds, hertz=1 / seconds)
    if first == end:
        return length, ""
    raw = state.overview.raw[first:end]
    low, high = raw.min(axis=0), raw.max(axis=0)
    accel, gyro = (
        (float(low[axes].min()) * scale, float(high[axes].max()) * scale)
        for axes, scale in zip((slice(0, 3), slice(3, 6)), state.scales, strict=True)
    )
    return (
        tr("{length}; {low:.2f} to {high:.2f} g", length=length, low=accel[0], high=accel[1]),
        tr("{low:.2f} to {high:.2f} rad/s", low=gyro[0], high=gyro[1]),
    )


def _at_cursor(state: TimelineState) -> tuple[str, str]:
    assert state.overview is not None
    times = state.overview.t_us
    place = min(int(np.searchsorted(times, state.cursor_us)), len(times) - 1)
    if place and abs(times[place - 1] - state.cursor_us) < abs(times[place] - state.cursor_us):
        place -= 1
    if abs(int(times[place]) - state.cursor_us) > _NEAR * state.period_us:
        return "", ""
    raw = state.overview.raw[place].astype(float)
    # Zero has no sign in words.
    accel = np.round(raw[:3] * state.scales[0], 2) + 0.0
    gyro = np.round(raw[3:] * state.scales[1], 2) + 0.0
    return (
        tr("x {x:.2f}, y {y:.2f}, z {z:.2f} g", x=accel[0], y=accel[1], z=accel[2]),
        tr("x {x:.2f}, y {y:.2f}, z {z:.2f} rad/s", x=gyro[0], y=gyro[1], z=gyro[2]),
    )
