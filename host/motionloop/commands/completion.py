"""Print the script by which a shell completes commands, options, choices and paths.

    bash   motionloop completion bash > ~/.local/share/bash-completion/completions/motionloop
    zsh    motionloop completion zsh > FOLDER/_motionloop, a FOLDER of $fpath
    fish   motionloop completion fish > ~/.config/fish/completions/motionloop.fish

The folder must be there, and a new shell reads the script. Write it again after an update.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import shtab

from motionloop.commands.options import KINDS, RECORDINGS
from motionloop.commands.parser import COMMANDS, build_parser
from motionloop.recordings.named_split import SPLITS_FOLDER

_NAMED_SPLITS = RECORDINGS / SPLITS_FOLDER
# Of arguments whose values are names: the command that lists them where most people keep them.
_LISTED = {
    "names": f"ls {RECORDINGS} 2>/dev/null",
    "split": f"echo {' '.join(KINDS)}; ls {_NAMED_SPLITS} 2>/dev/null | sed 's/[.]json//'",
}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=["bash", "zsh", "fish"])


async def run(options: argparse.Namespace) -> None:
    parser = build_parser(*COMMANDS)
    for action in _actions(parser):
        _say_values(action)
        if options.shell == "bash" and action.choices:  # a choice with a space would be two
            action.choices = [choice for choice in action.choices if " " not in str(choice)]
    print(shtab.complete(parser, options.shell))


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """The arguments of all commands."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _actions(command)
        else:
            yield action


def _say_values(action: argparse.Action) -> None:
    """Say where the values of an argument are found, in the way that shtab reads."""
    if action.type is Path:
        values = shtab.DIRECTORY if action.metavar == "FOLDER" else shtab.FILE
    elif action.dest in _LISTED:
        values = shtab.cmd(_LISTED[action.dest])
    else:
        return
    action.complete = values  # type: ignore[attr-defined]
