"""The window's icon, which Qt's plugin for SVG has to draw."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication

from motionloop.studio.app import ICON


@pytest.mark.parametrize("size", [16, 256])
def test_the_icon_is_drawn(qapp: QApplication, size: int) -> None:
    image = QIcon(str(ICON)).pixmap(size, size).toImage()
    assert image.width() == size
    edge, loop, outside = (0.5, 0.9), (0.5, 0.82), (0.0, 0.0)
    drawn = [image.pixelColor(int(x * size), int(y * size)) for x, y in (edge, loop, outside)]
    assert drawn[0] == QColor("#4453c9")
    assert drawn[1].lightnessF() > 0.75
    assert drawn[2].alpha() == 0
