"""Flash the firmware over USB and put the board's model back. No Qt here.

The same steps as `motionloop flash`; see docs/flashing.md for what can go wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from motionloop.board.link import FoundBoard
from motionloop.errors import MotionLoopError
from motionloop.flashing.kept_model import KeptModel, connected_again, keep_model
from motionloop.flashing.platformio import UploadInterruptedError, find_pio, find_project, upload
from motionloop.flashing.serial_ports import check_usable, choose_port, serial_ports
from motionloop.studio.boards.board_link import BoardLink

Say = Callable[[str, int, int], None]  # words, done, total (0: nobody knows)


class Boards(Protocol):
    """What flashing needs of the session."""

    models_folder: Path
    current: BoardLink | None

    async def let_go(self, address: str) -> None: ...
    def connect_board(self, board: FoundBoard) -> None: ...
    def post(self, call: Callable[[], object]) -> None: ...


async def flash_firmware(boards: Boards, say: Say) -> str:
    """Build, upload, push the model again; returns what to tell.

    Raises what serial_ports, uploader and kept_model raise: each says what to do.
    """
    project, pio = find_project(), find_pio()
    port = choose_port(serial_ports())
    check_usable(port)
    board = await _let_go(boards)
    kept = None
    if board is not None:
        say(f"Asking {board.name} for its model", 0, 0)
        kept = await keep_model(board, boards.models_folder)
    try:
        async for now in upload(project, port, pio):
            say(str(now.stage), now.done, now.total or 0)
    except MotionLoopError as error:
        if kept is not None and not isinstance(error, UploadInterruptedError):
            kept.forget()  # the board still has it
        raise
    if kept is None:
        return "The firmware is on the board. It has no model of yours: retrain and flash one."
    await _push_again(kept, say)
    boards.post(lambda: boards.connect_board(kept.board))
    return f"The firmware is on {kept.board.name}, and its model is back."


async def _let_go(boards: Boards) -> FoundBoard | None:
    """Disconnect the current board if it is a real one, for keep_model connects by itself."""
    link = boards.current
    if link is None or link.found.is_virtual:
        return None
    await boards.let_go(link.address)
    return link.found


async def _push_again(kept: KeptModel, say: Say) -> None:
    say(f"Waiting for {kept.board.name} to start", 0, 0)
    try:
        async with connected_again(kept.board) as client:
            if client.info.boot_id == kept.boot_id:
                raise MotionLoopError(
                    f"{kept.board.name} did not restart: it is not the board on USB."
                )
            async for now in client.push(kept.package):
                say("pushing its model again", now.sent_bytes, now.total_bytes)
    except MotionLoopError as error:
        raise MotionLoopError(
            f"The firmware is uploaded, the model is not back: {error} Push it yourself: "
            f"motionloop push {kept.file}"
        ) from error
    kept.forget()
