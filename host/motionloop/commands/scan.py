"""List the boards in range."""

from __future__ import annotations

import argparse

from rich.table import Table

from motionloop.board.link import scan
from motionloop.commands.board_options import add_radio
from motionloop.commands.console import print_json, terminal
from motionloop.commands.documents import board_document
from motionloop.commands.options import add_json
from motionloop.errors import BoardNotFoundError


def configure(parser: argparse.ArgumentParser) -> None:
    add_radio(parser, timeout_s=3.0)
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    boards = await scan(options.timeout, options.radio)
    if not boards:
        raise BoardNotFoundError(
            f"No board was heard within {options.timeout:g} s. Check that it is powered, near and "
            "not connected to another computer, or start one with `motionloop virtual-board`."
        )
    if options.json:
        print_json({"boards": [board_document(board) for board in boards]})
        return
    table = Table("Board", "Address", "Signal")
    for board in boards:
        table.add_row(board.name, board.address, board.signal)
    terminal().print(table)
