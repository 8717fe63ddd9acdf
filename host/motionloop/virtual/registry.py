"""The virtual boards that run on this computer, one small file per board.

The files lie in the user's cache directory, or in MOTIONLOOP_RUNTIME_DIR. Only the user may read
them: each holds the secret that the board's port asks for. A board that was killed leaves its file
behind; the next reader removes the file.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

import platformdirs

from motionloop.safe_files import open_to_read, write_whole
from motionloop.typed_values import typed_value

LOOPBACK = "127.0.0.1"  # the air reaches no further than this computer
_MOST_BYTES = 4096  # of a file
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RegisteredBoard:
    """The adapter port of a virtual board.

    `name` and `address` are what the board advertises, `host` and `port` a TCP address that
    speaks HCI to those who say `secret` first, `pid` the board's process. The address is a public
    one, as a real board's, unless `has_random_address`.
    """

    name: str
    address: str
    host: str
    port: int
    pid: int
    secret: str = field(repr=False)
    has_random_address: bool = False

    @classmethod
    def from_document(cls, document: Any) -> Self:
        """A board's file. ValueError when it cannot be one."""
        made = cls(
            typed_value(document, "name", str),
            typed_value(document, "address", str),
            typed_value(document, "host", str),
            typed_value(document, "port", int),
            typed_value(document, "pid", int),
            typed_value(document, "secret", str),
            typed_value(document, "has_random_address", bool),
        )
        if made.host != LOOPBACK or not 0 < made.port < 1 << 16:
            raise ValueError(f"{made.host}:{made.port} is no port of this computer")
        if not 0 < made.pid < 1 << 31:
            raise ValueError(f"{made.pid} is no process")
        if not made.secret.isascii():
            raise ValueError("the secret is none")
        return made


def directory() -> Path:
    """The folder of the registry; it need not exist."""
    set_by_user = os.environ.get("MOTIONLOOP_RUNTIME_DIR")
    base = Path(set_by_user or platformdirs.user_cache_dir("motionloop"))
    return base / "virtual-boards"


def add(board: RegisteredBoard) -> None:
    """Announce a board. OSError when the folder cannot be written."""
    path = _path(board)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # No reader sees half a file, and others see none.
    write_whole(path, json.dumps(asdict(board)).encode(), mode=0o600)


def remove(board: RegisteredBoard) -> None:
    """Forget a board that stopped, or that no longer answers."""
    _path(board).unlink(missing_ok=True)


def running() -> list[RegisteredBoard]:
    """Every board whose process lives, by name; files of dead ones are removed."""
    boards = []
    for path in directory().glob("*.json"):
        try:
            with open_to_read(path) as file:
                document = json.loads(file.read(_MOST_BYTES))
            board = RegisteredBoard.from_document(document)
        except OSError:
            continue  # the board stopped meanwhile, or the file is not for this user
        except (ValueError, RecursionError) as error:
            _log.warning("%s is the file of no virtual board: %s", path.name, error)
            with contextlib.suppress(OSError):
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
