"""What is said of recordings that have just been made."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from motionloop.board.link import FoundBoard
from motionloop.commands.console import print_json, terminal
from motionloop.commands.documents import board_document, finding_document, recording_document
from motionloop.errors import MotionLoopError
from motionloop.recordings.checks.check import check_recordings
from motionloop.recordings.checks.finding import Finding
from motionloop.recordings.facts import facts_of
from motionloop.recordings.recording import Recording


def say_recorded(
    options: argparse.Namespace,
    made: Sequence[tuple[FoundBoard, Path, MotionLoopError | None]],
) -> None:
    """Say what the boards have recorded into these folders, and what ended a recording early."""
    console = terminal(stderr=options.json)
    documents = []
    for board, folder, error in made:
        recording = Recording.open(folder)
        findings = check_recordings([recording]) if len(recording.seq) else []
        if options.json:
            documents.append(_document(board, recording, findings, error))
        else:
            _say(console, recording, findings)
    if options.json:
        print_json({"recordings": documents})


def _document(
    board: FoundBoard,
    recording: Recording,
    findings: Sequence[Finding],
    error: MotionLoopError | None,
) -> dict[str, Any]:
    return {
        "board": board_document(board),
        "session": recording.description.session or None,
        **recording_document(facts_of(recording)),
        "findings": [finding_document(finding) for finding in findings],
        "error": None if error is None else str(error),
    }


def _say(console: Console, recording: Recording, findings: Sequence[Finding]) -> None:
    quality = recording.quality
    console.print(
        f"{quality.samples} samples in {quality.duration_s:.1f} s ({quality.rate_hz:.2f} Hz), "
        f"lost {quality.lost} in {quality.gaps} gaps, saturated {quality.saturated}: "
        f"{recording.path}"
    )
    for finding in findings:
        console.print(str(finding), style="yellow", soft_wrap=True)
