"""Writes recordings so that a crash, a lost link or a full disk costs as little as possible.

Each append goes straight to the operating system, so `kill -9` loses nothing that was appended;
once a second the file is made durable, so a power cut loses about a second.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from motionloop import safe_files, wire
from motionloop.errors import ExistsAlreadyError, RecordingError
from motionloop.language import tr
from motionloop.recordings import samples_csv
from motionloop.recordings.clock import ClockSpan
from motionloop.recordings.durable import DiskWork, Done, Extent
from motionloop.recordings.plan import PlanState
from motionloop.recordings.recording import (
    SAMPLES_FILE,
    Quality,
    Recording,
    count_saturated,
    find_gaps,
    measure_quality,
    samples_file,
)
from motionloop.recordings.recording_json import (
    DESCRIPTION_FILE,
    Description,
    RecordedBoard,
    check_format,
)
from motionloop.recordings.segments import OpenSegment, Segment, check_label

TORN_FILE = "torn.txt"
PAUSED = "recording paused"
LINK_LOST = "link lost"
BOARD_RESTARTED = "board restarted"
DISK = ThreadPoolExecutor(4, "disk")  # for those who take samples from a radio
_IS_THERE = {errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR, errno.EISDIR, errno.EACCES}  # of rename
SEQ_NUMBERS = 1 << 32  # those on the wire begin again after so many samples
_SYNC_S = 1.0
_CLOCK_SAVED_S = 60.0  # what a crash may cost of the drift that was measured
_MOST_NOT_DURABLE = 16 << 20  # bytes: 40 minutes at 119 Hz
_IMPORT_SAMPLES = 65536  # samples formatted at a time when a whole recording is written


class RecordingWriter:
    """A recording that is going on.

    `create` or `append_to` makes a writer; `close` or a `with` statement ends the recording. Calls
    may wait for the disk. With a `disk` executor only `create`, `append_to`, `sync` and `close` do:
    a thread of the executor makes durable what the others write into the system's memory, and what
    fails there is raised by the next `append`.

    Every loss is declared: `append` finds it in the numbers and times of the samples.
    """

    def __init__(
        self,
        folder: Path,
        description: Description,
        file: FileIO,
        clock: Callable[[], float],
        disk: Executor | None = None,
    ) -> None:
        board = description.board
        self._folder = folder
        self._description = description
        self._file = file
        self._clock = clock
        self._disk = None if disk is None else DiskWork(folder, file, disk)
        self._accel = samples_csv.Decimals(board.format.accel_ng_per_lsb)
        self._gyro = samples_csv.Decimals(board.format.gyro_nrads_per_lsb)
        self._gaps = list(description.gaps)
        self._unsaved = False
        self._samples = 0
        self._saturated = 0
        self._first_us = 0
        self._last_seq = 0
        self._last_us = 0
        self._reason: str | None = None  # of the gap that the next append may find
        self._restart: tuple[int, int] | None = None  # boot_id and time away, until then
        # What the file holds, what of it is durable, and the text in between: after a failed
        # fsync the system may have dropped it, so it is written again.
        self._size = file.seek(0, 2)
        self._durable_size = self._size
        self._durable_samples = 0
        self._not_durable = bytearray()
        self._sync_failed = False
        self._torn = False  # bytes of a failed append may follow _size
        self._synced_at = clock()
        # UTC before and since the board's numbers and times last began again.
        self._clock_before, self._clock_now = description.clock, tuple[ClockSpan, ...]()
        self._began_us: int | None = None  # the first sample since then
        self._clock_saved_at: float | None = None

    @classmethod
    def create(
        cls,
        path: str | Path,
        board: RecordedBoard,
        *,
        wearer: str = "",
        placement: str = "",
        name: str = "",
        created: str = "",
        session: str = "",
        clock: Callable[[], float] = time.monotonic,
        disk: Executor | None = None,
    ) -> Self:
        """Begin a recording in a new folder.

        Args:
            path: The folder; parents are made as needed.
            board: The board that sends the samples.
            wearer: The person.
            placement: Where the board is worn.
            name: The session's name; by default the folder's.
            created: ISO 8601 time with zone; by default now.
            session: What it has in common with recordings of other boards at the same time.
            clock: Seconds; it paces fsync.
            disk: Makes durable what was appended and labelled; None to wait for it.

        Returns:
            A writer that holds the recording alone.

        Raises:
            RecordingError: The folder exists or cannot be made, or no recording can have the
                board's rate or scales.
            DiskFullError: The disk has no room; nothing is left behind.
        """  # noqa: DOC501, `disk_error` makes one of the two
        folder = Path(path)
        description = Description(
            board=board,
            name=name or folder.name,
            wearer=wearer,
            placement=placement,
            created=created or datetime.now().astimezone().isoformat(timespec="seconds"),
            session=session,
        )
        try:
            check_format(board.format)
        except ValueError as error:
            raise RecordingError(
                tr(
                    "{name!r} says of its samples what cannot be ({error}): {folder} was not "
                    "made. Update its firmware.",
                    name=board.name,
                    error=error,
                    folder=folder,
                ),
                folder,
            ) from error
        if os.path.lexists(folder):
            raise _exists_already(folder)
        try:
            return cls(folder, description, _new_folder(folder, description), clock, disk)
        except OSError as error:
            if error.errno in _IS_THERE and os.path.lexists(folder):  # another program was faster
                raise _exists_already(folder) from error
            raise safe_files.disk_error(error, folder, tr("Nothing was recorded yet.")) from error

    @classmethod
    def append_to(
        cls,
        path: str | Path,
        board: RecordedBoard | None = None,
        *,
        reopen: bool = False,
        clock: Callable[[], float] = time.monotonic,
        disk: Executor | None = None,
    ) -> Self:
        """Go on with a recording, after a torn end was moved into torn.txt.

        Args:
            path: The recording's folder.
            board: The board that sends the samples now; None for the board of the recording. If
                it restarted since, its numbers go on from the recording's end, and the time
                between comes from the host's clock.
            reopen: Whether the segment that was open when the recording was cut off goes on.
            clock: Seconds; it paces fsync.
            disk: Makes durable what was appended and labelled; None to wait for it.

        Returns:
            A writer that holds the recording alone.

        Raises:
            RecordingError: The recording cannot be opened, is going on elsewhere, or `board` has
                another rate or scale.
            DiskFullError: The disk has no room; the samples are as before.
        """  # noqa: DOC501, `disk_error` makes one of the two
        folder = Path(path)
        samples_path = samples_file(folder)
        try:
            file = safe_files.open_alone(samples_path, to_write=True)
        except OSError as error:
            raise safe_files.disk_error(error, samples_path, tr("It was not changed.")) from error
        try:
            recording = Recording.open(folder)
            if board is not None and board.format != recording.board.format:
                raise RecordingError(
                    tr(
                        "{folder} was recorded by {imu} at {rate_hz:g} Hz and {name!r} has "
                        "another rate or scale: begin a new recording for it.",
                        folder=folder,
                        imu=recording.board.imu,
                        rate_hz=recording.rate_hz,
                        name=board.name,
                    ),
                    folder,
                )
            away_us = int((time.time() - samples_path.stat().st_mtime) * 1e6)
            _set_torn_end_aside(folder, file)
            writer = cls(folder, recording.description, file, clock, disk)
            writer._go_on_after(recording)
            if reopen:
                writer._reopen_segment(Description.load(folder).open_segment)
            if board is not None and board.boot_id != recording.board.boot_id:
                writer.board_restarted(board.boot_id, away_us)
            writer._save_now(closed=False)
        except OSError as error:
            file.close()
            raise safe_files.disk_error(
                error, folder, tr("Its samples are as they were.")
            ) from error
        except BaseException:
            file.close()
            raise
        return writer

    @property
    def path(self) -> Path:
        return self._folder

    @property
    def last_us(self) -> int | None:
        """Time of the last sample as in the file, `t_offset_us` included; None without samples."""
        return self._last_us if self._samples else None

    @property
    def next_seq(self) -> int | None:
        """Number that the board gives the sample after the last one; None if it has begun anew."""
        if not self._samples or self._restart is not None:
            return None
        return self._last_seq + 1 - self._description.seq_offset

    @property
    def plan(self) -> PlanState | None:
        """The plan that is being recorded; None without one."""
        return self._description.plan

    @property
    def label(self) -> str | None:
        """Label of the open segment; None when no segment is open."""
        return self._description.open_segment.label if self._description.open_segment else None

    @property
    def quality(self) -> Quality:
        span_us = self._last_us - self._first_us
        return measure_quality(self._samples, span_us, self._gaps, self._saturated)

    def append(self, seq: int, t_us: NDArray[np.int64], raw: NDArray[np.int16]) -> None:
        """Write n samples with the numbers `seq` to `seq + n - 1`.

        A jump in number or time since the last sample, or a jump in time between these samples,
        is declared as a gap. Where the numbers on the wire began again after 2^32, those in the
        file go on.

        Args:
            seq: The board's sequence number of the first sample.
            t_us: Device times [n] in microseconds.
            raw: Samples [n, 6].

        Raises:
            ValueError: `raw` has another shape or type.
            RecordingError: Numbers or times do not increase, or no recording can hold them, or the
                disk failed.
            DiskFullError: The disk has no room. None of these samples was written; those before
                are safe. Append them again once there is room, or go on: the samples that are
                left out become a declared gap.
        """
        count = len(t_us)
        if raw.shape != (count, wire.AXES) or raw.dtype != np.int16:
            raise ValueError(f"raw is {raw.dtype} {raw.shape}, not int16 ({count}, {wire.AXES})")
        if count == 0:
            return
        # First: when this fails, none of these samples is in the file.
        if (failed := self._note_disk_work()) is not None:
            raise failed
        if self._clock() - self._synced_at >= _SYNC_S:
            self._sync_in_time()
        description = self._description
        if self._restart is not None:
            description = self._rebased(seq, int(t_us[0]), *self._restart)
        elif self._samples:
            back = self._last_seq - (seq + description.seq_offset)
            if back >= SEQ_NUMBERS // 2:
                turns = (back + SEQ_NUMBERS // 2) // SEQ_NUMBERS
                offset = description.seq_offset + turns * SEQ_NUMBERS
                description = replace(description, seq_offset=offset)
        numbers = np.arange(seq, seq + count, dtype=np.int64) + description.seq_offset
        times = t_us.astype(np.int64) + description.t_offset_us
        joined, joined_us = numbers, times
        if self._samples:
            joined, joined_us = np.r_[self._last_seq, numbers], np.r_[self._last_us, times]
        follow = (np.diff(joined) > 0).all() and (np.diff(joined_us) > 0).all()
        if follow and max(numbers[-1], times[-1]) >= samples_csv.EXACT:
            raise RecordingError(
                tr(
                    "Sample {first} at {time_us} us has a number or a time that no recording "
                    "can hold, and was not taken into {folder}. Restart the board: its clock "
                    "is wrong.",
                    first=numbers[-1],
                    time_us=times[-1],
                    folder=self._folder,
                ),
                self._folder,
            )
        if not follow or min(numbers[0], times[0]) < 0:
            raise RecordingError(
                tr(
                    "Samples {first} to {last} from {time_us} us do not follow sample "
                    "{last_seq} at {last_us} us in {folder}, and were not taken. If the board "
                    "restarted, connect to it again.",
                    first=numbers[0],
                    last=numbers[-1],
                    time_us=times[0],
                    last_seq=self._last_seq,
                    last_us=self._last_us,
                    folder=self._folder,
                ),
                self._folder,
            )
        gaps = find_gaps(joined, joined_us, description.board.format.rate_hz)
        if gaps and self._samples and gaps[0].after_seq == self._last_seq and self._reason:
            gaps[0] = replace(gaps[0], reason=self._reason)

        self._write(samples_csv.text_of(numbers, times, raw, self._accel, self._gyro))

        if not self._samples:
            self._first_us = int(times[0])
        self._samples += count
        self._saturated += count_saturated(raw)
        self._last_seq, self._last_us = int(numbers[-1]), int(times[-1])
        self._gaps += gaps
        self._unsaved |= bool(gaps) or description is not self._description
        self._description = description
        if self._restart is not None or self._began_us is None:
            self._begin_clock(int(times[0]))
        self._reason = self._restart = None

    def take_description(self, description: Description) -> None:
        """Label and mark the samples as another recording of them has it.

        Args:
            description: Its segments in order of time, trim, film, bridged gaps, notes, exclusion,
                and its recording.json: names that are not known here are kept.
        """
        self._description = replace(
            self._description,
            segments=description.segments,
            trim=description.trim,
            video=description.video,
            clock=description.clock,
            session=description.session,
            bridge_ms=description.bridge_ms,
            notes=description.notes,
            excluded=description.excluded,
            document=description.document,
        )

    def declare_gap(self, reason: str) -> None:
        """Set the reason of the gap that the next append may find."""
        self._reason = reason

    def board_restarted(self, boot_id: int, host_elapsed_us: int) -> None:
        """Note that the board restarted: its numbers and times began again.

        The next append puts its samples behind a declared gap after the last sample.

        Args:
            boot_id: Random number of the board's new start.
            host_elapsed_us: Time from the last sample before the restart to the first sample
                after it, on the host's clock, since the board's own clock began again.
        """
        self._restart = boot_id, host_elapsed_us
        self._reason = BOARD_RESTARTED

    def relate_clock(self, spans: Sequence[ClockSpan]) -> None:
        """Note UTC of the samples since the writer began, or the board last restarted.

        It is saved at once when it is new, later once per minute, and at the end.

        Args:
            spans: What is known now, in device times; it replaces what was known before.
        """
        if not spans or self._began_us is None:
            return
        offset_us = self._description.t_offset_us
        moved = [replace(span, from_us=span.from_us + offset_us) for span in spans]
        # One line holds for the samples before the first question, too.
        is_new = len(moved) != len(self._clock_now) or self._clock_saved_at is None
        self._clock_now = (moved[0].beginning(self._began_us), *moved[1:])
        self._description = replace(
            self._description, clock=(*self._clock_before, *self._clock_now)
        )
        now_s = self._clock()
        if is_new:
            self._clock_saved_at = now_s
            self._save_state()
        elif now_s - (self._clock_saved_at or 0.0) >= _CLOCK_SAVED_S:
            self._clock_saved_at, self._unsaved = now_s, True

    def note_plan(self, plan: PlanState) -> None:
        """Save how far a plan has come, for a process that goes on after this one was killed.

        Args:
            plan: The plan at the begin of a step.

        Raises:
            RecordingError: The disk failed.
            DiskFullError: The disk has no room.
        """
        self._save_state(plan=plan)

    def begin_segment(self, label: str, at_us: int | None = None) -> None:
        """Label the samples from a time on; an open segment ends there.

        Args:
            label: The activity.
            at_us: Time as in the file, up to that of the last sample; None for the next sample.

        Raises:
            RecordingError: A board cannot carry the label, or the disk failed.
            DiskFullError: The disk has no room; the segments are as before. With a `disk` executor
                the next `append` raises it, and the segment has begun.
        """
        try:
            check_label(label)
        except ValueError as error:
            raise RecordingError(
                tr(
                    "No segment was begun in {folder}: {error}. Choose another label.",
                    folder=self._folder,
                    error=error,
                ),
                self._folder,
            ) from error
        after_us = self._last_us + 1 if self._samples else None
        opened = OpenSegment(label, after_us if at_us is None else at_us)
        self._save_state(open_segment=opened, segments=self._segments_ended(at_us))

    def end_segment(self, at_us: int | None = None) -> None:
        """End the open segment. A segment without samples is dropped.

        Args:
            at_us: Time as in the file, up to that of the last sample, which is the first one
                outside; None for all samples.

        Raises:
            RecordingError: No segment is open, or the disk failed.
            DiskFullError: The disk has no room; the segment is still open.
        """
        if self._description.open_segment is None:
            raise RecordingError(
                tr("No segment is open in {folder}: begin one first.", folder=self._folder),
                self._folder,
            )
        self._save_state(open_segment=None, segments=self._segments_ended(at_us))

    def sync(self) -> None:
        """Make all samples durable, as `append` does once per second.

        Raises:
            RecordingError: The disk failed.
            DiskFullError: The disk has no room. The samples of the last second are not safe yet;
                the next call writes them again.
        """
        if self._disk is not None:
            self._disk.wait()
            self._note_disk_work()  # what has failed is done again here
        try:
            if self._sync_failed:
                safe_files.write_at(self._file, self._durable_size, bytes(self._not_durable))
            os.fsync(self._file.fileno())
        except OSError as error:
            raise self._failed_sync(error) from error
        self._note_durable(Extent(self._size, self._samples))
        if self._unsaved:
            self._save_now()
        self._synced_at = self._clock()

    def _sync_in_time(self) -> None:
        """Make samples durable: now, or begun now and noted by a later `append`."""
        if self._disk is None or self._sync_failed:
            self.sync()
            return
        if len(self._not_durable) > _MOST_NOT_DURABLE:
            raise RecordingError(
                tr(
                    "The disk with {folder} does not answer. {samples} samples are safe there; "
                    "the recording ends, since the computer's memory for more is full. Check the "
                    "disk.",
                    folder=self._folder,
                    samples=self._durable_samples,
                ),
                self._folder,
            )
        self._disk.sync(Extent(self._size, self._samples))
        if self._unsaved:
            self._save_state()
        self._synced_at = self._clock()

    def _note_disk_work(self) -> RecordingError | None:
        """Note what the disk's thread has come to. Returns what has failed there."""
        done = self._disk.take_done() if self._disk is not None else Done()
        if done.durable is not None:
            self._note_durable(done.durable)
        self._unsaved |= done.save_error is not None
        if done.sync_error is not None:
            return self._failed_sync(done.sync_error)
        return None if done.save_error is None else self._failed_save(done.save_error)

    def _failed_sync(self, error: OSError) -> RecordingError:
        self._sync_failed = True
        state = tr(
            "{count} samples are safe there; the last {others} are written again once there is "
            "room.",
            count=self._durable_samples,
            others=self._samples - self._durable_samples,
        )
        return self._disk_error(error, SAMPLES_FILE, state)

    def _failed_save(self, error: OSError) -> RecordingError:
        state = tr(
            "Its {count} samples are there; the newest labels and gaps are not saved.",
            count=self._samples,
        )
        return self._disk_error(error, DESCRIPTION_FILE, state)

    def _disk_error(self, error: OSError, file: str, state: str) -> RecordingError:
        made = safe_files.disk_error(error, self._folder / file, state)
        made.__cause__ = error
        return made

    def _note_durable(self, extent: Extent) -> None:
        del self._not_durable[: extent.size - self._durable_size]
        self._sync_failed = False
        self._durable_size, self._durable_samples = extent.size, extent.samples

    def close(self) -> None:
        """End an open segment, make all samples durable and mark the recording as whole.

        Raises:
            RecordingError: The disk failed.
            DiskFullError: The disk has no room. The recording is not closed: call again.
        """
        if self._file.closed:
            return
        self.sync()
        self._save_now(open_segment=None, segments=self._segments_ended(), plan=None, closed=True)
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.close()
        finally:
            self._file.close()

    def _go_on_after(self, recording: Recording) -> None:
        self._samples = self._durable_samples = len(recording.seq)
        self._saturated = count_saturated(recording.raw)
        if self._samples:
            self._first_us = recording.start_us
            self._last_seq, self._last_us = int(recording.seq[-1]), int(recording.t_us[-1])
        self._reason = PAUSED

    def _reopen_segment(self, opened: OpenSegment | None) -> None:
        """Have the last segment go on, which was open when the recording was cut off."""
        if opened is None:
            return
        segments = self._description.segments
        since_us = self._first_us if opened.start_us is None else opened.start_us
        if segments and (segments[-1].start_us, segments[-1].label) == (since_us, opened.label):
            segments = segments[:-1]
        self._description = replace(self._description, open_segment=opened, segments=segments)

    def _rebased(self, seq: int, t_us: int, boot_id: int, away_us: int) -> Description:
        """The description with which `seq` and `t_us` follow the last sample after `away_us`."""
        board = replace(self._description.board, boot_id=boot_id)
        if not self._samples:
            return replace(self._description, board=board, seq_offset=0, t_offset_us=0)
        period_us = board.format.period_us
        away_us = max(away_us, round(2 * period_us))  # a start takes a period or more
        missing = round(away_us / period_us) - 1
        return replace(
            self._description,
            board=board,
            seq_offset=self._last_seq + 1 + missing - seq,
            t_offset_us=self._last_us + away_us - t_us,
        )

    def _begin_clock(self, from_us: int) -> None:
        """Declare that UTC is not known from here on; nothing to declare where it never was."""
        self._clock_before, self._clock_now = self._description.clock, ()
        if self._clock_before:
            self._clock_before = tuple(s for s in self._clock_before if s.from_us < from_us)
            self._description = replace(
                self._description, clock=(*self._clock_before, ClockSpan(from_us))
            )
        self._began_us, self._clock_saved_at = from_us, None

    def _write(self, text: bytes) -> None:
        """Append all of `text` or nothing."""
        try:
            if self._torn:
                self._file.truncate(self._size)
            self._torn = True
            safe_files.write_at(self._file, self._size, text)
        except OSError as error:
            with contextlib.suppress(OSError):  # else the next write cuts the file first
                self._file.truncate(self._size)
            state = tr(
                "The {count} samples before stay readable, the newest were not taken.",
                count=self._samples,
            )
            raise safe_files.disk_error(error, self._folder / SAMPLES_FILE, state) from error
        self._torn = False
        self._size += len(text)
        self._not_durable += text

    def _segments_ended(self, at_us: int | None = None) -> tuple[Segment, ...]:
        """The segments, with the open segment ended, by default behind the last sample."""
        opened, segments = self._description.open_segment, self._description.segments
        if opened is None or not self._samples:
            return segments
        start_us = self._first_us if opened.start_us is None else opened.start_us
        end_us = self._last_us + 1 if at_us is None else at_us
        if start_us >= end_us:
            return segments
        return (*segments, Segment(start_us, end_us, opened.label))

    def _save_state(self, **changes: Any) -> None:
        """Save the description with `changes`: now, or by the disk's thread."""
        if self._disk is None:
            self._save_now(**changes)
            return
        self._description = self._changed(changes)
        self._disk.save(self._description)
        self._unsaved = False

    def _save_now(self, **changes: Any) -> None:
        """Save the description. When saving fails, the writer keeps the old one."""
        description = self._changed(changes)
        try:
            description.save(self._folder)
        except OSError as error:
            raise self._failed_save(error) from error
        self._description = description
        self._unsaved = False

    def _changed(self, changes: dict[str, Any]) -> Description:
        gaps = tuple(self._gaps)
        return replace(self._description, gaps=gaps, samples=self._samples, **changes)


