"""The dialog by keys and mouse, against what the model computes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from motionloop.model.activations import INPUT
from motionloop.model.package import unpack_package
from motionloop.recordings.recording import Recording
from motionloop.studio.inside.look_inside import LookInside
from motionloop.studio.inside.output_column import answer
from motionloop.studio.inside.series import NamedModel, Series, of_recording
from motionloop.studio.theme import theme
from motionloop.studio.widgets.help_panel import HelpDialog
from motionloop.wire import Operator
from tests.studio.conftest import Studio
from tests.studio.repeated_motion import even_segments, write_repeated

BUILTIN = Path(__file__).parents[3] / "models" / "builtin.mlpkg"
PACKAGE = unpack_package(BUILTIN.read_bytes())
Open = Callable[[Series], LookInside]


@pytest.fixture
def series(tmp_path: Path) -> Series:
    write_repeated(tmp_path / "recordings" / "one", 30, even_segments(3, 30))
    recording = Recording.open(tmp_path / "recordings" / "one")
    model = NamedModel("model built-in", PACKAGE)
    return of_recording(recording, model, recording.start_us, recording.end_us, recording.start_us)


@pytest.fixture
def opened(studio: Studio, series: Series) -> Iterator[LookInside]:
    dialog = LookInside(studio.session, studio.window)
    dialog.open_series(series)
    studio.until(lambda: dialog.state.activations)
    yield dialog
    dialog.close()


def test_each_layer_is_shown_as_the_model_computes_it(opened: LookInside, series: Series) -> None:
    expected = series.layered.compute(series.windows[0])
    assert list(opened.columns) == [INPUT, *range(len(expected))]
    for layer, activation in enumerate(expected):
        np.testing.assert_array_equal(opened.state.codes(layer), activation.map_codes)
    np.testing.assert_array_equal(opened.state.codes(INPUT), series.windows[0].T)
    codes, state = expected[0].map_codes, opened.state  # begins at the highest value
    assert (state.layer, codes[state.map, state.position(0)]) == (0, codes.max())
    assert "Window 1 of" in opened.where.words
    assert "TFLite Micro" in opened.computed_by.text()


def test_keys_lead_through_layers_maps_moments_and_windows(
    studio: Studio, opened: LookInside, series: Series
) -> None:
    state, last = opened.state, len(series.layered.layers) - 1
    assert state.layer == 0
    studio.press(Qt.Key.Key_Right, on=opened)
    assert state.layer == 1
    for _ in range(3):
        studio.press(Qt.Key.Key_Left, on=opened)
    assert state.layer == INPUT
    assert opened.name.text() == "Input"
    for _ in range(30):
        studio.press(Qt.Key.Key_Right, on=opened)
    assert state.layer == last
    state.select(0, 3)
    studio.press(Qt.Key.Key_Down, on=opened)
    assert state.map == 4
    studio.press(Qt.Key.Key_PageDown, on=opened)
    studio.until(lambda: state.at == 1)
    studio.press(Qt.Key.Key_End, on=opened)
    studio.until(lambda: state.at == len(series.windows) - 1)
    assert not opened.next_button.isEnabled()
    studio.press(Qt.Key.Key_PageDown, on=opened)
    studio.press(Qt.Key.Key_Home, on=opened)
    studio.until(lambda: state.at == 0)


def test_tab_goes_from_column_to_column(opened: LookInside, qtbot: QtBot) -> None:
    qtbot.waitActive(opened)
    assert opened.focusWidget() is opened.columns[INPUT]  # as it opens
    qtbot.keyClick(opened.columns[INPUT], Qt.Key.Key_Tab)
    assert opened.state.layer == 0
    qtbot.keyClick(opened.columns[0], Qt.Key.Key_Backtab)
    assert opened.state.layer == INPUT
    assert opened.columns[0].accessibleName() == series_name(opened, 0)


def series_name(opened: LookInside, layer: int) -> str:
    assert opened.state.series is not None
    return opened.state.series.layered.layers[layer].name


def test_a_click_selects_map_and_moment_and_a_pointer_says_the_number(
    opened: LookInside, series: Series, qtbot: QtBot
) -> None:
    column = opened.columns[2]
    maps, box = series.layered.layers[2].map_count, column.box
    place = QPoint(
        round(box.left() + box.width() * 0.75), round(box.top() + box.height() * 7.5 / maps)
    )
    qtbot.mouseClick(column, Qt.MouseButton.LeftButton, pos=place)
    state = opened.state
    assert (state.layer, state.map) == (2, 7)
    assert state.moment == pytest.approx(0.75, abs=0.03)
    code = int(state.codes(2)[7, state.position(2)])
    assert f"map 8 at {state.moment * 2.56:.2f} s: code {code} = " in column.words_at(place)
    first, last = state.seen()
    assert 0 < first < 0.75 * 128 < last < 127


def test_the_kernel_has_the_weights_of_the_selected_map(opened: LookInside, series: Series) -> None:
    state, kernel = opened.state, opened.kernel
    state.select(0, 5)
    weights = series.layered.layers[0].weights
    assert weights is not None
    assert kernel.weights is not None
    np.testing.assert_array_equal(kernel.weights, weights.codes[5, 0].T)
    box = kernel._box(12)
    said = kernel.words_at(QPointF(box.left() + 1, box.bottom() - 1))
    code = int(weights.codes[5, 0, 0, 11])
    assert said.startswith(f"weight for gz comp., point 1 of 7: code {code} = ")
    assert said.endswith(f"{code * weights.scales[5]:.3g}")
    pooling = next(
        i for i, layer in enumerate(series.layered.layers) if layer.operator == Operator.MEAN
    )
    state.select(pooling)
    assert kernel.weights is None


def test_the_answer_is_the_boards(opened: LookInside, series: Series) -> None:
    """Label, certainty and what the rejection says, from the package's own parts."""
    assert PACKAGE.rejection is not None
    layers = series.layered.compute(series.windows[0])
    best = int(layers[-1].codes.argmax())
    said = answer(opened.state, best)
    rejected = PACKAGE.rejection.rejects(layers[-3].codes.reshape(1, -1), series.windows[:1])[0]
    share = f"{layers[-1].maps[best, 0]:.0%}"
    expected = "unknown: no activity" if rejected else f"{PACKAGE.labels[best]}, likeness {share}"
    assert said[0].startswith(expected)
    assert ("beyond" in said[1]) == rejected
    assert said[2].startswith("Labelled sitting")


