"""Each message of an error that a user can meet is in the user's language, as is all else that is
said of recordings, models and boards: no text of two words or more goes round `tr`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
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


# --- texts that are no errors -------------------------------------------------------------------
ALL = -1  # texts of a file
# What no user of the window reads: of a file, how many texts, and why.
NOT_SHOWN = {
    "archives.py": (1, "another error takes its place"),
    "board/finding.py": (2, "the log is in English"),
    "board/packets.py": (4, "the log is in English"),
    "board/prediction.py": (4, "the log is in English"),
    "board/requests.py": (1, "the log is in English"),
    "board/streams.py": (1, "a reason of a gap, as files have it"),
    "flashing/checks.py": (ALL, "of the command doctor"),
    "flashing/platformio.py": (7, "the words of PlatformIO"),
    "flashing/serial_ports.py": (1, "a command"),
    "html_page.py": (ALL, "reports are in English"),
    "installation.py": (5, "commands"),
    "log.py": (ALL, "the log is in English"),
    "model/activations.py": (2, "a name by which columns are looked up"),
    "model/c_library.py": (ALL, "a library that is generated"),
    "model/contents.py": (ALL, "of the command package"),
    "model/folder.py": (1, "the file is left out"),
    "model/inference.py": (1, "the words of TensorFlow Lite Micro"),
    "model/model_card.py": (ALL, "a page that is generated"),
    "model/wearing.py": (1, "the file is left out"),
    "owner_key.py": (1, "the entry in the keyring"),
    "recordings/checks/check.py": (1, "the name of a recording that is no file"),
    "recordings/conversion.py": (1, "a reason of a gap, as files have it"),
    "recordings/facts.py": (5, "SQL"),
    "recordings/formats/edge_impulse.py": (1, "the name of a program"),
    "recordings/formats/hapt.py": (ALL, "the labels of a data set"),
    "recordings/formats/motionsense.py": (1, "a placement, as files have it"),
    "recordings/formats/pamap2.py": (ALL, "the labels of a data set"),
    "recordings/formats/phyphox.py": (1, "the words of a file"),
    "recordings/formats/sensiml.py": (3, "the words of a file"),
    "recordings/formats/sensor_logger.py": (1, "the name of a program"),
    "recordings/formats/uci_har.py": (1, "the name of a folder"),
    "recordings/formats/wisdm.py": (ALL, "the labels of a data set"),
    "recordings/recording.py": (2, "reasons of gaps, as files have them"),
    "recordings/recording_json.py": (2, "reasons of gaps, as files have them"),
    "recordings/samples_csv.py": (1, "another error takes its place"),
    "recordings/writer.py": (4, "reasons of gaps, as files have them; a fault of the caller"),
    "sharing/mqtt.py": (1, "of the command share"),
    "studio/labelling/sample_cache.py": (2, "the cache is made again"),
    "studio/screenshots.py": (ALL, "for developers"),
    "studio/theme.py": (ALL, "a style sheet"),
    "studio/widgets/help_words.py": (4, "names by which the glossary is looked up"),
    "training/evaluation/plots.py": (ALL, "reports are in English"),
    "training/evaluation/report_page.py": (ALL, "reports are in English"),
    "training/report.py": (ALL, "reports are in English"),
    "training/tuning/plots.py": (ALL, "of the command tune"),
    "training/tuning/tune.py": (1, "of the command tune"),
    "virtual/advertisement.py": (1, "of the command virtual-board"),
    "virtual/bleak_backend.py": (ALL, "the words of bleak"),
    "virtual/clock.py": (1, "of the command virtual-board"),
    "virtual/process.py": (1, "what a process tells another one"),
    "virtual/radio.py": (1, "the name of a board"),
    "virtual/registry.py": (3, "the entry is left out"),
    "virtual/wearer.py": (2, "labels, as files have them"),
    "windows.py": (1, "a fault of the caller"),
    "wire.py": (ALL, "comments of a header that is generated"),
}
# Calls whose texts are for the log or for programmers, or are data.
NOT_SAID = frozenset(
    (
        "debug", "info", "warning", "error", "exception", "log", "add_argument",
        "AssertionError", "KeyError", "NotImplementedError", "RuntimeError", "TypeError",
        "cancel", "compile", "frozenset", "setStyleSheet", "start", "words_of",
    )
)  # fmt: skip
TWO_WORDS = re.compile(r"[^\W\d_]{2,}[.,:;!]? +[^\W\d_]{2,}")


def text_of(node: ast.AST) -> str:
    """A literal text, with 0 for each value in it; empty for all else."""
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else 0 for part in node.values)
        return "".join(map(str, parts))
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def not_said(node: ast.AST) -> Sequence[ast.AST]:
    """The parts of a node in which texts are translated, or are none for users."""
    match node:
        case ast.Call(func=ast.Name(id="tr"), args=args):
            return args[:2]
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args):
            return args if name in NOT_SAID else ()
        case ast.Expr(value=ast.Constant()) | ast.Assert():
            return (node,)  # a docstring
        case ast.JoinedStr(values=values):
            return [part for part in values if isinstance(part, ast.Constant)]
        case ast.ClassDef(bases=bases) if any("Enum" in ast.unparse(base) for base in bases):
            return [part.value for part in node.body if isinstance(part, ast.Assign)]
        case ast.AnnAssign(annotation=annotation):
            return (annotation,)
        case _:
            return ()


def bare_texts(source: str | bytes) -> Iterator[str]:
    """Texts of two words or more that go round `tr`, as "line: text"."""
    tree = ast.parse(source)
    left_out = {
        id(part) for node in ast.walk(tree) for top in not_said(node) for part in ast.walk(top)
    }
    for node in ast.walk(tree):
        if id(node) not in left_out and TWO_WORDS.search(text_of(node)):
            yield f"{getattr(node, 'lineno', 0)}: {text_of(node)}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_each_text_is_translated(path: Path) -> None:
    most, why = NOT_SHOWN.get(path.relative_to(PACKAGE).as_posix(), (0, ""))
    found = list(bare_texts(path.read_bytes()))
    assert most == ALL or len(found) == most, why


def test_a_bare_text_beside_errors_is_found() -> None:
    assert list(bare_texts('notes.append(f"{count} rows left out")'))
    assert list(bare_texts('return "no rotation" if a else tr("yes")'))
    assert not list(bare_texts('"""Words of it."""\nnotes.append(tr("{n} rows left out", n=n))'))
    assert not list(bare_texts('_log.info("%s left out", name)'))


def test_each_exception_is_there() -> None:
    assert {*NOT_SHOWN} <= {path.relative_to(PACKAGE).as_posix() for path in MODULES}
