"""Open the window: connect, record, label, train, push and watch, all in one place."""

from __future__ import annotations

import argparse
from pathlib import Path

from motionloop.commands.options import add_models, add_recordings
from motionloop.errors import MotionLoopError


def configure(parser: argparse.ArgumentParser) -> None:
    add_recordings(parser)
    add_models(parser)
    parser.add_argument(
        "--virtual", action="store_true", help="start a virtual board and connect to it"
    )


async def run(options: argparse.Namespace) -> None:
    open_window(options.recordings, options.models, options.virtual)


def open_window(recordings: Path, models: Path, virtual: bool) -> None:
    """Show the window until it is closed. MotionLoopError when Qt is not there."""
    try:
        from motionloop.studio import app
    except ImportError as error:
        raise MotionLoopError(
            f"The window cannot be opened: {error}. Install it with `pip install "
            "'motionloop[studio]'`; on Debian also `apt install libegl1 libxkbcommon0 "
            "libfontconfig1 libdbus-1-3`."
        ) from error
    # Qt's loop takes this thread until the window is closed; asyncio's work has another.
    app.run(recordings, models, app.default_settings(), virtual)
