"""Train on one data file, test on another, with the product's own pipeline.

Or on people of the same file who are left out: some by name (--hold-out), or everybody once
(--folds), which rests on all people instead of the few that happened to be chosen.

Files have the layout of SOURCES.md: X, y, subject, session, rate_hz, label_names. Of HAPT only
the labels 1 to 6 count. Windows lie inside one labelled stretch. Figures are the int8 model's
under TFLM; the test file is touched only to measure. Beside them, unless --no-baselines is given,
what one would use without MotionLoop (benchmarks/baselines.py), trained once on each split.
"""

from __future__ import annotations

import time
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.baselines import BASELINES
from benchmarks.output import finish, parser
from motionloop.model.inference import Interpreter
from motionloop.model.package import input_spec
from motionloop.recordings import importing
from motionloop.recordings.formats import npz
from motionloop.splits import Split, SplitKind, folds
from motionloop.training.fit import fit
from motionloop.training.network import ARCHITECTURES, TIERS
from motionloop.training.train import PRESETS
from motionloop.windows import WindowSet, collect_windows

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
    arguments.add_argument("--test", type=Path, metavar="B.npz", help="default: that of --train")
    arguments.add_argument("--window", type=int, default=128)
    arguments.add_argument("--stride", type=int, default=64)
    arguments.add_argument("--seeds", type=int, default=5)
    arguments.add_argument("--tier", choices=TIERS, default="default", help="which network")
    arguments.add_argument("--architecture", choices=ARCHITECTURES, help="default: the tier's")
    arguments.add_argument("--no-baselines", action="store_true", help="only our own figures")
    left_out = arguments.add_mutually_exclusive_group()
    left_out.add_argument(
        "--hold-out", nargs="+", metavar="SUBJECT", help="take these subjects of --test only, "
        "and leave them out of --train: for a file tested on itself"
    )  # fmt: skip
    left_out.add_argument(
        "--folds", action="store_true", help="test everybody of --train on models that did not "
        "know them: five trainings per seed"
    )  # fmt: skip
    options = arguments.parse_args()
    if options.test is None and not (options.folds or options.hold_out):
        arguments.error("a file is tested on itself with --hold-out or --folds only")
    if options.test and options.folds:
        arguments.error("--folds tests on --train, so it takes no --test")

    begin_s = time.monotonic()
    windows, splits = read(options)
    print(
        f"{len(splits)} split(s) of {len(windows)} windows of {len(np.unique(windows.person))} "
        f"people; tested on {', '.join(str(len(split.held_out)) for split in splits)} people, "
        f"{'' if Interpreter.is_reference else 'NOT '}under TFLM"
    )
    model = TIERS[options.tier]
    if options.architecture:
        model = replace(model, architecture=options.architecture)
    config = replace(PRESETS["thorough"], model=model)
    accuracies, macro_f1, fold_accuracies = [], [], []
    for seed in range(1, options.seeds + 1):
        results = [fit(windows, split, replace(config, seed=seed)) for split in splits]
        tested = np.array([result.int8.windows for result in results])
        of_folds = np.array([result.int8.accuracy for result in results])
        accuracies.append(float(np.average(of_folds, weights=tested)))
        macro_f1.append(float(np.average([r.int8.macro_f1 for r in results], weights=tested)))
        fold_accuracies.append(of_folds)
        in_float = np.average([r.base.accuracy for r in results], weights=tested)
        print(
            f"seed {seed}: int8 {accuracies[-1]:.4f}, macro F1 {macro_f1[-1]:.4f}, "
            f"float {in_float:.4f}, folds {of_folds.round(4).tolist()}",
            flush=True,
        )
    begin_baselines_s = time.monotonic()
    finish(
        options,
        {
            "accuracy_mean": round(float(np.mean(accuracies)), 4),
            "accuracy_min": round(min(accuracies), 4),
            "macro_f1_mean": round(float(np.mean(macro_f1)), 4),
            "fold_accuracies": np.mean(fold_accuracies, axis=0).round(4).tolist(),
            "tflite_bytes": max(len(fitted.converted.board) for fitted in results),
            "arena_bytes": max(fitted.arena_bytes or 0 for fitted in results),
            "kmac": round(results[0].macs / 1000, 1),
            "seconds": round(begin_baselines_s - begin_s, 1),
            **({} if options.no_baselines else baselines(windows, splits)),
        },
    )


def read(options: Namespace) -> tuple[WindowSet, list[Split]]:
    """The windows of all files, and what of them to train and to test on."""
    labels = labels_of(options.train)
    recordings = importing.recordings_in(options.train)
    spec = input_spec(recordings[0].rate_hz, options.window, options.stride)
    if options.folds:
        windows = collect_windows(recordings, spec, labels)
        return windows, folds(windows, SplitKind.PERSON)
    test = options.test or options.train
    files = {options.train, test}
    held = {npz.wearer_name(file, s) for file in files for s in options.hold_out or ()}
    known = collect_windows([r for r in recordings if r.wearer not in held], spec, labels)
    others = [r for r in importing.recordings_in(test) if not held or r.wearer in held]
    unseen = collect_windows(others, spec, labels)
    index = np.arange(len(known) + len(unseen))
    people = tuple(np.unique(unseen.person).tolist())
    split = Split(SplitKind.PERSON, index[: len(known)], index[len(known) :], people)
    return known.joined(unseen), [split]


def baselines(windows: WindowSet, splits: list[Split]) -> dict[str, float]:
    """Accuracy and bytes of each on the same splits."""
    tested = [len(split.test) for split in splits]
    figures: dict[str, float] = {}
    for name, baseline in BASELINES.items():
        made = [baseline(windows.take(s.train), windows.take(s.test), 1) for s in splits]
        accuracy = np.average([one.accuracy for one in made], weights=tested)
        figures[f"{name}_accuracy"] = round(float(accuracy), 4)
        figures[f"{name}_bytes"] = max(one.bytes for one in made)
    return figures


if __name__ == "__main__":
    main()
