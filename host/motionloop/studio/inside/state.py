"""What is looked at: a window, a layer, one of its maps and a moment. Widgets draw from it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from motionloop.model.activations import INPUT, Activation, Layer
from motionloop.model.inference import Int8Array, Quantized
from motionloop.studio.inside.series import Series


class InsideState(QObject):
    """`layer` is INPUT or an index of the model's layers, `moment` a share of the window."""

    opened = Signal()  # another series
    changed = Signal()  # another window, or another selection
    wanted = Signal(int)  # a window to be computed
    play_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.series: Series | None = None
        self.at = 0
        self.activations: tuple[Activation, ...] = ()
        self.layer = INPUT
        self.map = 0
        self.moment = 0.5
        self._choose_peak = False  # of the next window

    def open(self, series: Series) -> None:
        """Show another series; its first window is wanted."""
        is_other = self.series is None or series.package.tflite != self.series.package.tflite
        self.series, self.activations = series, ()
        self._choose_peak |= is_other
        self.opened.emit()
        self.ask_for(series.first)

    def clear(self) -> None:
        """Keep nothing of the series."""
        self.series, self.activations = None, ()

    def show_window(self, at: int, activations: tuple[Activation, ...]) -> None:
        """Take what the layers computed for window `at`."""
        self.at, self.activations = at, activations
        if self._choose_peak:
            self._choose_peak = False
            self.layer, codes = 0, self.codes(0)
            self.map, position = map(int, np.unravel_index(codes.argmax(), codes.shape))
            self.moment = (position + 0.5) / codes.shape[1]
        self.changed.emit()

    # --- what is selected ---------------------------------------------------------------------
    @property
    def columns(self) -> list[int]:
        """The layers from left to right: INPUT, those between, and the output."""
        assert self.series is not None
        model = self.series.layered
        between = [i for i in range(len(model.layers)) if i != model.output]
        return [INPUT, *between, model.output]

    @property
    def selected(self) -> Layer | None:
        """The selected layer; None for the input."""
        assert self.series is not None
        return None if self.layer == INPUT else self.series.layered.layers[self.layer]

    def codes(self, layer: int) -> Int8Array:
        """int8 [maps, positions] of a layer, or of the input, for this window."""
        assert self.series is not None
        if layer == INPUT:
            return np.transpose(self.series.windows[self.at])
        return self.activations[layer].map_codes

    def tensor(self, layer: int) -> Quantized:
        assert self.series is not None
        model = self.series.layered
        return model.input if layer == INPUT else model.layers[layer].output

    def map_count(self, layer: int) -> int:
        return self.tensor(layer).shape[-1] if self.tensor(layer).shape else 1

    def positions(self, layer: int) -> int:
        assert self.series is not None
        if layer == INPUT:
            return self.series.package.input.window
        return self.series.layered.layers[layer].positions

    def position(self, layer: int) -> int:
        """The position of the moment in a layer's maps."""
        return min(int(self.moment * self.positions(layer)), self.positions(layer) - 1)

    def seen(self) -> tuple[int, int]:
        """First and last point of the window that the selected value can depend on."""
        assert self.series is not None
        width = self.positions(self.layer)
        if self.selected is not None and len(self.selected.shape) == 4:
            width = self.selected.shape[2]
        return self.series.layered.seen_by(self.layer, self.position(self.layer) % width)

    def select(self, layer: int, map_index: int | None = None, moment: float | None = None) -> None:
        """Select a layer, and if given one of its maps and a moment."""
        if self.series is None:
            return
        chosen = self.map if map_index is None else map_index
        chosen = min(max(chosen, 0), self.map_count(layer) - 1)
        at = self.moment if moment is None else min(max(moment, 0.0), 1.0)
        if (layer, chosen, at) != (self.layer, self.map, self.moment):
            self.layer, self.map, self.moment = layer, chosen, at
            self.changed.emit()

    def step_layer(self, by: int) -> None:
        if self.series is not None:
            columns = self.columns
            place = columns.index(self.layer) + by
            self.select(columns[min(max(place, 0), len(columns) - 1)])

    def step_moment(self, by: int) -> None:
        """One point of the selected layer to the right, or to the left for -1."""
        if self.series is not None:
            count = self.positions(self.layer)
            place = min(max(self.position(self.layer) + by, 0), count - 1)
            self.select(self.layer, moment=(place + 0.5) / count)

    def ask_for(self, window: int) -> None:
        """Ask for a window of the series, the first or the last at its ends."""
        if self.series is not None:
            self.wanted.emit(min(max(window, 0), len(self.series.windows) - 1))

    # --- keys ---------------------------------------------------------------------------------
    def press(self, event: QKeyEvent) -> bool:
        """Do what a key does here; False for other keys."""
        if self.series is None:
            return False
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                by = 1 if event.key() == Qt.Key.Key_Right else -1
                (self.step_moment if shift else self.step_layer)(by)
            case Qt.Key.Key_Up:
                self.select(self.layer, self.map - 1)
            case Qt.Key.Key_Down:
                self.select(self.layer, self.map + 1)
            case Qt.Key.Key_PageUp:
                self.ask_for(self.at - 1)
            case Qt.Key.Key_PageDown:
                self.ask_for(self.at + 1)
            case Qt.Key.Key_Home:
                self.ask_for(0)
            case Qt.Key.Key_End:
                self.ask_for(len(self.series.windows) - 1)
            case Qt.Key.Key_Space:
                self.play_pressed.emit()
            case _:
                return False
        return True
