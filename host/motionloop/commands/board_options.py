"""Options of the commands that talk to a board; other commands start sooner without Bluetooth."""

from __future__ import annotations

import argparse

from motionloop.board.link import FoundBoard, RadioChoice, find_board, scan
from motionloop.commands.options import above_zero
from motionloop.errors import BoardNotFoundError, OptionsError


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
        type=above_zero,
        default=timeout_s,
        help=f"seconds to search (default: {timeout_s:g})",
    )


def add_board(parser: argparse.ArgumentParser) -> None:
    """--board, --radio and --timeout: the board, and the search for it."""
    _add_board(parser)
    add_radio(parser)


def add_boards(parser: argparse.ArgumentParser) -> None:
    """--board, or --boards or --all for several; --radio and --timeout."""
    which = parser.add_mutually_exclusive_group()
    _add_board(which)
    which.add_argument(
        "--boards", nargs="+", metavar="BOARD", help="names or addresses of several boards at once"
    )
    which.add_argument("--all", action="store_true", help="all boards in range at once")
    add_radio(parser)


def _add_board(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--board", help="name or address; may be left out if there is only one")


async def chosen_board(options: argparse.Namespace) -> FoundBoard:
    """The board that the options of `add_board` name. Raises the errors of `link.find_board`."""
    return await find_board(options.board, options.timeout, options.radio)


async def chosen_boards(options: argparse.Namespace) -> list[FoundBoard]:
    """The boards that the options of `add_boards` name; one without --boards and --all.

    Raises the errors of `link.find_board`.
    """
    if options.all:
        found = await scan(options.timeout, options.radio)
        free = [board for board in found if not board.in_use]
        if not free:
            raise BoardNotFoundError(
                f"No board was heard within {options.timeout:g} s that no other program uses. "
                "Check that the boards are powered and near."
            )
        return sorted(free, key=lambda board: (board.name, board.address))
    if not options.boards:
        return [await chosen_board(options)]
    boards: list[FoundBoard] = []
    for name in options.boards:  # one search at a time: an adapter has no second one
        board = await find_board(name, options.timeout, options.radio)
        if board.address in [other.address for other in boards]:
            raise OptionsError(f"--boards names {board} twice: give each board once.")
        boards.append(board)
    return boards
