"""Names of files and folders have room on every file system, and say what was given."""

from __future__ import annotations

from pathlib import Path

import pytest

from motionloop.recordings.file_names import folder_name, plain_name

_STAMP = "20261201-021000"


@pytest.mark.parametrize("letter", ["a", "ä", "歩", "🚶"])
def test_a_long_name_is_cut_between_letters(letter: str, tmp_path: Path) -> None:
    for name in (folder_name(_STAMP, letter * 130, "0000002a"), plain_name(letter * 130)):
        (tmp_path / f"{name}-of a board.json").mkdir()  # with an ending
        assert set(name) <= {*_STAMP, *"-2a", letter}
    assert folder_name(_STAMP, letter * 130, "0000002a").endswith("-0000002a")


def test_a_folder_has_hyphens_between_words() -> None:
    assert folder_name(_STAMP, " Ada  Byron/2 ") == f"{_STAMP}-Ada-Byron-2"
    assert folder_name(_STAMP, "") == _STAMP
    assert folder_name("corrections", "", "2a") == "corrections-2a"
