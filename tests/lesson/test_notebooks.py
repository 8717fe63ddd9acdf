"""Every notebook of the lesson is executed, cell by cell, and proves what it says.

In this process, so that TensorFlow is imported once for all of them: a kernel for each, as
`make docs` starts, takes longer.
"""

from __future__ import annotations

import ast
import asyncio
import inspect
import linecache
from pathlib import Path
from typing import Any

import jupytext
import matplotlib.pyplot as plt
import pytest

LESSON = Path(__file__).parents[2] / "docs/lesson"
NOTEBOOKS = [page for page in sorted(LESSON.glob("*.md")) if "\njupytext:" in page.read_text()[:99]]

pytestmark = [
    pytest.mark.lesson,
    pytest.mark.filterwarnings("ignore:distutils Version classes:DeprecationWarning"),
]
notebooks = pytest.mark.parametrize("page", NOTEBOOKS, ids=lambda page: page.stem)


def cells_of(page: Path) -> list[str]:
    """The code of each cell."""
    cells = jupytext.read(page).cells
    return [cell.source for cell in cells if cell.cell_type == "code"]


def run_cell(source: str, name: str, namespace: dict[str, Any]) -> None:
    """Run a cell as a kernel does: in the notebook's namespace, `await` at its top."""
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    code = compile(source, name, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    if code.co_flags & inspect.CO_COROUTINE:
        asyncio.run(eval(code, namespace))
    else:
        exec(code, namespace)


def draw_figures() -> None:
    """What `plt.show()` does in a notebook, but for showing them."""
    for number in plt.get_fignums():
        plt.figure(number).canvas.draw()
    plt.close("all")


@notebooks
def test_a_notebook_runs(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(page.parent)
    plt.switch_backend("agg")
    monkeypatch.setattr(plt, "show", draw_figures)
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for number, source in enumerate(cells_of(page), start=1):
        run_cell(source, f"{page.name}, cell {number}", namespace)


@notebooks
def test_a_notebook_checks_what_it_says(page: Path) -> None:
    parsed = ast.parse("\n".join(cells_of(page)))
    assert any(isinstance(node, ast.Assert) for node in ast.walk(parsed)), "no assertion"


def test_each_page_of_the_lesson_with_code_is_a_notebook() -> None:
    """Its front matter, which makes it one, is easily forgotten."""
    with_cells = [page for page in sorted(LESSON.glob("*.md")) if "{code-cell}" in page.read_text()]
    assert with_cells == NOTEBOOKS
