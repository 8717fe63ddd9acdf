"""The plots of a report, as inline SVG that takes its ink from the page, light or dark."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from motionloop.training.evaluation.calibration import BINS, Calibration
from motionloop.virtual.replay import Answer, Replay

# A colour that no plot uses otherwise: it becomes the page's own in the SVG.
_INK = "#010203"
_COLOURS = matplotlib.color_sequences["petroff10"]  # colour-blind people distinguish them, too
_BLUE = _COLOURS[0]
_ORANGE = _COLOURS[1]
_WIDTH_IN = 8.0
FEWEST_WINDOWS = 10  # behind a point of the reliability plot
_NO_METADATA = ("Date", "Creator", "Format", "Type")
_STYLE: dict[Any, Any] = {
    "svg.hashsalt": "motionloop",  # equal plots give equal bytes
    "font.size": 10,
    "text.color": _INK,
    "axes.edgecolor": _INK,
    "axes.labelcolor": _INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "legend.frameon": False,
}


def balance(seconds: Mapping[str, float]) -> str:
    """How long each label was recorded."""
    with matplotlib.rc_context(_STYLE):
        figure, axes = _figure(0.7 + 0.34 * len(seconds))
        place = np.arange(len(seconds))
        axes.barh(place, list(seconds.values()), color=_BLUE)
        axes.set_yticks(place, list(seconds))
        axes.invert_yaxis()
        axes.set_xlabel("seconds")
        return _svg(figure, "Seconds of each label")


def accuracy_of_groups(
    accuracy: Mapping[str, Sequence[float]],
    overall: float,
    interval: tuple[float, float] | None,
) -> str:
    """A bar a person or session: the mean of its seeds, and a line from the worst to the best."""
    with matplotlib.rc_context(_STYLE):
        figure, axes = _figure(0.9 + 0.27 * len(accuracy))
        names = sorted(accuracy, key=lambda name: float(np.mean(accuracy[name])))
        mean = np.array([np.mean(accuracy[name]) for name in names]) * 100
        low = mean - np.array([min(accuracy[name]) for name in names]) * 100
        high = np.array([max(accuracy[name]) for name in names]) * 100 - mean
        place = np.arange(len(names))
        several = any(len(values) > 1 for values in accuracy.values())
        axes.barh(
            place,
            mean,
            color=_BLUE,
            xerr=np.abs([low, high]) if several else None,
            error_kw={"ecolor": _INK, "capsize": 3},
            zorder=2,
        )
        axes.axvline(overall * 100, color=_ORANGE, zorder=3, label=f"all together {overall:.1%}")
        if interval is not None:
            low_share, high_share = interval
            text = f"95 % interval {low_share:.1%} to {high_share:.1%}"
            axes.axvspan(low_share * 100, high_share * 100, color=_ORANGE, alpha=0.25, label=text)
        axes.set_yticks(place, names)
        axes.set_ylim(len(names) - 0.4, -0.6)
        axes.set_xlim(0, 100)
        axes.set_xlabel("windows right, %")
        _legend_above(axes)
        return _svg(figure, "Accuracy of each person or session")


def learning_curve(losses: Sequence[Sequence[float]]) -> str:
    """The training loss of each epoch, a line per training."""
    with matplotlib.rc_context(_STYLE):
        figure, axes = _figure(2.6)
        for loss in losses:
            axes.plot(np.arange(1, len(loss) + 1), loss, color=_BLUE, alpha=0.8, linewidth=1.2)
        axes.set_xlabel("epoch")
        axes.set_ylabel("training loss")
        axes.set_ylim(bottom=0)
        return _svg(figure, "Training loss of each epoch")


def reliability(calibration: Calibration) -> str:
    """Accuracy against confidence, with the number of windows behind each point; bins of fewer
    than FEWEST_WINDOWS have no point, since it would be chance."""
    with matplotlib.rc_context(_STYLE):
        figure = Figure((_WIDTH_IN * 0.6, 4.2), layout="constrained")
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=[3, 1])
        used = [i for i in range(BINS) if calibration.count[i] >= FEWEST_WINDOWS]
        confidence = [100 * (calibration.confidence[i] or 0) for i in used]
        accuracy = [100 * (calibration.accuracy[i] or 0) for i in used]
        above.plot([0, 100], [0, 100], color=_INK, linestyle=":", label="as sure as right")
        above.plot(confidence, accuracy, "o-", color=_BLUE, label="this model")
        above.set_ylabel("right, %")
        above.set_xlim(0, 100)
        above.set_ylim(0, 103)
        above.legend(loc="lower right")
        below.bar((np.arange(BINS) + 0.5) * 100 / BINS, calibration.count, 90 / BINS, color=_BLUE)
        below.set_yscale("symlog", linthresh=1)
        below.set_ylim(bottom=0)
        below.set_ylabel("windows")
        below.set_xlabel("confidence, %")
        return _svg(figure, "Reliability: accuracy against confidence")


def timeline(replay: Replay, labels: Sequence[str]) -> str:
    """The activities above the board's answers."""
    with matplotlib.rc_context(_STYLE):
        figure, axes = _figure(1.35 + 0.22 * (len(labels) > 4))
        colour = {label: _COLOURS[i % len(_COLOURS)] for i, label in enumerate(labels)}
        begin_us = min(s.start_us for s in replay.segments)
        done = [(s.start_us, s.end_us, s.label) for s in replay.segments]
        for row, spans in ((1, done), (0, _spans(replay.answers))):
            for start_us, end_us, label in spans:
                start_s, width_s = (start_us - begin_us) / 1e6, (end_us - start_us) / 1e6
                axes.barh(row, width_s, left=start_s, color=colour[label], linewidth=0)
        axes.set_yticks([1, 0], ["done", "answered"])
        axes.set_ylim(-0.5, 1.5)
        axes.set_xlabel("s")
        for label in labels:
            axes.barh(0, 0, color=colour[label], label=label)
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=4, fontsize=9)
        return _svg(figure, f"Replay of {replay.name}")


def _spans(answers: Sequence[Answer]) -> list[tuple[int, int, str]]:
    """Runs of equal answers (start us, end us, label), each answer until the next one, at most
    two hops. An unknown leaves its place empty."""
    hop_us = int(np.median(np.diff([a.t_us for a in answers]))) if answers[1:] else 0
    spans: list[tuple[int, int, str]] = []
    for i, answer in enumerate(answers):
        following = [a.t_us for a in answers[i + 1 : i + 2]]
        end_us = min([answer.t_us + 2 * hop_us, *following])
        if answer.label is None:
            continue
        if spans and spans[-1][1:] == (answer.t_us, answer.label):
            spans[-1] = (spans[-1][0], end_us, answer.label)
        else:
            spans.append((answer.t_us, end_us, answer.label))
    return spans


def _figure(height_in: float) -> tuple[Figure, Axes]:
    # Constrained: makes room for labels of any length, so that none is cut off.
    figure = Figure((_WIDTH_IN, height_in + 0.6), layout="constrained")
    return figure, figure.subplots()


def _legend_above(axes: Axes) -> None:
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)


def _svg(figure: Figure, title: str) -> str:
    """The figure as an <svg> element that scales with the page."""
    file = io.StringIO()
    figure.savefig(file, format="svg", transparent=True, metadata=dict.fromkeys(_NO_METADATA))
    text = file.getvalue().replace(_INK, "currentColor")
    text = text[text.index("<svg ") + len("<svg ") :]
    return f'<svg role="img" aria-label="{escape(title)}" {text}'
