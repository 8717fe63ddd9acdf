"""The data at a glance, before training on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QStackedLayout,
    QWidget,
)

from motionloop.language import joined, tr
from motionloop.studio.page_titles import title
from motionloop.studio.pages.training_choice import named_people
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID, theme
from motionloop.studio.widgets.elements import (
    Button,
    EmptyState,
    OneLine,
    Page,
    card,
    clear,
    column,
    row,
    text,
    tip,
)
from motionloop.studio.widgets.label_keys import swatch

if TYPE_CHECKING:
    from motionloop.studio.pages.export_dialog import ExportDialog
    from motionloop.studio.pages.glance import Glance, Glancer
    from motionloop.studio.pages.import_dialog import ImportDialog
    from motionloop.studio.pages.rename_dialog import RenameDialog

_SWATCH = 16
_POINT = 6
_MAP_HEIGHT = 240
_LONGEST_WORD = 240  # pixels at text size 1


class DataView(Page):
    """Minutes, problems and the map; looked at again whenever a recording changes."""

    go_to = Signal(str)

    def __init__(self, session: Session) -> None:
        self.look_button = Button(tr("Look again"), self._look, "refresh", key="F5")
        self.export_button = Button(
            tr("Export"),
            self._open_export,
            "export",
            key="Ctrl+E",
            tip=tr("Recordings for other programs"),
        )
        self.import_button = Button(
            tr("Import"),
            self._choose_files,
            "import",
            key="Ctrl+I",
            tip=tr("Files of other programs"),
        )
        super().__init__(title("Data"), self.import_button, self.export_button, self.look_button)
        self._session = session
        self._glancer: Glancer | None = None
        self.glance: Glance | None = None
        self._stale = True
        self._busy = False
        self.export_button.enable(tr("Reading the recordings"))
        self.exporting: ExportDialog | None = None
        self.importing: ImportDialog | None = None
        self.renaming: RenameDialog | None = None
        self.rename_buttons: dict[str, Button] = {}
        self.show_buttons: list[Button] = []
        record = Button(tr("Record"), lambda: self.go_to.emit("Record"), "record-circle-outline",
                        "primary")  # fmt: skip
        self._empty = EmptyState(
            "chart-box-outline",
            tr("No recordings yet"),
            tr("Record two activities, half a minute of each, to begin with."),
            record,
        )
        self.advice = text(wrap=True, kind="heading")
        self.next_button = Button(
            tr("Record"), self._follow, "arrow-right", "primary", "Ctrl+Return"
        )
        advice = row(self.advice, self.next_button, gap=2 * GRID)
        advice.setStretch(0, 1)
        self._labels = QGridLayout()
        self._labels.setSpacing(GRID)
        self._labels.setColumnStretch(2, 1)
        self._notes = QGridLayout()
        self._notes.setSpacing(GRID)
        self._notes.setColumnStretch(1, 1)
        self.map = pg.PlotWidget()
        self.map.hideAxis("left")
        self.map.hideAxis("bottom")
        self.map.setMouseEnabled(x=False, y=False)
        self.map.setMenuEnabled(False)
        self.map.hideButtons()
        self._points = pg.ScatterPlotItem(size=_POINT, pen=None)
        self.map.addItem(self._points)
        self.alike = text(muted=True, wrap=True)
        self.hash = OneLine()
        self.hash.setProperty("muted", True)
        self.copy_button = Button(
            "", self._copy_hash, "content-copy", "quiet",
            tip=tr("Copy the hash of what a training sees: same data, same hash"),
        )  # fmt: skip
        hashed = row(self.hash, self.copy_button)
        hashed.setStretch(0, 1)
        left = column(
            card(text(tr("Minutes per label"), "heading"), self._labels),
            card(text(tr("Hash of the data"), "heading"), hashed),
            None,
            gap=2 * GRID,
        )
        map_card = card(
            text(tr("Which labels look alike"), "heading"),
            text(tr("A point is a window; like ones lie together."), muted=True),
            self.map,
            self.alike,
        )
        self.map.setFixedHeight(_MAP_HEIGHT)
        notes = card(text(tr("Recordings"), "heading"), self._notes)
        both = row(left, column(map_card, notes, None, gap=2 * GRID), gap=2 * GRID)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        inside = QWidget()
        inside.setLayout(column(card(text(tr("Next"), muted=True), advice), both, gap=2 * GRID))
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(inside)
        stack = QWidget()
        self._stack = QStackedLayout(stack)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(scroll)
        looking = EmptyState(
            "chart-box-outline",
            tr("Looking at the recordings"),
            tr("Minutes, problems and which labels look alike show here in a moment."),
        )
        self._stack.addWidget(looking)
        self._stack.setCurrentWidget(looking)
        self.body.addWidget(stack, 1)
        session.recordings_changed.connect(self._changed)
        theme.changed.connect(self._paint)
        self._paint()

    def showEvent(self, event: QShowEvent) -> None:
        if self._stale:
            self._look()

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self._look()

    def _follow(self) -> None:
        if self.glance is not None:
            self.go_to.emit(self.glance.advice.page)

    def _copy_hash(self) -> None:
        QGuiApplication.clipboard().setText(self.hash.words)
        self._session.notice.emit(tr("The hash is on the clipboard."))

    def _open_export(self) -> None:
        if self.glance is not None:
            from motionloop.studio.pages.export_dialog import ExportDialog

            people = {note.wearer for note in self.glance.notes}
            self.exporting = ExportDialog(self._session, [*self.glance.seconds], [*people], self)
            self.exporting.open()

    def _choose_files(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, tr("Import"))
        if chosen:
            self.import_files([Path(name) for name in chosen])

    def import_files(self, sources: Sequence[Path]) -> None:
        """Show what files or folders hold, and import it if the user says so."""
        from motionloop.studio.pages.import_dialog import ImportDialog

        self.importing = ImportDialog(self._session, sources, self)
        self.importing.open()

    def _look(self) -> None:
        """Read the recordings in the background."""
        if not self._busy:
            self._busy, self._stale = True, False
            self.look_button.setText(tr("Looking"))
            self._session.start("glance", self._read(), self._looked)

    async def _read(self) -> None:
        import asyncio

        from motionloop.studio.pages.glance import Glancer

        glancer = self._glancer or Glancer(self._session.recordings_folder)
        self._glancer = glancer
        self.glance = await asyncio.to_thread(glancer.look)

    def _looked(self) -> None:
        self._busy = False
        self.look_button.setText(tr("Look again"))
        if self.glance is not None:
            self._show(self.glance)
        if self._stale and self.isVisible():
            self._look()

    # --- drawing ------------------------------------------------------------------------------
    def _show(self, glance: Glance) -> None:
        self._stack.setCurrentIndex(1 if glance.notes else 0)
        self.export_button.enable("" if glance.notes else tr("There are no recordings yet."))
        self.hash.words = glance.sha256
        self.hash.setToolTip(glance.sha256)
        _show_words(self.advice, glance.advice.words)
        self.next_button.set_words(title(glance.advice.page), "arrow-right", "primary")
        self._show_labels(glance)
        self._show_notes(glance)
        brushes = [
            pg.mkBrush(self._session.preferences.colour(label)) for label in glance.point_labels
        ]
        self._points.setData(pos=glance.points, brush=brushes)
        shown = [pair for pair in glance.alike if pair[2] >= 0.01][:2]
        words = [
            tr("{share:.0%} of {label} looks more like {other}.", share=share, label=one, other=two)
            for one, two, share in shown
        ]
        apart = tr("No two labels look alike.") if len(glance.seconds) > 1 else ""
        self.alike.setText(" ".join(words) or apart)

    def _show_labels(self, glance: Glance) -> None:
        clear(self._labels)
        self.rename_buttons = {}
        total = {label: sum(people.values()) for label, people in glance.seconds.items()}
        most = max(total.values(), default=1.0)
        for place, label in enumerate(sorted(total, key=lambda name: -total[name])):
            disc = text()
            disc.setPixmap(swatch(self._session.preferences.colour(label)).pixmap(_SWATCH, _SWATCH))
            bar = QProgressBar(textVisible=False)
            bar.setRange(0, 1000)
            bar.setValue(round(1000 * total[label] / most))
            colour = self._session.preferences.colour(label).name()
            bar.setStyleSheet(f"QProgressBar::chunk {{ background: {colour}; }}")
            people = glance.seconds[label]
            listed = named_people(people, each=True)
            minutes = text(tr("{minutes:.1f} min", minutes=total[label] / 60))
            rename = Button(
                "", partial(self._rename, label), "pencil-outline", "quiet",
                tip=tr(
                    "Rename {label} in all recordings, or join it with another label", label=label
                ),
            )  # fmt: skip
            self.rename_buttons[label] = rename
            for at, part in enumerate((disc, text(label), bar, minutes, rename)):
                self._labels.addWidget(part, 2 * place, at)
            sessions = glance.sessions[label]
            words = tr("{people}; %n session(s)", "", sessions, people=listed)
            whose = _wrapped(words, muted=True)
            whose.setToolTip(tip("\n".join(sorted(filter(None, people)))))
            self._labels.addWidget(whose, 2 * place + 1, 1, 1, 3)

    def _show_notes(self, glance: Glance) -> None:
        clear(self._notes)
        self.show_buttons = []
        with_problems = [note for note in glance.notes if note.problems]
        going_on = [note.name for note in glance.notes if note.goes_on]
        all_of_them = len(glance.notes) - len(going_on)
        good = all_of_them - len(with_problems)
        said = []
        if all_of_them:
            said.append(
                tr("{good} of {all} recordings are as they should be.", good=good, all=all_of_them)
            )
        if going_on:
            said.append(tr("{names}: recorded right now.", names=", ".join(going_on)))
        self._notes.addWidget(_wrapped(joined(said)), 0, 0, 1, 2)
        for place, finding in enumerate(glance.findings, 1 + len(with_problems)):
            self._notes.addWidget(_wrapped(str(finding), muted=True), place, 0, 1, 2)
            named = [note.path for note in glance.notes if note.name in finding.recordings]
            if named:
                self._notes.addWidget(self._show_button(named[0]), place, 2)
        for place, note in enumerate(with_problems, 1):
            self._notes.addWidget(_wrapped(note.name), place, 0)
            words = _wrapped(" ".join(note.problems), muted=True)
            self._notes.addWidget(words, place, 1)
            self._notes.addWidget(self._show_button(note.path), place, 2)

    def _show_button(self, path: Path) -> Button:
        made = Button(
            tr("Show"), lambda: self._session.wanted_recording.emit(path), "tag-outline", "quiet",
            tip=tr("See this recording on the page Label"),
        )  # fmt: skip
        self.show_buttons.append(made)
        return made

    def _rename(self, label: str) -> None:
        """Ask for another name of a label; a name that is there already joins the two."""
        from motionloop.studio.pages.rename_dialog import RenameDialog

        others = [other for other in (self.glance.seconds if self.glance else ()) if other != label]
        self.renaming = RenameDialog(self._session, label, others, self)
        self.renaming.open()

    def _paint(self) -> None:
        self.map.setBackground(theme.colours.surface)


def _wrapped(words: str, muted: bool = False) -> QLabel:
    """A label of several lines; names of any length have room in it."""
    made = text(muted=muted, wrap=True)
    _show_words(made, words)
    return made


def _show_words(label: QLabel, words: str) -> None:
    """Show sentences; a name that is too long for a line is cut, and is whole in the tooltip."""
    fonts, most = label.fontMetrics(), theme.scaled(_LONGEST_WORD)

    def cut(word: re.Match[str]) -> str:
        return fonts.elidedText(word[0], Qt.TextElideMode.ElideMiddle, most)

    label.setText(re.sub(r"\S+", cut, words))
    label.setToolTip("" if label.text() == words else tip(words))
