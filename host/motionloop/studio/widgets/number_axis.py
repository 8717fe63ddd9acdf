"""An axis of a plot whose numbers are written as the users' language writes them."""

from __future__ import annotations

from math import ceil, log10

import pyqtgraph as pg

from motionloop.language import number


class NumberAxis(pg.AxisItem):  # type: ignore[misc]
    """Ticks with as many decimals as their distance asks for."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        places = max(0, ceil(-log10(spacing * scale)))
        return [number(value * scale, f".{places}f") for value in values]
