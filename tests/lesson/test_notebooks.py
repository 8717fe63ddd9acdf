"""Every notebook of the lesson proves what it says. `make docs` executes them all, and fails where
a cell does.
"""

from __future__ import annotations

import ast
from pathlib import Path

import jupytext
import pytest

LESSON = Path(__file__).parents[2] / "docs/lesson"
NOTEBOOKS = [page for page in sorted(LESSON.glob("*.md")) if "\njupytext:" in page.read_text()[:99]]


def cells_of(page: Path) -> list[str]:
    """The code of each cell."""
    cells = jupytext.read(page).cells
    return [cell.source for cell in cells if cell.cell_type == "code"]


@pytest.mark.parametrize("page", NOTEBOOKS, ids=lambda page: page.stem)
def test_a_notebook_checks_what_it_says(page: Path) -> None:
    parsed = ast.parse("\n".join(cells_of(page)))
    assert any(isinstance(node, ast.Assert) for node in ast.walk(parsed)), "no assertion"


def test_each_page_of_the_lesson_with_code_is_a_notebook() -> None:
    """Its front matter, which makes it one, is easily forgotten."""
    with_cells = [page for page in sorted(LESSON.glob("*.md")) if "{code-cell}" in page.read_text()]
    assert with_cells == NOTEBOOKS
