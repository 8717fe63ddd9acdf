"""Records a board's stream with every loss declared, freely or by a plan."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass

from motionloop import wire
from motionloop.board.client import MAX_DELAY_MS, BoardClient
from motionloop.board.clock_watch import ClockWatch
from motionloop.board.packets import Packet
from motionloop.errors import OptionsError
from motionloop.recordings.writer import RecordingWriter

NO_LABEL = "-"  # in a plan: a pause


async def record(
    client: BoardClient,
    writer: RecordingWriter,
    max_delay_ms: int = MAX_DELAY_MS,
    from_seq: int = wire.FROM_NOW,
    watch: ClockWatch | None = None,
) -> AsyncGenerator[Packet, None]:
    """Append a board's stream to a recording, and how its clock goes with UTC.

    The iterator ends only by an error or when the caller closes it. The samples before an error
    are safe.

    Args:
        client: The board, connected.
        writer: The recording; the caller closes it.
        max_delay_ms: How long a sample may wait for its packet to fill.
        from_seq: Sequence number of the first sample; FROM_NOW for the next one.
        watch: Of the client, for a caller who wants to know its clock, too.

    Yields:
        Each packet after it is on disk.

    Raises:
        LinkLostError: The board did not come back.
        BoardRefusedError: The board refused to stream.
        RecordingError: The disk failed.
        DiskFullError: The disk has no room.
    """
    stream = client.stream(max_delay_ms, from_seq)
    now = asyncio.get_running_loop().time
    heard_s = now()
    watch = watch or ClockWatch(client)
    try:
        async with watch:
            async for packet in stream:
                now_s = now()
                if packet.restarted_boot_id is not None:
                    writer.board_restarted(packet.restarted_boot_id, int((now_s - heard_s) * 1e6))
                elif packet.gap is not None:
                    writer.declare_gap(packet.gap)
                heard_s = now_s
                writer.append(packet.seq, packet.t_us, packet.raw)
                watch.add_packet(packet)
                writer.relate_clock(watch.spans)
                yield packet
    finally:
        writer.relate_clock(watch.spans)
        await stream.aclose()


@dataclass(frozen=True)
class Step:
    """One part of a plan.

    Attributes:
        label: The activity; None for a pause.
        seconds: Length; may be infinite.
    """

    label: str | None
    seconds: float


@dataclass(frozen=True)
class StepProgress:
    """How far a plan has come.

    Attributes:
        step: The current step.
        elapsed_s: Device time that was recorded of the step.
        began: Whether the step has just begun.
    """

    step: Step
    elapsed_s: float
    began: bool = False


def parse_plan(text: str) -> list[Step]:
    """Read a plan.

    Args:
        text: Labels and seconds such as "sitting 60, - 5, walking 60"; NO_LABEL is a pause.

    Returns:
        The steps in order.

    Raises:
        OptionsError: A part is not a label and a finite number of seconds above 0.
    """
    steps = []
    for part in text.split(","):
        label, _, seconds = part.strip().rpartition(" ")
        try:
            duration_s = float(seconds)
        except ValueError:
            duration_s = 0.0
        if not label or not 0 < duration_s < float("inf"):
            raise OptionsError(
                f"The plan's part {part.strip()!r} is not a label and seconds above zero, such as "
                "'walking 60'."
            )
        steps.append(Step(None if label == NO_LABEL else label, duration_s))
    return steps


async def follow_plan(
    client: BoardClient,
    writer: RecordingWriter,
    steps: Sequence[Step],
    reaction_s: float = 0.0,
    max_delay_ms: int = MAX_DELAY_MS,
    from_seq: int = wire.FROM_NOW,
    heard: Callable[[Packet], None] = lambda _: None,
) -> AsyncGenerator[StepProgress, None]:
    """Record the steps of a plan one after the other, by the board's clock.

    An error ends the open segment with its last sample when the writer is closed.

    Args:
        client: The board, connected.
        writer: The recording; the caller closes it.
        steps: The plan.
        reaction_s: Time at the start of each step without a label: a person needs time to react.
        max_delay_ms: How long a sample may wait for its packet to fill.
        from_seq: Sequence number of the first sample; FROM_NOW for the next one.
        heard: Called with each packet after it is on disk.

    Yields:
        The progress: when a step begins, and after each packet.

    Raises:
        LinkLostError: The board did not come back.
        BoardRefusedError: The board refused to stream.
        RecordingError: The disk failed, or a board cannot carry a label.
        DiskFullError: The disk has no room.
    """
    stream = record(client, writer, max_delay_ms, from_seq)
    try:
        for step in steps:
            yield StepProgress(step, 0.0, began=True)
            begin_us: int | None = None
            async for packet in stream:
                heard(packet)
                now_us = writer.last_us or 0
                begin_us = now_us if begin_us is None else begin_us
                elapsed_s = (now_us - begin_us) / 1e6
                if step.label and writer.label is None and elapsed_s >= reaction_s:
                    writer.begin_segment(step.label)
                yield StepProgress(step, elapsed_s)
                if elapsed_s >= step.seconds + (reaction_s if step.label else 0.0):
                    break
            if writer.label is not None:
                writer.end_segment()
    finally:
        await stream.aclose()
