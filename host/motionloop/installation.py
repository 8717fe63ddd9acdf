"""How this program is installed: where its files are, and the commands that add what is missing."""

from __future__ import annotations

import sys
from pathlib import Path

_PACKAGE = Path(__file__).parent
_SHIPPED = _PACKAGE / "_shipped"  # of a wheel: CMakeLists.txt


def is_checkout() -> bool:
    """Whether this program runs in a checkout of the repository (`make setup`)."""
    return not _SHIPPED.is_dir()


def root() -> Path:
    """The folder of platformio.ini, firmware/, models/builtin.mlpkg and docs/glossary.md.

    An installed package has copies of them, in a folder that may be read-only.
    """
    return _PACKAGE.parents[1] if is_checkout() else _SHIPPED


def add(package: str) -> str:
    """The command that adds a package, such as "motionloop[studio]", to this program's Python."""
    # Double quotes: Windows' command line takes single ones for a part of the name.
    return f'{"pipx inject motionloop" if _by_pipx() else "pip install"} "{package}"'


def repair() -> str:
    """The command that installs this program and its packages again."""
    if is_checkout():
        return "make clean setup"
    return "pipx reinstall motionloop" if _by_pipx() else "pip install --force-reinstall motionloop"


def _by_pipx() -> bool:
    return (Path(sys.prefix) / "pipx_metadata.json").is_file()
