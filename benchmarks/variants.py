"""The variants of one base, on people held out: size, accuracy, arena, work.

A base is trained on all other people of a data file (benchmarks/har.py has its layout), then each
method goes on from it for half of its steps, beside the control "trained as long". All
figures are of windows of people that no training saw; int8 ones under TFLM. With several seeds
accuracies are means, and sizes the first seed's.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from rich.console import Console

from benchmarks.har import labels_of
from benchmarks.output import finish, parser
from motionloop.commands.variants import show_variants
from motionloop.model.inference import Interpreter
from motionloop.model.package import input_spec
from motionloop.recordings import importing
from motionloop.recordings.formats import npz
from motionloop.splits import split_people
from motionloop.trainer.messages import Variant
from motionloop.training.train import THOROUGH, train
from motionloop.training.variants.compare_model import BUDGET_SHARE, variants_of
from motionloop.windows import collect_windows

_FILE = Path(__file__).parents[2] / "shared/data/hapt_waist_50hz.npz"
_POINT = 0.01  # of accuracy
_HELD_OUT = ["17", "19", "21", "23", "25"]
_EPOCHS = 40  # of the base: half of what `thorough` has, for the time that it takes


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--data", type=Path, default=_FILE, metavar="FILE.npz")
    arguments.add_argument("--hold-out", nargs="+", default=_HELD_OUT, metavar="SUBJECT")
    arguments.add_argument("--seeds", type=int, default=1)
    arguments.add_argument("--epochs", type=int, default=_EPOCHS, help="of the base")
    options = arguments.parse_args()

    begin_s = time.monotonic()
    recordings = importing.recordings_in(options.data)
    spec = input_spec(recordings[0].rate_hz)
    windows = collect_windows(recordings, spec, labels_of(options.data))
    held_out = [npz.wearer_name(options.data, subject) for subject in options.hold_out]
    split = split_people(windows, held_out)
    print(
        f"{len(split.train)} windows to train on, {len(split.test)} of {len(held_out)} other "
        f"people to test on, {'' if Interpreter.is_reference else 'NOT '}under TFLM; "
        f"{options.epochs} epochs, then {BUDGET_SHARE:g} times as many for each method",
        flush=True,
    )
    runs: list[list[Variant]] = []
    for seed in range(1, options.seeds + 1):
        config = replace(THOROUGH, epochs=options.epochs, seed=seed)
        base = train(windows, split, config)
        runs.append([])
        for _, rows in variants_of(windows, split, base):
            runs[-1] += rows
            for row in rows:
                print(f"seed {seed}: {row.name}: {row.accuracy:.4f}", flush=True)
    table = _mean(runs)
    show_variants(Console(width=160), table)
    found = {variant.name: variant for variant in table}
    base_row, int8 = found["base, float32"], found["base, int8"]
    control = found["trained as long, int8"]
    structural = found["structurally pruned, int8"]
    checks = {
        "int8_within_half_a_point": abs(int8.accuracy - base_row.accuracy) <= _POINT / 2,
        "structural_halves_macs": structural.macs <= base_row.macs / 2,
        "structural_within_a_point": base_row.accuracy - structural.accuracy <= _POINT,
    }
    finish(
        options,
        {
            "base_accuracy": round(base_row.accuracy, 4),
            "int8_minus_base": round(int8.accuracy - base_row.accuracy, 4),
            "control_minus_base": round(control.accuracy - base_row.accuracy, 4),
            "structural_minus_base": round(structural.accuracy - base_row.accuracy, 4),
            "structural_mac_share": round(structural.macs / base_row.macs, 3),
            "structural_byte_share": round(structural.bytes / int8.bytes, 3),
            **checks,
            "seeds": options.seeds,
            "seconds": round(time.monotonic() - begin_s, 1),
            "variants": [_short(variant) for variant in table],
        },
    )


def _mean(runs: Sequence[Sequence[Variant]]) -> list[Variant]:
    """The variants of the first run with the mean accuracies of all."""
    return [
        replace(
            same[0],
            accuracy=float(np.mean([variant.accuracy for variant in same])),
            macro_f1=float(np.mean([variant.macro_f1 for variant in same])),
        )
        for same in zip(*runs, strict=True)
    ]


def _short(variant: Variant) -> dict[str, str | int | float | bool | None]:
    return {
        "name": variant.name,
        "bytes": variant.bytes,
        "full_bytes": variant.full_bytes,
        "gzip_bytes": variant.gzip,
        "accuracy": round(variant.accuracy, 4),
        "macro_f1": round(variant.macro_f1, 4),
        "arena_bytes": variant.arena,
        "macs": variant.macs,
        "latency_ms_estimate": variant.latency_ms_estimate,
        "fits": variant.fits,
    }


if __name__ == "__main__":
    main()
