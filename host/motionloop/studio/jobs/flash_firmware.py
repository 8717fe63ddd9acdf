"""Flash the firmware over USB and put the board's model back. No Qt here.

The same steps as `motionloop flash`; see docs/flashing.md for what can go wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from motionloop.board.client import BoardClient
from motionloop.board.link import FoundBoard
from motionloop.flashing.flash import flash
from motionloop.flashing.kept_model import KeptModel, keep_model
from motionloop.flashing.platformio import find_pio, find_project, upload
from motionloop.flashing.serial_ports import check_usable, choose_port, serial_ports
from motionloop.language import tr
from motionloop.studio.boards.board_link import BoardLink
from motionloop.studio.preferences import Preferences

Say = Callable[[str, int, int], None]  # words, done, total (0: not known)


class Boards(Protocol):
    """The part of the session that flashing needs."""

    models_folder: Path
    preferences: Preferences
    current: BoardLink | None

    async def let_go(self, address: str) -> None: ...
    def connect_board(self, board: FoundBoard) -> None: ...
    def post(self, call: Callable[[], object]) -> None: ...


async def flash_firmware(boards: Boards, say: Say) -> str:
    """Build, upload, push the model again; returns the message for the user.

    Raises the errors of port, build, upload and push, each with advice.
    """
    project, pio = find_project(), find_pio()
    port = choose_port(serial_ports())
    check_usable(port)
    board = await _let_go(boards)
    kept = None
    if board is not None:
        say(tr("Asking {name} for its model", name=board.name), 0, 0)
        kept = await keep_model(board, boards.models_folder)

    async def build_and_upload() -> None:
        async for now in upload(project, port, pio):
            say(now.stage.words, now.done, now.total or 0)

    async def push(client: BoardClient, package_bytes: bytes, package_path: Path) -> None:
        claim = boards.preferences.claims
        async for now in client.push(package_bytes, package_path, claim):
            say(tr("pushing its model again"), now.sent_bytes, now.total_bytes)

    def waiting(kept: KeptModel) -> None:
        say(tr("Waiting for {name} to start", name=kept.board.name), 0, 0)

    await flash(build_and_upload, kept, push, waiting)
    if kept is None:
        return tr("The firmware is on the board. It has no model of yours: retrain and flash one.")
    found = kept.board
    boards.post(lambda: boards.connect_board(found))
    return tr("The firmware is on {name}, and its model is back.", name=found.name)


async def _let_go(boards: Boards) -> FoundBoard | None:
    """Disconnect the current board if it is a real one, for keep_model connects by itself."""
    link = boards.current
    if link is None or link.found.is_virtual:
        return None
    await boards.let_go(link.address)
    return link.found
