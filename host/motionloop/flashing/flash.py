"""Flash a board and bring its model back: the order of steps, for the command and the window.

An upload over USB may erase the model slots. `kept_model` holds the board's model meanwhile.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from motionloop import wire
from motionloop.board.client import BoardClient
from motionloop.errors import MotionLoopError
from motionloop.flashing.kept_model import KeptModel, connected_again
from motionloop.flashing.platformio import UploadInterruptedError
from motionloop.language import tr

Push = Callable[[BoardClient, bytes, Path], Awaitable[object]]


class NotRestoredError(MotionLoopError):
    """The firmware is on the board, its model is not."""


async def flash(
    upload: Callable[[], Awaitable[object]],
    kept: KeptModel | None,
    push: Push,
    waiting: Callable[[KeptModel], object] = lambda kept: None,
) -> wire.Info | None:
    """Upload the firmware and push the kept model again.

    Args:
        upload: Builds the firmware and uploads it.
        kept: The board's model; None without a model to push again.
        push: Pushes a package, that of a file, to a connected board, and shows the progress.
        waiting: Called when the upload is over and the board has to start.

    Returns:
        The board's Info with its model back; None without a kept model.

    Raises:
        NotRestoredError: The firmware is uploaded, the model is not back.
        MotionLoopError: The upload failed. If the upload broke off in the middle, the board has
            lost its model and the kept model's file stays. Else the file is removed.
    """
    try:
        await upload()
    except MotionLoopError as error:
        if kept is not None and not isinstance(error, UploadInterruptedError):
            kept.forget()
        raise
    if kept is None:
        return None
    waiting(kept)
    try:
        async with connected_again(kept.board) as client:
            if client.info.boot_id == kept.boot_id:
                raise NotRestoredError(
                    tr("{name} did not restart: it is not the board on USB.", name=kept.board.name)
                )
            if client.info.model_id != kept.model_id:
                await push(client, kept.package_bytes, kept.file)
            info = client.info
    except MotionLoopError as error:
        raise NotRestoredError(
            tr(
                "The firmware is uploaded, the model is not back: {error} Push it yourself: "
                "motionloop push {file}",
                error=error,
                file=kept.file,
            )
        ) from error
    kept.forget()
    return info
