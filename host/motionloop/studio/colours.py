"""Colours of labels and axes as Qt has them."""

from __future__ import annotations

from PySide6.QtCore import QSettings
from PySide6.QtGui import QColor

from motionloop.label_colours import PALETTE, UNKNOWN, LabelColours, order_file

AXES = ("#D55E00", "#009E73", "#0072B2")  # x, y, z in plots
AXES_DARK = ("#FF8A3D", "#2BC79A", "#56B4E9")
_EARLIER_KEY = "colours/labels"  # earlier windows kept the order here

_labels: LabelColours | None = None


def stored_list(settings: QSettings, key: str, default: list[str]) -> list[str]:
    """A list of texts in `settings`, which an INI file gives back as one text if it has one."""
    stored = settings.value(key, default)
    if isinstance(stored, list):
        return [str(item) for item in stored]
    return [str(stored)] if stored else []


def remember_in(settings: QSettings) -> None:
    """Take the order of the labels from the file, and keep new labels there."""
    global _labels
    _labels = LabelColours(order_file(), stored_list(settings, _EARLIER_KEY, []))


def colour(label: str | None) -> QColor:
    """The colour of `label`; grey for None, which stands for unknown."""
    if not label:
        return QColor(UNKNOWN)
    labels = _labels or LabelColours(order_file())
    turn, place = divmod(labels.place(label), len(PALETTE))
    base = QColor(PALETTE[place])
    return base if turn == 0 else base.darker(100 + 45 * turn)
