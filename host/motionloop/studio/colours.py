"""One colour for each label, the same in every view and from one day to the next.

Okabe and Ito's palette, which most colour-blind people can tell apart. A label keeps the colour
that it got when it was first seen; colour is always beside the name, never instead of it.
"""

from __future__ import annotations

from PySide6.QtCore import QSettings
from PySide6.QtGui import QColor

OKABE_ITO = ("#E69F00", "#56B4E9", "#009E73", "#D55E00", "#CC79A7", "#0072B2", "#F0E442")
UNKNOWN = "#8A949E"
AXES = ("#D55E00", "#009E73", "#0072B2")  # x, y, z in plots
AXES_DARK = ("#FF8A3D", "#2BC79A", "#56B4E9")
_KEY = "colours/labels"

_labels: list[str] = []
_settings: QSettings | None = None


def stored_list(settings: QSettings, key: str, default: list[str]) -> list[str]:
    """A list of texts in `settings`, which an INI file gives back as one text if it has one."""
    stored = settings.value(key, default)
    if isinstance(stored, list):
        return [str(item) for item in stored]
    return [str(stored)] if stored else []


def remember_in(settings: QSettings) -> None:
    """Take the order of the labels from `settings` and keep new ones there."""
    global _settings
    _settings = settings
    _labels[:] = stored_list(settings, _KEY, [])


def colour(label: str | None) -> QColor:
    """The colour of `label`; grey for None, which stands for unknown."""
    if not label:
        return QColor(UNKNOWN)
    if label not in _labels:
        _labels.append(label)
        if _settings is not None:
            _settings.setValue(_KEY, list(_labels))
    turn, place = divmod(_labels.index(label), len(OKABE_ITO))
    base = QColor(OKABE_ITO[place])
    return base if turn == 0 else base.darker(100 + 45 * turn)
