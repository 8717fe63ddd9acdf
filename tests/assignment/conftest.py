from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.assignment.pupil import answer, hand_in, own_answers


@pytest.fixture(scope="session")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with which nothing is wrong, for all tests to copy."""
    folder = hand_in(tmp_path_factory.mktemp("master") / "ada")
    answer(folder, own_answers(folder))
    return folder


@pytest.fixture
def pupil(master: Path, tmp_path: Path) -> Path:
    """A copy of that folder, to break."""
    return Path(shutil.copytree(master, tmp_path / "class" / "ada"))


@pytest.fixture
def edit() -> Callable[[Path, Callable[[Any], object]], None]:
    """Change a JSON file in place."""

    def change(file: Path, how: Callable[[Any], object]) -> None:
        document = json.loads(file.read_text())
        how(document)
        file.write_text(json.dumps(document, indent=1))

    return change
