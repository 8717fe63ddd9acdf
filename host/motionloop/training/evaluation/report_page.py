"""The report of an evaluation: one self-contained page with data, method and results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from motionloop.html_page import (
    bar,
    confusion,
    document,
    figures,
    heading,
    paragraph,
    percent,
    plot,
    smoothing_text,
    table,
    text_cell,
)
from motionloop.language import tr
from motionloop.training.evaluation import plots
from motionloop.training.evaluation.calibration import Calibration
from motionloop.virtual.replay import Replay

_FEW_GROUPS = 8  # of which a bootstrap interval is known to be too narrow
_UNITS = {"person": "people", "session": "sessions"}
_WELL_CALIBRATED = 0.03  # expected calibration error that nobody would notice


def page(made: dict[str, Any], timelines: Sequence[Replay], figures_file: bytes) -> str:
    """report.html of evaluation.json's content, parsed and in bytes, and the replays to draw."""
    parts = [
        *(paragraph(text, "notice") for text in made["notices"]),
        _headline(made),
        heading("What was tested"),
        *_split(made),
        heading("Data"),
        *_data(made),
        heading("Labels"),
        *_labels(made),
        heading("People and sessions"),
        *_groups(made),
        heading("In use: whole recordings replayed"),
        *_replay(made, timelines),
        heading("How sure it is"),
        *_calibration(made),
    ]
    if made["lesson"]:
        parts += [heading("The lesson: leaky against honest"), *_lesson(made)]
    if any(made["loss"]):
        text = "Loss on the windows trained on, a line per training. It falls and flattens out "
        text += "when the training was long enough; it says nothing about unseen motion."
        parts += [heading("Learning curve"), plot(plots.learning_curve(made["loss"]), text)]
    return document(made["name"], [*parts, heading("Provenance"), _provenance(made)], figures_file)


def notices(made: dict[str, Any]) -> list[str]:
    """The notices that a reader needs before any figure, in words."""
    found: list[str] = []
    data, seen = made["data"], made["seen"]
    if data["synthetic"]:
        found.append(tr("Synthetic motion: computed, not measured on a person."))
    if made["split"]["optimistic"]:
        found.append(
            tr(
                "Optimistic: tested on the end of the sessions trained on, since nothing else was "
                "recorded. Expect less in use; record each label in a second session."
            )
        )
    elif made["split"]["kind"] == "session" and len(data["people"]) < 3:
        found.append(tr("Says nothing about other people: tested on new sessions of known ones."))
    if seen and seen["trained"]:
        found.append(
            tr(
                "{count} of the {total} recordings tested were among those that {model} was "
                "trained on: expect less on new ones.",
                count=len(seen["trained"]),
                total=seen["of"],
                model=seen["model"],
            )
        )
    elif made["settings"]["model"] and seen is None:
        found.append(
            tr(
                "No metrics.json beside this model says what it was trained on: whether it has "
                "seen these recordings is not known."
            )
        )
    if data["imbalance"]:
        found.append(data["imbalance"])
    if data.get("left_out"):
        found.append(tr("Without labels that are too short: {labels}.", labels=data["left_out"]))
    found += data.get("findings", [])
    if made.get("bridging"):
        found.append(made["bridging"]["text"])
    if made["int8"]["runtime"] != "TFLM":
        found.append(tr("int8 figures come from LiteRT, not from the board's TFLite Micro."))
    return found


def accuracy_text(made: dict[str, Any]) -> str:
    """The accuracy with its interval, or without and why."""
    accuracy = 100 * made["int8"]["accuracy"]
    if made["interval"] is None:
        return tr(
            "{accuracy:.1f} % (no interval: fewer than three people or sessions tested)",
            accuracy=accuracy,
        )
    low, high = made["interval"]
    return tr(
        "{accuracy:.1f} % (95 % interval {low:.1f} to {high:.1f} %)",
        accuracy=accuracy,
        low=100 * low,
        high=100 * high,
    )


