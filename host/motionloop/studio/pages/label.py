"""Label recordings: the list of them, the timeline of one, and everything saved as it is edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QProgressBar, QSplitter, QStackedLayout, QWidget

from motionloop import safe_files
from motionloop.errors import ChangedElsewhereError, MotionLoopError, RecordingError
from motionloop.language import tr
from motionloop.recordings.events import find_events
from motionloop.recordings.managing import in_bin
from motionloop.recordings.recording import Recording, samples_file
from motionloop.recordings.recording_json import DESCRIPTION_FILE, Description, Video
from motionloop.studio.inside.looker import Looker
from motionloop.studio.labelling import sample_cache
from motionloop.studio.labelling.bridge_box import BridgeBox
from motionloop.studio.labelling.cache_builder import CacheBuilder
from motionloop.studio.labelling.overview import Overview
from motionloop.studio.labelling.recording_list import entries, entry_of
from motionloop.studio.labelling.recordings_panel import RecordingsPanel
from motionloop.studio.labelling.segments import Labels
from motionloop.studio.labelling.timeline import Timeline, clock
from motionloop.studio.labelling.timeline_keys import actions, key_of, keys_in_words
from motionloop.studio.labelling.timeline_state import TimelineState
from motionloop.studio.labelling.video_pane import VideoPane
from motionloop.studio.page_titles import title
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID
from motionloop.studio.widgets.elements import (
    Button,
    EmptyState,
    Page,
    Pane,
    SideColumn,
    Tools,
    card,
    column,
    row,
    text,
)
from motionloop.studio.widgets.label_keys import LabelKeys
from motionloop.studio.widgets.question import Question

if TYPE_CHECKING:
    from motionloop.studio.inside.series import Series

_PANEL_HEIGHT = 184
_SIDE_WIDTH = 280
_SAVE_AFTER_MS = 200
_MISSING_AFTER_MS = 200


class LabelView(Page):
    """`painted` after the first paint of a recording that was opened."""

    painted = Signal()
    go_to = Signal(str)

    def __init__(self, session: Session) -> None:
        self.look_button = Button(
            tr("Look inside"), self._look_inside, "layers-search-outline", key="L",
            tip=tr("See what each layer of the model makes of this place"),
        )  # fmt: skip
        super().__init__(title("Label"), self.look_button)
        self._session = session
        self.state = TimelineState()
        self._actions = {**actions(self.state), "E": self._find_events}
        self.recording: Recording | None = None
        self._path: Path | None = None
        self._known: object = None  # recording.json as last read or saved
        self._unsaved = False
        self._fresh = False
        self._stale = True
        self._telling = False
        self._note = ""
        self._left_out = ""  # of the events that were found last
        self.question: Question | None = None  # whose labels are kept
        self.looker = Looker(session, self)
        self._builder = CacheBuilder(self)
        self._watcher = QFileSystemWatcher(self)
        self._empty = EmptyState(
            "tag-outline",
            tr("No recordings yet"),
            tr("Record some motion first; then it can be labelled here."),
            Button(
                tr("Record"), lambda: self.go_to.emit("Record"), "record-circle-outline", "primary"
            ),
        )
        self.panel = RecordingsPanel(session, self.flush)
        self.table = self.panel.table
        self.timeline = Timeline(self.state)
        self.keys = LabelKeys(session, tr("The marked stretch or selected segment is"))
        self.video = VideoPane(self.state)
        self.bridge = BridgeBox()
        self.status = text(muted=True, wrap=True)
        self.problems = text(muted=True, wrap=True)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, 1000)
        self.bar.hide()
        self._saving = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._missing = QTimer(self, singleShot=True, interval=_MISSING_AFTER_MS)  # many may go
        self._lay_out()
        self.table.chosen.connect(self.open)
        self.table.entered.connect(self.timeline.setFocus)
        self._builder.progress.connect(self._show_progress)
        self._builder.done.connect(self._built)
        self._builder.failed.connect(self._show_nothing)
        self._watcher.directoryChanged.connect(self._folder_changed)
        self._saving.timeout.connect(self.flush)
        self._missing.timeout.connect(self._look_for_it)
        self.keys.chosen.connect(self._label_chosen)
        self.video.changed.connect(self._note_video)
        self.bridge.changed.connect(self._note_bridge)
        self.state.edited.connect(self._edited)
        self.state.changed.connect(self._show_status)
        self.state.refused.connect(session.failed)
        self.timeline.plots.painted.connect(self._was_painted)
        session.recordings_changed.connect(self._recordings_changed)
        session.preferences.labels_changed.connect(self._labels_changed)
        application = QApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self.flush)
        application.aboutToQuit.connect(self._builder.stop)
        self._show_status()

    @property
    def keys_in_words(self) -> Sequence[tuple[str, str]]:
        return keys_in_words()

    # --- parts --------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        state = self.state
        self.split_button = _action(tr("Split"), state.split, "content-cut", "S")
        self.merge_button = _action(
            tr("Merge"), state.merge, "call-merge", "M", tr("Merge with the next segment")
        )
        self.delete_button = _action(tr("Delete"), state.delete, "delete-outline", "Del")
        self.events_button = _action(
            tr("Find events"), self._find_events, "auto-fix", "E",
            tr("Find short events with rest between them, such as gestures"),
        )  # fmt: skip
        self.undo_button = _action("", state.undo, "undo", "Ctrl+Z", tr("Undo"))
        self.redo_button = _action("", state.redo, "redo", "Ctrl+Y", tr("Redo"))
        self.trim_buttons = (
            _action("", state.trim_before, "format-horizontal-align-left", "I",
                    tr("Use the recording from the cursor on")),
            _action("", state.trim_after, "format-horizontal-align-right", "O",
                    tr("Use the recording up to the cursor")),
            _action("", state.untrim, "arrow-expand-horizontal", "U",
                    tr("Use all of the recording")),
        )  # fmt: skip
        views = (
            _action("", lambda: state.zoom(2.0), "magnify-minus-outline", "-", tr("Zoom out")),
            _action("", lambda: state.zoom(0.5), "magnify-plus-outline", "+", tr("Zoom in")),
            _action("", state.show_all, "arrow-expand-all", "F", tr("See all of it")),
            _action("", state.fit_height, "arrow-expand-vertical", "H",
                    tr("As high as what is in view, or as all of the recording")),
        )  # fmt: skip
        tools = Tools(
            self.split_button, self.merge_button, self.delete_button, GRID,
            self.undo_button, self.redo_button, None,
            text(tr("Trim"), muted=True), *self.trim_buttons, GRID, *views, gap=GRID // 2,
        )  # fmt: skip
        shown = column(tools, self.timeline, self.bar, self.status, self.problems)
        shown.setStretch(1, 1)
        middle = card(shown)
        events = row(self.events_button, None)
        all_beside = card(self.keys, events, 2 * GRID, self.video, GRID, self.bridge, None)
        side = SideColumn(_SIDE_WIDTH, all_beside)
        below = row(middle, side, gap=2 * GRID)
        below.setStretch(0, 1)
        lower = Pane()
        lower.setLayout(below)
        whole = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        whole.setHandleWidth(2 * GRID)
        whole.addWidget(self.panel)
        whole.addWidget(lower)
        whole.setStretchFactor(1, 1)
        whole.setSizes([_PANEL_HEIGHT, 10 * _PANEL_HEIGHT])
        stack = QWidget()
        self._stack = QStackedLayout(stack)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(whole)
        self.body.addWidget(stack, 1)

    # --- the list -----------------------------------------------------------------------------
    def refresh(self) -> None:
        """Read the folder again; the open recording stays open, at first the newest is opened."""
        self._stale = False
        found = entries(self._session.recordings_folder)
        binned = in_bin(self._session.recordings_folder)
        self._stack.setCurrentIndex(1 if found or binned else 0)
        if self._path not in {entry.path for entry in found}:  # deleted, or the first time
            if self._unsaved:
                lost = tr(
                    "{recording} is not there any more, and with it the edits of this moment.",
                    recording=self._path,
                )
                self._session.failed.emit(lost)
            self._close()
            self.table.choose(None)
        self._watch(self._session.recordings_folder)
        self.panel.show_entries(found)
        if self._path is not None:
            self._look_again()
        elif found:
            self.open(found[0].path)

    def _folder_changed(self, folder: str) -> None:
        """A program was in the folder of recordings, or in the open one."""
        if Path(folder) == self._path and self._path.is_dir():
            self._look_again()
        else:
            self._stale = True
            self._missing.start()

    def _look_for_it(self) -> None:
        if self._path is not None and not self._path.is_dir():
            self.refresh()

    def _watch(self, folder: Path) -> None:
        if str(folder) not in self._watcher.directories() and folder.is_dir():
            self._watcher.addPath(str(folder))

    def _recordings_changed(self) -> None:
        if not self._telling:
            self._stale = True
            if self.isVisible():
                self.refresh()

    # --- opening ------------------------------------------------------------------------------
    def open(self, path: Path) -> None:
        """Show the recording in `path`; a long one from its cache, a preview until it has one.

        The edits of the open recording are saved first; while this fails it stays open.
        """
        if not self.flush():
            self.table.choose(self._path)
            return
        self._close()
        self._path, self._fresh = path, True
        self.table.choose(path)
        try:
            self._known = _identity(path)
            if not sample_cache.is_long(path):
                self._show(*sample_cache.read(path))
            elif (loaded := sample_cache.load(path)) is not None:
                self._show(*loaded)
            else:
                self._preview(path)
            self._watch(path)
        except (MotionLoopError, OSError) as error:
            self._show_nothing(str(error))

    def _close(self) -> None:
        self._saving.stop()
        self._unsaved = False
        self._builder.stop()
        if self._path is not None:
            self._watcher.removePath(str(self._path))
        self._path = None
        self._show_nothing()

    def _show_nothing(self, why: str = "") -> None:
        self.bar.hide()
        self.recording, self._note = None, why
        self.bridge.show_recording(None, editable=False)
        self.video.show_video(Path(), None)
        self.state.clear()

    def _show(self, recording: Recording, overview: Overview) -> None:
        assert recording.path is not None
        self.recording = recording
        why_not = _why_not_editable(recording.path)
        self._note = " ".join([*recording.problems, why_not]).strip()
        self.state.show_recording(recording, overview, editable=not why_not)
        self.video.show_video(recording.path, recording.description.video)
        self.bridge.show_recording(recording, editable=not why_not)

    def _preview(self, path: Path) -> None:
        self._note = tr("Reading all of it for the first time; it can be labelled in a moment.")
        first = sample_cache.first_look(path)
        if first is None:
            self.state.clear()
        else:
            self.state.show_recording(*first, editable=False)
        self.bar.setValue(0)
        self.bar.show()
        self._builder.start(path)

    def _show_progress(self, share: float) -> None:
        self.bar.setValue(round(share * 1000))

    def _built(self, path: Path) -> None:
        self.bar.hide()
        in_view = self.state.range_us
        try:
            loaded = sample_cache.load(path)
        except MotionLoopError as error:
            self._show_nothing(str(error))
            return
        if loaded is None:
            self._show_nothing(
                tr("{recording} was changed while it was read: open it again.", recording=path)
            )
            return
        self._show(*loaded)
        self.state.look_at(*in_view)

    def _look_again(self) -> None:
        """Take over another program's changes; those of a recording that goes on, when it ends."""
        path, recording = self._path, self.recording
        if path is None or recording is None or _identity(path) == self._known:
            return
        if not path.is_dir():
            self.refresh()
            return
        try:
            description = Description.load(path)
            if not description.closed and not self.state.editable:
                return
            if description.samples == recording.description.samples and self.state.editable:
                self._take(description)
            else:
                self.open(path)
        except MotionLoopError as error:
            self._show_nothing(str(error))

    def _take(self, theirs: Description) -> None:
        """Show the labels of another program; undo brings back the edits made here."""
        assert self.recording is not None
        assert self._path is not None
        old = self.recording
        self._known = _identity(self._path)
        fresh = Recording.from_samples(self._path, theirs, old.seq, old.t_us, old.raw)
        self.recording = fresh
        labels = Labels(fresh.segments, fresh.trim)
        if labels == Labels(old.segments, old.trim):
            return
        was_unsaved = self._unsaved
        self.state.take_labels(labels)
        self._unsaved = False
        name = self._path.name
        if not was_unsaved and self._session.relabelled.get(self._path) == fresh.segments:
            return  # by the page Data of this window
        if not was_unsaved:
            self._session.notice.emit(
                tr(
                    "The labels of {recording} were changed by another program and are shown as "
                    "they are now.",
                    recording=name,
                )
            )
            return
        words = tr(
            "The labels of {recording} were changed by another program while they were edited "
            "here. Those of the other program are shown. Whose labels are kept?",
            recording=name,
        )
        self.question = Question(self, words, tr("Mine"), tr("The others"), self.state.undo)

    def _was_painted(self) -> None:
        if self._fresh and self.state.overview is not None:
            self._fresh = False
            self.painted.emit()

    def _label_chosen(self, label: str) -> None:
        self.timeline.setFocus()  # or the arrow keys would go from button to button
        self.state.put_label(label)

    def _labels_changed(self) -> None:
        """A label that was renamed or taken off the list is not drawn any more."""
        if self.state.label not in self._session.preferences.labels:
            self.state.label = ""

    def _find_events(self) -> None:
        """Show the events of the recording; a label takes them."""
        if not self.state.editable or self.recording is None or not self.flush():
            return
        try:
            found = find_events(self.recording)
        except MotionLoopError as error:
            self._session.failed.emit(str(error))
            return
        self._left_out = found.reasons
        self.timeline.setFocus()
        self.state.propose(found.spans)

    def _look_inside(self) -> None:
        """Look inside at the marked stretch, the selected segment, or around the cursor."""
        state, recording, session = self.state, self.recording, self._session
        if recording is None:
            return
        start_us, end_us, at_us = recording.start_us, recording.end_us, state.cursor_us
        if state.marked_us is not None:
            start_us, end_us = state.marked_us
        elif state.selected is not None:
            segment = state.editor.segments[state.selected]
            start_us, end_us = segment.start_us, segment.end_us
        link, models = session.current, session.models_folder

        def make() -> Series:
            from motionloop.studio.inside.series import model_at_hand, of_recording

            return of_recording(recording, model_at_hand(link, models), start_us, end_us, at_us)

        self.looker.open(make)

    # --- saving -------------------------------------------------------------------------------
    def _edited(self) -> None:
        self._unsaved = True
        self._saving.start()

    def flush(self) -> bool:
        """Save the edits now; False after a failure. The next edit tries again."""
        self._saving.stop()
        recording, path, labels = self.recording, self._path, self.state.editor.labels
        if not self._unsaved or recording is None or path is None:
            return True
        try:
            self._look_again()
            if self.recording is not recording:  # the labels changed elsewhere
                return True
            if labels.segments != recording.segments:
                recording.set_segments(labels.segments)
            if labels.trim != recording.trim:
                recording.set_trim(labels.trim)
        except ChangedElsewhereError:  # in this very moment
            self._look_again()
            return True
        except MotionLoopError as error:
            self._show_status()
            self._session.failed.emit(str(error))
            return False
        self._unsaved = False
        self._saved(path, recording.description)
        return True

    def drop_edits(self) -> None:
        """Give up the edits that could not be saved."""
        self._saving.stop()
        self._unsaved = False

    def _note_video(self, video: Video | None) -> None:
        if self.recording is not None and self.recording.path is not None:
            try:
                self.recording.set_video(video)
                self._saved(self.recording.path, self.recording.description)
            except MotionLoopError as error:
                self._session.failed.emit(str(error))

    def _note_bridge(self, length_ms: float) -> None:
        recording = self.recording
        if recording is not None and recording.path is not None and self.flush():
            try:
                recording.set_bridge(length_ms)
                self._saved(recording.path, recording.description)
            except MotionLoopError as error:
                self._session.failed.emit(str(error))
            self.bridge.show_recording(recording, self.state.editable)

    def _saved(self, path: Path, description: Description) -> None:
        self._known = _identity(path)
        self._show_status()
        self.table.show_entry(entry_of(path, description))
        self._telling = True  # the other views, not this one
        self._session.recordings_changed.emit()
        self._telling = False

    # --- what is said -------------------------------------------------------------------------
    def _show_status(self) -> None:
        state, editor = self.state, self.state.editor
        why_not = self._why_not_now()
        no_undo = "" if editor.can_undo else tr("Nothing was changed here.")
        no_redo = "" if editor.can_redo else tr("Nothing was undone here.")
        self.undo_button.enable(why_not or no_undo)
        self.redo_button.enable(why_not or no_redo)
        for button in (self.events_button, *self.trim_buttons):
            button.enable(why_not)
        if not why_not and state.selected is None:
            why_not = tr("No segment is selected: click on one first.")
        for button in (self.split_button, self.merge_button, self.delete_button):
            button.enable(why_not)
        self.look_button.enable("" if self.recording is not None else tr("No recording is shown."))
        self.video.setEnabled(self.recording is not None)
        self.keys.mark(state.label or None)
        self.problems.setText(self._note)
        self.problems.setVisible(bool(self._note))
        if state.overview is None:
            self.status.setText(tr("This recording cannot be shown.") if self._note else "")
            return
        parts = [clock((state.cursor_us - editor.start_us) / 1e6, 0.01)]
        if state.proposed:
            parts.append(self._about_events())
        elif state.marked_us is not None:
            length_s = (state.marked_us[1] - state.marked_us[0]) / 1e6
            parts.append(tr("marked {seconds:.2f} s: press a label's number", seconds=length_s))
        elif state.selected is not None:
            segment = editor.segments[state.selected]
            length_s = (segment.end_us - segment.start_us) / 1e6
            renaming = tr(
                "{label}, {seconds:.2f} s: a label's number renames it",
                label=segment.label,
                seconds=length_s,
            )
            parts.append(renaming)
        elif state.editable:
            parts.append(tr("Shift+drag marks a stretch, a drag on the lane draws"))
        if gaps := len(state.gaps.start_us):
            parts.append(tr("%n gap(s) (hatched)", "", gaps))
        parts.append(tr("%n segment(s)", "", len(editor.segments)))
        if self._unsaved:
            parts.append(tr("not saved yet"))
        elif state.editable:
            parts.append(tr("saved"))
        self.status.setText("  ·  ".join(part for part in parts if part))

    def _why_not_now(self) -> str:
        """Why labels and trim cannot be changed; empty if they can."""
        if self.state.editable:
            return ""
        if self.state.overview is None:
            return tr("No recording is shown.")
        return self.state.refusal

    def _about_events(self) -> str:
        """What was found, and which keys take or drop it."""
        begin_us, end_us = self.state.proposed[0]
        found = tr("%n event(s) of {seconds:.2f} s", "", len(self.state.proposed),
                   seconds=(end_us - begin_us) / 1e6)  # fmt: skip
        if self._left_out:
            found = tr("{events} (left out: {reasons})", events=found, reasons=self._left_out)
        return tr("{events}: a label's number takes them, Esc drops them", events=found)

    # --- events -------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self._actions.get(key_of(event))
        if action is not None and self.state.overview is not None:
            action()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        if self._stale:
            self.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._builder.stop()

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()


def _identity(path: Path) -> object:
    """Distinguishes versions of the recording's description; None when it is gone."""
    try:
        state = (path / DESCRIPTION_FILE).stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino


def _why_not_editable(path: Path) -> str:
    """The reason in words; empty without a reason."""
    try:
        safe_files.open_alone(samples_file(path)).close()
    except RecordingError:
        return tr("It is being recorded right now: its labels can be edited here once it ends.")
    except OSError as error:
        return tr("It can only be looked at ({reason}).", reason=error.strerror)
    return ""


def _action(
    words: str, clicked: Callable[[], None], icon_name: str, key: str, tip: str = ""
) -> Button:
    """A quiet button that leaves the focus where it is; `timeline_keys` has its key."""
    made = Button(words, clicked, icon_name, "quiet", tip=tip)
    made.set_key(key, listens=False)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
