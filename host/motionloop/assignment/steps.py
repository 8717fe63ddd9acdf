"""The commands that do what an assignment asks."""

from __future__ import annotations

from motionloop.assignment.task import Assignment

_SPARE_S = 5  # per label, beyond what is asked: a plan gives a second to react


def record_command(assignment: Assignment) -> str:
    """One session of all labels."""
    asked = assignment.recordings
    labels = asked.labels
    if isinstance(labels, int):
        labels = tuple(f"LABEL{number}" for number in range(1, labels + 1))
    plan = ", - 5, ".join(f"{label} {asked.seconds + _SPARE_S}" for label in labels)
    return f'motionloop record --wearer NAME --plan "{plan}"'


def train_command(assignment: Assignment) -> str:
    asked = assignment.training
    return f"motionloop train --preset {asked.preset} --seed {asked.seed}"


def evaluate_command(assignment: Assignment) -> str:
    asked = assignment.evaluation
    words = ["motionloop evaluate"]
    if asked.preset != "quick":
        words.append(f"--preset {asked.preset}")
    if asked.seeds != 1:
        words.append(f"--seeds {asked.seeds}")
    if "lesson" in asked.parts:
        words.append("--lesson leaky")
    return " ".join(words)


def all_commands(assignment: Assignment) -> list[str]:
    """In order, with the check last."""
    return [
        *[record_command(assignment)] * assignment.recordings.sessions,
        "motionloop recordings",
        f"{train_command(assignment)} --name first",
        "motionloop push models/first",
        "motionloop live",
        evaluate_command(assignment),
        "motionloop check-assignment .",
    ]
