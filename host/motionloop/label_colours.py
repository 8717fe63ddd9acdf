"""One colour for each label, the same in the terminal and in the window, from one day to the next.

Okabe and Ito's palette, whose colours most colour-blind people can distinguish. A label keeps the
colour of its first use; the colour is always beside the name, never instead of it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import platformdirs

from motionloop.safe_files import json_bytes, read_json, write_whole

PALETTE = ("#E69F00", "#56B4E9", "#009E73", "#D55E00", "#CC79A7", "#0072B2", "#F0E442")
UNKNOWN = "#8A949E"


def order_file() -> Path:
    """The file with the order of the labels; `MOTIONLOOP_RUNTIME_DIR` names another folder."""
    set_by_user = os.environ.get("MOTIONLOOP_RUNTIME_DIR")
    return Path(set_by_user or platformdirs.user_config_dir("motionloop")) / "label-colours.json"


class LabelColours:
    """The labels in the order in which they were first seen.

    Args:
        file: Holds the order; with a file that cannot be used the order is only forgotten.
        first: The order to begin with where there is no file yet.
    """

    def __init__(self, file: Path, first: Sequence[str] = ()) -> None:
        self._file = file
        self._labels = self._stored() or list(first)

    def place(self, label: str) -> int:
        """The label's number in the order; a new label gets the next one."""
        if label not in self._labels:
            # Another program may have seen labels meanwhile: it keeps their places.
            stored = self._stored()
            self._labels = stored + [known for known in self._labels if known not in stored]
            if label not in self._labels:
                self._labels.append(label)
            with suppress(OSError):
                self._file.parent.mkdir(parents=True, exist_ok=True)
                write_whole(self._file, json_bytes(self._labels))
        return self._labels.index(label)

    def colour(self, label: str) -> str:
        """The label's colour as "#RRGGBB"; after seven labels the palette begins again."""
        return PALETTE[self.place(label) % len(PALETTE)]

    def _stored(self) -> list[str]:
        try:
            found = read_json(self._file)
        except (OSError, ValueError):
            return []
        return (
            [label for label in found if isinstance(label, str)] if isinstance(found, list) else []
        )
