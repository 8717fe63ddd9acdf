"""The translations are complete and in step with the texts."""

from __future__ import annotations

import re
import shutil
import string
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtWidgets import QApplication

from motionloop import installation
from motionloop.language import tr
from motionloop.studio import translation
from motionloop.studio.labelling.timeline import clock
from motionloop.studio.widgets.number_axis import NumberAxis

ROOT = installation.root()
FILES = sorted(translation.FOLDER.glob("*.ts"))
NAMES = [file.stem for file in FILES]


def run(tool: str, *arguments: str) -> None:
    command = [str(Path(sys.executable).with_name(f"pyside6-{tool}")), "-silent", *arguments]
    subprocess.run(command, check=True, cwd=ROOT)


def forms(message: ElementTree.Element) -> list[str]:
    """The translations of a message: one, or one per number of things."""
    translated = message.find("translation")
    assert translated is not None
    several = translated.findall("numerusform")
    return [form.text or "" for form in several or [translated]]


def fields(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copies of the translations, with the texts that the code has now."""
    folder = tmp_path_factory.mktemp("translations")
    copies = [shutil.copy(file, folder) for file in FILES]
    sources = sorted(str(p.relative_to(ROOT)) for p in ROOT.glob("host/motionloop/**/*.py"))
    run(
        "lupdate", "-no-obsolete", "-locations", "none", "-sort-messages",
        *sources, "-ts", *map(str, copies),
    )  # fmt: skip
    return folder


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_nothing_is_missing(file: Path, collected: Path) -> None:
    messages = ElementTree.parse(collected / file.name).findall("context/message")
    assert messages
    missing = [m.findtext("source") for m in messages if not all(forms(m))]
    assert not missing, "then `make translations`, and translate them"
    assert (collected / file.name).read_bytes() == file.read_bytes(), "`make translations`"


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_the_compiled_file_is_of_today(file: Path, tmp_path: Path) -> None:
    run("lrelease", str(file), "-qm", str(tmp_path / "made.qm"))
    assert (tmp_path / "made.qm").read_bytes() == file.with_suffix(".qm").read_bytes()


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_each_value_is_in_the_translation(file: Path) -> None:
    for message in ElementTree.parse(file).findall("context/message"):
        source = message.findtext("source") or ""
        for form in forms(message):
            assert fields(form) == fields(source), source
            if "%n" in source and message.get("numerus") != "yes":
                pytest.fail(f"no count is given to {source!r}")
            assert source.endswith((" ", "\n")) == form.endswith((" ", "\n")), source
            assert bool(re.match(r"\s", source)) == bool(re.match(r"\s", form)), source


def test_numbers_are_written_as_in_the_language(qapp: QApplication) -> None:
    translation.install("de")
    try:
        assert tr("{share:.1%} of {bytes:,}", share=0.123, bytes=4567).startswith("12,3\u00a0% of")
        assert tr("{share:.1%} of {bytes:,}", share=0.123, bytes=4567).endswith("4.567")
        assert NumberAxis("left").tickStrings([-0.5, 0, 12], 1, 0.5) == ["-0,5", "0,0", "12,0"]
        assert clock(61.25, 0.01) == "1:01,25"
    finally:
        translation.install(translation.SOURCE)


def test_a_text_without_translation_stays_english(qapp: QApplication) -> None:
    translation.install("de")
    try:
        assert tr("of no one {name}", name=1) == "of no one 1"
        assert tr("%n thing(s) of no one", "", 1) == "1 thing of no one"
    finally:
        translation.install(translation.SOURCE)
