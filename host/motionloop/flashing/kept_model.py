"""The model that a board runs, kept while the board is flashed and pushed again afterwards.

An upload over USB may erase the model slots, so the model has to be somewhere else before. The
bootloader that Arduino ships today leaves them (`flashing/bootloader.py`), others may not.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from motionloop import wire
from motionloop.board.client import BoardClient
from motionloop.board.link import FoundBoard, RadioChoice, find_address
from motionloop.errors import BoardNotFoundError, LinkLostError, PackageError
from motionloop.language import tr
from motionloop.model.folder import PACKAGE_FILE
from motionloop.model.package import load_package, unpack_package
from motionloop.model.signing import is_same_package

BOOT_TIMEOUT_S = 60.0
RETRY_S = 1.0


@dataclass(frozen=True)
class KeptModel:
    """A board's active model: its package and a file that holds it too.

    `boot_id` is the board's start before it was flashed. `temporary`: the file was made for this
    flashing, because no folder of models had the package.
    """

    board: FoundBoard
    boot_id: int
    package_bytes: bytes
    file: Path
    temporary: bool

    @property
    def model_id(self) -> bytes:
        return wire.PackageHeader.unpack(self.package_bytes).model_id

    @property
    def labels(self) -> tuple[str, ...]:
        return unpack_package(self.package_bytes, str(self.file)).labels

    def forget(self) -> None:
        """Remove the file if it is temporary."""
        if self.temporary:
            self.file.unlink(missing_ok=True)


async def keep_model(board: FoundBoard, models: Path) -> KeptModel | None:
    """Find the board's active model in the folder `models`, or else read it from the board.

    None when the board has no pushed model. Raises the errors of a connection, such as
    WireVersionError and LinkLostError.
    """
    async with BoardClient(board) as client:
        boot_id = client.info.boot_id
        if client.info.active_slot == wire.NO_SLOT:
            return None
        header = await client.read_package(wire.PackageHeader.SIZE)
        if (file := _file_with(header, models)) is not None:
            return KeptModel(board, boot_id, load_package(file), file, temporary=False)
        package = await client.read_package()
    return KeptModel(board, boot_id, package, _save(package), temporary=True)


def _file_with(header: bytes, models: Path) -> Path | None:
    """An intact package with this header, which has the CRC-32 of all that follows it. The board's
    is signed, that in the folder may not be."""
    for file in sorted(models.glob(f"*/{PACKAGE_FILE}")):
        with suppress(PackageError):
            if is_same_package(header, load_package(file)):
                return file
    return None


def _save(package_bytes: bytes) -> Path:
    with tempfile.NamedTemporaryFile(
        prefix="motionloop-", suffix=f"-{PACKAGE_FILE}", delete=False
    ) as made:
        made.write(package_bytes)
    return Path(made.name)


@asynccontextmanager
async def connected_again(
    board: FoundBoard, timeout_s: float = BOOT_TIMEOUT_S
) -> AsyncGenerator[BoardClient, None]:
    """A client of a board that is restarting: tries until the board answers.

    LinkLostError when it does not within `timeout_s`; WireVersionError, NoAdapterError at once.
    """
    radio = RadioChoice.VIRTUAL if board.is_virtual else RadioChoice.REAL
    client = await _connect(board, radio, timeout_s)
    try:
        yield client
    finally:
        await client.__aexit__(None, None, None)


async def _connect(board: FoundBoard, radio: RadioChoice, timeout_s: float) -> BoardClient:
    reason: Exception | None = None
    try:
        async with asyncio.timeout(timeout_s):
            while True:
                try:
                    found = await find_address(board.address, timeout_s, radio)
                    return await BoardClient(found).__aenter__()
                except (BoardNotFoundError, LinkLostError) as error:
                    reason = error
                await asyncio.sleep(RETRY_S)
    except TimeoutError:
        raise LinkLostError(
            tr(
                "{board} did not come back on air within {seconds:g} s. Press its reset "
                "button once, and look whether its orange LED fades in and out: then its "
                "bootloader waits for a program.",
                board=board,
                seconds=timeout_s,
            )
        ) from reason
