"""Record motion: by label keys, or by a plan of activities with their times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QStackedLayout,
    QTabWidget,
    QWidget,
)

from motionloop.errors import MotionLoopError, RecordingError
from motionloop.language import tr
from motionloop.recordings.plan import Step, parse_plan
from motionloop.recordings.recording_json import Description
from motionloop.safe_files import read_text, write_whole
from motionloop.studio.page_titles import title
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID, theme
from motionloop.studio.widgets.big_screen import BigScreen
from motionloop.studio.widgets.elements import (
    Button,
    CheckBox,
    EmptyState,
    Line,
    Lines,
    OneLine,
    Page,
    Pane,
    SideColumn,
    card,
    column,
    restyle,
    row,
    text,
)
from motionloop.studio.widgets.label_keys import LabelKeys
from motionloop.studio.widgets.plot import MotionPlot

if TYPE_CHECKING:
    from motionloop.studio.boards.board_link import BoardLink, RunningRecording

_REFRESH_MS = 100
_COUNTDOWN_S = 3
_DEFAULT_PLAN = "sitting 40\n- 5\nwalking 40\n- 5\nrunning 40"
_SIDE_WIDTH = 344


@dataclass
class _Countdown:
    """What begins on a board in a moment: a label of the recording that goes on already, or a
    plan."""

    link: BoardLink
    label: str | None = None
    plan: Sequence[Step] = ()
    left_s: int = _COUNTDOWN_S

    @property
    def following(self) -> str:
        """What comes next, in words."""
        return _following(self.plan or [Step(self.label, 0.0)])


@dataclass(frozen=True)
class _Saved:
    """A recording that has ended, and what is said of it."""

    path: Path
    words: tuple[str, str, str]


class RecordView(Page):
    """The plot beside the labels and the plan."""

    go_to = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(title("Record"))
        self._session = session
        self._countdown: _Countdown | None = None
        self._beeped_at = -1  # the step of the plan that was announced
        self._steps: Sequence[Step] = ()  # of the plan in the field
        self._running: dict[str, RunningRecording] = {}  # by the board's address
        self._saved: dict[str, _Saved] = {}  # the last one of each board, until the next begins
        self._empty = EmptyState(
            "record-circle-outline",
            tr("No board is connected"),
            tr("Connect a board first; then its motion shows here and can be recorded."),
            Button(tr("Connect a board"), lambda: self.go_to.emit("Connect"), "link", "primary"),
        )
        self.plot = MotionPlot()
        self.big = OneLine(kind="display", smaller="figure")
        self.seconds = text(kind="display")
        self.next_words = text(muted=True, wrap=True)
        self.bar = QProgressBar(textVisible=False)
        self.record_button = Button(tr("Record"), self._record_or_stop, "record", "primary", "R")
        self.keys = LabelKeys(session, tr("What is being done now"))
        self.keys.chosen.connect(self._label_chosen)
        self.stop_label_button = Button(
            tr("No label"), lambda: self._label_chosen(None), "label-off-outline", key="0",
            tip=tr("End the label; the recording goes on"),
        )  # fmt: skip
        self._settings = SideColumn(_SIDE_WIDTH, self._who(), self._ways())
        self._present = self._now()
        # What is going on is always in sight.
        side = column(self._settings, self._present, gap=2 * GRID)
        self._fit_present()
        theme.changed.connect(self._fit_present)
        side.setStretch(0, 1)
        working = Pane()
        working.setLayout(row(card(self.plot), side, gap=2 * GRID))
        stack = QWidget()
        self._stack = QStackedLayout(stack)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(working)
        self.body.addWidget(stack, 1)
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._counting = QTimer(self, interval=1000)
        self._counting.timeout.connect(self._count_down)
        session.current_changed.connect(self.refresh)
        session.boards_changed.connect(self.refresh)
        session.recording_changed.connect(self.refresh)
        self.plan.textChanged.connect(self._read_plan)
        self._read_plan()

    @property
    def keys_in_words(self) -> Sequence[tuple[str, str]]:
        return ((tr("1 to 9"), tr("the label of that number, from now on")),)

    # --- parts --------------------------------------------------------------------------------
    def _who(self) -> QWidget:
        self.wearer = Line(self._session.preferences.wearer)
        self.wearer.setPlaceholderText(tr("Who wears it"))
        self.placement = Line(self._session.preferences.placement)
        self.placement.setPlaceholderText(tr("Where, such as left wrist"))
        for field in (self.wearer, self.placement):
            field.editingFinished.connect(self._remember_wearer)
        self.pupil = text(muted=True, wrap=True)
        return card(row(self.wearer, self.placement), self.pupil)

    def _ways(self) -> QWidget:
        self.tabs = QTabWidget()
        by_key = QWidget()
        by_key.setLayout(column(GRID, self.keys, row(self.stop_label_button, None), None))
        how = tr(
            "One step per line: a label and seconds; - is a pause. A line repeat 3 does all before "
            "it three times."
        )
        self.plan = Lines(str(self._session.settings.value("record/plan", _DEFAULT_PLAN)))
        self.plan.setToolTip(how)
        self.open_button = Button(tr("Open"), self._open_plan, "folder-open-outline", "quiet")
        self.save_button = Button(tr("Save"), self._save_plan, "content-save-outline", "quiet")
        by_plan = QWidget()
        by_plan.setLayout(
            column(
                GRID,
                text(how, muted=True, wrap=True),
                self.plan,
                row(self.open_button, self.save_button, None),
            )
        )
        self.tabs.addTab(by_key, tr("By key"))
        self.tabs.addTab(by_plan, tr("By plan"))
        self.tabs.setCurrentIndex(int(str(self._session.settings.value("record/way", 0))))
        self.tabs.currentChanged.connect(self._way_chosen)
        return card(self.tabs)

    def _now(self) -> QWidget:
        big = row(self.big, self.seconds)
        big.setStretch(0, 1)
        self.sound_box = CheckBox(tr("Beep"))
        self.sound_box.setToolTip(tr("When a step of the plan begins, and when data stop"))
        self.sound_box.setChecked(self._session.preferences.beeps)
        self.sound_box.toggled.connect(self._session.preferences.set_beeps)
        self.big_screen: BigScreen | None = None
        self.big_button = Button(
            tr("Big"), self._show_big, "fullscreen", "quiet", "F11",
            tip=tr("The step in the whole screen, readable from the other end of a room"),
        )  # fmt: skip
        self.plan_fault = text(wrap=True)
        restyle(self.plan_fault, danger=True)
        self.plan_fault.hide()
        below = row(self.record_button, self.big_button, None, self.sound_box)
        self.look_button = Button(
            tr("Look"), self._look, "tag-outline", tip=tr("See the recording on the page Label")
        )
        self.train_button = Button(tr("Train"), lambda: self.go_to.emit("Train"), "school-outline")
        self.after = QWidget()
        self.after.setLayout(row(self.look_button, self.train_button, None))
        self.after.hide()
        return card(big, self.next_words, self.plan_fault, self.bar, below, self.after)

    def _fit_present(self) -> None:
        """Large words must not widen the column."""
        self._present.setMaximumWidth(self._settings.maximumWidth())

    # --- what is going on ---------------------------------------------------------------------
    def refresh(self) -> None:
        """Show the state of the chosen board's recording now."""
        self._heed_ends()
        self._heed_countdown()
        link, countdown = self._session.current, self._countdown
        self._stack.setCurrentIndex(0 if link is None else 1)
        if link is None:
            return
        self.plot.show_board(link)
        self._show_pupil(link)
        running = link.recording
        for part in (self.wearer, self.placement, self.tabs.tabBar(), self.plan):
            part.setEnabled(running is None)
        self.keys.mark(running.label if running else None)
        saved = self._saved.get(link.address)
        self.after.setVisible(running is None and countdown is None and saved is not None)
        if running is None:
            fault = self._fault if countdown is None and self.tabs.currentIndex() == 1 else ""
            why_not = link.why_no_recording if countdown is None else ""
            restyle(self.big, danger=bool(why_not))
            if countdown is not None:
                self.record_button.set_words(tr("Cancel"), "close", "danger")
                self._say(tr("Get ready"), f"{countdown.left_s}", countdown.following)
            else:
                self.record_button.set_words(tr("Record"), "record", "primary")
                self._say(*self._idle_words(saved, why_not, fault))
            self._show_fault(fault)
            self.record_button.enable(why_not or fault)
            return
        self._show_fault("")
        self.record_button.enable()
        words = tr("Ending") if running.is_ending else tr("Stop")
        self.record_button.set_words(words, "stop", "danger")
        now, silence = running.progress, link.silence
        restyle(self.big, danger=bool(silence))
        if running.is_ending:
            self._say(tr("Ending"), "", tr("What was recorded is being saved."))
        elif silence:
            safe = tr(
                "{silence}. What was recorded is safe; it goes on by itself.", silence=silence
            )
            self._say(tr("No data"), "", safe)
        elif countdown is not None:
            self._say(tr("Get ready"), f"{countdown.left_s}", countdown.following)
        elif running.steps and now is not None:
            self._announce(running.at)
            left_s = max(0.0, now.step.seconds - now.elapsed_s)
            self._say(
                now.step.label or tr("pause"),
                f"{left_s:.0f}",
                _following(running.steps[running.at + 1 :]),
                min(1.0, now.elapsed_s / now.step.seconds),
            )
        else:
            seconds = int(running.quality.duration_s)
            said = tr(
                "{time} recorded, lost {lost}.", time=_clock(seconds), lost=running.quality.lost
            )
            how = self._keys_words(tr("Press a label's number."))
            self._say(
                running.label or tr("no label"),
                "",
                f"{said} {how}",
            )

    def _idle_words(self, saved: _Saved | None, why_not: str, fault: str) -> tuple[str, str, str]:
        """What was saved, or else what to do; and why nothing can be recorded, if so."""
        if saved is not None:
            big, seconds, small = saved.words
            return big, seconds, f"{small}. {why_not}" if why_not else small
        if why_not:
            return tr("No data"), "", why_not
        how = self._keys_words(tr("Press R to record, or a label's number."))
        return tr("Ready"), "", "" if fault else how

    def _show_pupil(self, link: BoardLink) -> None:
        """Whom the recording will name, if that is not who is named here."""
        pupil = self._session.preferences.pupil(link.address)
        self.pupil.setVisible(pupil not in ("", self.wearer.text().strip()))
        words = tr("{pupil} wears {board}, as the page Room has it, and is written down.",
                   pupil=pupil, board=link.name)  # fmt: skip
        self.pupil.setText(words)

    def _announce(self, step: int) -> None:
        """A sound as each step begins: the wearer may look elsewhere."""
        if step != self._beeped_at:
            self._beeped_at = step
            if self._session.preferences.beeps:
                QApplication.beep()

    def _heed_ends(self) -> None:
        """Know of each board which recording goes on, and what was saved of the one before."""
        links = self._session.links
        for address, running in list(self._running.items()):
            link = links.get(address)
            if link is None or link.recording is not running:
                del self._running[address]
                self._ended(address, running)
        for address, link in links.items():
            if link.recording is not None:
                self._running[address] = link.recording
                self._saved.pop(address, None)

    def _ended(self, address: str, ended: RunningRecording) -> None:
        """Keep what is said of a recording that has just ended."""
        countdown = self._countdown
        if countdown is not None and countdown.label and countdown.link.address == address:
            self._end_countdown()
        try:
            said = Description.load(ended.path)
        except RecordingError:  # the page Label says what is wrong with it
            return
        seconds = int(ended.quality.duration_s)
        labels = sorted({segment.label for segment in said.segments})
        faults = []
        if ended.silent_s:
            faults.append(tr("no data for the last {seconds} s", seconds=ended.silent_s))
        if ended.quality.lost:
            faults.append(tr("lost {lost}", lost=ended.quality.lost))
        parts = (
            said.wearer or tr("no name"),
            ", ".join(labels) or tr("no label"),
            *(faults or [tr("nothing lost")]),
        )
        words = (tr("Saved {time}", time=_clock(seconds)), "", "; ".join(parts))
        self._saved[address] = _Saved(ended.path, words)

    def _heed_countdown(self) -> None:
        """Cancel the countdown of a board that is not there any more, or not the chosen one."""
        if self._countdown is None:
            return
        from motionloop.studio.boards.board_link import LinkState

        link = self._countdown.link
        if self._session.links.get(link.address) is not link or link.state is LinkState.LOST:
            why = tr("The countdown was cancelled: there is no link to {board}.", board=link.name)
        elif self._session.current is not link:
            why = tr("The countdown was cancelled: {board} is not the chosen board any more.",
                     board=link.name)  # fmt: skip
        else:
            return
        self._cancel_countdown()
        self._session.failed.emit(why)

    def _cancel_countdown(self) -> None:
        """End it with the recording that was begun for its label."""
        countdown = self._countdown
        self._end_countdown()
        if countdown is not None and countdown.label is not None:
            self._session.stop_recording(countdown.link)

    def _end_countdown(self) -> None:
        self._counting.stop()
        self._countdown = None

    def _show_fault(self, fault: str) -> None:
        """Say beside the button what is wrong with the plan; "" if nothing is."""
        if fault != self.plan_fault.text():
            self.plan_fault.setText(fault)
            self.plan_fault.setVisible(bool(fault))

    def _show_big(self) -> None:
        self.big_screen = BigScreen(self)
        self.big_screen.finished.connect(self._no_big)
        self.big_screen.showFullScreen()
        self.refresh()

    def _no_big(self) -> None:
        self.big_screen = None

    def _look(self) -> None:
        link = self._session.current
        if link is not None and link.address in self._saved:
            self._session.wanted_recording.emit(self._saved[link.address].path)

    def _say(self, big: str, seconds: str, small: str, share: float = 0.0) -> None:
        self.big.words = big
        self.seconds.setText(seconds)
        self.next_words.setText(small)
        self.bar.setVisible(share > 0)
        self.bar.setRange(0, 1000)
        self.bar.setValue(int(1000 * share))
        if self.big_screen is not None:
            self.big_screen.say(big, seconds, small, share)

    def _keys_words(self, words: str) -> str:
        """What keys do, unless they are typed into a field."""
        typing = isinstance(QApplication.focusWidget(), (QLineEdit, QPlainTextEdit))
        return tr("Keys are typed into the field: Esc leaves it.") if typing else words

    # --- actions ------------------------------------------------------------------------------
    def _way_chosen(self, index: int) -> None:
        self._session.settings.setValue("record/way", index)
        self.setFocus()  # or it would go on to the first field of the other way
        self.refresh()

    def _record_or_stop(self) -> None:
        self._remember_wearer()
        link = self._session.current
        if self._countdown is not None:
            self._cancel_countdown()
        elif link is not None and link.recording is not None:
            if not link.recording.is_ending:
                self._session.stop_recording()
        elif self.tabs.currentIndex() == 0:
            self._session.start_recording()
        elif link is not None and self._steps:
            self._session.settings.setValue("record/plan", self.plan.toPlainText())
            self._beeped_at = -1
            self._count_down_to(_Countdown(link, plan=self._steps))
        self.refresh()

    def _label_chosen(self, label: str | None) -> None:
        """Label from now on; the first label of a recording starts it, after a countdown."""
        link = self._session.current
        if link is None or (link.recording is not None and link.recording.steps):
            return
        if link.recording is not None or label is None:
            self._end_countdown()
            self._session.label(label)
            return
        if link.why_no_recording:
            self._session.failed.emit(link.why_no_recording)
            return
        self._remember_wearer()
        self._session.start_recording()
        self._count_down_to(_Countdown(link, label))

    def _count_down_to(self, countdown: _Countdown) -> None:
        self._countdown = countdown
        self._counting.start()

    def _count_down(self) -> None:
        self._heed_countdown()
        countdown = self._countdown
        if countdown is not None:
            countdown.left_s -= 1
            if countdown.left_s <= 0:
                self._end_countdown()
                if countdown.plan:
                    self._session.start_recording(countdown.plan)
                else:
                    self._session.label(countdown.label)
        self.refresh()

    def _remember_wearer(self) -> None:
        self._session.preferences.set_wearer(self.wearer.text(), self.placement.text())

    def _read_plan(self) -> None:
        """Read the plan in the field, or learn what is wrong with it."""
        try:
            self._steps, self._fault = parse_plan(self.plan.toPlainText()), ""
        except MotionLoopError as error:
            self._steps, self._fault = (), str(error)
        self.refresh()

    def _open_plan(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("Open a plan"), "", tr("Plans (*.txt)"))
        if path:
            self.load_plan(Path(path))

    def _save_plan(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, tr("Save the plan"), "plan.txt", tr("Plans (*.txt)")
        )
        if path:
            self.save_plan(Path(path))

    def load_plan(self, path: Path) -> None:
        """Take the plan from a text file; the banner reports a file that cannot be read."""
        try:
            self.plan.setPlainText(read_text(path))
        except (OSError, UnicodeDecodeError) as error:
            self._session.failed.emit(
                tr(
                    "{file} cannot be read as a plan ({reason}). Choose a text file with one step "
                    "a line, such as 'walking 60'.",
                    file=path,
                    reason=error,
                )
            )

    def save_plan(self, path: Path) -> None:
        """Write the plan into a text file."""
        try:
            write_whole(path, (self.plan.toPlainText().rstrip() + "\n").encode())
        except OSError as error:
            self._session.failed.emit(
                tr(
                    "{file} cannot be written ({reason}). Choose another folder.",
                    file=path,
                    reason=error.strerror,
                )
            )

    def showEvent(self, event: QShowEvent) -> None:
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()


def _following(coming: Sequence[Step]) -> str:
    """The next two steps of a plan in words."""
    names = [step.label or tr("pause") for step in coming[:2]] or [tr("done")]
    return tr("then: {steps}", steps=", ".join(names))


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}"
