"""A real broker for a test: mosquitto on a free port of loopback, ended by its own handle."""

from __future__ import annotations

import asyncio
import getpass
import os
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

_MOSQUITTO = shutil.which("mosquitto", path=os.environ["PATH"] + os.pathsep + "/usr/sbin")
needs_mosquitto = pytest.mark.skipif(
    _MOSQUITTO is None and not os.environ.get("CI"), reason="needs mosquitto (apt install)"
)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@asynccontextmanager
async def broker(folder: Path, port: int, *lines: str) -> AsyncIterator[int]:
    """A broker with these further lines in its configuration; gives its port."""
    assert _MOSQUITTO, "mosquitto is missing: apt install mosquitto"
    file = folder / "mosquitto.conf"
    # Started by root, it would become a user who may not read the test's folder.
    wanted = [f"user {getpass.getuser()}", "persistence false", "log_type none"]
    wanted += [f"listener {port} 127.0.0.1", *lines]
    if not any("allow_anonymous" in line for line in lines):
        wanted.append("allow_anonymous true")
    file.write_text("\n".join(wanted) + "\n")
    process = await asyncio.create_subprocess_exec(
        _MOSQUITTO, "-c", str(file), stderr=asyncio.subprocess.DEVNULL
    )
    try:
        while True:
            assert process.returncode is None, "mosquitto did not start"
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.02)
                continue
            writer.close()
            await writer.wait_closed()
            break
        yield port
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
