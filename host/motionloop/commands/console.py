"""The terminal that the commands print on."""

from __future__ import annotations

from typing import Any

from rich.console import Console


def terminal(**options: Any) -> Console:
    """A rich console for these options, without pictures: `:CD:` in an address is no disc."""
    return Console(emoji=False, **options)
