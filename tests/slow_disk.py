"""A disk that hangs while a board streams: `os.fsync` does not return until it is let go."""

from __future__ import annotations

import asyncio
import os
import threading

import pytest

HUNG_S = 3.0


class SlowDisk:
    """Hangs for a time of the event loop's, and fails whoever calls it in the loop's thread."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._fsync = os.fsync
        self._loop_thread = threading.get_ident()
        self._hanging, self._works, self._hung = False, threading.Event(), threading.Event()
        patch.setattr(os, "fsync", self._slow_fsync)

    def _slow_fsync(self, descriptor: int) -> None:
        if self._hanging:
            assert threading.get_ident() != self._loop_thread, "the event loop waits for the disk"
            self._hung.set()
            assert self._works.wait(60)
        self._fsync(descriptor)

    async def hang(self) -> None:
        """Hang for HUNG_S from the next fsync on, which comes within a second."""
        self._hanging = True
        await asyncio.sleep(1.5)
        assert self._hung.wait(60)
        await asyncio.sleep(HUNG_S)
        self._hanging = False
        self._works.set()
