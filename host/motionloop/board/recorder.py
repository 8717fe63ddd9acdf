"""Records a board's stream with every loss declared, freely or by a plan."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from motionloop.board.client import BoardClient
from motionloop.board.clock_watch import ClockWatch
from motionloop.board.packets import Packet
from motionloop.board.streams import MAX_DELAY_MS
from motionloop.errors import MotionLoopError
from motionloop.language import tr
from motionloop.recordings.plan import PlanState
from motionloop.recordings.plan import Step as Step
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.recordings.writer import RecordingWriter

SILENT_S = 60.0  # a command waits no longer for a sensor that stands still


async def open_writer(make: Callable[[], RecordingWriter]) -> RecordingWriter:
    """Make a writer in a thread: the event loop does not wait for the disk.

    Args:
        make: Makes it. If this is cancelled meanwhile, the recording is closed.

    Returns:
        The writer.

    Raises:
        RecordingError: As by `make`.
        DiskFullError: The disk has no room.
    """  # noqa: DOC501, who cancels it knows
    making = asyncio.create_task(asyncio.to_thread(make))
    try:
        return await asyncio.shield(making)
    except asyncio.CancelledError:
        await asyncio.wait([making])
        if making.exception() is None:
            await close_writer(making.result())
        raise


async def close_writer(writer: RecordingWriter) -> None:
    """Close a recording in a thread: the event loop does not wait for the disk.

    Args:
        writer: The recording. It is closed even if this is cancelled meanwhile.

    Raises:
        RecordingError: The disk failed.
        DiskFullError: The disk has no room. The recording is not closed: call again.
    """
    await _ended(writer.close)


@asynccontextmanager
async def recording_to(writer: RecordingWriter) -> AsyncIterator[RecordingWriter]:
    """Close a recording at the end of a block, as `with` does, in a thread.

    Args:
        writer: The recording.

    Yields:
        The writer.

    Raises:
        RecordingError: The disk failed.
        DiskFullError: The disk has no room.
    """
    try:
        yield writer
    finally:
        await _ended(partial(writer.__exit__, None, None, None))


async def _ended(call: Callable[[], None]) -> None:
    """Run `call` in a thread to its end, also when this is cancelled meanwhile."""
    running = asyncio.create_task(asyncio.to_thread(call))
    try:
        await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        running.exception()  # the cancellation goes first
        raise


async def record(
    client: BoardClient,
    writer: RecordingWriter,
    max_delay_ms: int = MAX_DELAY_MS,
    from_seq: int | None = None,
    watch: ClockWatch | None = None,
    patience_s: float | None = None,
) -> AsyncGenerator[Packet, None]:
    """Append a board's stream to a recording, and how its clock goes with UTC.

    The iterator ends only by an error or when the caller closes it. The samples before an error
    are safe.

    Args:
        client: The board, connected.
        writer: The recording; the caller closes it.
        max_delay_ms: How long a sample may wait for its packet to fill.
        from_seq: Sequence number of the first sample; None for the next one.
        watch: Of the client, for a caller who wants to know its clock, too.
        patience_s: So long the board may be silent while its link is up; None for any time.

    Yields:
        Each packet after it is on disk.

    Raises:
        LinkLostError: The board did not come back.
        BoardRefusedError: The board refused to stream.
        BoardAnswerError: The board's samples cannot be, or do not go on.
        MotionLoopError: The board was silent for longer.
        RecordingError: The disk failed.
        DiskFullError: The disk has no room.
    """
    stream = client.stream(max_delay_ms, from_seq)
    now = asyncio.get_running_loop().time
    heard_s = now()
    watch = watch or ClockWatch(client)
    try:
        async with watch:
            async for packet in _impatient(stream, patience_s, client):
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


async def _impatient(
    stream: AsyncGenerator[Packet, None], patience_s: float | None, client: BoardClient
) -> AsyncGenerator[Packet, None]:
    """The packets of a stream; MotionLoopError when none comes for so long."""
    while True:
        try:
            async with asyncio.timeout(patience_s):
                packet = await anext(stream)
        except StopAsyncIteration:
            return
        except TimeoutError as error:
            raise MotionLoopError(
                tr(
                    "{board} is connected, and has measured nothing for {seconds:g} s: its "
                    "sensor stands still. Restart the board; what was recorded is safe.",
                    board=client.board,
                    seconds=patience_s,
                )
            ) from error
        yield packet


@dataclass(frozen=True)
class StepProgress:
    """How far a plan has come.

    Attributes:
        step: The current step.
        elapsed_s: Device time that was recorded of the step.
        began: Whether the step has just begun.
        end_s: When the step will be over, time to react included.
    """

    step: Step
    elapsed_s: float
    began: bool = False
    end_s: float = float("inf")


async def go_on(
    client: BoardClient, path: Path, disk: Executor | None = None
) -> tuple[RecordingWriter, int | None]:
    """Take up a recording of the board that another process was killed in.

    The board sends what was measured meanwhile, as far as its memory reaches.

    Args:
        client: The board, connected.
        path: The recording's folder.
        disk: As for `RecordingWriter.append_to`.

    Returns:
        The writer, and the sequence number for `follow_plan` to begin with; None if the board has
        restarted.

    Raises:
        RecordingError: The recording cannot be opened, is going on elsewhere, or the board has
            another rate or scale.
        DiskFullError: The disk has no room; the samples are as before.
    """
    board = RecordedBoard.from_info(client.info, client.board.name, client.board.address)
    writer = await open_writer(
        partial(RecordingWriter.append_to, path, board, reopen=True, disk=disk)
    )
    if writer.plan and _is_told_step_by_step(writer.plan) and writer.label is not None:
        writer.end_segment()  # nobody was told what to do meanwhile
    return writer, writer.next_seq


async def follow_plan(
    client: BoardClient,
    writer: RecordingWriter,
    steps: Sequence[Step] | None,
    reaction_s: float = 0.0,
    max_delay_ms: int = MAX_DELAY_MS,
    from_seq: int | None = None,
    heard: Callable[[Packet], None] = lambda _: None,
    patience_s: float | None = None,
) -> AsyncGenerator[StepProgress, None]:
    """Record the steps of a plan one after the other, by the board's clock.

    An error ends the open segment with its last sample when the writer is closed.

    A recording that `go_on` has taken up can go on with its own plan. If that has several steps,
    the time in which nobody told the person what to do has no label and counts for no step.

    Args:
        client: The board, connected.
        writer: The recording; the caller closes it.
        steps: The plan; None to go on with the recording's own.
        reaction_s: Time at the start of each step without a label: a person needs time to react.
        max_delay_ms: How long a sample may wait for its packet to fill.
        from_seq: Sequence number of the first sample; None for the next one.
        heard: Called with each packet after it is on disk.
        patience_s: As in `record`.

    Yields:
        The progress: when a step begins, and after each packet.

    Raises:
        LinkLostError: The board did not come back.
        BoardRefusedError: The board refused to stream.
        BoardAnswerError: The board's samples cannot be, or do not go on.
        RecordingError: The disk failed, or a board cannot carry a label.
        DiskFullError: The disk has no room.
    """
    done_us, unseen = 0, False
    if steps is not None:
        plan = PlanState(tuple(steps), reaction_s, 0, 0)
    else:
        plan = writer.plan or PlanState((Step(writer.label, float("inf")),), 0.0, 0, 0)
        if writer.plan is not None:
            done_us = (writer.last_us or 0) - plan.began_us
        unseen = _is_told_step_by_step(plan)
    now_us = (await client.resumed(client.status)).now_us if unseen else 0
    stream = record(client, writer, max_delay_ms, from_seq, patience_s=patience_s)
    try:
        for at in range(plan.at, len(plan.steps)):
            step = plan.steps[at]
            label_s = lead_s = plan.reaction_s if step.label else 0.0
            end_s = step.seconds + lead_s
            if unseen:  # the person needs time to react once more
                label_s = done_us * 1e-6 + lead_s
                end_s += min(done_us * 1e-6, lead_s)
            yield StepProgress(step, 0.0, True, end_s)
            begin_us: int | None = None
            async for packet in stream:
                heard(packet)
                if unseen and packet.t_us[-1] < now_us and packet.restarted_boot_id is None:
                    yield StepProgress(step, done_us * 1e-6, end_s=end_s)
                    continue
                unseen = False
                last_us = writer.last_us or 0
                if begin_us is None:
                    begin_us = last_us - done_us
                    writer.note_plan(replace(plan, at=at, began_us=begin_us))
                elapsed_s = (last_us - begin_us) / 1e6
                if step.label and writer.label is None and elapsed_s >= label_s:
                    writer.begin_segment(step.label)
                yield StepProgress(step, elapsed_s, end_s=end_s)
                if elapsed_s >= end_s:
                    break
            done_us = 0
            if writer.label is not None:
                writer.end_segment()
    finally:
        await stream.aclose()


def _is_told_step_by_step(plan: PlanState) -> bool:
    """Whether a person waits to be told what comes next. A plan of one step says all at once."""
    return len(plan.steps) > 1
