"""Fixing a test from the window."""

from __future__ import annotations

import hashlib

from motionloop.commands.dataset import summary
from motionloop.recordings.named_split import stored_splits
from motionloop.recordings.sources import find_facts
from tests.studio.conftest import Studio
from tests.studio.repeated_motion import even_segments, write_repeated


def record_people(studio: Studio) -> None:
    for number, person in enumerate(("Ada", "Ben", "Cleo")):
        folder = studio.session.recordings_folder / f"session {number}"
        write_repeated(folder, 20.0, even_segments(2, 20.0), wearer=person, person=number)


def test_a_test_is_fixed_once(studio: Studio) -> None:
    record_people(studio)
    studio.window.show_page("Train")
    train = studio.window.page("Train")
    studio.click(train.fix_button)
    dialog = train.splitting
    dialog._fix()
    assert dialog.fault.isVisible()  # it has no name yet
    dialog.name.setText("exam")
    assert [*dialog.boxes] == ["Ada", "Ben", "Cleo"]
    dialog.boxes["Ben"].setChecked(True)
    dialog._fix()
    folder = studio.session.recordings_folder
    studio.until(lambda: "exam" in stored_splits([folder]))
    studio.until(lambda: train.named_split.findText("exam") > 0)
    assert not studio.failures
    kept = hashlib.sha256((folder / "splits/exam.json").read_bytes()).hexdigest()

    studio.click(train.fix_button)
    train.splitting.name.setText("exam")
    train.splitting.boxes["Ada"].setChecked(True)
    train.splitting._fix()
    studio.until(lambda: studio.failures)
    assert "another split 'exam'" in studio.failures[0]
    assert hashlib.sha256((folder / "splits/exam.json").read_bytes()).hexdigest() == kept


def test_the_data_have_the_hash_that_the_command_prints(studio: Studio) -> None:
    record_people(studio)
    studio.window.show_page("Data")
    data = studio.window.page("Data")
    studio.until(lambda: data.glance is not None)
    found, unreadable = find_facts([studio.session.recordings_folder])
    assert data.glance.sha256 == summary(found, unreadable)["sha256"]
    studio.until(lambda: data.hash.words == data.glance.sha256)