def test_a_model_without_rejection_says_no_distance(
    studio: Studio, series: Series, opened: LookInside
) -> None:
    plain = replace(series, package=replace(PACKAGE, rejection=None))
    opened.open_series(plain)
    studio.until(lambda: opened.state.activations)
    assert not any("Distance" in words for words in answer(opened.state, 0))


def test_playing_goes_to_the_end_and_stops(studio: Studio, opened: LookInside) -> None:
    state = opened.state
    assert state.series is not None
    state.ask_for(len(state.series.windows) - 3)
    studio.until(lambda: state.at == len(state.series.windows) - 3)
    studio.press(Qt.Key.Key_Space, on=opened)
    assert opened.play_button.text() == "Pause"
    opened._playing.setInterval(1)
    studio.until(lambda: opened.play_button.text() == "Play")
    assert state.at == len(state.series.windows) - 1


def test_the_picture_has_all_layers_in_both_themes(
    studio: Studio, opened: LookInside, tmp_path: Path
) -> None:
    opened.resize(960, 640)
    studio.until(lambda: opened._strip.horizontalScrollBar().maximum() > 100)
    hidden = opened._strip.horizontalScrollBar().maximum()
    grounds = []
    for choice in ("light", "dark"):
        theme.choose(choice)
        opened.save_picture(tmp_path / f"{choice}.png")
        picture = QImage(str(tmp_path / f"{choice}.png"))
        assert (picture.width(), picture.height()) == (960 + hidden, 640)
        assert opened.width() == 960
        grounds.append(picture.pixelColor(2, 2).name())
    assert len(set(grounds)) == 2
    opened.save_picture(tmp_path / "no such folder" / "a.png")
    assert opened.banner.isVisible()  # the window's own is behind this one
    assert "cannot be written" in opened.banner.words.text()


