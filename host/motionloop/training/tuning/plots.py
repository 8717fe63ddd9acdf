"""The plots of a study: the price of accuracy, and the course of the search."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import LogFormatter

from motionloop.language import tr
from motionloop.safe_files import disk_error, write_whole
from motionloop.trainer.messages import Trial

FRONT_FILE, SEARCH_FILE = "front.svg", "search.svg"


def save_plots(folder: Path, trials: Sequence[Trial], front: Sequence[Trial]) -> list[Path]:
    """Write the plots of the trials that were trained; none when there are none.

    Raises DiskFullError or RecordingError.
    """
    trained = [trial for trial in trials if trial.accuracy is not None]
    if not trained:
        return []
    paths = []
    for name, figure in (
        (FRONT_FILE, _front_figure(trained, front)),
        (SEARCH_FILE, _search_figure(trained)),
    ):
        paths.append(folder / name)
        try:
            content = io.BytesIO()
            figure.savefig(content, format=Path(name).suffix[1:])
            write_whole(paths[-1], content.getvalue())
        except OSError as error:
            raise disk_error(error, paths[-1], tr("The study itself is safe.")) from error
    return paths


def _front_figure(trained: Sequence[Trial], front: Sequence[Trial]) -> Figure:
    """Accuracy against work and against arena, the Pareto front ringed."""
    figure = Figure(figsize=(10, 4.5), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    for axes, costs, unit in ((left, _kmac, "kMAC per window"), (right, _arena_kb, "arena, kB")):
        for architecture in sorted({str(t.settings["architecture"]) for t in trained}):
            own = [t for t in trained if t.settings["architecture"] == architecture]
            axes.scatter([costs(t) for t in own], [_percent(t) for t in own], label=architecture)
        axes.scatter(
            [costs(t) for t in front],
            [_percent(t) for t in front],
            s=120,
            facecolors="none",
            edgecolors="black",
            label="Pareto front",
        )
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter(LogFormatter())
        axes.xaxis.set_minor_formatter(LogFormatter(minor_thresholds=(2, 0.4)))
        axes.set_xlabel(unit)
        axes.grid(alpha=0.3)
    left.set_ylabel("int8 accuracy on validation windows, %")
    left.legend()
    return figure


def _search_figure(trained: Sequence[Trial]) -> Figure:
    """Each trial's accuracy in order, and the best until then."""
    figure = Figure(figsize=(10, 4), layout="constrained")
    axes = figure.subplots()
    numbers, accuracies = [t.number for t in trained], [_percent(t) for t in trained]
    axes.scatter(numbers, accuracies, label="trial")
    axes.step(numbers, np.maximum.accumulate(accuracies), where="post", label="best so far")
    axes.set_xlabel("trial")
    axes.set_ylabel("int8 accuracy on validation windows, %")
    axes.grid(alpha=0.3)
    axes.legend()
    return figure


def _kmac(trial: Trial) -> float:
    return (trial.macs or 0) / 1000


def _arena_kb(trial: Trial) -> float:
    return (trial.arena_bytes or 0) / 1000


def _percent(trial: Trial) -> float:
    return 100 * (trial.accuracy or 0)
