"""A label's colour is the same everywhere, and stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from motionloop.label_colours import PALETTE, LabelColours


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "label-colours.json"


def test_a_label_keeps_the_colour_that_it_got_first(file: Path) -> None:
    seen = LabelColours(file)
    first = {label: seen.colour(label) for label in ("walking", "sitting")}
    again = LabelColours(file)
    assert {label: again.colour(label) for label in ("sitting", "walking")} == first
    assert first == {"walking": PALETTE[0], "sitting": PALETTE[1]}


def test_two_programs_at_once_agree(file: Path) -> None:
    window, terminal = LabelColours(file), LabelColours(file)
    window.colour("walking")
    assert terminal.colour("running") == PALETTE[1]
    assert terminal.colour("walking") == window.colour("walking") == PALETTE[0]
    assert window.colour("running") == PALETTE[1]


def test_after_the_last_colour_the_palette_begins_again(file: Path) -> None:
    colours = LabelColours(file)
    of = [colours.colour(f"label {i}") for i in range(len(PALETTE) + 1)]
    assert of == [*PALETTE, PALETTE[0]]
    assert colours.place("label 7") == len(PALETTE)


def test_an_earlier_order_is_begun_with(file: Path) -> None:
    assert LabelColours(file, first=("sitting", "running")).colour("running") == PALETTE[1]


@pytest.mark.parametrize("content", [b"{", b"\xff", b'{"a": 1}', b"[1, null]"])
def test_a_damaged_file_costs_the_memory_only(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    assert LabelColours(file).colour("walking") == PALETTE[0]
    assert LabelColours(file).place("sitting") == 1


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    assert LabelColours(tmp_path / "taken" / "order.json").colour("walking") == PALETTE[0]