def _new_folder(folder: Path, description: Description) -> FileIO:
    """Make the folder of a recording that can be opened from the moment on at which it is there.

    It is made under another name, which no list of recordings shows, and then gets its own.
    """
    folder.absolute().parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=safe_files.UNFINISHED, dir=folder.absolute().parent))
    made, file = beside / "made", None
    try:
        made.mkdir()
        description.save(made)
        safe_files.write_whole(made / SAMPLES_FILE, samples_csv.HEADER)
        if sys.platform != "win32":  # which moves no folder with an open file in it
            file = safe_files.open_alone(made / SAMPLES_FILE, to_write=True)
        made.rename(folder)
        safe_files.sync_folder(folder.absolute().parent)
        return file or safe_files.open_alone(folder / SAMPLES_FILE, to_write=True)
    except BaseException:
        if file is not None:
            file.close()
        raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def recover(path: str | Path) -> Recording:
    """Repair a recording that was cut off: whole lines, declared gaps, ended segments.

    A torn last line moves into torn.txt.

    Args:
        path: The recording's folder.

    Returns:
        The repaired recording.

    Raises:
        RecordingError: The recording cannot be opened, or is going on.
        DiskFullError: The disk has no room.
    """
    RecordingWriter.append_to(path).close()
    return Recording.open(path)


