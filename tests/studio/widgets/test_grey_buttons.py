"""A button that cannot be pressed says why."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from motionloop import installation
from motionloop.model.folder import METRICS_FILE, PACKAGE_FILE, VARIANTS_FILE
from motionloop.studio.main_window import PAGES
from motionloop.studio.widgets.elements import Button
from tests.studio.conftest import Studio
from tests.studio.dialogs import each_dialog
from tests.studio.repeated_motion import even_segments, write_repeated


def without_reason(top: QWidget) -> list[str]:
    """The words of the buttons in `top` that are grey and do not say why."""
    return [
        button.words
        for button in top.findChildren(Button)
        if not button.isEnabledTo(button.parentWidget())
        and button.toolTip() in ("", button._tip_with_key)
    ]


def on_all_pages(studio: Studio) -> list[str]:
    found = []
    for page, _, _ in PAGES:
        studio.window.show_page(page)
        found += [f"{page}: {words}" for words in without_reason(studio.window.page(page))]
    return found


def store_model(models: Path) -> None:
    folder = models / "walks"
    folder.mkdir(parents=True)
    shutil.copy(installation.root() / "models/builtin.mlpkg", folder / PACKAGE_FILE)
    shutil.copy(installation.root() / "models/builtin.json", folder / METRICS_FILE)
    (folder / VARIANTS_FILE).write_text(json.dumps([{"name": "base, float32"}]))


def test_grey_buttons_say_why_on_every_page(studio: Studio) -> None:
    session = studio.session
    assert on_all_pages(studio) == []  # of an empty folder
    store_model(session.models_folder)
    write_repeated(session.recordings_folder / "one", 20.0, even_segments(2, 20.0))
    session.recordings_changed.emit()
    session.training._begin("Retraining", asyncio.sleep(600))
    assert on_all_pages(studio) == []
    session.training.cancel()
    assert on_all_pages(studio) == []


def test_grey_buttons_say_why_in_every_dialog(studio: Studio) -> None:
    store_model(studio.session.models_folder)
    write_repeated(studio.session.recordings_folder / "one", 20.0, even_segments(2, 20.0))
    for dialog in each_dialog(studio, "sitting"):
        assert without_reason(dialog) == []


def test_a_button_that_turns_grey_leaves_the_keys_to_its_page(studio: Studio) -> None:
    """Qt gave them to the rail: Space then led to another page."""
    studio.window.show_page("Train")
    train, jobs = studio.window.page("Train"), studio.session.training
    for press in (train.train_button, train.flash_button):  # hidden, or grey, during a job
        press.setFocus(Qt.FocusReason.TabFocusReason)
        jobs._begin("Retraining", asyncio.sleep(600))
        assert studio.window.focusWidget() is train
        jobs.cancel()
        studio.until(lambda: not jobs.running)
