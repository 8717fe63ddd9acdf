"""How many wrong recordings the checks find, and how many right ones they accuse.

Each recording of at least 30 s stands for a file of its own; shorter ones of one person are joined
first. It is checked as it is, and converted wrongly in each of the ways that people report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.output import finish, parser
from motionloop.recordings import sources
from motionloop.recordings.checks.check import check_recordings
from motionloop.recordings.checks.finding import Finding, Kind, Severity
from motionloop.recordings.recording import Recording
from motionloop.sample_format import SampleFormat

LESSON = Path(__file__).parents[1] / "docs/lesson/data"
DATA = [LESSON / f"{name}.npz" for name in ("pocket", "turn_and_sit_pocket", "turn_and_sit_wrist")]
LEAST_S = 30.0
_JOIN_US = 1_000_000

Motion = NDArray[np.float64]
Wrong = Callable[[Motion, Motion, float], tuple[Motion, Motion]]


def main() -> None:
    made = parser(__doc__)
    made.add_argument("--data", type=Path, nargs="+", default=DATA, metavar="FILE")
    options = made.parse_args()
    found: Counter[str] = Counter()
    of: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    count = 0
    for path in options.data:
        for recording in long_ones(sources.read_recordings(path)):
            count += 1
            for finding in check_recordings([recording]):
                alarms[finding.severity.value] += 1
                print(f"{finding.severity.value}: {finding}")
            for name, (kind, wrong) in WRONG.items():
                of[name] += 1
                found[name] += is_found(check_recordings([converted(recording, wrong)]), kind, name)
    figures = {
        "recordings": count,
        "falsely_refused": alarms[Severity.REFUSE.value],
        "warned": alarms[Severity.WARN.value],
        **{name: f"{found[name]}/{of[name]}" for name in WRONG},
    }
    finish(options, {**figures, "found": sum(found.values()), "of": sum(of.values())})


def is_found(findings: Iterable[Finding], kind: Kind, name: str) -> bool:
    """Whether a training would be refused for this reason; what may be true motion is only said."""
    severity = Severity.WARN if name in ONLY_SAID else Severity.REFUSE
    return any(f.kind is kind and f.severity is severity for f in findings)


def long_ones(recordings: Iterable[Recording]) -> list[Recording]:
    """The recordings of at least 30 s, and the others of each person joined."""
    long, short = [], []
    for recording in recordings:
        is_long = len(recording.raw) / recording.rate_hz >= LEAST_S
        (long if is_long else short).append(recording)
    for _, group in groupby(sorted(short, key=lambda r: r.wearer), key=lambda r: r.wearer):
        joined = _joined(list(group))
        if len(joined.raw) / joined.rate_hz >= LEAST_S:
            long.append(joined)
    return long


def _joined(recordings: Sequence[Recording]) -> Recording:
    """One after the other, each behind a hole."""
    times, end_us = [], 0
    for recording in recordings:
        times.append(recording.t_us - recording.t_us[0] + end_us)
        end_us = int(times[-1][-1]) + _JOIN_US
    raw = np.concatenate([recording.raw for recording in recordings])
    description = replace(recordings[0].description, segments=(), gaps=(), samples=len(raw))
    return Recording(description, np.arange(len(raw)), np.concatenate(times), raw)


def converted(recording: Recording, wrong: Wrong) -> Recording:
    """The recording as a wrong conversion would have left it, on the finest scale."""
    motion = wrong(recording.accel_g, recording.gyro_rad_s, recording.rate_hz)
    scales = [max(int(np.ceil(np.abs(values).max() * 1e9 / 32766)), 1) for values in motion]
    raw = np.concatenate(
        [np.rint(values * 1e9 / scale) for values, scale in zip(motion, scales, strict=True)],
        axis=1,
    ).astype(np.int16)
    board = replace(recording.board, format=SampleFormat(recording.rate_hz, *scales))
    return replace(recording, description=replace(recording.description, board=board), raw=raw)


def without_gravity(accel: Motion, rate_hz: float, over_s: float) -> Motion:
    """What is left of acceleration when its mean over so many seconds is taken away."""
    size = min(max(int(over_s * rate_hz), 1), len(accel))
    total = np.concatenate([np.zeros((1, 3)), np.cumsum(accel, axis=0)])
    middle = np.arange(len(accel))
    low, high = np.maximum(middle - size // 2, 0), np.minimum(middle + size // 2 + 1, len(accel))
    mean: Motion = (total[high] - total[low]) / (high - low)[:, np.newaxis]
    left: Motion = accel - mean
    return left


def _without_axis(accel: Motion, axis: int) -> Motion:
    changed = accel.copy()
    changed[:, axis] = 0
    return changed


WRONG: dict[str, tuple[Kind, Wrong]] = {
    "m_s2": (Kind.UNIT, lambda a, w, _: (a * 9.80665, w)),
    "milli_g": (Kind.UNIT, lambda a, w, _: (a * 1000, w)),
    "raw_steps": (Kind.UNIT, lambda a, w, _: (a * 16384, w)),
    "double_range": (Kind.UNIT, lambda a, w, _: (a * 4, w)),
    "gravity_removed_1_s": (Kind.GRAVITY, lambda a, w, hz: (without_gravity(a, hz, 1), w)),
    "gravity_removed_5_s": (Kind.GRAVITY, lambda a, w, hz: (without_gravity(a, hz, 5), w)),
    "gravity_removed_m_s2": (
        Kind.GRAVITY,
        lambda a, w, hz: (without_gravity(a, hz, 1) * 9.80665, w),
    ),
    "deg_s": (Kind.ROTATION, lambda a, w, _: (a, np.degrees(w))),
    "deg_s_and_m_s2": (Kind.ROTATION, lambda a, w, _: (a * 9.80665, np.degrees(w))),
    "rotation_too_small": (Kind.ROTATION, lambda a, w, _: (a, np.radians(w))),
    "no_gyroscope": (Kind.AXES, lambda a, w, _: (a, np.zeros_like(w))),
    "dead_axis": (Kind.AXES, lambda a, w, _: (_without_axis(a, 1), w)),
}
ONLY_SAID = {"rotation_too_small"}


if __name__ == "__main__":
    main()
