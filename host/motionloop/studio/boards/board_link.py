"""One board while the studio uses it: its stream, its recording, its predictions. No Qt here.

Everything runs in asyncio's thread. The window's thread polls the plain attributes; the `Listener`
gets the events that must not be missed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from motionloop import wire
from motionloop.board.client import BoardClient, PushProgress
from motionloop.board.clock_watch import ClockWatch
from motionloop.board.group import Change, change_label, measured_s, member_folder
from motionloop.board.link import FoundBoard, RadioChoice, find_address
from motionloop.board.ownership import Whose
from motionloop.board.packets import Packet
from motionloop.board.prediction import Prediction
from motionloop.board.recorder import (
    Step,
    StepProgress,
    close_writer,
    follow_plan,
    go_on,
    open_writer,
    record,
)
from motionloop.board.requests import disconnected
from motionloop.board.shadow import Shadow
from motionloop.errors import (
    BoardNotFoundError,
    BoardRefusedError,
    LinkLostError,
    MotionLoopError,
    NoAdapterError,
    PackageError,
    RecordingError,
)
from motionloop.language import tr
from motionloop.model.activations import LayeredModel
from motionloop.model.folder import name_of
from motionloop.model.package import ModelPackage, model_id, unpack_package
from motionloop.model.wearing import WearingCheck, wearing_check
from motionloop.recordings.checks.stretch import StretchCheck
from motionloop.recordings.managing import About, describe
from motionloop.recordings.recording import Quality
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.recordings.unfinished import Unfinished
from motionloop.recordings.writer import DISK, LINK_LOST, RecordingWriter
from motionloop.sample_format import SampleFormat
from motionloop.studio.boards.owner_words import dropped_words, owner_words, whose_or_none
from motionloop.studio.boards.sample_ring import SampleRing

REACTION_S = 1.0  # in a plan, from the word on the screen to the person's reaction
_SEARCH_S = 10.0
_WATCH_S = 0.1


class LinkState(StrEnum):
    CONNECTING = "connecting"
    CONNECTED = "connected"
    LOST = "reconnecting"


@dataclass
class RunningRecording:
    """A recording that goes on, also while the link is lost; `writer` is None meanwhile.

    `steps` are those of a plan, of which `at` is being recorded; `goes_on` if another process began
    that step and was killed. `due` are changes of the label
    whose moment has not been recorded yet. `is_ending` once it is being stopped, and `silent_s` is
    how long no data had come then.
    """

    path: Path
    writer: RecordingWriter | None
    steps: Sequence[Step] = ()
    at: int = -1
    goes_on: bool = False
    progress: StepProgress | None = None
    label: str | None = None
    is_ending: bool = False
    silent_s: int = 0
    due: list[Change] = field(default_factory=list)
    quality: Quality = field(default_factory=lambda: Quality(0, 0.0, 0.0, 0, 0, 0))


class Listener(Protocol):
    """Gets the events of a board, in asyncio's thread."""

    def board_changed(self, link: BoardLink) -> None: ...
    def board_claimed(self, link: BoardLink) -> None: ...
    def recording_state_changed(self, link: BoardLink) -> None: ...
    def recording_went_on(self, link: BoardLink, cut_off: Unfinished) -> None: ...
    def label_began(self, link: BoardLink, label: str) -> None: ...
    def prediction_made(self, link: BoardLink, prediction: Prediction) -> None: ...
    def failed_in_loop(self, message: str) -> None: ...


