"""Options of the commands that talk to a board; other commands start sooner without Bluetooth."""

from __future__ import annotations

import argparse

from motionloop.board.link import FoundBoard, RadioChoice, find_board


def add_radio(parser: argparse.ArgumentParser, timeout_s: float = 8.0) -> None:
    """--radio and --timeout: the place and the time of the search for boards."""
    parser.add_argument(
        "--radio",
        type=RadioChoice,
        choices=list(RadioChoice),
        default=RadioChoice.ANY,
        metavar="{any,real,virtual}",
        help="where to look for boards (default: any)",
    )
    parser.add_argument(
        "--timeout",
        type=float,
        default=timeout_s,
        help=f"seconds to search (default: {timeout_s:g})",
    )


def add_board(parser: argparse.ArgumentParser) -> None:
    """--board, --radio and --timeout: the board, and the search for it."""
    parser.add_argument("--board", help="name or address; may be left out if there is only one")
    add_radio(parser)


async def chosen_board(options: argparse.Namespace) -> FoundBoard:
    """The board that the options of `add_board` name. Raises the errors of `link.find_board`."""
    return await find_board(options.board, options.timeout, options.radio)
