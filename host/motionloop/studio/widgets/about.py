"""What this program and the packages below it are: versions and licences."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QWidget

from motionloop.language import tr
from motionloop.studio.theme import GRID, theme
from motionloop.studio.widgets.elements import Button, column, row, text
from motionloop.studio.widgets.help_panel import add_help
from motionloop.version import version

_WIDTH, _HEIGHT = 560, 440  # at text size 1
_LONGEST = 60  # a licence that is longer is its whole text


@dataclass(frozen=True)
class Part:
    """A package that this program needs and has."""

    name: str
    version: str
    licence: str


def parts() -> list[Part]:
    """The installed packages that the program or its window asks for, by name."""
    return sorted(set(_parts()), key=lambda part: part.name.casefold())


def _parts() -> Iterator[Part]:
    for requirement in distribution("motionloop").requires or ():
        package, _, condition = requirement.partition(";")
        if "extra" in condition and "studio" not in condition:
            continue
        found = re.match(r"[\w.-]+", package)
        assert found is not None
        try:
            made = distribution(found[0])
        except PackageNotFoundError:  # for another system
            continue
        yield Part(made.name, made.version, _licence(made))


def _licence(made: Distribution) -> str:
    """As the package itself names it."""
    about = made.metadata
    named = [about[key] for key in ("License-Expression", "License") if key in about]
    short = [words for words in named if words and len(words) <= _LONGEST]
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in about.get_all("Classifier") or ()
        if line.startswith("License")
    ]
    return next(iter([*short, *classifiers]), tr("see the package"))


class AboutDialog(QDialog):
    """Lists them; Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About MotionLoop"))
        self.setObjectName("page")
        add_help(self)
        self.resize(theme.scaled(_WIDTH), theme.scaled(_HEIGHT))
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(2, 1)
        for line, part in enumerate(parts()):
            grid.addWidget(text(part.name), line, 0)
            grid.addWidget(text(part.version, muted=True), line, 1)
            grid.addWidget(text(part.licence, muted=True, wrap=True), line, 2)
        inside = QWidget()
        inside.setLayout(column(grid, None))
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(inside)
        close = Button(tr("Close"), self.accept)
        close.setDefault(True)
        about = tr(
            "{version}, Python {python} on {system}. Licence: Apache-2.0.",
            version=version(),
            python=platform.python_version(),
            system=f"{platform.system()} {platform.machine()}",
        )
        whole = column(
            text(tr("MotionLoop"), "title"),
            text(about, wrap=True),
            text(tr("It is built on these packages, each with its own licence:"), muted=True),
            scroll,
            row(None, close),
            gap=GRID,
        )
        whole.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        self.setLayout(whole)
