"""Label recordings: the list of them, the timeline of one, and everything saved as it is edited."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QProcess, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QProgressBar,
    QStackedLayout,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from motionloop import safe_files
from motionloop.description import FILE as DESCRIPTION_FILE
from motionloop.description import Video
from motionloop.errors import MotionLoopError, RecordingError
from motionloop.recording import Recording, samples_file
from motionloop.studio import sample_cache
from motionloop.studio.overview import Overview
from motionloop.studio.recording_list import Entry, entries, entry_of
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID
from motionloop.studio.timeline import Timeline, clock
from motionloop.studio.timeline_state import TimelineState
from motionloop.studio.video_pane import VideoPane
from motionloop.studio.widgets.elements import Button, EmptyState, Page, card, column, row, text
from motionloop.studio.widgets.label_keys import LabelKeys

_COLUMNS = ("Recorded", "Wearer", "Placement", "Length", "Labels", "Problems")
_WIDTHS = (136, 96, 112, 72, 240)
_TABLE_HEIGHT = 160
_SIDE_WIDTH = 328
_SAVE_AFTER_MS = 200
_LOADED_FROM = Qt.ItemDataRole.UserRole


class LabelView(Page):
    """`painted` after the first paint of a recording that was opened."""

    painted = Signal()
    go_to = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__("Label")
        self._session = session
        self.state = TimelineState()
        self.recording: Recording | None = None
        self._path: Path | None = None
        self._description_time = 0  # of recording.json as it was read or saved last
        self._unsaved = False
        self._fresh = False
        self._stale = True
        self._reader: QProcess | None = None
        self._note = ""
        self._empty = EmptyState(
            "tag-outline",
            "No recordings yet",
            "Record some motion first; then it can be labelled here.",
            Button("Record", lambda: self.go_to.emit("Record"), "record-circle-outline", "primary"),
        )
        self.table = self._made_table()
        self.timeline = Timeline(self.state)
        self.keys = LabelKeys(session, "The marked stretch or selected segment is")
        self.video = VideoPane(self.state)
        self.status = text(muted=True)
        self.problems = text(muted=True, wrap=True)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, 1000)
        self.bar.hide()
        self._saving = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._lay_out()
        self._saving.timeout.connect(self.flush)
        self.keys.chosen.connect(self.state.put_label)
        self.video.changed.connect(self._note_video)
        self.state.edited.connect(self._edited)
        self.state.changed.connect(self._show_status)
        self.state.refused.connect(session.failed)
        self.timeline.plots.painted.connect(self._was_painted)
        session.recordings_changed.connect(self._recordings_changed)
        application = QApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self.flush)
        self._show_status()

    # --- parts --------------------------------------------------------------------------------
    def _made_table(self) -> QTableWidget:
        table = QTableWidget(0, len(_COLUMNS))
        table.setHorizontalHeaderLabels(_COLUMNS)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.setFixedHeight(_TABLE_HEIGHT)
        table.setAccessibleName("Recordings")
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for place, width in enumerate(_WIDTHS):
            table.setColumnWidth(place, width)
        table.itemSelectionChanged.connect(self._row_chosen)
        return table

    def _lay_out(self) -> None:
        state = self.state
        self.split_button = Button("Split", state.split, "content-cut", "quiet", "S")
        self.merge_button = Button(
            "Merge", state.merge, "call-merge", "quiet", "M", "Merge with the next segment"
        )
        self.delete_button = Button("Delete", state.delete, "delete-outline", "quiet", "Del")
        self.undo_button = Button("", state.undo, "undo", "quiet", "Ctrl+Z", "Undo")
        self.redo_button = Button("", state.redo, "redo", "quiet", "Ctrl+Y", "Redo")
        self.trim_buttons = (
            Button("", state.trim_before, "format-horizontal-align-left", "quiet", "I",
                   "Use the recording from the cursor on"),
            Button("", state.trim_after, "format-horizontal-align-right", "quiet", "O",
                   "Use the recording up to the cursor"),
            Button("", state.untrim, "arrow-expand-horizontal", "quiet", "U",
                   "Use all of the recording"),
        )  # fmt: skip
        zooms = (
            Button("", lambda: state.zoom(2.0), "magnify-minus-outline", "quiet", "-", "Zoom out"),
            Button("", lambda: state.zoom(0.5), "magnify-plus-outline", "quiet", "+", "Zoom in"),
            Button("", state.show_all, "fit-to-page-outline", "quiet", "F", "See all of it"),
        )
        actions = row(
            self.split_button, self.merge_button, self.delete_button, 2 * GRID,
            self.undo_button, self.redo_button, None,
            text("Trim", muted=True), *self.trim_buttons, 2 * GRID, *zooms, gap=GRID // 2,
        )  # fmt: skip
        middle = card(actions, self.timeline, self.bar, self.status, self.problems)
        middle.layout().setStretch(1, 1)  # type: ignore[union-attr]
        side = card(self.keys, 2 * GRID, self.video, None)
        side.setFixedWidth(_SIDE_WIDTH)
        below = row(middle, side, gap=2 * GRID)
        below.setStretch(0, 1)
        whole = QWidget()
        inside = column(self.table, below, gap=2 * GRID)
        inside.setStretch(1, 1)
        whole.setLayout(inside)
        stack = QWidget()
        self._stack = QStackedLayout(stack)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(whole)
        self.body.addWidget(stack, 1)

    # --- the list -----------------------------------------------------------------------------
    def refresh(self) -> None:
        """Read the folder again; the recording that is open stays so unless it was changed."""
        self._stale = False
        found = entries(self._session.recordings_folder)
        self._stack.setCurrentIndex(1 if found else 0)
        self.table.blockSignals(True)
        self.table.setRowCount(len(found))
        for line, entry in enumerate(found):
            self._fill_row(line, entry)
            if entry.path == self._path:
                self.table.selectRow(line)
        self.table.blockSignals(False)
        if self._path is not None and not self._unsaved and self._changed_elsewhere():
            self.open(self._path)

    def _fill_row(self, line: int, entry: Entry) -> None:
        words = (
            entry.recorded or entry.path.name,
            entry.wearer,
            entry.placement,
            clock(entry.duration_s),
            ", ".join(entry.labels),
            "; ".join(entry.problems),
        )
        for place, shown in enumerate(words):
            item = QTableWidgetItem(shown)
            item.setToolTip(entry.path.name if place == 0 else shown)
            item.setData(_LOADED_FROM, str(entry.path))
            self.table.setItem(line, place, item)

    def _row_chosen(self) -> None:
        chosen = self.table.selectedItems()
        if chosen and Path(chosen[0].data(_LOADED_FROM)) != self._path:
            self.open(Path(chosen[0].data(_LOADED_FROM)))

    def _recordings_changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _changed_elsewhere(self) -> bool:
        return self._path is not None and self._description_time != _time_of(self._path)

    # --- opening ------------------------------------------------------------------------------
    def open(self, path: Path) -> None:
        """Show the recording in `path`; a long one from its cache, a preview until it has one."""
        self.flush()
        self._stop_reading()
        self.recording, self._path, self._fresh = None, path, True
        try:
            self._description_time = _time_of(path)
            if not sample_cache.is_long(path):
                self._show(*sample_cache.read(path))
            elif (loaded := sample_cache.load(path)) is not None:
                self._show(*loaded)
            else:
                self._read_in_background(path)
        except MotionLoopError as error:
            self._cannot_show(str(error))

    def _cannot_show(self, why: str) -> None:
        self.recording, self._note = None, why
        self.state.clear()
        self._session.failed.emit(why)

    def _show(self, recording: Recording, overview: Overview) -> None:
        assert recording.path is not None
        self.recording = recording
        why_not = _why_not_editable(recording.path)
        self._note = " ".join([*recording.problems, why_not])
        self.state.show_recording(recording, overview, editable=not why_not)
        self.video.show_video(recording.path, recording.description.video)

    def _read_in_background(self, path: Path) -> None:
        self._note = "Reading all of it for the first time; it can be labelled in a moment."
        first = sample_cache.first_look(path)
        if first is None:
            self.state.clear()
        else:
            self.state.show_recording(*first, editable=False)
        self.bar.setValue(0)
        self.bar.show()
        reader = QProcess(self)
        reader.readyReadStandardOutput.connect(lambda: self._heard(reader))
        reader.finished.connect(lambda code, _: self._read_ended(reader, path, code))
        self._reader = reader
        reader.start(sys.executable, ["-m", sample_cache.__name__, str(path)])

    def _heard(self, reader: QProcess) -> None:
        lines = bytes(reader.readAllStandardOutput().data()).split()
        if lines:
            self.bar.setValue(round(float(lines[-1]) * 1000))

    def _read_ended(self, reader: QProcess, path: Path, code: int) -> None:
        if reader is not self._reader:
            return
        self._reader = None
        self.bar.hide()
        reader.deleteLater()
        try:
            loaded = sample_cache.load(path) if code == 0 else None
        except MotionLoopError as error:
            self._cannot_show(str(error))
            return
        if loaded is not None:
            in_view = self.state.range_us
            self._show(*loaded)
            self.state.look_at(*in_view)
        elif code == 0:
            self._cannot_show(f"{path} was changed while it was read: open it again.")
        else:
            said = bytes(reader.readAllStandardError().data()).decode(errors="replace").strip()
            self._cannot_show(said or f"{path} could not be read: open it again.")

    def _stop_reading(self) -> None:
        if self._reader is not None:
            reader, self._reader = self._reader, None
            reader.kill()
            reader.waitForFinished(1000)
            reader.deleteLater()
            self.bar.hide()

    def _was_painted(self) -> None:
        if self._fresh and self.state.overview is not None:
            self._fresh = False
            self.painted.emit()

    # --- saving -------------------------------------------------------------------------------
    def _edited(self) -> None:
        self._unsaved = True
        self._saving.start()

    def flush(self) -> None:
        """Save now what was edited; when that fails the next edit tries again."""
        self._saving.stop()
        recording = self.recording
        if not self._unsaved or recording is None or recording.path is None:
            return
        labels = self.state.editor.labels
        try:
            if labels.segments != recording.segments:
                recording.set_segments(labels.segments)
            if labels.trim != recording.trim:
                recording.set_trim(labels.trim)
        except MotionLoopError as error:
            self._show_status()
            self._session.failed.emit(str(error))
            return
        self._unsaved = False
        self._saved(recording.path)

    def _note_video(self, video: Video | None) -> None:
        if self.recording is not None and self.recording.path is not None:
            try:
                self.recording.set_video(video)
                self._saved(self.recording.path)
            except MotionLoopError as error:
                self._session.failed.emit(str(error))

    def _saved(self, path: Path) -> None:
        self._description_time = _time_of(path)
        self._show_status()
        self._session.recordings_changed.disconnect(self._recordings_changed)
        self._session.recordings_changed.emit()  # to the others: here one line is enough
        self._session.recordings_changed.connect(self._recordings_changed)
        for line in range(self.table.rowCount()):
            item = self.table.item(line, 0)
            if item is not None and item.data(_LOADED_FROM) == str(path):
                self._fill_row(line, entry_of(path))

    # --- what is said -------------------------------------------------------------------------
    def _show_status(self) -> None:
        state, editor = self.state, self.state.editor
        self.undo_button.setEnabled(editor.can_undo and state.editable)
        self.redo_button.setEnabled(editor.can_redo and state.editable)
        self.delete_button.setEnabled(state.selected is not None and state.editable)
        self.keys.mark(state.label or None)
        self.problems.setText(self._note)
        self.problems.setVisible(bool(self._note))
        if state.overview is None:
            self.status.setText("Choose a recording above.")
            return
        parts = [clock((state.cursor_us - editor.start_us) / 1e6, 0.01)]
        if state.marked_us is not None:
            length_s = (state.marked_us[1] - state.marked_us[0]) / 1e6
            parts.append(f"marked {length_s:.2f} s: press a label's number")
        elif state.selected is not None:
            segment = editor.segments[state.selected]
            parts.append(f"{segment.label}, {(segment.end_us - segment.start_us) / 1e6:.2f} s")
        if state.gaps:
            parts.append(f"{len(state.gaps)} gaps (hatched)")
        parts.append(f"{len(editor.segments)} segments")
        parts.append("not saved yet" if self._unsaved else "saved" if state.editable else "")
        self.status.setText("  ·  ".join(part for part in parts if part))

    # --- events -------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, state = event.key(), self.state
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if state.overview is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            sign = 1 if key == Qt.Key.Key_Right else -1
            state.step_cursor(sign * (10 if ctrl else 1), mark=shift)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            state.select_next(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            span_us = state.range_us[1] - state.range_us[0]
            state.pan(span_us if key == Qt.Key.Key_PageDown else -span_us)
        elif key == Qt.Key.Key_Home:
            state.place_cursor(state.editor.start_us, mark=shift)
        elif key == Qt.Key.Key_End:
            state.place_cursor(state.editor.end_us, mark=shift)
        elif key == Qt.Key.Key_Equal:  # + without Shift
            state.zoom(0.5)
        elif key == Qt.Key.Key_Z and ctrl and shift:
            state.redo()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        if self._stale:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()


def _time_of(path: Path) -> int:
    try:
        return (path / DESCRIPTION_FILE).stat().st_mtime_ns
    except OSError:
        return 0


def _why_not_editable(path: Path) -> str:
    """In words, or nothing."""
    try:
        safe_files.open_alone(samples_file(path)).close()
    except RecordingError:
        return "It is being recorded right now: its labels can be edited here once it ends."
    except OSError as error:
        return f"It can only be looked at ({error.strerror})."
    return ""
