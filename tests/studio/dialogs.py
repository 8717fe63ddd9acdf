"""Opens the dialogs of the pages, one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QDialog

from motionloop import installation
from tests.studio.conftest import Studio


def each_dialog(studio: Studio, label: str) -> Iterator[QDialog]:
    """Every dialog that needs no board, shown, and closed after a look at it; there are recordings
    of that label, and a model."""
    for dialog in _dialogs(studio, label):
        assert dialog is not None
        studio.until(dialog.isVisible)
        yield dialog
        dialog.reject()


def _dialogs(studio: Studio, label: str) -> Iterator[QDialog | None]:
    window = studio.window
    window.show_about()
    yield window.about
    window.show_page("Room")
    studio.click(window.page("Room").class_button)
    yield window.page("Room").dialog
    window.show_page("Data")
    data = window.page("Data")
    studio.until(lambda: data.glance is not None)
    studio.until(data.export_button.isEnabled)
    studio.click(data.export_button)
    yield data.exporting
    studio.until(lambda: data.rename_buttons[label].isVisible())
    data.rename_buttons[label].click()
    yield data.renaming
    data.import_files([installation.root() / "docs/lesson/data/pocket.npz"])
    studio.until(data.importing.import_button.isEnabled)
    yield data.importing
    window.show_page("Train")
    window.page("Train").flash_button.click()
    yield window.page("Train").flash_question
    window.show_page("Label")
    page = window.page("Label")
    studio.until(lambda: page.recording is not None)
    studio.click(page.panel.edit_button)  # for the recording that is open
    yield page.panel.dialog
    page.look_button.click()
    studio.until(lambda: page.looker.dialog and page.looker.dialog.state.activations)
    yield page.looker.dialog
