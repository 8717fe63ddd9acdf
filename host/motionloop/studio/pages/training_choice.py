"""Which labels and people the next training uses: two lists to tick, with their seconds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from motionloop.language import tr
from motionloop.studio import colours
from motionloop.studio.labelling.recording_list import Entry
from motionloop.studio.theme import GRID
from motionloop.studio.widgets.elements import CheckBox, card, clear, column, row, text, tip
from motionloop.windows import MIN_SECONDS_PER_LABEL

_WITHOUT_LABELS, _WITHOUT_PEOPLE = "train/without_labels", "train/without_people"
_NUMBER = re.compile(r"(\d+)")
_MOST_NAMED = 3  # people beside a label
_LONGEST_NAME = 24  # characters that are shown of a name

Seconds = dict[str, dict[str, float]]  # of each label, of each person


class TrainingChoice(QScrollArea):
    """Everything is ticked at first; what is not stays so until it is ticked again."""

    changed = Signal()

    def __init__(self, settings: QSettings) -> None:
        super().__init__(widgetResizable=True)
        self._settings = settings
        self._entries: Sequence[Entry] = ()
        self.label_boxes: dict[str, CheckBox] = {}
        self.people_boxes: dict[str, CheckBox] = {}
        self._labels, self._people = QGridLayout(), QGridLayout()
        for grid in (self._labels, self._people):
            grid.setSpacing(GRID)
            grid.setColumnStretch(1, 1)
        least = tr(
            "A label needs {least:.0f} s; shorter ones are left out.", least=MIN_SECONDS_PER_LABEL
        )
        labels = card(
            text(tr("Labels"), "heading"), text(least, muted=True, wrap=True), self._labels
        )
        people = card(text(tr("People"), "heading"), self._people)
        both = row(column(labels, None), column(people, None), gap=2 * GRID)
        both.setStretch(0, 3)
        both.setStretch(1, 2)
        inside = QWidget()
        inside.setLayout(both)
        self.setWidget(inside)

    # --- what is chosen -----------------------------------------------------------------------
    @property
    def paths(self) -> list[Path]:
        """The recordings of the ticked people, those aside that are excluded."""
        return [entry.path for entry in self._used if self._is_person_in(entry)]

    @property
    def labels(self) -> tuple[str, ...] | None:
        """The ticked labels; None for all."""
        chosen = tuple(label for label in self._seconds() if label not in self._without_labels)
        return None if len(chosen) == len(self._seconds()) else chosen

    @property
    def words(self) -> str:
        """What the training will use and leave out, in words."""
        if not self._entries:
            return tr("There are no recordings yet.")
        used, total = len(self.paths), len(self._entries)
        if total == used == 1:
            words = [tr("On the one recording.")]
        elif used == total:
            words = [tr("On all {total} recordings.", total=total)]
        else:
            words = [tr("On {used} of {total}.", used=used, total=total)]
        seconds = self._seconds()
        unticked = [label for label in seconds if label in self._without_labels]
        short = [
            tr(
                "{label}, {seconds:.0f} s of {people}",
                label=label,
                seconds=sum(people.values()),
                people=named_people(people),
            )
            for label, people in seconds.items()
            if label not in unticked and _is_short(people)
        ]
        if short:
            words.append(tr("Too short, left out: {labels}.", labels="; ".join(short)))
        if unticked:
            words.append(tr("Not ticked: {labels}.", labels=", ".join(unticked)))
        return " ".join(words)

    @property
    def _used(self) -> list[Entry]:
        return [entry for entry in self._entries if not entry.excluded]

    def _is_person_in(self, entry: Entry) -> bool:
        return entry.wearer not in self._without_people

    @property
    def _without_labels(self) -> list[str]:
        return self._stored(_WITHOUT_LABELS)

    @property
    def _without_people(self) -> list[str]:
        return self._stored(_WITHOUT_PEOPLE)

    def _stored(self, key: str) -> list[str]:
        return colours.stored_list(self._settings, key, [])

    def _seconds(self) -> Seconds:
        """Of the labels of the ticked people."""
        seconds: Seconds = {}
        for entry in self._used:
            if self._is_person_in(entry):
                for label, length_s in entry.seconds.items():
                    people = seconds.setdefault(label, {})
                    people[entry.wearer] = people.get(entry.wearer, 0.0) + length_s
        return dict(sorted(seconds.items()))

    # --- the lists ----------------------------------------------------------------------------
    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Fill the lists with what these recordings hold."""
        if entries != self._entries:
            self._entries = entries
            self._fill()

    def _fill(self) -> None:
        seconds = self._seconds()
        self.label_boxes = _fill(self._labels, {label: _words(seconds[label]) for label in seconds})
        totals: dict[str, float] = {}
        for entry in self._used:
            totals[entry.wearer] = totals.get(entry.wearer, 0.0) + sum(entry.seconds.values())
        people = {
            name: tr("{seconds:.0f} s", seconds=totals[name])
            for name in sorted(totals, key=_as_numbers)
        }
        self.people_boxes = _fill(self._people, people, wrap=False)
        for boxes, key in (
            (self.label_boxes, _WITHOUT_LABELS),
            (self.people_boxes, _WITHOUT_PEOPLE),
        ):
            for name, box in boxes.items():
                box.setChecked(name not in self._stored(key))
                box.toggled.connect(lambda on, key=key, name=name: self._tick(key, name, on))
        self.changed.emit()

    def _tick(self, key: str, name: str, on: bool) -> None:
        without = [other for other in self._stored(key) if other != name]
        self._settings.setValue(key, without if on else [*without, name])
        self._fill()


def _fill(grid: QGridLayout, rows: Mapping[str, str], wrap: bool = True) -> dict[str, CheckBox]:
    """A box to tick for each name, and words beside it."""
    clear(grid)
    boxes = {}
    for place, (name, words) in enumerate(rows.items()):
        boxes[name] = CheckBox(_shown(name))
        boxes[name].setToolTip(tip(name))
        grid.addWidget(boxes[name], place, 0)
        grid.addWidget(text(words, muted=True, wrap=wrap), place, 1)
    return boxes


def _words(people: Mapping[str, float]) -> str:
    seconds, named = sum(people.values()), named_people(people, each=True)
    if _is_short(people):
        return tr("too short, {seconds:.0f} s of {people}", seconds=seconds, people=named)
    return tr("{seconds:.0f} s of {people}", seconds=seconds, people=named)


def named_people(people: Mapping[str, float], each: bool = False) -> str:
    """Whose it is, the fewest seconds first: what is wrong is mostly little."""
    named = [
        tr("{person} ({seconds:.0f} s)", person=_shown(name), seconds=people[name])
        if each
        else _shown(name)
        for name in sorted(people, key=people.__getitem__)
    ]
    first, more = ", ".join(named[:_MOST_NAMED]), len(named) - _MOST_NAMED
    return tr("{people} and {count} more", people=first, count=more) if more > 0 else first


def _shown(name: str) -> str:
    name = name or tr("no name")
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _as_numbers(name: str) -> list[str]:
    """Orders names with numbers as people do: Pupil 2 comes before Pupil 10."""
    return [part.zfill(9) if part.isdigit() else part.casefold() for part in _NUMBER.split(name)]


def _is_short(people: Mapping[str, float]) -> bool:
    return sum(people.values()) < MIN_SECONDS_PER_LABEL
