"""The window's memory from one day to the next: labels, their colours, the wearer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QColor

from motionloop.studio import colours

DEFAULT_LABELS = ("sitting", "standing", "walking", "running")


class Preferences(QObject):
    """Kept in `settings`, where pages keep the state of their own widgets, too."""

    labels_changed = Signal()
    claims_changed = Signal()

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self.settings = settings
        colours.remember_in(settings)
        self._claims = bool(settings.value("boards/claims", True, bool))

    def colour(self, label: str | None) -> QColor:
        """The label's colour in every view."""
        return colours.colour(label)

    @property
    def labels(self) -> list[str]:
        """The labels offered for recording and correcting, in the order of their keys."""
        return colours.stored_list(self.settings, "record/labels", list(DEFAULT_LABELS))

    def set_labels(self, labels: Sequence[str]) -> None:
        self.settings.setValue("record/labels", list(dict.fromkeys(labels)))
        self.labels_changed.emit()

    def rename_label(self, old: str, new: str) -> None:
        """Offer a label under its new name, in the place of the old one."""
        self.set_labels([new if label == old else label for label in self.labels])

    @property
    def wearer(self) -> str:
        return str(self.settings.value("record/wearer", ""))

    @property
    def placement(self) -> str:
        return str(self.settings.value("record/placement", ""))

    def set_wearer(self, wearer: str, placement: str) -> None:
        self.settings.setValue("record/wearer", wearer.strip())
        self.settings.setValue("record/placement", placement.strip())

    def pupil(self, address: str) -> str:
        """Who wears the board of that address, as the page Room has it."""
        return str(self.settings.value(_pupil_key(address), ""))

    def set_pupil(self, address: str, name: str) -> None:
        self.settings.setValue(_pupil_key(address), name.strip())

    def wearer_of(self, address: str) -> str:
        """Who wears that board: its pupil, or else whom the page Record names."""
        return self.pupil(address) or self.wearer

    @property
    def class_list(self) -> list[str]:
        """The names that "next pupil" goes through."""
        return colours.stored_list(self.settings, "room/class", [])

    def set_class_list(self, names: Sequence[str]) -> None:
        self.settings.setValue("room/class", list(dict.fromkeys(names)))
        self.settings.setValue("room/next", 0)

    def next_pupils(self, count: int, taken: Sequence[str] = ()) -> list[str]:
        """The next names of the class list that are not `taken`, at most `count`; behind the last
        name comes the first one."""
        names = self.class_list
        begin = int(str(self.settings.value("room/next", 0))) % max(len(names), 1)
        free = [name for name in names[begin:] + names[:begin] if name not in taken][:count]
        if free:
            self.settings.setValue("room/next", names.index(free[-1]) + 1)
        return free

    @property
    def claims(self) -> bool:
        """Whether a push makes a board without an owner the user's. Any thread may ask."""
        return self._claims

    def set_claims(self, on: bool) -> None:
        if on != self._claims:
            self._claims = on
            self.settings.setValue("boards/claims", on)
            self.claims_changed.emit()

    @property
    def beeps(self) -> bool:
        """Whether a sound says that a board which is recorded sends nothing."""
        return bool(self.settings.value("sound/silence", True, bool))

    def set_beeps(self, on: bool) -> None:
        self.settings.setValue("sound/silence", on)


def _pupil_key(address: str) -> str:
    return f"room/pupils/{address.replace('/', '-')}"