def _headline(made: dict[str, Any]) -> str:
    pairs = [("Accuracy, int8", percent(made["int8"]["accuracy"]))]
    if made["interval"]:
        low, high = made["interval"]
        pairs.append(("95 % interval", f"{100 * low:.1f} - {100 * high:.1f} %"))
    pairs.append(("Macro F1", percent(made["int8"]["macro_f1"])))
    replay = made["replay"]
    if replay and replay["false_switches_per_minute"] is not None:
        pairs.append(("False switches per minute", f"{replay['false_switches_per_minute']:.2f}"))
    if replay and replay["delay_median_s"] is not None:
        pairs.append(("Seconds to notice a change", f"{replay['delay_median_s']:.1f}"))
    return figures(pairs)


def _split(made: dict[str, Any]) -> list[str]:
    split, model = made["split"], made["settings"]["model"]
    unit = _UNITS.get(split["kind"], "")
    if model:
        seen = made["seen"]
        text = f"The finished model {model}, on {made['data']['windows']:,} windows."
        if seen and not seen["trained"]:
            text += " By its metrics.json it was trained on none of these recordings."
        return [paragraph(text)]
    if split["optimistic"]:
        text = "The last fifth of each session was held out; the training saw the rest of it."
    elif split.get("name"):
        text = (
            f"Tested on the {unit} that the split {split['name']!r} holds out, by models that saw "
            "no window of them."
        )
    else:
        text = (
            f"Every window was tested once per seed, by a model that saw no window of the {unit} "
            f"in its row. {_folds_text(split, unit)}"
        )
    rows = [
        (
            str(number),
            text_cell(", ".join(fold["held_out"]) or "the end of each session"),
            f"{fold['train']:,}",
            f"{fold['test']:,}",
            ", ".join(percent(accuracy) for accuracy in fold["accuracy"]),
        )
        for number, fold in enumerate(split["folds"], 1)
    ]
    head = ("Fold", "Tested on", "Windows trained", "tested", "Accuracy, a value per seed")
    return [paragraph(text), table(head, rows)]


def _folds_text(split: dict[str, Any], unit: str) -> str:
    largest = max(len(fold["held_out"]) for fold in split["folds"])
    if largest == 1:
        return f"One of the {unit} is left out at a time."
    return f"Up to {largest} {unit} are left out at a time, to make do with few trainings."


def _data(made: dict[str, Any]) -> list[str]:
    data = made["data"]
    minutes = sum(data["seconds_per_label"].values()) / 60
    people = "1 person" if len(data["people"]) == 1 else f"{len(data['people'])} people"
    text = (
        f"{minutes:.1f} minutes of labelled motion in {data['sessions']} sessions of {people}, "
        f"cut into {data['windows']:,} windows of {data['window']} points at "
        f"{data['rate_hz']:g} Hz, one every {data['hop']} points."
    )
    seconds = data["seconds_per_label"]
    return [paragraph(text), plot(plots.balance(seconds), "Seconds of each label.")]


def _labels(made: dict[str, Any]) -> list[str]:
    int8 = made["int8"]
    recall = [(label, bar(int8["recall"][label])) for label in made["labels"]]
    base = made["base_accuracy"]
    text = "Rows: the label. Columns: the model's answer."
    if len(made["settings"]["seeds"]) > 1:
        text += " Each window counts once per seed."
    beside = f" The float base model has {percent(base)}." if base is not None else ""
    return [
        paragraph(f"int8 accuracy {accuracy_text(made)}.{beside}"),
        table(("Label", "Recall"), recall),
        paragraph(text, "note"),
        confusion(made["labels"], int8["confusion"]),
    ]


def _groups(made: dict[str, Any]) -> list[str]:
    groups, interval = made["group_accuracy"], made["interval"]
    svg = plots.accuracy_of_groups(groups, made["int8"]["accuracy"], interval)
    caption = "Worst first."
    if len(made["settings"]["seeds"]) > 1:
        caption += " The thin line goes from the worst seed to the best."
    if interval is None:
        caption += " Too few of them for an interval."
    else:
        caption += (
            f" The band is a 95 % bootstrap interval: the {len(groups)} "
            f"{_UNITS[made['split']['kind']]} and the seeds drawn anew 2,000 times."
        )
        if len(groups) < _FEW_GROUPS:
            caption += " With so few of them it is rather too narrow."
    return [plot(svg, caption)]


