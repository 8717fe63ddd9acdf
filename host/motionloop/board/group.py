"""Records several boards at once: the same labels at the same moments, on this computer's clock."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motionloop.board.client import BoardClient
from motionloop.board.clock_watch import ClockWatch
from motionloop.board.packets import Packet
from motionloop.board.recorder import SILENT_S, Step, record, recording_to
from motionloop.errors import MotionLoopError
from motionloop.recordings.file_names import plain_name
from motionloop.recordings.recording_json import RecordedBoard, is_synthetic
from motionloop.recordings.writer import RecordingWriter

READY_S = 15.0  # within which a board streams and its clock is known; then the plan begins


@dataclass(frozen=True)
class Change:
    """A moment at which labels change.

    Attributes:
        moment_s: On the event loop's clock.
        label: From then on; None for no label.
    """

    moment_s: float
    label: str | None


def changes_of(steps: Sequence[Step], reaction_s: float, begin_s: float) -> list[Change]:
    """Put a plan onto the event loop's clock.

    Args:
        steps: The plan.
        reaction_s: Time at the start of each step with a label that stays without it.
        begin_s: When the first step begins, on the event loop's clock.

    Returns:
        The changes in the order of time; the last one is the plan's end.
    """
    changes = [Change(begin_s, None)]
    for step in steps:
        if step.label is not None:
            begin_s += reaction_s
            changes.append(Change(begin_s, step.label))
        begin_s += step.seconds
        changes.append(Change(begin_s, None))
    return changes


class Member:
    """One board of a group, with its recording.

    `error` is what ended its recording before the plan did, `reached_s` the moment of its last
    sample on the event loop's clock.

    Args:
        client: The board, connected.
        writer: Its recording; the group closes it.
    """

    def __init__(self, client: BoardClient, writer: RecordingWriter) -> None:
        self.client = client
        self.writer = writer
        self.error: MotionLoopError | None = None
        self.reached_s: float | None = None
        self._ready = asyncio.Event()

    @property
    def is_synthetic(self) -> bool:
        """Whether the board's motion is computed, not measured."""
        return is_synthetic(self.client.info)

    async def ready(self) -> None:
        """Wait until the board's clock is known, or it is lost."""
        await self._ready.wait()

    async def record(self, changes: Callable[[], Sequence[Change]]) -> None:
        """Record until the last change. An error ends this recording only.

        Args:
            changes: The changes, once they are known.
        """
        done = 0
        watch = ClockWatch(self.client)
        try:
            async with recording_to(self.writer):
                stream = record(self.client, self.writer, watch=watch, patience_s=SILENT_S)
                async with contextlib.aclosing(stream):
                    async for packet in stream:
                        moments_s = measured_s(watch, packet)
                        self.reached_s = float(moments_s[-1])
                        if watch.relations:
                            self._ready.set()
                        known = changes()
                        while done < len(known) and known[done].moment_s <= self.reached_s:
                            change_label(self.writer, known[done], packet, moments_s)
                            done += 1
                        if known and done == len(known):
                            return
        except MotionLoopError as error:
            self.error = error
        finally:
            self._ready.set()


class Group:
    """Several boards that are recorded together.

    Args:
        members: The boards with their recordings.
        steps: The plan, the same for all boards.
        reaction_s: Time at the start of each step without a label.
    """

    def __init__(
        self, members: Sequence[Member], steps: Sequence[Step], reaction_s: float = 0.0
    ) -> None:
        self.members = members
        self._steps = steps
        self._reaction_s = reaction_s
        self._changes: list[Change] = []

    @property
    def begin_s(self) -> float | None:
        """When the plan began, on the event loop's clock; None before."""
        return self._changes[0].moment_s if self._changes else None

    async def record(self) -> None:
        """Record all boards until each has come to the end of the plan, or is lost.

        All recordings are closed then, and when this is cancelled.
        """
        async with asyncio.TaskGroup() as tasks:
            for member in self.members:
                tasks.create_task(member.record(lambda: self._changes))
            await self._wait_until_ready()
            begin_s = asyncio.get_running_loop().time()
            self._changes = changes_of(self._steps, self._reaction_s, begin_s)

    async def _wait_until_ready(self) -> None:
        # A board whose time cannot be told is labelled by the arrival of its samples.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(READY_S):
                for member in self.members:
                    await member.ready()


def new_session() -> str:
    """What the recordings of one group have in common; no other group has it."""
    return secrets.token_hex(8)


def member_folder(folder: Path, board: RecordedBoard) -> Path:
    """The folder of one board's recording.

    Args:
        folder: Place and name that the recordings of the group share.
        board: The board.

    Returns:
        A folder that is not there yet, beside `folder`.
    """
    name = f"{folder.name}-{plain_name(board.name)}"  # the board's name came over the air
    path = folder.with_name(name.replace(" ", "-"))
    if path.exists():  # two boards of one name
        path = path.with_name(f"{path.name}-{board.address.replace(':', '')}")
    return path


def change_label(
    writer: RecordingWriter, change: Change, packet: Packet, moments_s: NDArray[np.float64]
) -> None:
    """Change the label at the first sample of a packet that is not before the change.

    Args:
        writer: The recording; the packet is its last one.
        change: Not later than the packet's last sample.
        packet: The packet.
        moments_s: Of its samples [n], by `measured_s`.

    Raises:
        RecordingError: A board cannot carry the label, or the disk failed.
    """
    last_us = writer.last_us
    assert last_us is not None
    place = int(np.searchsorted(moments_s, change.moment_s))
    at_us = last_us - int(packet.t_us[-1] - packet.t_us[place])
    if change.label is not None:
        writer.begin_segment(change.label, at_us)
    elif writer.label is not None:
        writer.end_segment(at_us)


def measured_s(watch: ClockWatch, packet: Packet) -> NDArray[np.float64]:
    """When the samples of a packet were measured, or, where that is unknown, have arrived.

    Args:
        watch: Of the board's clock.
        packet: A packet of the board.

    Returns:
        Moments on the event loop's clock [n], in s.
    """
    if watch.relations:
        return watch.relations[-1].moments_s(packet.t_us)
    arrived_s = packet.arrived_s or asyncio.get_running_loop().time()
    before_s: NDArray[np.float64] = (packet.t_us - packet.t_us[-1]) * 1e-6
    return arrived_s + before_s
