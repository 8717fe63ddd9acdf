"""What bridging short holes costs, and what it wins.

Holes as in a file that came over the air: `windows` of each session, and int8 `accuracy` without
and with a bridge, split in the most honest way that the data allow (`split`; in the file of
ankle motion, running and cycling have one session each, so it is by block: optimistic).

With --holes-per-s, whole motion is punched with holes of 10 to 40 ms at random. Three models are
compared on the same people, held out, and on their whole motion, as a board sees it: `whole` is
trained on the motion before, `unbridged` on the windows that the holes leave, `bridged` on all.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.output import finish, parser
from motionloop.errors import TrainingDataError
from motionloop.model.inference import Interpreter
from motionloop.model.package import InputSpec, input_spec
from motionloop.recordings import sources
from motionloop.recordings.recording import Recording, find_gaps
from motionloop.splits import SplitKind, split, split_people
from motionloop.training.fit import fit
from motionloop.training.train import PRESETS
from motionloop.windows import WindowSet, collect_windows

_ANKLE = Path(__file__).parents[2] / "shared/data/nano33ble_ankle.npz"
_HOLE_MS = (10.0, 40.0)


def as_they_are(
    recordings: Sequence[Recording], spec: InputSpec, bridge_ms: float, seeds: int
) -> dict[str, Any]:
    """Windows by session, and accuracy, of recordings that have holes of their own."""
    try:
        windows = collect_windows(recordings, spec, bridge_ms=bridge_ms)
        chosen = split(windows)
    except TrainingDataError as error:
        return {"windows": 0, "accuracy": None, "why": str(error)}
    accuracies = [
        fit(windows, chosen, replace(PRESETS["quick"], seed=seed)).int8.accuracy
        for seed in range(1, seeds + 1)
    ]
    return {
        "windows": len(windows),
        "by_session": dict(zip(*_counted(windows.session), strict=True)),
        "not_measured": round(float(windows.bridged.mean()), 4),
        "split": chosen.kind.value,
        "tested": len(chosen.test),
        "accuracy": [round(a, 4) for a in accuracies],
    }


def _counted(sessions: NDArray[np.str_]) -> tuple[list[str], list[int]]:
    names, counts = np.unique(sessions, return_counts=True)
    return names.tolist(), counts.tolist()


def punched(recording: Recording, holes_per_s: float, rng: np.random.Generator) -> Recording:
    """The recording less the samples of holes that begin at random."""
    duration_us = recording.end_us - recording.start_us
    count = rng.poisson(holes_per_s * duration_us / 1e6)
    begin_us = recording.start_us + rng.uniform(0, duration_us, count)
    lost = np.zeros(len(recording.seq), bool)
    for start, length_ms in zip(begin_us, rng.uniform(*_HOLE_MS, count), strict=True):
        first, stop = np.searchsorted(recording.t_us, [start, start + 1000 * length_ms])
        lost[first:stop] = True
    seq, t_us = recording.seq[~lost], recording.t_us[~lost]
    description = replace(
        recording.description, gaps=tuple(find_gaps(seq, t_us, recording.rate_hz)), samples=len(seq)
    )
    return Recording(description, seq, t_us, recording.raw[~lost])


def against_whole(
    recordings: Sequence[Recording],
    spec: InputSpec,
    bridge_ms: float,
    holes_per_s: float,
    seeds: int,
) -> dict[str, Any]:
    """Windows and accuracies of models from whole, punched and bridged motion."""
    rng = np.random.default_rng(1)
    holed = [punched(recording, holes_per_s, rng) for recording in recordings]
    whole = collect_windows(recordings, spec)
    held_out = split(whole, SplitKind.PERSON).held_out
    test = whole.take(split_people(whole, held_out).test)
    made: dict[str, Any] = {"held_out": list(held_out), "tested": len(test)}
    for name, taken, bridge in (
        ("whole", recordings, 0.0),
        ("unbridged", holed, 0.0),
        ("bridged", holed, bridge_ms),
    ):
        try:
            windows = collect_windows(taken, spec, whole.labels, bridge)
        except TrainingDataError as error:
            made[name] = {"windows": 0, "accuracy": None, "why": str(error)}
            continue
        made[name] = {
            "windows": len(windows),
            "not_measured": round(float(windows.bridged.mean()), 4),
            "accuracy": [
                round(_accuracy(windows, held_out, test, seed), 4) for seed in range(1, seeds + 1)
            ],
        }
    return made


def _accuracy(windows: WindowSet, held_out: Sequence[str], test: WindowSet, seed: int) -> float:
    chosen = split_people(windows, held_out)
    fitted = fit(windows, chosen, replace(PRESETS["quick"], seed=seed))
    answers = Interpreter(fitted.converted.board).invoke_many(test.channels(test.fixed))
    return float(np.mean(answers.argmax(axis=1) == test.label))


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--data", type=Path, default=_ANKLE, metavar="FILE")
    arguments.add_argument("--bridge-ms", type=float, default=50.0)
    arguments.add_argument("--holes-per-s", type=float, help="punch whole motion")
    arguments.add_argument("--window", type=int, default=128)
    arguments.add_argument("--labels", nargs="+", help="these only (default: all)")
    arguments.add_argument("--seeds", type=int, default=3)
    options = arguments.parse_args()

    begin_s = time.monotonic()
    recordings = sources.read_recordings(options.data)
    if options.labels:
        for recording in recordings:
            kept = [s for s in recording.segments if s.label in options.labels]
            recording.description = replace(recording.description, segments=tuple(kept))
    spec = input_spec(50.0, options.window, options.window // 2)
    if options.holes_per_s is None:
        found = {
            name: as_they_are(recordings, spec, bridge_ms, options.seeds)
            for name, bridge_ms in (("without", 0.0), ("with", options.bridge_ms))
        }
    else:
        found = against_whole(
            recordings, spec, options.bridge_ms, options.holes_per_s, options.seeds
        )
    finish(
        options,
        {"bridge_ms": options.bridge_ms, "window": options.window}
        | found
        | {"seconds": round(time.monotonic() - begin_s, 1)},
    )


if __name__ == "__main__":
    main()
