"""What is said when the window cannot be opened."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from motionloop.commands.studio import DEBIAN_PACKAGES, advice, open_window
from motionloop.errors import MotionLoopError

ROOT = Path(__file__).parents[2]
NOT_FOUND = "{}: cannot open shared object file: No such file or directory"


@pytest.mark.parametrize(("library", "package"), DEBIAN_PACKAGES.items())
def test_a_library_that_qt_lacks_is_named_with_its_package(library: str, package: str) -> None:
    said = advice(ImportError(NOT_FOUND.format(library)))
    assert f"lacks {library}, which Debian's {package} has" in said


def test_qt_itself_comes_from_the_extra() -> None:
    said = advice(ImportError("No module named 'PySide6'"))
    assert "No module named 'PySide6'" in said
    assert 'pip install "motionloop[studio]"' in said


def test_a_window_that_cannot_be_opened_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "motionloop.studio.app", None)
    with pytest.raises(MotionLoopError, match=r"The window cannot be opened: .*pip install"):
        open_window(ROOT / "recordings", ROOT / "models", virtual=False)


def test_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(MotionLoopError, match=r"There is no language 'xx'. Choose: en, de"):
        open_window(ROOT / "recordings", ROOT / "models", virtual=False, language="xx")


@pytest.mark.parametrize(
    "file", ["README.md", "docs/studio.md", ".ci/run", ".github/workflows/check.yml"]
)
def test_every_list_of_packages_is_whole(file: str) -> None:
    assert " ".join(dict.fromkeys(DEBIAN_PACKAGES.values())) in (ROOT / file).read_text()
