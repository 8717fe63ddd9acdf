"""Notes each push in the model's folder: which board ran which model, and when."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from pathlib import Path

from motionloop import wire
from motionloop.board.finding import FoundBoard
from motionloop.model.folder import PUSHES_FILE, models_folder, stored_pushes
from motionloop.safe_files import write_whole

_log = logging.getLogger(__name__)


def note_push(package_path: Path, board: FoundBoard, info: wire.Info) -> None:
    """Add a push to pushes.json of the package's model.

    A package from outside a model's folder is not noted. A folder that cannot be written costs a
    line of the log, not the push.

    Args:
        package_path: File of the package that was pushed.
        board: The board that runs it now.
        info: The board's Info, read after its checks.
    """
    model = models_folder(package_path)
    if model is None:
        return
    file = model / PUSHES_FILE
    entry = {
        "model_id": info.model_id.hex(),
        "package": package_path.absolute().relative_to(model).as_posix(),
        "utc": datetime.now(UTC).isoformat(timespec="seconds"),
        "board": {
            "name": board.name,
            "address": board.address,
            "virtual": bool(info.flags & wire.BoardFlag.VIRTUAL),
            "emulated": bool(info.flags & wire.BoardFlag.EMULATED),
            "firmware": f"{info.firmware_major}.{info.firmware_minor}.{info.firmware_patch}",
            "boot_id": info.boot_id,
        },
    }
    try:
        try:
            before = stored_pushes(model)
        except (ValueError, RecursionError) as error:
            aside = file.replace(file.with_suffix(".json.bak"))  # a link itself is moved
            _log.warning("%s cannot be used (%s): it is now %s", file, error, aside.name)
            before = []
        write_whole(file, json.dumps([*before, entry], indent=1).encode())
    except OSError as error:
        _log.warning("the push was not noted in %s: %s", file, error)