def test_closed_it_keeps_nothing_and_computes_nothing(
    studio: Studio, opened: LookInside, series: Series
) -> None:
    studio.press(Qt.Key.Key_Space, on=opened)
    studio.press(Qt.Key.Key_Escape, on=opened)
    assert not opened.isVisible()
    assert opened.state.series is None
    assert not opened.state.activations
    assert not opened._playing.isActive()
    opened.state.ask_for(3)
    assert opened._wanted is None
    opened.open_series(series)
    studio.until(lambda: opened.state.activations)
    assert opened.isVisible()


def test_space_plays_as_it_opens_and_after_a_click(studio: Studio, opened: LookInside) -> None:
    for _ in range(2):
        studio.press(Qt.Key.Key_Space, on=opened.focusWidget())
        assert opened._playing.isActive()
        studio.click(opened.next_button)
        studio.press(Qt.Key.Key_Space, on=opened.focusWidget())
        assert not opened._playing.isActive()


@pytest.mark.parametrize("steps", [0, 2])
def test_headings_have_the_lines_that_they_need(
    studio: Studio, opened: LookInside, steps: int
) -> None:
    for _ in range(steps):
        theme.resize_text(1)
    studio.until(lambda: opened.columns[0].width())
    for width in (880, 1240):
        opened.resize(width, 600)
        opened.grab()  # lays out
        curves = opened.curves
        above, below = curves._boxes()
        painter = QImage(10, 10, QImage.Format.Format_RGB32)
        font = curves.font()
        font.setPixelSize(round(12 * theme.text_size))
        fonts = QFontMetrics(font, painter)
        words = curves._motion_words()
        lines = -(-fonts.horizontalAdvance(words) // int(above.width()))
        assert above.top() >= lines * fonts.height()
        assert below.top() - above.bottom() >= fonts.height()


def test_what_is_drawn_grows_with_the_text(opened: LookInside) -> None:
    def widths() -> list[int]:
        columns = [column.minimumWidth() for column in opened.columns.values()]
        return [*columns, opened.kernel.width(), opened.curves._boxes()[0].toRect().left()]

    before = widths()
    theme.resize_text(1)
    assert all(now > then for now, then in zip(widths(), before, strict=True))


def test_larger_text_keeps_what_is_selected(opened: LookInside) -> None:
    opened.state.select(2, 7)
    theme.resize_text(1)
    assert (opened.state.layer, opened.state.map) == (2, 7)


def test_labels_and_a_long_answer_are_scrolled_and_not_squeezed(
    studio: Studio, series: Series, opened: LookInside
) -> None:
    long = [replace(place, label="x" * 24, answered=(1, 2)) for place in series.places]
    opened.open_series(replace(series, places=tuple(long)))
    studio.until(lambda: opened.state.activations)
    opened.resize(880, 560)
    output = opened.columns[series.layered.output]
    line = output.fontMetrics().height()
    assert output.box.height() / opened.state.map_count(output.layer) >= line
    lines = len(answer(opened.state, 0)) + 3  # of which some wrap
    assert output.height() - output.box.bottom() >= lines * line * 0.9


def test_its_help_has_the_keys_of_its_columns(studio: Studio, opened: LookInside) -> None:
    assert ("Space", "play window after window") in opened.keys_in_words
    studio.press(Qt.Key.Key_F1, on=opened)
    (shown,) = opened.findChildren(HelpDialog)
    said = [label.text() for label in shown.findChildren(QLabel)]
    assert "play window after window" in said
    shown.accept()
