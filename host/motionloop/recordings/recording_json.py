"""recording.json: board, labels, gaps and session of a recording; all but the samples."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from motionloop import wire
from motionloop.errors import RecordingError
from motionloop.language import tr
from motionloop.recordings.clock import ClockSpan
from motionloop.recordings.plan import PlanState
from motionloop.recordings.segments import OpenSegment, Segment
from motionloop.safe_files import UNFINISHED, json_bytes, read_json, read_whole, write_whole
from motionloop.sample_format import SampleFormat
from motionloop.typed_values import typed_value

DESCRIPTION_FILE = "recording.json"
DESCRIPTION_BACKUP = "recording.json.bak"
FORMAT = 1
LONGEST_BRIDGE_MS = 200.0  # half a step of a walk: nobody knows what happened in a longer hole
LONGEST_TEXT = 1000  # characters of a name
LOWEST_HZ, HIGHEST_HZ = 1e-6, 1e6
_HIGHEST_SCALE = 2**32 - 1  # as it travels in `wire.Info`
_SELDOM = (
    "bridge_ms",
    "clock",
    "session",
    "notes",
    "excluded",
    "plan",
)  # keys that are there only with a value
_UNITS = {"accel": "g", "gyro": "rad/s", "time": "us"}


@dataclass(frozen=True)
class RecordedBoard:
    """The board that made the samples.

    Attributes:
        name: The board's name on the air.
        format: Rate and scales of the samples.
        address: Bluetooth address, or the system's identifier for it; empty if unknown.
        imu: Name of the sensor, from `wire.Imu`.
        firmware: Version as "major.minor.patch"; empty if unknown.
        boot_id: Random number of the board's start; 0 if unknown.
        virtual: No hardware made the samples.
        synthetic: The motion was computed, not measured.
        emulated: The firmware's image ran on an emulated processor with modelled sensors.
    """

    name: str
    format: SampleFormat
    address: str = ""
    imu: str = wire.Imu.UNKNOWN.name
    firmware: str = ""
    boot_id: int = 0
    virtual: bool = False
    synthetic: bool = False
    emulated: bool = False

    @classmethod
    def from_info(cls, info: wire.Info, name: str, address: str) -> Self:
        """Describe the board that advertises `name` and answers `info`."""
        return cls(
            name=name,
            format=SampleFormat.from_info(info),
            address=address,
            imu=wire.Imu(info.imu).name,
            firmware=f"{info.firmware_major}.{info.firmware_minor}.{info.firmware_patch}",
            boot_id=info.boot_id,
            virtual=bool(info.flags & wire.BoardFlag.VIRTUAL),
            synthetic=is_synthetic(info),
            emulated=bool(info.flags & wire.BoardFlag.EMULATED),
        )

    @classmethod
    def from_document(cls, document: dict[str, Any], samples: SampleFormat) -> Self:
        """Read what a document says of the board.

        Args:
            document: As parsed from JSON.
            samples: Rate and scales.

        Returns:
            The board.

        Raises:
            ValueError: A value is missing or of another type.
        """
        return cls(
            name=typed_value(document, "name", str),
            format=samples,
            address=typed_value(document, "address", str),
            imu=typed_value(document, "imu", str),
            firmware=typed_value(document, "firmware", str),
            boot_id=typed_value(document, "boot_id", int),
            virtual=typed_value(document, "virtual", bool),
            synthetic=typed_value(document, "synthetic", bool),
            # Recordings that are older than the emulated board lack the key.
            emulated="emulated" in document and typed_value(document, "emulated", bool),
        )


def recording_folders(folder: Path) -> list[Path]:
    """The folders in `folder` that hold a recording.json, in the order of their names."""
    return sorted(
        path.parent
        for path in folder.glob(f"*/{DESCRIPTION_FILE}")
        if not path.parent.name.startswith(UNFINISHED)
    )


def check_format(samples: SampleFormat) -> None:
    """Check that samples of a format can be written and read again.

    Args:
        samples: Rate and scales.

    Raises:
        ValueError: The rate or a scale is impossible.
    """
    if not LOWEST_HZ <= samples.rate_hz <= HIGHEST_HZ:
        raise ValueError(
            tr(
                "rate_hz is {rate_hz:g}, not from {lowest_hz:g} to {highest_hz:g}",
                rate_hz=samples.rate_hz,
                lowest_hz=LOWEST_HZ,
                highest_hz=HIGHEST_HZ,
            )
        )
    if not 1 <= min(samples.nano_per_lsb) <= max(samples.nano_per_lsb) <= _HIGHEST_SCALE:
        raise ValueError(
            tr("a scale is below 1 or above {highest_scale}", highest_scale=_HIGHEST_SCALE)
        )


def is_synthetic(info: wire.Info) -> bool:
    """Whether the board's motion is computed, not measured.

    An emulated board counts as computed: its image cannot know what feeds its modelled sensors.
    """
    return bool(info.flags & (wire.BoardFlag.SYNTHETIC | wire.BoardFlag.EMULATED))


# Reasons of gaps in which nothing was lost: nobody wanted these samples.
LEFT_OUT = "left out of a choice of labels"
BETWEEN_CORRECTIONS = "between two corrected windows"


@dataclass(frozen=True)
class Gap:
    """Samples that are missing between two neighbours.

    Attributes:
        after_seq: Sequence number of the last sample before the gap.
        missing: Number of samples between the two.
        start_us: Device time of the last sample before the gap.
        end_us: Device time of the first sample after the gap.
        reason: Cause of the loss, in words.
    """

    after_seq: int
    missing: int
    start_us: int
    end_us: int
    reason: str

    @property
    def lost(self) -> int:
        """The missing samples that somebody wanted."""
        return 0 if self.reason in (LEFT_OUT, BETWEEN_CORRECTIONS) else self.missing


@dataclass(frozen=True)
class Trim:
    """The part of a recording for training: start_us <= t_us < end_us (device time).

    A trim is a mark only: samples and labels outside it stay on disk.
    """

    start_us: int
    end_us: int


@dataclass(frozen=True)
class Video:
    """A video of the session.

    Attributes:
        file: Path of the video, absolute or relative to the recording's folder.
        offset_s: Begin of the video after the first sample; below 0 the video begins earlier.
    """

    file: str
    offset_s: float


@dataclass(frozen=True)
class Description:
    """Content of recording.json.

    Attributes:
        board: The board that made the samples.
        name: The session's name.
        wearer: The person; empty if unknown.
        placement: Where the board was worn; empty if unknown.
        created: When the recording was made, ISO 8601 with time zone.
        segments: Labelled spans in the order of time.
        open_segment: A span that goes on; None when the recording is closed.
        trim: The part for training; None for the whole recording.
        video: A video of the session.
        gaps: Declared gaps in the order of time.
        bridge_ms: Longest gap that a window may span, in milliseconds; 0 for none.
        notes: What a person wrote about the recording.
        excluded: Whether trainings and evaluations leave the recording out.
        samples: Lines of samples.csv at the time of the save.
        closed: False while the recording goes on, and after a crash.
        seq_offset: Added to the board's sequence numbers, which begin again when it restarts.
        t_offset_us: Added to the board's times, for the same reason.
        clock: UTC of the samples, in the order of time; empty if unknown.
        session: What recordings of several boards at once have in common; empty for one alone.
        plan: What is being recorded, until the recording is closed; None without a plan.
        document: The JSON as it was read. Keys that this program does not know are kept.
    """

    board: RecordedBoard
    name: str
    wearer: str = ""
    placement: str = ""
    created: str = ""
    segments: tuple[Segment, ...] = ()
    open_segment: OpenSegment | None = None
    trim: Trim | None = None
    video: Video | None = None
    gaps: tuple[Gap, ...] = ()
    bridge_ms: float = 0.0
    notes: str = ""
    excluded: bool = False
    samples: int = 0
    closed: bool = False
    seq_offset: int = 0
    t_offset_us: int = 0
    clock: tuple[ClockSpan, ...] = ()
    session: str = ""
    plan: PlanState | None = None
    document: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read a recording.json.

        Args:
            folder: The recording's folder.

        Returns:
            The checked content.

        Raises:
            RecordingError: The file is missing, not JSON, or says something impossible.
        """
        path = folder / DESCRIPTION_FILE
        try:
            return cls.from_document(read_json(path))
        except FileNotFoundError:
            fault = tr("is missing")
        except OSError as error:
            fault = tr("cannot be read ({cause})", cause=error.strerror)
        except json.JSONDecodeError as error:
            fault = tr(
                "is not valid JSON (line {line}, column {column}: {message})",
                line=error.lineno,
                column=error.colno,
                message=error.msg,
            )
        except ValueError as error:  # from typed_value, and bytes that are not UTF-8
            fault = tr("cannot be used: {error}", error=error)
        raise RecordingError(
            tr("{path} {fault}. {remedy}", path=path, fault=fault, remedy=_remedy(folder)), path
        )

    @classmethod
    def from_document(cls, document: Any) -> Self:
        """Read the document of a recording.json.

        Args:
            document: As parsed from JSON.

        Returns:
            The checked content.

        Raises:
            ValueError: The document says something impossible.
        """
        if not isinstance(document, dict):
            raise ValueError(tr("it is not a JSON object"))
        version = typed_value(document, "format", int)
        if version > FORMAT:
            raise ValueError(
                tr(
                    "format {version} is newer than this program's ({format}): update it",
                    version=version,
                    format=FORMAT,
                )
            )
        board, scale = typed_value(document, "board", dict), typed_value(document, "scale", dict)
        offset, opened = typed_value(document, "offset", dict), document.get("open_segment")
        trim, video = document.get("trim"), document.get("video")
        made = cls(
            board=RecordedBoard.from_document(
                board,
                SampleFormat(
                    rate_hz=typed_value(document, "rate_hz", float),
                    accel_ng_per_lsb=typed_value(scale, "accel_ng_per_lsb", int),
                    gyro_nrads_per_lsb=typed_value(scale, "gyro_nrads_per_lsb", int),
                ),
            ),
            name=typed_value(document, "name", str),
            wearer=typed_value(document, "wearer", str),
            placement=typed_value(document, "placement", str),
            created=typed_value(document, "created", str),
            segments=tuple(
                Segment(
                    typed_value(item, "start_us", int),
                    typed_value(item, "end_us", int),
                    typed_value(item, "label", str),
                )
                for item in typed_value(document, "segments", list)
            ),
            open_segment=None
            if opened is None
            else OpenSegment(
                typed_value(opened, "label", str),
                None if opened.get("start_us") is None else typed_value(opened, "start_us", int),
            ),
            trim=None
            if trim is None
            else Trim(typed_value(trim, "start_us", int), typed_value(trim, "end_us", int)),
            video=None
            if video is None
            else Video(typed_value(video, "file", str), typed_value(video, "offset_s", float)),
            gaps=tuple(
                Gap(
                    typed_value(item, "after_seq", int),
                    typed_value(item, "missing", int),
                    typed_value(item, "start_us", int),
                    typed_value(item, "end_us", int),
                    typed_value(item, "reason", str),
                )
                for item in typed_value(document, "gaps", list)
            ),
            # Only recordings that use them have these keys.
            bridge_ms=typed_value(document, "bridge_ms", float) if "bridge_ms" in document else 0.0,
            notes=typed_value(document, "notes", str) if "notes" in document else "",
            excluded="excluded" in document and typed_value(document, "excluded", bool),
            samples=typed_value(document, "samples", int),
            closed=typed_value(document, "closed", bool),
            seq_offset=typed_value(offset, "seq", int),
            t_offset_us=typed_value(offset, "t_us", int),
            session=typed_value(document, "session", str) if "session" in document else "",
            plan=PlanState.from_document(document["plan"]) if "plan" in document else None,
            # Older recordings lack the key.
            clock=tuple(
                ClockSpan.from_document(item)
                for item in (typed_value(document, "clock", list) if "clock" in document else ())
            ),
            document=document,
        )
        check_format(made.board.format)
        for name in ("name", "wearer", "placement", "created", "session"):
            if len(getattr(made, name)) > LONGEST_TEXT:
                raise ValueError(
                    tr("{name!r} is longer than {most} characters", name=name, most=LONGEST_TEXT)
                )
        if not 0 <= made.bridge_ms <= LONGEST_BRIDGE_MS:
            raise ValueError(
                tr(
                    "bridge_ms is {bridge_ms}, not from 0 to {longest_bridge_ms:g}",
                    bridge_ms=made.bridge_ms,
                    longest_bridge_ms=LONGEST_BRIDGE_MS,
                )
            )
        return made

    def save(self, folder: Path) -> None:
        """Replace a recording.json; the version before stays as recording.json.bak.

        Args:
            folder: The recording's folder.

        Raises:
            OSError: The file could not be written; the version before is unchanged.
        """
        # An indent would take 0.1 s for 10,000 segments.
        content = json_bytes(self.to_document(), separators=(",\n", ": ")) + b"\n"
        path = folder / DESCRIPTION_FILE
        write_whole(folder / DESCRIPTION_BACKUP, read_whole(path) if path.exists() else content)
        write_whole(path, content)

    def to_document(self) -> dict[str, Any]:
        """The document of a recording.json, to be written as JSON."""
        board = asdict(self.board)
        scale = board.pop("format")
        rate_hz = scale.pop("rate_hz")
        document = {key: value for key, value in self.document.items() if key not in _SELDOM}
        seldom = {key: getattr(self, key) for key in _SELDOM if getattr(self, key)}
        if self.clock:
            seldom["clock"] = [span.to_document() for span in self.clock]
        if self.plan:
            seldom["plan"] = self.plan.to_document()
        return {
            **document,
            "format": FORMAT,
            "name": self.name,
            "wearer": self.wearer,
            "placement": self.placement,
            "created": self.created,
            "rate_hz": rate_hz,
            "units": _UNITS,
            "scale": scale,
            "board": {**self.document.get("board", {}), **board},
            "segments": [vars(segment) for segment in self.segments],
            "open_segment": asdict(self.open_segment) if self.open_segment else None,
            "trim": asdict(self.trim) if self.trim else None,
            "video": asdict(self.video) if self.video else None,
            "gaps": [asdict(gap) for gap in self.gaps],
            "samples": self.samples,
            "offset": {"seq": self.seq_offset, "t_us": self.t_offset_us},
            "closed": self.closed,
            **seldom,
        }


def _remedy(folder: Path) -> str:
    if (folder / DESCRIPTION_BACKUP).exists():
        return tr(
            "Copy {backup} over {file} to go back to the version before; only the last "
            "change to its labels may be missing there.",
            backup=DESCRIPTION_BACKUP,
            file=DESCRIPTION_FILE,
        )
    return tr(
        "The samples are untouched. Copy the {file} of another recording of the same board "
        'into this folder, empty its "segments" and "gaps", set "closed" to false, and '
        "label it again.",
        file=DESCRIPTION_FILE,
    )
