"""The one way a benchmark reports: words for a person, then one JSON line."""

from __future__ import annotations

import argparse
import json
from typing import Any


def parser(description: str | None) -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--json", action="store_true", help="print one JSON line last")
    return made


def finish(options: argparse.Namespace, figures: dict[str, Any]) -> None:
    """Print the figures, and as JSON in the last line if that was asked for."""
    for name, value in figures.items():
        print(f"{name:>24}  {value}")
    if options.json:
        print(json.dumps(figures))
