"""How many windows of an activity that a model never learned it calls unknown.

One activity at a time is left out, and a quarter of the people at a time is kept aside to measure
on. The rest's other activities go through the product's own pipeline, which holds people of them
out to set the threshold for 5 % false alarms. Measured, on the people kept aside alone:
`rejected`, windows of the activity left out; `false_alarms`, windows of the known ones;
`rejected_at_5`, with the distance limit at which exactly 5 % of those would be rejected. `softmax`
is the same with the largest probability in place of the distance. int8 models under TFLM; one seed.
"""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.har import labels_of
from benchmarks.output import finish, parser
from motionloop.model.inference import Interpreter
from motionloop.model.package import input_spec
from motionloop.model.rejection import features
from motionloop.recordings import importing
from motionloop.splits import split
from motionloop.training.fit import fit, package_of
from motionloop.training.fit_rejection import FALSE_ALARMS
from motionloop.training.train import PRESETS, TrainConfig
from motionloop.windows import WindowSet, collect_windows

_DATA = Path(__file__).parents[2] / "shared/data"
_FILES = (_DATA / "motionsense_pocket_50hz.npz", _DATA / "hapt_waist_50hz.npz")
_QUARTERS = 4  # of the people, each measured on once

Figures = dict[str, float]


def without(windows: WindowSet, label: int) -> WindowSet:
    """The windows of all labels but one, which no longer has a number."""
    known = windows.take(np.flatnonzero(windows.label != label))
    labels = tuple(name for i, name in enumerate(windows.labels) if i != label)
    return replace(known, labels=labels, label=known.label - (known.label > label))


def measure(windows: WindowSet, left_out: int, aside: list[str], config: TrainConfig) -> Figures:
    """Train without the label `left_out` and the people `aside`; what is rejected of them."""
    is_aside = np.isin(windows.person, aside)
    known = without(windows.take(np.flatnonzero(~is_aside)), left_out)
    fitted = fit(known, split(known), config)
    made = package_of(fitted)
    interpreter = Interpreter(made.tflite)
    assert made.rejection is not None

    def scores(of: WindowSet) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Distance and doubt (the largest probability, negated) [k] of windows."""
        inputs = known.channels(of.fixed)
        distances = made.rejection.distances(features(interpreter.embed_many(inputs), inputs))
        return distances.astype(np.float64), -interpreter.invoke_many(inputs).max(axis=1) * 1.0

    others = windows.take(np.flatnonzero(is_aside))
    known_distance, known_doubt = scores(without(others, left_out))
    distance, doubt = scores(others.take(np.flatnonzero(others.label == left_out)))
    _, held_out_doubt = scores(known.take(fitted.split.test))
    doubt_limit = np.quantile(held_out_doubt, 1 - FALSE_ALARMS)
    return {
        "accuracy": fitted.int8.accuracy,
        "rejected": np.mean(distance > made.rejection.threshold),
        "false_alarms": np.mean(known_distance > made.rejection.threshold),
        "rejected_at_5": np.mean(distance > np.quantile(known_distance, 1 - FALSE_ALARMS)),
        "softmax_rejected": np.mean(doubt > doubt_limit),
        "softmax_false_alarms": np.mean(known_doubt > doubt_limit),
        "softmax_rejected_at_5": np.mean(doubt > np.quantile(known_doubt, 1 - FALSE_ALARMS)),
        "rejection_bytes": len(made.rejection.pack()),
    }


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--data", type=Path, nargs="+", default=_FILES, metavar="FILE.npz")
    arguments.add_argument("--preset", choices=PRESETS, default="quick")
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()

    begin_s = time.monotonic()
    config = replace(PRESETS[options.preset], seed=options.seed)
    sums: dict[str, list[Figures]] = defaultdict(list)
    activities: dict[str, float] = {}
    for file in options.data:
        recordings = importing.recordings_in(file)
        windows = collect_windows(recordings, input_spec(recordings[0].rate_hz), labels_of(file))
        people = np.random.default_rng(options.seed).permutation(np.unique(windows.person))
        quarters = [part.tolist() for part in np.array_split(people, _QUARTERS)]
        print(f"{file.stem}: {len(windows)} windows of {len(people)} people")
        for left_out, name in enumerate(windows.labels):
            parts = [measure(windows, left_out, aside, config) for aside in quarters]
            figures = _mean(parts)
            sums[file.stem].append(figures)
            activities[f"{file.stem}/{name}"] = round(figures["rejected"], 4)
            print(
                f"{name:>20} " + ", ".join(f"{k} {v:.3f}" for k, v in figures.items()), flush=True
            )
    means = {stem: _mean(some) for stem, some in sums.items()}
    overall = _mean(list(means.values()))
    finish(
        options,
        {f"{name}_mean": round(value, 4) for name, value in overall.items()}
        | {f"{stem}_rejected": round(m["rejected"], 4) for stem, m in means.items()}
        | {f"{stem}_false_alarms": round(m["false_alarms"], 4) for stem, m in means.items()}
        | {"rejected": activities, "seconds": round(time.monotonic() - begin_s, 1)},
    )


def _mean(some: list[Figures]) -> Figures:
    return {name: float(np.mean([figures[name] for figures in some])) for name in some[0]}


if __name__ == "__main__":
    main()
