"""Leaky against honest: the same windows and trainings, once split at random by window."""

from __future__ import annotations

from typing import Any

import numpy as np

from motionloop.language import tr
from motionloop.splits import Split
from motionloop.training.evaluation.crossval import CrossValidation
from motionloop.windows import WindowSet


def compare(honest: CrossValidation, leaky: CrossValidation) -> dict[str, Any]:
    """The two accuracies, in all and for each label, and how much leaked.

    `overlap_share` is the share of tested windows that have samples in common with a window of
    their own training set; it is 0 for an honest split.
    """
    found = {
        "kind": honest.kind.value,
        "honest_accuracy": honest.int8.accuracy,
        "leaky_accuracy": leaky.int8.accuracy,
        "honest_recall": honest.int8.recall,
        "leaky_recall": leaky.int8.recall,
        "overlap_share": _overlap(leaky.windows, leaky.folds),
        "honest_overlap_share": _overlap(honest.windows, honest.folds),
    }
    return {**found, "text": explain(found)}


def explain(lesson: dict[str, Any]) -> list[str]:
    """The meaning of the two figures, in plain words."""
    unit = tr("person") if lesson["kind"] == "person" else tr("session")
    honest, leaky = lesson["honest_accuracy"], lesson["leaky_accuracy"]
    points = round(100 * leaky, 1) - round(100 * honest, 1)  # of the figures shown
    verdict = tr("Here the leaking brought nothing, so these recordings are alike or very easy.")
    if points > 0:
        verdict = tr(
            "{points:.1f} points of the second figure are not skill but leaking.", points=points
        )
    return [
        tr(
            "The same windows, the same network and the same training were judged twice. Split by "
            "{unit}, the model had {honest:.1f} % right. Split at random by window, it had "
            "{leaky:.1f} %. {verdict}",
            unit=unit,
            honest=100 * honest,
            leaky=100 * leaky,
            verdict=verdict,
        ),
        tr(
            "Windows overlap, and a random split puts neighbours on both sides: {leaky:.0f} % of "
            "the windows tested shared samples with one trained on ({honest:.0f} % when split by "
            "{unit}). Even those that do not are of the same minute of the same walk by the same "
            "person, with the board strapped on the same way. The model can recognise the "
            "occasion instead of the activity.",
            leaky=100 * lesson["overlap_share"],
            honest=100 * lesson["honest_overlap_share"],
            unit=unit,
        ),
        tr(
            "On the wrist there is no such neighbour: every window is new. Only the figure by "
            "{unit} answers the question that matters, how it does on a new {unit}.",
            unit=unit,
        ),
    ]


def _overlap(windows: WindowSet, folds: list[Split]) -> float:
    length_us = windows.spec.window_s * 1e6
    overlapping = tested = 0
    for split in folds:
        train, test = windows.take(split.train), windows.take(split.test)
        tested += len(test)
        for session in np.unique(test.session):
            known = np.sort(train.start_us[train.session == session])
            if len(known) == 0:
                continue
            asked = test.start_us[test.session == session]
            right = np.searchsorted(known, asked).clip(max=len(known) - 1)
            left = (right - 1).clip(min=0)
            nearest = np.minimum(np.abs(known[right] - asked), np.abs(known[left] - asked))
            overlapping += int((nearest < length_us).sum())
    return overlapping / max(tested, 1)
