"""Heat maps of int8 codes, with a colour for each of the 256."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from motionloop.language import tr
from motionloop.model.inference import Int8Array
from motionloop.studio.theme import theme

_NEGATIVE = ("#D9570B", "#F08A4B")  # light, dark: half of the way from zero
_ENDS = (("#14195E", "#5C1D00"), ("#FFFFFF", "#FFF3E8"))  # positive and negative, light and dark
_GAMMA = 0.7  # so that small values can be seen; the bar below a map has the same


def paint(painter: QPainter, box: QRectF, codes: Int8Array, zero_point: int) -> None:
    """Draw codes [rows, columns] into a box; zero has the colour of the ground."""
    rows, columns = codes.shape
    pixels = _colours(zero_point, theme.dark)[codes.astype(np.int16) + 128]
    image = QImage(pixels.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGB32)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(box, image)


def paint_bar(painter: QPainter, box: QRectF, scale: float, zero_point: int) -> None:
    """Draw the colours from the least to the greatest value, with both as numbers below."""
    height = painter.fontMetrics().height()
    bar = QRectF(box.left(), box.top(), box.width(), box.height() - height)
    paint(painter, bar, np.arange(-128, 128).astype(np.int8)[np.newaxis], zero_point)
    painter.setPen(QColor(theme.colours.muted))
    below = QRectF(box.left(), bar.bottom(), box.width(), height)
    for code, side in ((-128, Qt.AlignmentFlag.AlignLeft), (127, Qt.AlignmentFlag.AlignRight)):
        painter.drawText(below, side, short(scale * (code - zero_point)))


def short(value: float) -> str:
    """A number of two digits, as the language writes it."""
    return tr("{value:.2g}", value=value)


@cache
def _colours(zero_point: int, dark: bool) -> NDArray[np.uint32]:
    """Colours of the codes -128 to 127, for one theme: from the ground over an ink to its end."""
    ground = QColor(theme.colours.raised)
    ramps = [(ground, ink(sign), QColor(_ENDS[dark][not sign])) for sign in (False, True)]
    farthest = max(127 - zero_point, zero_point + 128)
    shares = ((abs(code - zero_point) / farthest) ** _GAMMA for code in range(-128, 128))
    mixed = [_mix(ramps[code >= zero_point], share) for code, share in enumerate(shares, -128)]
    return np.array(mixed, np.uint32)


def _mix(ramp: tuple[QColor, QColor, QColor], share: float) -> int:
    (a, b), part = (ramp[:2], 2 * share) if share < 0.5 else (ramp[1:], 2 * share - 1)
    return QColor.fromRgbF(
        a.redF() + (b.redF() - a.redF()) * part,
        a.greenF() + (b.greenF() - a.greenF()) * part,
        a.blueF() + (b.blueF() - a.blueF()) * part,
    ).rgb()


def ink(positive: bool) -> QColor:
    """The colour of values of a sign."""
    return QColor(theme.colours.accent if positive else _NEGATIVE[theme.dark])
