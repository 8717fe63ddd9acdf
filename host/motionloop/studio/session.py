"""All state that the pages share: boards, recordings, models.

The radio, the recordings and the training run in asyncio's thread (see `Bridge`). Modules of the
radio are imported there too, after the first window: they take most of a second.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, Signal

from motionloop.errors import BoardNotFoundError, MotionLoopError, NoAdapterError
from motionloop.language import tr
from motionloop.recordings.file_names import folder_name
from motionloop.recordings.recording_json import DESCRIPTION_FILE, recording_folders
from motionloop.safe_files import read_json
from motionloop.studio.activity_log import ActivityLog
from motionloop.studio.bridge import Bridge
from motionloop.studio.jobs.model_jobs import ModelJobs
from motionloop.studio.preferences import Preferences

if TYPE_CHECKING:
    from motionloop.board.link import FoundBoard
    from motionloop.board.prediction import Prediction
    from motionloop.board.recorder import Step
    from motionloop.recordings.segments import Segment
    from motionloop.recordings.unfinished import Unfinished
    from motionloop.studio.boards.board_link import BoardLink
    from motionloop.studio.boards.corrections import Correction
    from motionloop.virtual.process import VirtualBoardProcess

SCAN_S = 2.5
_CONNECT_AT_ONCE = 2
_IDENTIFY_S = 5
_REMEMBERED_S = 40.0  # what was cut off before is beyond the memory of every board


class Session(Bridge):
    """Boards, recordings and models of one window."""

    boards_changed = Signal()  # found, connected, lost, their models
    current_changed = Signal()  # another board is in use
    scanning_changed = Signal()
    recording_changed = Signal()  # begun, ended, another label or step
    recordings_changed = Signal()  # the folder's contents
    wanted_recording = Signal(Path)  # to be shown on the page Label
    predicted = Signal(object, object)  # BoardLink, Prediction
    kept_correction = Signal(object, str)  # BoardLink, the label
    wearer_changed = Signal()  # the virtual board's activity

    def __init__(self, recordings: Path, models: Path, settings: QSettings) -> None:
        super().__init__()
        self.recordings_folder = recordings
        self.models_folder = models
        self.settings = settings
        self.preferences = Preferences(settings)
        self.relabelled: dict[Path, tuple[Segment, ...]] = {}  # what this window's renames made
        self.found: list[FoundBoard] = []
        self.links: dict[str, BoardLink] = {}  # connected boards, by address
        self.current: BoardLink | None = None
        self.scanning = False
        self.no_adapter = ""  # the reason why only virtual boards can be found
        self.has_virtual_board = False  # of this window, on air or about to be
        self.virtual_activity = ""  # of its wearer, once it is on air
        self.virtual_arguments: tuple[str, ...] = ()  # of `motionloop virtual-board`
        self.log = ActivityLog(settings)
        self.training = ModelJobs(self, self, recordings)
        self.training.data_gone.connect(self.recordings_changed)
        self._virtual: VirtualBoardProcess | None = None
        self._turns = asyncio.Semaphore(_CONNECT_AT_ONCE)
        self._correcting = asyncio.Lock()  # corrections may go into one recording

    def close(self) -> None:
        """Close recordings, links and processes; returns when all are closed."""
        super().close()
        self.settings.sync()

    # --- boards -------------------------------------------------------------------------------
    def scan(self) -> None:
        """Look for boards once; `found` has them afterwards."""
        if self.scanning:
            return
        self.scanning = True
        self.scanning_changed.emit()
        self.start("scan", self._scan(), self._scanned)

    async def _scan(self) -> None:
        from motionloop.board.link import scan

        missing, found = "", []
        try:
            found = await scan(SCAN_S)
        except NoAdapterError as error:
            missing = str(error)
        self.post(lambda: self._set_found(found, missing))

    def _set_found(self, found: list[FoundBoard], missing: str) -> None:
        # A scan reports a board of this window as in use: the window's own entry is better.
        ours = {address: link.found for address, link in self.links.items()}
        self.found = [ours.get(board.address, board) for board in found]
        self.no_adapter = missing
        self.boards_changed.emit()

    def _scanned(self) -> None:
        self.scanning = False
        self.scanning_changed.emit()

    def connect_board(self, board: FoundBoard) -> None:
        """Connect, and stay connected until `disconnect_board`."""
        if board.address not in self.links:
            name = f"board {board.address}"
            self.start(name, self._serve(board), lambda: self._gone(board.address))

    def go_on(self) -> None:
        """Connect to the boards whose recordings were cut off just now, which then go on."""
        self.start("go on", self._go_on())

    async def _go_on(self) -> None:
        from motionloop.board.link import find_address

        for address in dict.fromkeys(
            found.description.board.address for found in await self._cut_off()
        ):
            with suppress(BoardNotFoundError, NoAdapterError):  # then nothing goes on
                board = await find_address(address, _REMEMBERED_S)
                self.post(partial(self.connect_board, board))

    async def _cut_off(self) -> list[Unfinished]:
        """The recordings that were cut off just now, the newest first."""
        from motionloop.recordings.unfinished import unfinished

        return await asyncio.to_thread(
            lambda: list(unfinished(self.recordings_folder, _REMEMBERED_S))
        )

    def connect_all(self) -> None:
        """Connect all boards that were found and that nobody uses."""
        for board in self.found:
            if not board.in_use:
                self.connect_board(board)

    async def _serve(self, board: FoundBoard) -> None:
        from motionloop.studio.boards.board_link import BoardLink

        link = BoardLink(
            board, self, self.models_folder, self._turns, lambda: self.preferences.claims
        )
        of_board = (b for b in await self._cut_off() if b.description.board.address == link.address)
        link.cut_off = next(of_board, None)
        self.post(lambda: self._arrived(link))
        await link.run()

    def _arrived(self, link: BoardLink) -> None:
        self.links[link.address] = link
        self.solved.emit(_no_board())
        if self.current is None:
            self.current = link
            self.current_changed.emit()
        self.boards_changed.emit()

    def _gone(self, address: str) -> None:
        link = self.links.pop(address, None)
        if link is not None and self.current is link:
            self.current = next(iter(self.links.values()), None)
            self.current_changed.emit()
        self.boards_changed.emit()
        self.recording_changed.emit()

    def disconnect_board(self, address: str) -> None:
        self.cancel(f"board {address}")

    async def let_go(self, address: str) -> None:
        """In asyncio's thread: disconnect, and return when that is done."""
        await self.end(f"board {address}")

    def choose(self, address: str) -> None:
        """Make a connected board the one that is recorded and trained for."""
        link = self.links.get(address)
        if link is not None and link is not self.current:
            self.current = link
            self.current_changed.emit()
            self.boards_changed.emit()

    def identify(self, board: FoundBoard) -> None:
        """Have a board blink; connects for a moment if need be."""
        self.start("identify", self._identify(board))

    async def _identify(self, board: FoundBoard) -> None:
        from motionloop.board.client import BoardClient

        link = self.links.get(board.address)
        if link is not None:
            await link.client().identify(_IDENTIFY_S)
        else:
            async with BoardClient(board) as client:
                await client.identify(_IDENTIFY_S)
        self.post(
            lambda: self.notice.emit(
                tr("{name} blinks for {seconds} seconds.", name=board.name, seconds=_IDENTIFY_S)
            )
        )

    # --- the virtual board of this window -----------------------------------------------------
    @property
    def virtual_address(self) -> str | None:
        return self._virtual.address if self._virtual is not None else None

    @property
    def virtual_name(self) -> str:
        return self._virtual.name if self._virtual is not None else ""

    def start_virtual_board(self) -> None:
        """Start a board without hardware and connect to it; it ends with the window."""
        if not self.has_virtual_board:
            self.has_virtual_board = True
            self.wearer_changed.emit()
            self.start("virtual", self._run_virtual(), self._virtual_ended)

    async def _run_virtual(self) -> None:
        from motionloop.board.link import RadioChoice, find_board
        from motionloop.virtual import registry
        from motionloop.virtual.process import VirtualBoardProcess

        flash = registry.directory().parent / "studio-board.flash"
        async with AsyncExitStack() as stack:
            # The board of the last time, with its name, model and day, unless it is on air already.
            known = str(self.settings.value("virtual/address", ""))
            is_free = known and known not in {other.address for other in registry.running()}
            same = ("--address", known) if is_free else ()
            arguments = ("--flash", str(flash), *same, *self.virtual_arguments)
            board = VirtualBoardProcess(*arguments)
            await stack.enter_async_context(board)
            if not known:
                self.settings.setValue("virtual/address", board.address)
            found = await find_board(board.address, 10.0, RadioChoice.VIRTUAL)
            self.post(lambda: self._virtual_started(board, found))
            try:
                await board.ended()
            except asyncio.CancelledError:
                await self.let_go(board.address)
                raise
            # Its link waits for it: the next virtual board has the same address.
            raise MotionLoopError(
                tr(
                    "The virtual board {name} has ended by itself. Start a virtual board again on "
                    "the page Connect.",
                    name=board.name,
                )
            )

    def _virtual_started(self, board: VirtualBoardProcess, found: FoundBoard) -> None:
        self._virtual, self.virtual_activity = board, "standing"
        self._set_found([*(b for b in self.found if b.address != found.address), found], "")
        self.wearer_changed.emit()
        self.connect_board(found)

    def _virtual_ended(self) -> None:
        ended, self._virtual, self.virtual_activity = self._virtual, None, ""
        self.has_virtual_board = False
        if ended is not None:
            self.found = [board for board in self.found if board.address != ended.address]
            self.boards_changed.emit()
        self.wearer_changed.emit()

    def set_virtual_activity(self, activity: str) -> None:
        """Set the activity of the virtual board's synthetic wearer."""
        if self._virtual is not None and activity != self.virtual_activity:
            self.virtual_activity = activity
            self.start("tell", self._virtual.send_line(activity))
            self.wearer_changed.emit()

    # --- recording ----------------------------------------------------------------------------
    def wearers(self) -> list[str]:
        """Everyone who wore a board in a recording."""
        found = set()
        for path in recording_folders(self.recordings_folder):
            with suppress(OSError, ValueError, AttributeError):
                found.add(str(read_json(path / DESCRIPTION_FILE).get("wearer", "")))
        return sorted(found - {""})

    def start_recording(self, steps: Sequence[Step] = ()) -> None:
        """Record the current board into a new folder, by a plan or until stopped."""
        link = self.current
        if link is None:
            self.failed.emit(_no_board())
            return
        stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
        path = self.recordings_folder / folder_name(stamp, self.preferences.wearer)
        worn = (self.preferences.wearer, self.preferences.placement)
        begin = link.start_recording(path, *worn, steps)
        self.start("record", begin, self.recordings_changed.emit)

    def record_all(self) -> None:
        """Record all connected boards into one session, each with its own wearer."""
        links = [link for link in self.links.values() if link.recording is None]
        folder = self.recordings_folder / datetime.now().strftime("%Y%m%d-%H%M%S")
        worn = {link: self.preferences.wearer_of(link.address) for link in links}
        self.start("record", self._record_all(folder, worn), self.recordings_changed.emit)

    async def _record_all(self, folder: Path, worn: dict[BoardLink, str]) -> None:
        from motionloop.board.group import new_session

        session, placement = new_session(), self.preferences.placement
        await _for_each(
            {link: link.start_member(folder, session, worn[link], placement) for link in worn},
            lambda failed, boards, why: tr(
                "{failed} of {boards} boards are not recorded. {why}",
                failed=failed, boards=boards, why=why,
            ),
        )  # fmt: skip

    def stop_all(self) -> None:
        """End the recordings of all boards."""
        links = list(self.links.values())

        async def stop() -> None:
            work = {link: link.stop_recording() for link in links}
            await _for_each(
                work,
                lambda failed, boards, why: tr(
                    "{failed} of {boards} boards did not end their recording well. {why}",
                    failed=failed, boards=boards, why=why,
                ),
            )  # fmt: skip

        self.start("record", stop(), self.recordings_changed.emit)

    def label_all(self, label: str | None) -> None:
        """Label all recordings that go on from this moment on; None ends the label."""
        links = list(self.links.values())

        async def change() -> None:
            moment_s = asyncio.get_running_loop().time()
            for link in links:
                if link.recording is not None and not link.recording.steps:
                    link.label(label, moment_s)

        self.start("label", change())

    def stop_recording(self, link: BoardLink | None = None) -> None:
        """End the recording of this board, or of the current one."""
        if link := link or self.current:
            self.start("record", link.stop_recording(), self.recordings_changed.emit)

    def label(self, label: str | None) -> None:
        """Label the recording that goes on, from now on; None ends the label."""
        link = self.current
        if link is None or link.recording is None:
            return

        async def change() -> None:
            link.label(label)

        self.start("label", change())

    def correct(self, link: BoardLink, prediction: Prediction, label: str) -> None:
        """Keep the window of a wrong prediction as a `label` for the next training."""
        self.start("correct", self._correct(link, prediction, label))

    async def _correct(self, link: BoardLink, prediction: Prediction, label: str) -> None:
        from motionloop.studio.boards import corrections

        window = await corrections.window_of(link, prediction)
        worn = (self.preferences.wearer_of(link.address), self.preferences.placement)
        async with self._correcting:
            await asyncio.to_thread(
                corrections.keep, self.recordings_folder, link, window, label, *worn
            )
        self.post(lambda: self.kept_correction.emit(link, label))
        self.post(self.recordings_changed.emit)

    def undo_correction(self, correction: Correction, ended: Callable[[], None]) -> None:
        """Take a correction back; `ended` is called when that is over."""

        async def act() -> None:
            from motionloop.studio.boards.corrections import undo_correction

            async with self._correcting:
                await asyncio.to_thread(undo_correction, correction)

        self.start("undo correction", act(), ended)

    # --- heard in asyncio's thread: board_link.Listener -----------------------------------------
    def board_changed(self, link: BoardLink) -> None:
        self.post(self.boards_changed.emit)

    def board_claimed(self, link: BoardLink) -> None:
        words = tr("{board} is yours now: only your models run on it.", board=link.name)
        self.post(lambda: self.notice.emit(words))

    def recording_state_changed(self, link: BoardLink) -> None:
        self.post(self.recording_changed.emit)

    def recording_went_on(self, link: BoardLink, cut_off: Unfinished) -> None:
        words = tr(
            "Going on with {name}, which was cut off {seconds} s ago. Stop ends it.",
            name=cut_off.path.name,
            seconds=f"{cut_off.age_s:.0f}",
        )
        self.post(lambda: self.notice.emit(words))

    def label_began(self, link: BoardLink, label: str) -> None:
        self.post(lambda: self._follow(link, label))

    def prediction_made(self, link: BoardLink, prediction: Prediction) -> None:
        def in_window() -> None:
            self.log.add(link.address, prediction.t_us, link.label_of(prediction))
            self.predicted.emit(link, prediction)

        self.post(in_window)

    def _follow(self, link: BoardLink, label: str) -> None:
        """Have the synthetic wearer do the activity of the recording, if it can."""
        from motionloop.virtual.wearer import ACTIVITIES

        if link.address == self.virtual_address and label in ACTIVITIES:
            self.set_virtual_activity(label)


def _no_board() -> str:
    return tr("No board is connected: connect one before recording.")


async def _for_each(
    work: Mapping[BoardLink, Coroutine[Any, Any, None]], fault: Callable[[int, int, str], str]
) -> None:
    """Do the work of all boards at once. MotionLoopError names each board whose work failed; its
    words are `fault` of how many failed, of how many, and why."""
    ends = await asyncio.gather(*work.values(), return_exceptions=True)
    failed = [(link, end) for link, end in zip(work, ends, strict=True) if end is not None]
    for _, end in failed:
        if not isinstance(end, MotionLoopError):
            raise end
    if failed:
        why = " ".join(f"{link.name}: {end}" for link, end in failed)
        raise MotionLoopError(fault(len(failed), len(work), why))
