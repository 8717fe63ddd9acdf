"""Corrected windows on disk: those that overlap, and what an undo brings back."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from motionloop.recordings.recording import Recording
from motionloop.studio.boards import corrections
from motionloop.studio.boards.board_link import BoardLink
from motionloop.studio.boards.corrections import (
    KEPT_FILE,
    Correction,
    keep,
    stored_corrections,
    undo_correction,
)
from motionloop.studio.boards.sample_ring import Stretch
from motionloop.studio.widgets.corrections_list import CorrectionsList
from tests.studio.boards.test_sample_ring import INFO, RATE_HZ
from tests.studio.conftest import Studio

BOARD = cast(BoardLink, SimpleNamespace(info=INFO, name="ML-ONE", address="C0:00:00:00:00:01"))


def correct(folder: Path, begin_s: float, label: str) -> Path:
    """Keep a window of two seconds."""
    seq = np.arange(2 * RATE_HZ) + round(begin_s * RATE_HZ)
    window = Stretch(seq, seq * 10_000, np.zeros((len(seq), 6), np.int16))
    return keep(folder, BOARD, window, label, "Ada", "")


def shown(folder: Path) -> list[tuple[str, float, int]]:
    """Label, begin in seconds and samples of each, the newest first."""
    return [
        (one.segment.label, one.segment.start_us / 1e6, len(one.raw))
        for one in stored_corrections(folder)
    ]


def labels(path: Path) -> list[tuple[str, float, float]]:
    return [
        (one.label, one.start_us / 1e6, round(one.end_us / 1e6, 2))
        for one in Recording.open(path).segments
    ]


def newest(folder: Path) -> Correction:
    return stored_corrections(folder)[0]


def test_an_undo_brings_back_what_the_window_overwrote(tmp_path: Path) -> None:
    path = correct(tmp_path, 0.0, "standing")
    correct(tmp_path, 1.2, "sitting")
    # What is left of the first is shorter than a window: it is no correction while it is.
    assert shown(tmp_path) == [("sitting", 1.2, 200)]
    assert labels(path) == [("standing", 0.0, 1.2), ("sitting", 1.2, 3.19)]
    undo_correction(newest(tmp_path))
    assert shown(tmp_path) == [("standing", 0.0, 200)]
    assert labels(path) == [("standing", 0.0, 1.99)]


def test_a_second_answer_about_one_window_is_undone_to_the_first(tmp_path: Path) -> None:
    path = correct(tmp_path, 0.0, "standing")
    correct(tmp_path, 0.0, "sitting")
    assert shown(tmp_path) == [("sitting", 0.0, 200)]
    undo_correction(newest(tmp_path))
    assert labels(path) == [("standing", 0.0, 1.99)]


def test_the_earlier_of_two_windows_with_one_label_is_undone_alone(tmp_path: Path) -> None:
    path = correct(tmp_path, 0.0, "standing")
    correct(tmp_path, 1.0, "standing")
    assert labels(path) == [("standing", 0.0, 2.99)]  # room for every window between the two
    assert shown(tmp_path) == [("standing", 1.0, 200), ("standing", 0.0, 200)]
    undo_correction(stored_corrections(tmp_path)[1])
    assert labels(path) == [("standing", 1.0, 2.99)]
    undo_correction(last := newest(tmp_path))
    assert not path.exists()  # it is in the bin
    undo_correction(last)  # a double click


def test_a_correction_is_known_after_its_label_was_renamed(tmp_path: Path) -> None:
    path = correct(tmp_path, 0.0, "standing")
    correct(tmp_path, 5.0, "sitting")
    Recording.open(path).rename_labels({"sitting": "seated"})
    assert shown(tmp_path) == [("seated", 5.0, 200), ("standing", 0.0, 200)]
    last = newest(tmp_path)
    for _ in range(2):  # a double click
        undo_correction(last)
        assert labels(path) == [("standing", 0.0, 1.99)]


@pytest.mark.parametrize("damaged", [None, "[]", "{"])
def test_corrections_without_the_file_beside_them_are_the_labels(
    tmp_path: Path, damaged: str | None
) -> None:
    path = correct(tmp_path, 0.0, "standing")
    correct(tmp_path, 5.0, "sitting")
    if damaged is None:
        (path / KEPT_FILE).unlink()
    else:
        (path / KEPT_FILE).write_text(damaged)
    assert shown(tmp_path) == [("sitting", 5.0, 200), ("standing", 0.0, 200)]
    undo_correction(newest(tmp_path))
    assert labels(path) == [("standing", 0.0, 1.99)]


def test_undos_wait_for_each_other(
    studio: Studio, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, alone = studio.session, []

    def undo(correction: Correction) -> None:
        alone.append(session._correcting.locked())
        undo_correction(correction)

    monkeypatch.setattr(corrections, "undo_correction", undo)
    for begin_s in (0.0, 5.0, 10.0):
        correct(session.recordings_folder, begin_s, "standing")
    shown_list = CorrectionsList(session)
    qtbot.addWidget(shown_list)
    shown_list.look()
    studio.until(lambda: len(shown_list.undo_buttons) == 3)
    for button in shown_list.undo_buttons[:2]:
        button.click()
    studio.until(lambda: len(shown_list.corrections) == 1)
    assert shown(session.recordings_folder) == [("standing", 0.0, 200)]
    assert studio.failures == []
    assert alone == [True, True]