def write_recording(recording: Recording, path: str | Path) -> None:
    """Write a recording, for example an imported one, into a new folder.

    Args:
        recording: The samples with their description.
        path: The folder; parents are made as needed.

    Raises:
        RecordingError: The folder exists or cannot be made, or the disk failed; nothing is left.
        DiskFullError: The disk has no room; nothing is left.
    """  # noqa: DOC501, a helper makes the error
    path = Path(path)
    if path.exists():
        raise _exists_already(path)
    with safe_files.whole_or_nothing(path) as made:
        try:
            _write_samples(recording, made, recording.name or path.name)
        except RecordingError as error:
            if isinstance(error.__cause__, OSError):
                raise error.__cause__ from None  # told of `path`, not of a place that goes away
            raise


def _write_samples(recording: Recording, path: Path, name: str) -> None:
    description = recording.description
    seq, count = recording.seq, len(recording.seq)
    reasons = {gap.after_seq: gap.reason for gap in recording.gaps}
    breaks = {0, count, *range(0, count, _IMPORT_SAMPLES)}
    breaks.update((np.flatnonzero(np.diff(seq) != 1) + 1).tolist())
    breaks.update((np.searchsorted(seq, list(reasons)) + 1).tolist())
    with RecordingWriter.create(
        path,
        recording.board,
        wearer=description.wearer,
        placement=description.placement,
        name=name,
        created=description.created,
    ) as writer:
        for start, end in itertools.pairwise(sorted(breaks)):
            if start and int(seq[start - 1]) in reasons:
                writer.declare_gap(reasons[int(seq[start - 1])])
            writer.append(int(seq[start]), recording.t_us[start:end], recording.raw[start:end])
        writer.take_description(description)


def _exists_already(folder: Path) -> RecordingError:
    return ExistsAlreadyError(
        tr(
            "{folder} exists already and is not overwritten: choose another name, or go on "
            "with that recording.",
            folder=folder,
        ),
        folder,
    )


def _set_torn_end_aside(folder: Path, file: FileIO) -> None:
    """Cut `file` back to whole lines; the rest is kept in torn.txt."""
    whole, torn = samples_csv.split_torn(file.readall())
    if torn:
        safe_files.add_to_end(folder / TORN_FILE, torn + b"\n")
        file.truncate(len(whole))
    if not whole:
        safe_files.write_at(file, 0, samples_csv.HEADER)
