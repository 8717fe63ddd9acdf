"""The pages' names in the user's language; code, settings and shortcuts know them in English."""

from __future__ import annotations

from motionloop.language import tr


def title(name: str) -> str:
    """What the user reads for the page of that name."""
    titles = {
        "Connect": tr("Connect", "page"),
        "Record": tr("Record", "page"),
        "Label": tr("Label", "page"),
        "Data": tr("Data", "page"),
        "Train": tr("Train", "page"),
        "Live": tr("Live", "page"),
        "Room": tr("Room", "page"),
    }
    return titles[name]
