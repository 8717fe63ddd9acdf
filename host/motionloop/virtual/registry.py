"""The virtual boards that run on this computer, one small file per board.

The files lie in the user's cache directory, or in MOTIONLOOP_RUNTIME_DIR. A board that was killed
leaves its file behind; the next reader removes the file.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import platformdirs

from motionloop.safe_files import write_whole


@dataclass(frozen=True)
class RegisteredBoard:
    """The adapter port of a virtual board.

    `name` and `address` are what the board advertises, `host` and `port` a TCP address that
    speaks HCI, `pid` the board's process. The address is a public one, as a real board's, unless
    `has_random_address`.
    """

    name: str
    address: str
    host: str
    port: int
    pid: int
    has_random_address: bool = False


def directory() -> Path:
    """The folder of the registry; it need not exist."""
    set_by_user = os.environ.get("MOTIONLOOP_RUNTIME_DIR")
    base = Path(set_by_user or platformdirs.user_cache_dir("motionloop"))
    return base / "virtual-boards"


def add(board: RegisteredBoard) -> None:
    """Announce a board. OSError when the folder cannot be written."""
    path = _path(board)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(path, json.dumps(asdict(board)).encode())  # no reader sees half a file


def remove(board: RegisteredBoard) -> None:
    """Forget a board that stopped, or that no longer answers."""
    _path(board).unlink(missing_ok=True)


def running() -> list[RegisteredBoard]:
    """Every board whose process lives, by name; files of dead ones are removed."""
    boards = []
    for path in directory().glob("*.json"):
        try:
            board = RegisteredBoard(**json.loads(path.read_text()))
        except FileNotFoundError:
            continue  # the board stopped meanwhile
        except (ValueError, TypeError):
            path.unlink(missing_ok=True)
            continue
        if _alive(board.pid):
            boards.append(board)
        else:
            path.unlink(missing_ok=True)
    return sorted(boards, key=lambda board: (board.name, board.address))


def _path(board: RegisteredBoard) -> Path:
    return directory() / f"{board.pid}-{board.port}.json"


def _alive(pid: int) -> bool:
    if sys.platform == "win32":  # os.kill would end the process; a refused connection shows it
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
