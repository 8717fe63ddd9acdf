"""How long a gap the windows of a recording may span when a model is trained on it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from motionloop.language import tr
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import LONGEST_BRIDGE_MS
from motionloop.studio.theme import GRID
from motionloop.studio.widgets.elements import column, row, text

_STEP_MS = 10


class BridgeBox(QWidget):
    """`changed` gives the length in milliseconds after the user chose. Shown where gaps are."""

    changed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.length = QSpinBox(suffix=tr(" ms"), singleStep=_STEP_MS)
        self.length.setSpecialValueText(tr("never"))
        self.length.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)  # arrow keys do it
        self.length.setRange(0, round(LONGEST_BRIDGE_MS))
        self.length.setKeyboardTracking(False)
        self.length.setAccessibleName(tr("Longest gap that windows may span"))
        self.length.setToolTip(
            tr(
                "Training may span gaps up to this length on a straight line: type it, or "
                "press Up and Down. On disk nothing changes"
            )
        )
        self.words = text(muted=True, wrap=True)
        self.setLayout(
            column(
                text(tr("Short gaps"), "heading"),
                row(text(tr("Bridged up to"), muted=True), self.length, None),
                self.words,
                gap=GRID,
            )
        )
        self.length.valueChanged.connect(lambda value: self.changed.emit(float(value)))
        self.hide()

    def show_recording(self, recording: Recording | None, editable: bool) -> None:
        """Show the recording's bridge, and how many of its gaps that covers."""
        gaps = recording.gaps if recording is not None else ()
        self.setVisible(bool(gaps))
        if recording is None or not gaps:
            return
        bridge_ms = recording.description.bridge_ms
        self.length.blockSignals(True)
        self.length.setValue(round(bridge_ms))
        self.length.blockSignals(False)
        self.length.setEnabled(editable)
        covered = sum(gap.end_us - gap.start_us <= 1000 * bridge_ms for gap in gaps)
        self.words.setText(tr("{covered:,} of {gaps:,} gaps", covered=covered, gaps=len(gaps)))
