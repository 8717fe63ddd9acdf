"""The terminal that the commands print on."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from motionloop.plain_text import plain

if TYPE_CHECKING:
    from rich.progress import TextColumn


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
        return super().render_str(plain(text), **options)

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            if segment.control is None and (shown := plain(segment.text)) != segment.text:
                yield Segment(shown, segment.style)
            else:
                yield segment
