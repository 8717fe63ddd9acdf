"""The terminal that the commands print on."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

if TYPE_CHECKING:
    from rich.progress import TextColumn

# What a terminal obeys or turns around instead of showing it, and halves of characters, which it
# cannot take; newline and tab stay.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SHOWN = "\N{REPLACEMENT CHARACTER}"


def terminal(**options: Any) -> Console:
    """A rich console for these options that takes texts as they are.

    Names come from files and from boards: `[red]` in one is no style, `:CD:` in an address is no
    disc, and no character of one steers the terminal. Style is given by `style=` or `Text`.
    """
    return _Terminal(markup=False, emoji=False, **options)


def print_json(document: Any) -> None:
    """One line of JSON on stdout, and at once: a program may wait for each line."""
    # Python writes NaN, which is no JSON.
    plain = json.loads(json.dumps(document, default=os.fspath), parse_constant=lambda _: None)
    print(json.dumps(plain), flush=True)


def is_redrawn(console: Console) -> bool:
    """Whether what the console shows can be drawn again in its place."""
    return console.is_terminal and not console.is_dumb_terminal


def words_column(form: str) -> TextColumn:
    """A column of a progress bar, whose texts are no markup either."""
    from rich.progress import TextColumn  # a bar has time for it, help has not

    return TextColumn(form, markup=False)


class _Terminal(Console):
    def on_broken_pipe(self) -> None:
        raise  # rich would end the program with a status of its own

    def render_str(self, text: str, **options: Any) -> Text:
        # Before the widths of a table are measured.
        return super().render_str(_CONTROLS.sub(_SHOWN, text), **options)

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            if segment.control is None and _CONTROLS.search(segment.text):
                yield Segment(_CONTROLS.sub(_SHOWN, segment.text), segment.style)
            else:
                yield segment
