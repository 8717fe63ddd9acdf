"""Change what is said about recordings, leave them out of trainings, or delete them.

NAME is a recording's folder, or several by a pattern: `motionloop edit "20261120-*" --wearer ada`.
Where a folder has just this name, that folder alone is meant, also if the name is `*`.
Samples and labels stay as they are, and the description before is recording.json.bak. A deleted
recording lies in the bin, the folder .bin beside the recordings, which is never emptied:
`--restore` brings it back. A recording is changed wholly or not at all; the exit status is 1 if
one was not.
"""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

from motionloop.commands.console import print_json, terminal
from motionloop.commands.options import add_json, add_recordings
from motionloop.errors import MotionLoopError, OptionsError
from motionloop.recordings.managing import BIN, About, describe, in_bin, put_in_bin, take_from_bin
from motionloop.recordings.recording import recording_paths


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("names", nargs="+", metavar="NAME", help="folders of recordings, or a pattern with *")
    add_recordings(parser)
    add("--wearer", help="who wore the board")
    add("--placement", help="where the board was worn")
    add("--name", help="of the session; of one recording only")
    add("--notes", help="anything else; a new text replaces the one before")
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--exclude", action="store_true", help="leave out of trainings, keep on disk")
    act.add_argument("--include", action="store_true", help="take into trainings again")
    act.add_argument("--delete", action="store_true", help="move into the bin")
    act.add_argument("--restore", action="store_true", help="take out of the bin")
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    about = About(options.name, options.wearer, options.placement, options.notes)
    if options.exclude or options.include:
        about = replace(about, excluded=options.exclude)
    act, done = _act(options, about)
    there = in_bin(options.recordings) if options.restore else recording_paths(options.recordings)
    chosen = _chosen(options.names, there, options.recordings)
    if options.name is not None and len(chosen) > 1:
        raise MotionLoopError(f"--name is for one recording; {len(chosen)} are chosen.")
    changed: list[Path] = []
    failed: list[MotionLoopError] = []
    for folder in chosen:
        try:
            changed.append(act(folder))
        except MotionLoopError as error:
            failed.append(error)
    if options.json:
        print_json({"changed": [*map(str, changed)], "failed": [*map(str, failed)]})
    else:
        for folder in changed:
            terminal().print(f"{done}: {folder}", soft_wrap=True)
    if failed:
        causes = "\n".join(f"- {error}" for error in failed)
        raise MotionLoopError(f"Recordings that were not changed: {len(failed)}.\n{causes}")


def _act(options: argparse.Namespace, about: About) -> tuple[Callable[[Path], Path], str]:
    """What is done to each recording, which returns where it lies then, and the word for it."""
    is_move = options.delete or options.restore
    if is_move == (about != About()):
        raise OptionsError(
            "Say what is to be changed: --wearer, --placement, --name, --notes, --exclude or "
            "--include; or --delete or --restore alone."
        )
    if is_move:
        return (put_in_bin, "In the bin") if options.delete else (take_from_bin, "Back")

    def change(folder: Path) -> Path:
        describe(folder, about)
        return folder

    return change, "Changed"


def _chosen(patterns: list[str], there: list[Path], recordings: Path) -> list[Path]:
    """The folders of `there` that the patterns name, in the order of `there`."""
    for pattern in patterns:
        _refuse_elsewhere(pattern, recordings)
        if not _named(there, pattern):
            listed = ", ".join(path.name for path in there[:12]) or "none"
            raise MotionLoopError(f"There is no {pattern!r} in {recordings}: there are {listed}.")
    named = [path for pattern in patterns for path in _named(there, pattern)]
    return [path for path in there if path in named]


def _refuse_elsewhere(pattern: str, recordings: Path) -> None:
    """A path into another folder must not change the recording of the same name in this one."""
    parent = Path(pattern).parent
    places = (recordings.resolve(), (recordings / BIN).resolve())
    if parent != Path() and parent.resolve() not in places:
        raise MotionLoopError(
            f"{pattern} is not in {recordings}: give the folder that it is in with "
            f"`--recordings {shlex.quote(str(parent))}`."
        )


def _named(there: list[Path], pattern: str) -> list[Path]:
    """The folder that is called so, or else those that the pattern fits."""
    name = Path(pattern).name
    exact = [path for path in there if path.name == name]
    return exact or [path for path in there if fnmatchcase(path.name, name)]
