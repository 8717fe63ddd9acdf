"""Makes the folder in which a pupil does an assignment."""

from __future__ import annotations

from pathlib import Path

from motionloop.assignment.answers import ANSWERS_FILE, answers_page
from motionloop.assignment.submission import EVALUATIONS, MODELS, RECORDINGS
from motionloop.assignment.task import (
    ASSIGNMENT_FILE,
    TEMPLATE,
    Assignment,
    parse_assignment,
    without_right_choices,
)
from motionloop.errors import AssignmentError
from motionloop.safe_files import disk_error, read_text, write_whole


def write_template(file: Path) -> None:
    """Write the teacher's copy of the assignment, to edit.

    Raises AssignmentError when the file exists, RecordingError when it cannot be written.
    """
    if file.exists():
        raise AssignmentError(f"{file} exists already and is not overwritten: choose another name.")
    try:
        write_whole(file, TEMPLATE.read_bytes())
    except OSError as error:
        raise disk_error(error, file, "Nothing was written.") from error


def start_assignment(folder: Path, teachers: Path = TEMPLATE) -> Assignment:
    """Make a pupil's folder from the teacher's assignment.toml; returns what is asked.

    A folder that exists keeps its files; one that holds an assignment is refused. Raises
    AssignmentError, or RecordingError when the folder cannot be written.
    """
    for name in (ASSIGNMENT_FILE, ANSWERS_FILE):
        if (folder / name).exists():
            raise AssignmentError(
                f"{folder / name} exists already and is not overwritten: go on in that folder, or "
                "choose another."
            )
    try:
        text = read_text(teachers)
    except (OSError, ValueError) as error:
        raise AssignmentError(
            f"{teachers} cannot be read ({error}). `motionloop start-assignment --template FILE` "
            "writes one."
        ) from error
    parse_assignment(text.encode(), str(teachers))
    given_out = without_right_choices(text)
    assignment = parse_assignment(given_out.encode(), str(teachers))
    try:
        for name in (RECORDINGS, MODELS, EVALUATIONS):
            (folder / name).mkdir(parents=True, exist_ok=True)
        write_whole(folder / ANSWERS_FILE, answers_page(assignment).encode())
        write_whole(folder / ASSIGNMENT_FILE, given_out.encode())
    except OSError as error:
        raise disk_error(error, folder, "The assignment was not begun.") from error
    return assignment
