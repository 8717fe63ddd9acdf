"""Train on one data file, test on another, with the product's own pipeline.

Files have the layout of SOURCES.md: X, y, subject, session, rate_hz, label_names. Of HAPT only
the labels 1 to 6 count. Windows lie inside one labelled stretch. Figures are the int8 model's
under TFLM; the test file is touched only to measure. Beside them, unless --no-baselines is given,
what one would use without MotionLoop (benchmarks/baselines.py), trained once each on the same
windows.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.baselines import BASELINES
from benchmarks.output import finish, parser
from motionloop.formats import npz
from motionloop.inference import Interpreter
from motionloop.package import input_spec
from motionloop.recording import Recording
from motionloop.training.model import ARCHITECTURES, TIERS
from motionloop.training.pipeline import fit
from motionloop.training.train import PRESETS
from motionloop.windows import Split, SplitKind, collect

_HAPT_ACTIVITIES = 6


def labels_of(path: Path) -> list[str]:
    """The classes of a data file, in its own order."""
    with np.load(path) as data:
        names = [str(name) for name in data["label_names"]]
        used = set(np.unique(data["y"]).tolist())
    if names[0] == "unlabelled":
        return [names[i] for i in range(1, len(names)) if i in used][:_HAPT_ACTIVITIES]
    return [names[i] for i in range(len(names)) if i in used]


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--train", type=Path, required=True, metavar="A.npz")
    arguments.add_argument("--test", type=Path, required=True, metavar="B.npz")
    arguments.add_argument("--window", type=int, default=128)
    arguments.add_argument("--stride", type=int, default=64)
    arguments.add_argument("--seeds", type=int, default=5)
    arguments.add_argument("--tier", choices=TIERS, default="default", help="which network")
    arguments.add_argument("--architecture", choices=ARCHITECTURES, help="default: the tier's")
    arguments.add_argument("--no-baselines", action="store_true", help="only our own figures")
    arguments.add_argument(
        "--hold-out", nargs="+", metavar="SUBJECT", help="take these subjects of --test only, "
        "and leave them out of --train: for a file tested on itself"
    )  # fmt: skip
    options = arguments.parse_args()

    begin_s = time.monotonic()
    labels = labels_of(options.train)
    files = {options.train, options.test}
    held = {npz.wearer_name(file, s) for file in files for s in options.hold_out or ()}
    train_recordings = [r for r in npz.read(options.train) if r.wearer not in held]
    test_recordings = [r for r in npz.read(options.test) if not held or r.wearer in held]
    spec = input_spec(_rate_hz(train_recordings), options.window, options.stride)
    known = collect(train_recordings, spec, labels)
    unseen = collect(test_recordings, spec, labels)
    windows = known.joined(unseen)
    index = np.arange(len(windows))
    people = tuple(np.unique(unseen.person).tolist())
    split = Split(SplitKind.PERSON, index[: len(known)], index[len(known) :], people)
    print(
        f"{len(known)} windows of {len(np.unique(known.person))} people to train on, "
        f"{len(unseen)} of {len(people)} to test on, {'' if Interpreter.is_reference else 'NOT '}"
        "under TFLM"
    )
    results = []
    model = TIERS[options.tier]
    if options.architecture:
        model = replace(model, architecture=options.architecture)
    config = replace(PRESETS["thorough"], model=model)
    for seed in range(1, options.seeds + 1):
        fitted = fit(windows, split, replace(config, seed=seed))
        results.append(fitted)
        print(
            f"seed {seed}: int8 {fitted.int8.accuracy:.4f}, macro F1 {fitted.int8.macro_f1:.4f}, "
            f"float {fitted.base.accuracy:.4f}, {len(fitted.converted.board)} bytes",
            flush=True,
        )
    accuracies = [fitted.int8.accuracy for fitted in results]
    begin_baselines_s = time.monotonic()
    baselines = {}
    if not options.no_baselines:
        for name, baseline in BASELINES.items():
            figures = baseline(known, unseen, 1)
            baselines[f"{name}_accuracy"] = round(figures.accuracy, 4)
            baselines[f"{name}_bytes"] = figures.bytes
    finish(
        options,
        {
            "accuracy_mean": round(float(np.mean(accuracies)), 4),
            "accuracy_min": round(min(accuracies), 4),
            "macro_f1_mean": round(float(np.mean([f.int8.macro_f1 for f in results])), 4),
            "tflite_bytes": max(len(fitted.converted.board) for fitted in results),
            "arena_bytes": max(fitted.arena_bytes or 0 for fitted in results),
            "kmac": round(results[0].macs / 1000, 1),
            "seconds": round(begin_baselines_s - begin_s, 1),
            **baselines,
        },
    )


def _rate_hz(recordings: list[Recording]) -> float:
    return recordings[0].rate_hz


if __name__ == "__main__":
    main()
