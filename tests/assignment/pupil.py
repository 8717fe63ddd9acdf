"""A pupil who has done it all: recordings of the lesson's data, written by the product's writer.

Model, evaluation and pushes in `handed_in` were made from these recordings by `make_handed_in.py`.
"""

from __future__ import annotations

import json
import re
import shutil
from functools import cache
from pathlib import Path

from motionloop.assignment.start import start_assignment
from motionloop.html_page import document
from motionloop.recordings.recording import Recording
from motionloop.recordings.sources import read_recordings
from motionloop.recordings.writer import RecordingWriter

HERE = Path(__file__).parent
ASKED = HERE / "asked.toml"
HANDED_IN = HERE / "handed_in"
POCKET = HERE.parents[1] / "docs/lesson/data/pocket.npz"
TRIALS = {"monday": (13, 7, 16), "tuesday": (5, 8, 9)}  # sitting, walking, jogging
PERIOD_US = 20_000
WORDS = "Sitting and standing are alike, since gravity points the same way in both of them. " * 3


@cache
def lesson_trials() -> dict[str, Recording]:
    return {recording.name: recording for recording in read_recordings(POCKET)}


def write_sessions(folder: Path, subject: int = 2, wearer: str = "Ada Lovelace") -> None:
    """Two sessions of one person, each with three labels."""
    trials = lesson_trials()
    for name, numbers in TRIALS.items():
        parts = [trials[f"pocket subject {subject} trial {number}"] for number in numbers]
        with RecordingWriter.create(folder / name, parts[0].board, wearer=wearer) as writer:
            seq = 0
            for part in parts:
                writer.begin_segment(part.labels[0])
                writer.append(seq, (seq + part.seq - part.seq[0]) * PERIOD_US, part.raw)
                seq += len(part.seq)


def answer(folder: Path, answers: dict[int, str]) -> None:
    """Write answers into answers.md, each below its question."""
    file = folder / "answers.md"
    for number, text in answers.items():
        file.write_text(
            re.sub(
                rf"(^## {number}\..*?)(?=^## |\Z)",
                lambda found, text=text: f"{found[1].rstrip()}\n\n{text}\n\n",
                file.read_text(),
                flags=re.M | re.S,
            )
        )


def own_answers(folder: Path) -> dict[int, str]:
    """The answers that a pupil reads off the reports, in several ways of writing."""
    metrics = json.loads((folder / "models/first/metrics.json").read_text())
    figures = json.loads(next(folder.glob("evaluations/*/evaluation.json")).read_text())
    confusion = metrics["int8"]["confusion"]
    wrong = [sum(row) - row[i] for i, row in enumerate(confusion)]
    weakest = metrics["labels"][wrong.index(max(wrong))] if max(wrong) else "none"
    return {
        1: str(metrics["int8"]["windows"]),
        2: f"{100 * metrics['int8']['accuracy']:.1f} %".replace(".", ","),
        3: f"`{weakest.upper()}`",
        4: f"{metrics['size']['package_bytes']:,} bytes",
        5: f"{metrics['size']['parameters']} weights",
        6: f"about {round(metrics['size']['kmac'])}",
        7: f"{100 * figures['int8']['accuracy']:.1f}",
        8: "2, since they overlap",
        9: WORDS,
        10: WORDS,
    }


def hand_in(folder: Path) -> Path:
    """A folder with which nothing is wrong."""
    start_assignment(folder, ASKED)
    write_sessions(folder / "recordings")
    shutil.copytree(HANDED_IN / "models", folder / "models", dirs_exist_ok=True)
    shutil.copytree(HANDED_IN / "evaluations", folder / "evaluations", dirs_exist_ok=True)
    made = (
        folder / "evaluations/first"
    )  # a short page: the real one has thousands of lines of plots
    figures = (made / "evaluation.json").read_bytes()
    (made / "report.html").write_text(document("first", [], made_from=figures))
    return folder