class BoardLink:
    """A board that is connected, or about to be connected again. `run` does the work."""

    def __init__(
        self,
        found: FoundBoard,
        listener: Listener,
        models: Path,
        turns: asyncio.Semaphore,
        claims: Callable[[], bool] = lambda: True,
    ) -> None:
        """`models` is the folder with the metrics, which may say how the board should be worn;
        `turns` lets few boards connect at a time, since an adapter does not like more. `claims` is
        asked whether a push makes nobody's board the user's."""
        self.found = found
        self._turns, self._claims = turns, claims
        self._models = models
        self.state = LinkState.CONNECTING
        self.info: wire.Info | None = None
        self._whose: Whose | None = None
        self.ring: SampleRing | None = None
        self.labels: tuple[str, ...] = ()
        self.package: ModelPackage | None = None  # the board's model, once it was read
        self.macs: int | None = None  # of its work per window
        self.model_name = ""  # of the board's model, if it is one of this computer's
        self.shadow: Shadow | None = None
        self.stretch: StretchCheck | None = None
        self.worn: WearingCheck | None = None
        self.recording: RunningRecording | None = None
        self.cut_off: Unfinished | None = None  # a recording of the board, to go on with
        self.reconnects = 0
        self.duplicated = 0
        self._listener = listener
        self._client: BoardClient | None = None
        self._is_left = False  # `run` has ended
        self._streaming: asyncio.Task[None] | None = None
        self._stream_lock, self._begins = asyncio.Lock(), asyncio.Lock()
        self._closing = asyncio.Lock()
        self._learning: asyncio.Task[None] | None = None
        self._failure: asyncio.Future[None] | None = None
        self._next_seq: int | None = None
        self._boot_id = 0
        self._model_id = b""  # of `labels`
        self._awaited: tuple[bytes, asyncio.Future[Prediction]] | None = None

    @property
    def address(self) -> str:
        return self.found.address

    @property
    def name(self) -> str:
        return self.found.name

    @property
    def has_model(self) -> bool:
        return self.info is not None and self.info.active_slot != wire.NO_SLOT

    @property
    def owner(self) -> str:
        """Whose the board is, in words; empty before the first connection."""
        if self.info is None:
            return ""
        return owner_words(self.info, self._whose, self._claims())

    @property
    def has_no_owner(self) -> bool:
        """Whether a push may make the board the user's."""
        return self._whose is Whose.NOBODYS

    @property
    def dropped(self) -> str:
        """That the board dropped a model, in words; empty if it did not."""
        return dropped_words(self.info) if self.info is not None else ""

    @property
    def warning(self) -> str | None:
        """The warning that the samples cannot be right, or that the board is worn turned; None
        without a reason."""
        if self.stretch is not None and self.stretch.warning is not None:
            return self.stretch.warning
        return None if self.worn is None else self.worn.warning

    @property
    def silent_s(self) -> int:
        """For how many seconds no samples have come; 0 while they do, and before the first."""
        return int(self.ring.silent_s) if self.ring is not None else 0

    @property
    def silence(self) -> str:
        """That no samples come, in words; empty while they do."""
        if not self.silent_s:
            return ""
        said = {"name": self.name, "seconds": self.silent_s}
        if self.state is LinkState.CONNECTED:
            return tr("No data from {name} for {seconds} s", **said)
        return tr("No data from {name} for {seconds} s: the link is lost", **said)

    @property
    def why_no_recording(self) -> str:
        """Why nothing can be recorded now, in words; empty if the board sends samples."""
        if not self.silence:
            return ""
        return tr(
            "{silence}. Nothing can be recorded now: switch the board on, or bring it nearer.",
            silence=self.silence,
        )

    def label_of(self, prediction: Prediction) -> str | None:
        """The name of the recognised activity; None for unknown."""
        if prediction.unknown or prediction.class_index >= len(self.labels):
            return None  # also while the labels of another model are being read
        return self.labels[prediction.class_index]

    # --- link -------------------------------------------------------------------------------
    async def run(self) -> None:
        """Serve the board until cancelled, however often the link is lost.

        Raises the errors of the first connection, and WireVersionError when the board comes back
        with other firmware. A recording is closed in any case.
        """
        was_connected = False
        try:
            while True:
                try:
                    async with AsyncExitStack() as stack:
                        async with self._turns:
                            client = await stack.enter_async_context(BoardClient(self.found))
                        was_connected = True
                        await self._serve(client)
                except (BoardNotFoundError, LinkLostError):
                    if not was_connected:
                        raise
                self._set_state(LinkState.LOST)
                await self._until_found()
        finally:
            self._is_left = True
            await self.stop_recording()

    async def _until_found(self) -> None:
        radio = RadioChoice.VIRTUAL if self.found.is_virtual else RadioChoice.REAL
        while True:
            try:
                self.found = await find_address(self.address, _SEARCH_S, radio)
                return
            except (BoardNotFoundError, NoAdapterError):
                await asyncio.sleep(1.0)

    async def _serve(self, client: BoardClient) -> None:
        """Stream and predict over one connection; ends with its error."""
        self._client = client
        self._look_at(client)
        self._failure = asyncio.get_running_loop().create_future()
        if self.ring is None or self._boot_id != client.info.boot_id:
            self.ring = SampleRing(client.info)
            self.stretch = StretchCheck(SampleFormat.from_info(client.info))
            self._next_seq, self._boot_id = None, client.info.boot_id
        client.near_seq = self._next_seq
        if self.cut_off is not None:
            await self._go_on_with(self.cut_off, client)
        else:
            await self._resume_recording(client)
        others = [self._guarded(self._predict(client)), self._guarded(self._watch(client))]
        try:
            await self._restart_stream()
            await self._failure
        finally:
            self._client = None
            tasks = [task for task in (*others, self._streaming, self._learning) if task]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._streaming = self._learning = None
            await self._pause_recording()

    def _guarded(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """`work` as a task whose error ends the connection."""
        failure = self._failure

        def ended(task: asyncio.Task[None]) -> None:
            if failure and not failure.done() and not task.cancelled() and task.exception():
                failure.set_exception(task.exception() or RuntimeError())

        task = asyncio.create_task(work)
        task.add_done_callback(ended)
        return task

    async def _watch(self, client: BoardClient) -> None:
        """Report when the link is lost and when it is back; BoardClient goes on meanwhile."""
        while True:
            lost = client.link.lost.is_set() or not client.link.connected
            self._set_state(LinkState.LOST if lost else LinkState.CONNECTED)
            self._look_at(client)
            self.duplicated = client.duplicated
            if self.recording and self.recording.writer:
                self.recording.quality = self.recording.writer.quality
            await asyncio.sleep(_WATCH_S)

    def _look_at(self, client: BoardClient) -> None:
        """Take over the board's Info, and say so if the board has become the user's."""
        if self.info is client.info:  # the key is not looked for ten times per second
            return
        before, self.info, self._whose = self._whose, client.info, whose_or_none(client)
        if before is Whose.NOBODYS and self._whose is Whose.OURS:
            self._listener.board_claimed(self)
        if before is not self._whose:
            self._listener.board_changed(self)

    def _set_state(self, state: LinkState) -> None:
        if state is not self.state:
            self.reconnects += self.state is LinkState.LOST
            self.state = state
            self._listener.board_changed(self)

    def client(self) -> BoardClient:
        """The connected board. LinkLostError while there is none."""
        if self._client is None and self._is_left:
            raise disconnected(self.found)
        if self._client is None:
            raise LinkLostError(
                tr(
                    "There is no link to {board} now. It is being looked for: bring it nearer, "
                    "and try again when it is back.",
                    board=self.found,
                )
            )
        return self._client

    # --- samples ----------------------------------------------------------------------------
    async def _restart_stream(self) -> None:
        """Send the stream to its present receiver, without a lost sample."""
        async with self._stream_lock:
            await self._stop_stream()
            if self._client is not None:
                self._streaming = self._guarded(self._stream(self._client))

    async def _stop_stream(self) -> None:
        if self._streaming is not None:
            self._streaming.cancel()
            await asyncio.gather(self._streaming, return_exceptions=True)
            self._streaming = None

    async def _stream(self, client: BoardClient) -> None:
        while True:
            running = self.recording
            if running is None or running.writer is None:
                async for packet in client.stream(from_seq=self._next_seq):
                    self._heard(packet)
                return
            try:
                await self._record(client, running, running.writer)
            except RecordingError as error:  # the disk, not the board
                self._listener.failed_in_loop(str(error))
            await self._end_recording()

    async def _record(
        self, client: BoardClient, running: RunningRecording, writer: RecordingWriter
    ) -> None:
        """Record until cancelled, or until the plan is done."""
        if not running.steps:
            watch = ClockWatch(client)
            async for packet in record(client, writer, from_seq=self._next_seq, watch=watch):
                self._heard(packet)
                if running.due:
                    _label_in_time(writer, running.due, packet, measured_s(watch, packet))
            return
        left = running.steps[max(running.at, 0) :]
        running.at = len(running.steps) - len(left) - 1
        steps, running.goes_on = None if running.goes_on else left, False
        plan = follow_plan(
            client, writer, steps, REACTION_S, from_seq=self._next_seq, heard=self._heard
        )
        async for now in plan:
            running.progress = now
            if now.began:
                running.at += 1
                running.label = now.step.label
                self._listener.recording_state_changed(self)
                if now.step.label:
                    self._listener.label_began(self, now.step.label)

    def _heard(self, packet: Packet) -> None:
        if packet.restarted_boot_id is not None:
            self._boot_id = packet.restarted_boot_id
        self._next_seq = packet.next_seq
        assert self.ring is not None
        assert self.stretch is not None
        self.ring.add(packet)
        self.stretch.add_samples(packet.raw, packet.t_us)
        if self.shadow is not None:
            self.shadow.add_packet(packet)
        if self.worn is not None:
            self.worn.add_samples(packet.raw)

    # --- recording --------------------------------------------------------------------------
    async def start_recording(
        self, path: Path, wearer: str, placement: str, steps: Sequence[Step] = ()
    ) -> None:
        """Record into the new folder `path`, by a plan or until stopped. RecordingError,
        DiskFullError or LinkLostError when the recording cannot begin."""
        board = self._board(self.client())
        create = partial(
            RecordingWriter.create, path, board, wearer=wearer, placement=placement, disk=DISK
        )
        await self._begin_recording(path, create, steps)

    async def start_member(self, folder: Path, session: str, wearer: str, placement: str) -> None:
        """Record until stopped, as one of several boards that share `folder`'s name and `session`.
        Raises as `start_recording`."""
        board = self._board(self.client())
        path = member_folder(folder, board)
        create = partial(
            RecordingWriter.create,
            path,
            board,
            wearer=wearer,
            placement=placement,
            name=folder.name,
            session=session,
            disk=DISK,
        )
        await self._begin_recording(path, create)

    async def _begin_recording(
        self, path: Path, create: Callable[[], RecordingWriter], steps: Sequence[Step] = ()
    ) -> None:
        async with self._begins:
            if self.recording is not None:
                return  # asked for twice
            if why_not := self.why_no_recording:
                raise LinkLostError(why_not)
            writer = await open_writer(create)
            self.recording = RunningRecording(path, writer, steps)
        await self._restart_stream()
        self._listener.recording_state_changed(self)

    async def stop_recording(self) -> None:
        """Close the recording, if one goes on, and stream on without it. Returns when it is closed,
        also if somebody else stops it already."""
        async with self._begins:  # one that is being opened is stopped, too
            running, note = self.recording, self._silent_end()
        if running is None:
            return
        if not running.is_ending:
            running.is_ending = True
            running.silent_s = self.silent_s
            self._listener.recording_state_changed(self)
        async with self._stream_lock:
            if self.recording is not running:
                return
            await self._stop_stream()
            await self._end_recording()
        await self._restart_stream()
        if note:
            await asyncio.to_thread(describe, running.path, About(notes=note))

    def _silent_end(self) -> str:
        """What a recording that ends now says of the silence before its end; empty without one."""
        if not self.silent_s:
            return ""
        said = {"name": self.name, "seconds": self.silent_s}
        if self.state is LinkState.CONNECTED:
            return tr("Stopped {seconds} s after the last data from {name}.", **said)
        return tr("Stopped {seconds} s after the last data from {name}: the link was lost.", **said)

    def label(self, label: str | None, moment_s: float | None = None) -> None:
        """Label from a moment of the event loop's clock on, or from the next sample; None ends the
        label. RecordingError if a board cannot carry it."""
        running = self.recording
        if running is None or running.label == label:
            return
        if moment_s is not None:
            running.due.append(Change(moment_s, label))
        elif running.writer is not None:
            if label is not None:
                running.writer.begin_segment(label)
            elif running.writer.label is not None:
                running.writer.end_segment()
        running.label = label
        self._listener.recording_state_changed(self)
        if label is not None:
            self._listener.label_began(self, label)

    async def _pause_recording(self) -> None:
        """Close the recording, for good or while the link is lost; labels wait meanwhile."""
        async with self._closing:  # who does not close it waits until it is closed
            if self.recording is not None and self.recording.writer is not None:
                writer, self.recording.writer = self.recording.writer, None
                self.recording.quality = writer.quality
                await close_writer(writer)

    async def _go_on_with(self, cut_off: Unfinished, client: BoardClient) -> None:
        """Go on with a recording that was cut off with the program, unless the board restarted."""
        self.cut_off = None
        if cut_off.description.board.boot_id != client.info.boot_id:
            return
        async with self._begins:
            try:
                writer, self._next_seq = await go_on(client, cut_off.path, DISK)
            except RecordingError as error:
                self._listener.failed_in_loop(str(error))
                return
            plan = writer.plan
            self.recording = RunningRecording(cut_off.path, writer, label=writer.label)
            if plan is not None:
                self.recording.steps, self.recording.at = plan.steps, plan.at
                self.recording.goes_on = True
        self._listener.recording_state_changed(self)
        self._listener.recording_went_on(self, cut_off)

    async def _resume_recording(self, client: BoardClient) -> None:
        running = self.recording
        if running is None:
            return
        append_to = partial(RecordingWriter.append_to, running.path, self._board(client), disk=DISK)
        try:
            writer = await open_writer(append_to)
            if self.recording is not running:  # it was stopped meanwhile
                await close_writer(writer)
                return
            running.writer = writer
            writer.declare_gap(LINK_LOST)
            running.due.clear()  # the label below is the last of them
            if running.label is not None and not running.steps:
                writer.begin_segment(running.label)
        except RecordingError as error:
            self.recording = None
            self._listener.failed_in_loop(str(error))
            self._listener.recording_state_changed(self)

    async def _end_recording(self) -> None:
        try:
            await self._pause_recording()
        except RecordingError as error:
            self._listener.failed_in_loop(str(error))
        finally:
            self.recording = None
            self._listener.recording_state_changed(self)

    def _board(self, client: BoardClient) -> RecordedBoard:
        return RecordedBoard.from_info(client.info, self.name, self.address)

    # --- model ------------------------------------------------------------------------------
    async def push(self, package_bytes: bytes, package_path: Path) -> AsyncIterator[PushProgress]:
        """Push a package and learn its model. Raises the errors of BoardClient.push."""
        claim = self._claims()
        async for progress in self.client().push(package_bytes, package_path, claim):
            yield progress
        self._know(unpack_package(package_bytes, tr("The package that was pushed")))

    async def take_back(self, before: bytes) -> None:
        """After a push that was broken off: run the model with the id `before`, also if the board
        has switched to the new model already.

        Raises MotionLoopError when the new model stays: there was no model before, or this is not
        known.
        """
        try:
            client = self.client()
            await client.abort_push()
            info = await client.read_info()
            self._look_at(client)
            if info.model_id != before:
                await self.rollback()
        except LinkLostError as error:
            raise LinkLostError(
                tr(
                    "The link to {board} was lost while the push was taken back: it may run "
                    "the new model. Model before goes back to the other one when the link is "
                    "back.",
                    board=self.found,
                )
            ) from error
        except BoardRefusedError as error:
            if error.status != wire.Status.NO_MODEL:
                raise
            self._learn_again(client)
            raise MotionLoopError(
                tr(
                    "{board} had no model before and has switched already: it keeps the new one.",
                    board=self.found,
                )
            ) from error

    async def rollback(self) -> None:
        """Go back to the model before; BoardRefusedError when there is none. Then the model is read
        from the board, which takes seconds."""
        client = self.client()
        await client.rollback()
        self._learn_again(client)

    async def first_prediction(self, model_id: bytes, timeout_s: float) -> Prediction | None:
        """The next prediction that this model makes, None if none comes in time."""
        future: asyncio.Future[Prediction] = asyncio.get_running_loop().create_future()
        self._awaited = model_id, future
        try:
            async with asyncio.timeout(timeout_s):
                return await future
        except TimeoutError:
            return None
        finally:
            self._awaited = None

    async def _predict(self, client: BoardClient) -> None:
        self._learn_again(client)
        async for prediction in client.predictions():
            learned = self._learning is None or self._learning.done()
            if prediction.model_id != self._model_id and learned:
                self._learn_again(client)
            if self.shadow is not None:
                self.shadow.add_prediction(prediction)
            self._listener.prediction_made(self, prediction)
            if self._awaited and self._awaited[0] == prediction.model_id:
                with suppress(asyncio.InvalidStateError):
                    self._awaited[1].set_result(prediction)

    def _learn_again(self, client: BoardClient) -> None:
        if self._learning is not None:
            self._learning.cancel()
        self._learning = self._guarded(self._learn(client))

    async def _learn(self, client: BoardClient) -> None:
        """Read the board's model: its labels first, the rest takes seconds.

        After a lost link the next prediction starts the reading again. A push that came between
        has set the model already: its result stays.
        """
        reading = self._model_id
        try:
            await client.read_info()
            self._look_at(client)
            reading = client.info.model_id
            if self.package is None or self._model_id != client.info.model_id or not self.has_model:
                self.labels, self.package, self.shadow, self.worn = (), None, None, None
                self._model_id = reading
                self.model_name = name_of(self._models, reading) if self.has_model else ""
                if self.has_model:
                    self.labels = await client.labels()
                    self._listener.board_changed(self)
                    data = await client.read_package()
                    if model_id(data) == self._model_id:
                        self._know(unpack_package(data, tr("The board's package")))
        except PackageError as error:  # to read it again would not help
            self._listener.failed_in_loop(str(error))
        except (BoardRefusedError, LinkLostError):
            if self._model_id == reading:
                self._model_id = b""
        self._listener.board_changed(self)

    def _know(self, package: ModelPackage) -> None:
        client = self.client()
        self._look_at(client)
        self._model_id = client.info.model_id
        self.model_name = name_of(self._models, self._model_id)
        self.labels, self.package = package.labels, package
        self.macs = sum(layer.macs for layer in LayeredModel(package.tflite).layers)
        try:
            self.shadow = Shadow(package, client.info)
        except PackageError:  # a model that only the board can run
            self.shadow = None
        self.worn = wearing_check(self._models, client.info)
        self._listener.board_changed(self)


def _label_in_time(
    writer: RecordingWriter, due: list[Change], packet: Packet, moments_s: NDArray[np.float64]
) -> None:
    """Make the changes whose moment lies in the packet, or before it."""
    while due and due[0].moment_s <= moments_s[-1]:
        change_label(writer, due.pop(0), packet, moments_s)
