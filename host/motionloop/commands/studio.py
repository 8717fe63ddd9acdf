"""Open the window: connect, record, label, train, push and watch, all in one place."""

from __future__ import annotations

import argparse
from pathlib import Path

from motionloop import installation
from motionloop.commands.options import add_models, add_recordings
from motionloop.errors import MotionLoopError

# The libraries that Qt needs and does not bring, with their packages of Debian and Ubuntu.
DEBIAN_PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
}


def configure(parser: argparse.ArgumentParser) -> None:
    add_recordings(parser)
    add_models(parser)
    parser.add_argument(
        "--virtual", action="store_true", help="start a virtual board and connect to it"
    )

    parser.add_argument(
        "--language", metavar="CODE", default="",
        help="the window's language this time, such as de or en (default: the chosen one, or else "
        "the system's)",
    )  # fmt: skip


def what_is_missing() -> str | None:
    """Why the window cannot be opened and what to install; None when it can."""
    try:
        import motionloop.studio.app  # noqa: F401
    except ImportError as error:
        return advice(error)
    return None


def advice(error: ImportError) -> str:
    """Advice on installing Qt, or a library that Qt needs."""
    library = next((name for name in DEBIAN_PACKAGES if name in str(error)), None)
    if library is None:
        return f"{error}. Install what the window needs: `{installation.add('motionloop[studio]')}`"
    everything = " ".join(dict.fromkeys(DEBIAN_PACKAGES.values()))
    return (
        f"Qt lacks {library}, which Debian's {DEBIAN_PACKAGES[library]} has. Install all that it "
        f"needs: `apt install {everything}`."
    )


async def run(options: argparse.Namespace) -> None:
    open_window(options.recordings, options.models, options.virtual, options.language)


def open_window(recordings: Path, models: Path, virtual: bool, language: str = "") -> None:
    """Show the window until it is closed. MotionLoopError without Qt, or without that language."""
    missing = what_is_missing()
    if missing is not None:
        raise MotionLoopError(f"The window cannot be opened: {missing}")
    from motionloop.studio import app, translation

    if language and language not in (known := translation.languages()):
        raise MotionLoopError(f"There is no language {language!r}. Choose: {', '.join(known)}.")

    # Qt's loop takes this thread until the window is closed; asyncio's work has another.
    app.run(recordings, models, app.default_settings(), virtual, language)