def _replay(made: dict[str, Any], timelines: Sequence[Replay]) -> list[str]:
    found = made["replay"]
    if found is None:
        return [paragraph("Not replayed: no recording is unseen by every part of its training.")]
    explanation = (
        "Whole recordings went sample by sample through the firmware's core and TFLite Micro, "
        "with the board's smoothing. A false switch is a change to a wrong answer, or to unknown, "
        "while the activity did not change. The delay runs from the start of a labelled stretch "
        "to the end of the first window with the right answer: most of a window "
        f"({made['data']['window'] / made['data']['rate_hz']:.2f} s) has to be of the new activity "
        "first, and the inference on a board comes on top."
    )
    switches, median, p90 = (
        found["false_switches_per_minute"],
        found["delay_median_s"],
        found["delay_p90_s"],
    )
    rows = [
        ("Recordings", f"{found['recordings']}, {found['minutes']:.1f} minutes judged"),
        ("Answers right at their time", percent(found["accuracy"])),
        ("False switches per minute", "none to judge" if switches is None else f"{switches:.2f}"),
        (
            "Changes of activity noticed",
            f"{found['changes'] - found['missed']} of {found['changes']}",
        ),
        (
            "Delay, median and 90 %",
            "none" if median is None else f"{median:.2f} s, {p90:.2f} s",
        ),
    ]
    return [
        paragraph(explanation),
        table(("", ""), rows),
        paragraph(
            "Below, the recordings with the most changes of activity, of equal ones those with the "
            "most false switches. Where nothing is drawn, the answer was unknown.",
            "note",
        ),
        *(plot(plots.timeline(r, made["labels"]), f"{r.name}.") for r in timelines),
    ]


def _calibration(made: dict[str, Any]) -> list[str]:
    found, again = made["calibration"], made["recalibration"]
    text = (
        f"On average, confidence and accuracy are {100 * found['error']:.1f} points apart "
        "(expected calibration error of the int8 softmax, ten bins). "
    )
    if again is not None:
        after, temperature = again["after"]["error"], again["temperature"]
        surer = "too sure" if temperature > 1 else "not sure enough"
        if found["error"] < _WELL_CALIBRATED:
            text += "Its confidence can be taken at its word."
        elif after < found["error"]:
            text += (
                f"It is {surer}: a temperature of {temperature:.2f}, chosen on the other folds, "
                f"brings that to {100 * after:.1f} points. The answers stay the same."
            )
        else:
            text += "A temperature does not help."
    caption = (
        "On the dotted line a model is as sure as it is right; below it, it is too sure. Points of "
        f"fewer than {plots.FEWEST_WINDOWS} windows are left out."
    )
    return [paragraph(text), plot(plots.reliability(Calibration(**found)), caption)]


def _lesson(made: dict[str, Any]) -> list[str]:
    lesson = made["lesson"]
    unit = "person" if lesson["kind"] == "person" else "session"
    honest, leaky = lesson["honest_accuracy"], lesson["leaky_accuracy"]
    rows = [
        (label, bar(lesson["honest_recall"][label]), bar(lesson["leaky_recall"][label]))
        for label in made["labels"]
    ]
    rows.insert(0, ("All, accuracy", bar(honest), bar(leaky)))
    return [
        *(paragraph(text) for text in lesson["text"]),
        table(("", f"Split by {unit}", "Split at random"), rows),
    ]


def _provenance(made: dict[str, Any]) -> str:
    settings, data = made["settings"], made["data"]
    rows = [
        ("Made", made["created"]),
        ("Again with", settings["command"]),
        ("Recordings", ", ".join(settings["recordings"])),
        ("Data, SHA-256", data["sha256"]),
        ("People", ", ".join(name or "not named" for name in data["people"])),
        ("Model", settings["model"] or f"trained here, preset {settings['preset']}"),
        ("Smoothing", smoothing_text(settings["smoothing"])),
        ("Seeds", ", ".join(map(str, settings["seeds"])) or "none used"),
        ("Size", f"{made['tflite_bytes']:,} bytes of .tflite"),
        ("Interpreter", f"{made['int8']['runtime']}, int8"),
        ("Versions", ", ".join(f"{name} {number}" for name, number in made["versions"].items())),
        ("Time taken", f"{made['seconds']:g} s"),
    ]
    return table(("", ""), [(name, text_cell(value)) for name, value in rows])
