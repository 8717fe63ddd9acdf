"""What is in the wheel and in the sdist, file by file."""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.packaging.building import ROOT

pytestmark = pytest.mark.system


def below(*folders: str) -> set[str]:
    """The files of the working tree there, less what Python and compilers leave."""
    return {
        str(path.relative_to(ROOT))
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix not in (".pyc", ".so")
    }


def test_the_wheel_has_the_program_and_what_it_reads(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    modules = {name.removeprefix("host/") for name in below("host/motionloop")}
    shipped = below("firmware/lib", "firmware/library", "firmware/src")
    shipped |= {
        "docs/glossary.md",
        "firmware/check_link.py",
        "models/builtin.mlpkg",
        "platformio.ini",
    }
    expected = modules - {"motionloop/nano/cortex_m4.cpp"}
    expected |= {f"motionloop/_shipped/{name}" for name in shipped}
    compiled = {name for name in names if name.endswith((".so", ".pyd"))}
    data = {name for name in names if ".data/" in name}
    about = {name for name in names if ".dist-info/" in name}
    assert names - compiled - data - about == expected
    assert {name.partition(".")[0] for name in compiled} == {
        "motionloop/_core",
        "motionloop/_cortex_m4",
    }
    assert {name.partition(".data/data/")[2] for name in data} == {
        "share/applications/motionloop.desktop",
        "share/icons/hicolor/scalable/apps/motionloop.svg",
        "share/metainfo/motionloop.metainfo.xml",
    }


def test_the_sdist_has_what_builds_the_wheel_and_no_more(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {member.name.partition("/")[2] for member in archive if member.isfile()}
    needed = below("host", "firmware", "desktop") | {
        "CITATION.cff",
        "CMakeLists.txt",
        "LICENSE",
        "PKG-INFO",
        "README.md",
        "docs/glossary.md",
        "models/builtin.mlpkg",
        "platformio.ini",
        "pyproject.toml",
    }
    assert needed <= names
    tops = {name.partition("/")[0] for name in names - needed}
    assert tops == {
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "Makefile",
        "SECURITY.md",
        "docs",
        "examples",
        "models",
        "recordings",
    }
    assert {name for name in names if name.startswith(("models/", "recordings/"))} == {
        "models/README.md",
        "models/builtin.json",
        "models/builtin.mlpkg",
        "models/make_builtin.py",
        "recordings/README.md",
    }
