"""The state of a timeline of one recording, and the actions of keys and mouse on it.

The lane of labels and the plots draw from it and call it; neither keeps anything of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from motionloop.language import tr
from motionloop.recordings.recording import Recording
from motionloop.recordings.segments import Segment
from motionloop.studio.labelling.overview import Overview
from motionloop.studio.labelling.segments import Labels, SegmentEditor
from motionloop.studio.labelling.spans import Spans

_FEWEST_SAMPLES = 12  # that fill the view at the deepest zoom
_CURSOR_STEPS = 100  # across the view, with the arrow keys


class TimelineState(QObject):
    """A recording, the part in view, the cursor and the selection. Times are device time."""

    shown = Signal()  # another recording, or more of it
    changed = Signal()  # anything that is drawn
    edited = Signal()  # the labels or the trim
    refused = Signal(str)  # why an edit was not made

    def __init__(self) -> None:
        super().__init__()
        self.overview: Overview | None = None
        self.editor = SegmentEditor(Labels(), 0, 0)
        self.gaps = Spans(())
        self.scales = (1.0, 1.0)  # g and rad/s of one raw step
        self.period_us = 1e4
        self.editable = False
        self.range_us = (0.0, 1.0)
        self.cursor_us = 0
        self.marked_us: tuple[int, int] | None = None  # a stretch, to be labelled
        self.proposed: tuple[tuple[int, int], ...] = ()  # stretches, to be labelled all together
        self.selected: int | None = None
        self.fits_height = False  # the plots: to the view, not to all of the recording
        self.label = ""  # of segments that are drawn on the lane
        self._spans: tuple[tuple[Segment, ...], Spans] = (), Spans(())

    def show_recording(self, recording: Recording, overview: Overview, editable: bool) -> None:
        """Show `recording` in full; nothing of the recording before is kept."""
        self.editor = SegmentEditor(
            Labels(recording.segments, recording.trim), recording.start_us, recording.end_us
        )
        self.gaps = Spans(recording.gaps)
        samples = recording.board.format
        self.scales = samples.accel_ng_per_lsb / 1e9, samples.gyro_nrads_per_lsb / 1e9
        self.period_us = samples.period_us
        self.overview, self.editable = overview, editable
        self.cursor_us, self.marked_us, self.selected = recording.start_us, None, None
        self.proposed = ()
        self.range_us = (float(recording.start_us), float(max(recording.end_us, 1)))
        self.shown.emit()
        self.changed.emit()

    def clear(self) -> None:
        """Show no recording."""
        self.overview, self.editable, self.gaps = None, False, Spans(())
        self.editor = SegmentEditor(Labels(), 0, 0)
        self.marked_us, self.selected, self.proposed = None, None, ()
        self.shown.emit()
        self.changed.emit()

    @property
    def to_label(self) -> tuple[tuple[int, int], ...]:
        """The stretches that the next label is for: those proposed, or else the marked one."""
        return self.proposed or (() if self.marked_us is None else (self.marked_us,))

    @property
    def segment_spans(self) -> Spans:
        """The segments as stretches of time."""
        if self._spans[0] is not self.editor.segments:
            self._spans = self.editor.segments, Spans(self.editor.segments)
        return self._spans[1]

    # --- what is in view ----------------------------------------------------------------------
    def look_at(self, start_us: float, end_us: float) -> None:
        """Bring a stretch into view, within the recording and not below a few samples."""
        low, high = self.editor.start_us, self.editor.end_us
        span_us = max(end_us - start_us, _FEWEST_SAMPLES * self.period_us)
        span_us = min(span_us, max(high - low, 1))
        start_us = min(max(start_us, low), high - span_us)
        self.range_us = (start_us, start_us + span_us)
        self.changed.emit()

    def zoom(self, factor: float, around_us: float | None = None) -> None:
        """See `factor` times as long a stretch, with `around_us` (by default the cursor, or the
        middle when that is out of view) where it is."""
        start_us, end_us = self.range_us
        if around_us is None:
            in_view = start_us <= self.cursor_us <= end_us
            around_us = self.cursor_us if in_view else (start_us + end_us) / 2
        self.look_at(
            around_us - (around_us - start_us) * factor, around_us + (end_us - around_us) * factor
        )

    def pan(self, by_us: float) -> None:
        span_us = self.range_us[1] - self.range_us[0]
        start_us = min(self.range_us[0] + by_us, self.editor.end_us - span_us)
        self.look_at(start_us, start_us + span_us)

    def page(self, by: int) -> None:
        """See the stretch after the one in view, or the one before for -1."""
        self.pan(by * (self.range_us[1] - self.range_us[0]))

    def show_all(self) -> None:
        self.look_at(self.editor.start_us, self.editor.end_us)

    def fit_height(self) -> None:
        """Change between plots with the height of the view and with the height of the recording."""
        self.fits_height = not self.fits_height
        self.changed.emit()

    # --- cursor and selection -----------------------------------------------------------------
    def place_cursor(self, t_us: float, mark: bool = False) -> None:
        """Put the cursor there and into view; `mark` the stretch from where it was."""
        t = round(min(max(t_us, self.editor.start_us), max(self.editor.end_us - 1, 0)))
        if mark:
            fixed = self.cursor_us
            if self.marked_us is not None:  # the end that is not the cursor's stays
                fixed = next((end for end in self.marked_us if end != self.cursor_us), fixed)
            self.marked_us = (min(fixed, t), max(fixed, t)) if fixed != t else None
        else:
            self.marked_us = None
        self.cursor_us = t
        self.selected = None if self.marked_us else self.editor.at(t)
        self._into_view(t)

    @property
    def _step_us(self) -> float:
        """A hundredth of the view, one sample at least."""
        return max((self.range_us[1] - self.range_us[0]) / _CURSOR_STEPS, self.period_us)

    def step_cursor(self, steps: int, mark: bool = False) -> None:
        """Move the cursor by hundredths of the view, by one sample at least."""
        self.place_cursor(self.cursor_us + steps * self._step_us, mark)

    def go_to_end(self, by: int, mark: bool = False) -> None:
        """Put the cursor on the last sample, or on the first for -1."""
        self.place_cursor(self.editor.end_us if by > 0 else self.editor.start_us, mark)

    def unmark(self) -> None:
        self.proposed = ()
        self.place_cursor(self.cursor_us)

    def propose(self, stretches: Iterable[tuple[int, int]]) -> None:
        """Show stretches that the next label is for; `unmark` drops them."""
        self.proposed = tuple(stretches)
        self.place_cursor(self.cursor_us)
        self.show_all()

    def select_next(self, by: int) -> None:
        """Select the next segment, or the one before for -1, and go to its start."""
        segments = self.editor.segments
        if not segments:
            return
        if self.selected is not None:
            index = self.selected + by
        else:
            after = self.editor.within(self.cursor_us, self.editor.end_us).start
            index = after if by > 0 else after - 1
        index = min(max(index, 0), len(segments) - 1)
        self.place_cursor(segments[index].start_us)

    def _into_view(self, t_us: int) -> None:
        start_us, end_us = self.range_us
        if start_us <= t_us <= end_us:
            self.changed.emit()
        else:
            half_us = (end_us - start_us) / 2
            self.look_at(t_us - half_us, t_us + half_us)

    # --- edits --------------------------------------------------------------------------------
    def put_label(self, label: str) -> None:
        """Choose a label: the proposed stretches get it, or else the marked one, or else the
        selected segment; and what is drawn from now on."""
        self.label = label
        try:
            if self.to_label and self._may_edit():
                self._edit(self.editor.put_all(self.to_label, label))
            elif self.selected is not None and self._may_edit():
                self._edit(self.editor.rename(self.selected, label))
        except ValueError as error:
            self.refused.emit(
                tr("Nothing was labelled: {error}. Choose another label.", error=error)
            )
        self.changed.emit()

    def draw(self, start_us: int, end_us: int) -> None:
        """Make a segment of the chosen label."""
        if not self.label:
            self.refused.emit(tr("Choose a label first: press its number, then draw."))
        elif self._may_edit():
            self._edit(self.editor.put(start_us, end_us, self.label))

    def reshape(self, index: int, start_us: int, end_us: int) -> None:
        if self._may_edit():
            self._edit(self.editor.reshape(index, start_us, end_us))

    def move_selected(self, steps: int) -> None:
        """Move the selected segment by hundredths of the view, and the cursor with it."""
        if self.selected is not None and self._may_edit():
            before_us = self.editor.segments[self.selected].start_us
            self._edit(self.editor.move(self.selected, round(steps * self._step_us)))
            self.cursor_us += self.editor.segments[self.selected].start_us - before_us
            self._into_view(self.cursor_us)

    def begin_here(self) -> None:
        """Have the segment at the cursor, or else the next one, begin at the cursor."""
        index = self.editor.within(self.cursor_us, self.editor.end_us).start
        if index < len(self.editor.segments):
            self.reshape(index, self.cursor_us, self.editor.segments[index].end_us)

    def end_here(self) -> None:
        """Have the segment at the cursor, or else the one before, end at the cursor."""
        index = self.editor.within(self.editor.start_us, self.cursor_us).stop - 1
        if index >= 0:
            self.reshape(index, self.editor.segments[index].start_us, self.cursor_us)

    def split(self) -> None:
        """Split the segment at the cursor."""
        if self._may_edit():
            self._edit(
                self.editor.split(self.cursor_us), tr("The cursor is in no segment to split.")
            )

    def merge(self) -> None:
        """Join the selected segment with the next one."""
        if self._may_edit():
            joined = None if self.selected is None else self.editor.merge(self.selected)
            self._edit(joined, tr("Select a segment that another one follows, then merge."))

    def delete(self) -> None:
        """Delete the selected segment."""
        if self.selected is not None and self._may_edit():
            self.editor.delete(self.selected)
            self.selected = None
            self._tell_edited()

    def take_labels(self, labels: Labels) -> None:
        """Show labels that were made elsewhere; undo brings back those before."""
        self.editor.take(labels)
        self._reselect()

    def undo(self) -> None:
        if self.editor.undo():
            self._reselect()

    def redo(self) -> None:
        if self.editor.redo():
            self._reselect()

    def trim_before(self) -> None:
        """Use the recording from the cursor on."""
        trim = self.editor.labels.trim
        self._trim(self.cursor_us, trim.end_us if trim else self.editor.end_us)

    def trim_after(self) -> None:
        """Use the recording up to the cursor."""
        trim = self.editor.labels.trim
        self._trim(trim.start_us if trim else self.editor.start_us, self.cursor_us)

    def untrim(self) -> None:
        """Use all of the recording."""
        self._trim(self.editor.start_us, self.editor.end_us)

    def _trim(self, start_us: int, end_us: int) -> None:
        if self._may_edit():
            before = self.editor.labels
            self.editor.trim(start_us, end_us)
            if self.editor.labels != before:
                self._tell_edited()

    @property
    def refusal(self) -> str:
        """What is said of a recording that is shown, but not `editable`."""
        return tr("This recording cannot be labelled now; the line below it says why.")

    def _may_edit(self) -> bool:
        if self.overview is not None and not self.editable:
            self.refused.emit(self.refusal)
        return self.editable

    def _edit(self, index: int | None, otherwise: str = "") -> None:
        if index is None:
            if otherwise:
                self.refused.emit(otherwise)
            return
        self.selected, self.marked_us, self.proposed = index, None, ()
        self._tell_edited()

    def _reselect(self) -> None:
        self.selected, self.marked_us, self.proposed = self.editor.at(self.cursor_us), None, ()
        self._tell_edited()

    def _tell_edited(self) -> None:
        self.edited.emit()
        self.changed.emit()
