"""Each message of an error that a user can meet is in the user's language."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from motionloop import installation
from motionloop.language import tr

PACKAGE = installation.root() / "host/motionloop"
# The command line speaks English, and only there are these met.
ENGLISH = ("assignment", "commands", "nano", "cli.py")
MODULES = sorted(
    path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] not in ENGLISH
)


def kinds() -> set[str]:
    """The names of MotionLoopError and of all that derive from it."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.ClassDef)
    }
    found = {"MotionLoopError"}
    while more := {name for name, of in bases.items() if of & found} - found:
        found |= more
    return found


KINDS = kinds()


def literals(node: ast.expr) -> list[ast.expr]:
    """What of an expression is a text without `tr`."""
    match node:
        case ast.JoinedStr() | ast.Constant(value=str()):
            return [node]
        case ast.IfExp():
            return literals(node.body) + literals(node.orelse)
        case ast.BinOp():
            return literals(node.left) + literals(node.right)
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(between)))):
            return [] if not any(c.isalpha() for c in between) else [node]  # a join
        case _:
            return []


def untranslated(source: str | bytes) -> list[str]:
    """Errors that are made with a bare text, as "line: text"."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in KINDS:
            found += [node]
        elif isinstance(node, ast.ClassDef) and node.name in KINDS:
            calls = (part for part in ast.walk(node) if isinstance(part, ast.Call))
            found += [call for call in calls if getattr(call.func, "attr", "") == "__init__"]
    texts = [text for call in found if call.args for text in literals(call.args[0])]
    return [f"{text.lineno}: {ast.unparse(text)}" for text in texts]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_error_is_translated(path: Path) -> None:
    assert not untranslated(path.read_bytes())


def test_a_bare_text_is_found() -> None:
    assert "RecordingError" in KINDS
    assert untranslated('raise RecordingError(f"{p} is gone", p)')
    assert untranslated('raise LabelError("no" if a else tr("yes"))')
    assert untranslated('class LabelError:\n    def __init__(self): super().__init__("no")')
    assert not untranslated('raise LabelError(tr("no"))')


def test_the_text_of_an_error_is_still_a_text() -> None:
    assert str(ValueError(tr("no board"))).source == "no board"  # type: ignore[attr-defined]
