"""Edge Impulse's data acquisition format, JSON and CBOR, and the archive that its uploader takes.

A file holds one labelled stretch of samples at a constant interval: `protected` (version and
algorithm), `signature`, `payload` (device, interval, sensors with units, values). An archive has
them in `training/` and `testing/`, the label in each name, and `info.labels` with the exact label
and texts of one's own. The units are those of Edge Impulse's firmware for the Nano 33 BLE Sense.

What such a file cannot hold: the time of each sample (an interval is all there is), samples
without a label, gaps (a file ends there), the trim, the film.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motionloop.errors import DataFileError, RecordingError
from motionloop.language import tr
from motionloop.recordings import timing, units
from motionloop.recordings.channels import find_channels
from motionloop.recordings.data_file import DataFile
from motionloop.recordings.file_names import file_stem, plain_name
from motionloop.recordings.formats import carried
from motionloop.recordings.formats.edge_impulse_files import (
    INFO_FILE,
    LABEL_FILES,
    NO_SIGNATURE,
    Acquisition,
    Entry,
    is_acquisition,
    label_of_name,
    read_acquisition,
    read_info,
    signature_of,
)
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.recording import Recording, find_gaps
from motionloop.recordings.recording_json import LEFT_OUT, Description, RecordedBoard
from motionloop.recordings.samples_csv import EXACT
from motionloop.recordings.segments import Segment
from motionloop.recordings.take import Take
from motionloop.safe_files import json_bytes, make_file
from motionloop.sample_format import SampleFormat
from motionloop.typed_values import OTHER_SHAPE

NAME = "Edge Impulse"
TRAINING, TESTING = "training", "testing"
SENSORS = (
    *({"name": name, "units": "m/s2"} for name in ("accX", "accY", "accZ")),
    *({"name": name, "units": "dps"} for name in ("gyrX", "gyrY", "gyrZ")),
)
_PERSON_KEYS = ("wearer", "subject", "person", "participant", "user")
_PER_UNIT = np.array([units.G_M_S2] * 3 + [180 / np.pi] * 3)  # m/s2 per g, deg per rad


@dataclass(frozen=True)
class Stretch:
    """Samples of one label that follow each other.

    Attributes:
        first: Place of the first sample in its recording.
        end: Place behind the last one.
        segment: The span that they are a part of.
    """

    first: int
    end: int
    segment: Segment


def stretches(recording: Recording) -> Iterator[Stretch]:
    """The labelled samples inside the trim, cut where samples are missing."""
    breaks = np.searchsorted(recording.seq, [gap.after_seq for gap in recording.gaps], "right")
    for segment in recording.used_segments:
        first, end = np.searchsorted(recording.t_us, (segment.start_us, segment.end_us)).tolist()
        inner = [int(place) for place in breaks if first < place < end]
        bounds = [first, *inner, end]
        for start, stop in itertools.pairwise(bounds):
            if start < stop:
                yield Stretch(start, stop, segment)


def write_archive(
    recordings: Iterable[Recording],
    folder: Path,
    hmac_key: str | None = None,
    testing_wearers: Sequence[str] = (),
) -> list[str]:
    """Write recordings as an archive for Edge Impulse's uploader.

    Args:
        recordings: The recordings.
        folder: A new folder.
        hmac_key: Signs the files; None: unsigned.
        testing_wearers: People whose recordings go into testing/.

    Returns:
        What was left out, in words.

    Raises:
        RecordingError: Nothing is labelled.
        OSError: The disk failed.
    """
    entries: list[dict[str, Any]] = []
    notes: list[str] = []
    names: set[str] = set()
    for recording in recordings:
        category = TESTING if recording.wearer in testing_wearers else TRAINING
        (folder / category).mkdir(parents=True, exist_ok=True)
        stem = file_stem(recording.name, names)
        written = 0
        for number, stretch in enumerate(stretches(recording)):
            # Without an info.labels the label is what stands before the first dot.
            label = stretch.segment.label
            before_dot = plain_name(label).replace(".", "_")
            path = f"{category}/{before_dot}.{stem}.{number}.json"
            make_file(folder / path, content_of(recording, stretch, hmac_key))
            entries.append(
                {
                    "path": path,
                    "category": category,
                    "label": {"type": "label", "label": label},
                    "metadata": _metadata(recording, stretch),
                }
            )
            written += stretch.end - stretch.first
        if written < len(recording.seq):
            notes.append(
                tr(
                    "{recording}: {count} of {total} samples have no label and were left out.",
                    recording=recording.name,
                    count=len(recording.seq) - written,
                    total=len(recording.seq),
                )
            )
    if not entries:
        raise RecordingError(
            tr(
                "Nothing in these recordings is labelled, and Edge Impulse's files are of one "
                "label each: label them first."
            ),
            folder,
        )
    info = {"version": 1, "files": entries}
    make_file(folder / INFO_FILE, json_bytes(info, indent=1))
    return notes


def content_of(recording: Recording, stretch: Stretch, hmac_key: str | None = None) -> bytes:
    """The text of one file.

    Args:
        recording: The recording.
        stretch: Its samples.
        hmac_key: Signs the file; None: unsigned.

    Returns:
        JSON.
    """
    part = slice(stretch.first, stretch.end)
    values = np.hstack((recording.accel_g[part], recording.gyro_rad_s[part])) * _PER_UNIT
    document = {
        "protected": {"ver": "v1", "alg": "none" if hmac_key is None else "HS256"},
        "signature": NO_SIGNATURE,
        "payload": {
            "device_name": recording.board.address or recording.board.name,
            "device_type": "ARDUINO_NANO33BLE",
            "interval_ms": recording.board.format.period_us / 1000,
            "sensors": SENSORS,
            # Nine digits are some hundred times finer than a step of int16.
            "values": [[float(f"{value:.9g}") for value in row] for row in values.tolist()],
        },
    }
    content = json.dumps(document).encode()
    if hmac_key is None:
        return content
    return content.replace(NO_SIGNATURE.encode(), signature_of(content, hmac_key).encode(), 1)


def _metadata(recording: Recording, stretch: Stretch) -> dict[str, str]:
    """The texts that bring a stretch back into its recording."""
    description, samples = recording.description, recording.board.format
    texts = {
        "wearer": description.wearer,
        "placement": description.placement,
        "recording": description.name,
        "created": description.created,
        "first_seq": str(recording.seq[stretch.first]),
        "first_us": str(recording.t_us[stretch.first]),
        "segment_us": f"{stretch.segment.start_us} {stretch.segment.end_us}",
        "rate_hz": repr(samples.rate_hz),
        "accel_ng_per_lsb": str(samples.accel_ng_per_lsb),
        "gyro_nrads_per_lsb": str(samples.gyro_nrads_per_lsb),
        "board": json.dumps({k: v for k, v in asdict(description.board).items() if k != "format"}),
    }
    for gap in recording.gaps:
        if gap.end_us == recording.t_us[stretch.first]:
            texts["gap_before"] = f"{gap.after_seq} {gap.reason}"
    return texts


# --- The format -----------------------------------------------------------------------------
def recognise(source: DataFile) -> bool:
    """Whether a file is an acquisition, or a folder an archive with an info.labels.

    Args:
        source: A file or a folder.

    Returns:
        By the content.
    """
    if source.is_folder:
        return any((source.path / name).is_file() for name in LABEL_FILES)
    return is_acquisition(source.head)


def read(source: DataFile, options: ReadOptions) -> Sequence[Take | Recording]:
    """Read a file, or the archive that an export of Edge Impulse is.

    Args:
        source: The file or folder.
        options: A rate there is taken in place of the interval, a key checks the signatures.

    Returns:
        One take per file; of an archive that `write_archive` made, the recordings.

    Raises:
        DataFileError: A file is damaged, has no acceleration, or was not signed with the key.
    """
    if not source.is_folder:
        return [_take(source, options, None)]
    entries: dict[str, Entry] = {}
    for name in LABEL_FILES:
        if (source.path / name).is_file():
            entries |= read_info(source.path / name, DataFile(source.path / name).content())
    takes: list[Take] = []
    pieces: list[Piece] = []
    others = 0
    for name in sorted(source.names - {*LABEL_FILES}):
        file = DataFile(source.path / name)
        if not is_acquisition(file.head):
            others += 1
            continue
        entry = entries.pop(name, None) or entries.pop(file.path.name, None)
        acquisition = read_acquisition(file.path, file.content(), options.signing_key)
        piece = None
        if entry is not None and len(entry.spans) == 1 and not options.rate_hz:
            piece = piece_of(acquisition, entry.spans[0][2], entry.metadata)
        if piece is not None:
            pieces.append(piece)
        else:
            takes.append(_take_of(file, acquisition, options, entry))
    recordings = joined(pieces)
    if not takes and not recordings:
        raise DataFileError(
            tr(
                "{path} has {label_files} alone: put the files that it names beside it.",
                path=source.path,
                label_files=tr("{some} and {last}", some=LABEL_FILES[0], last=LABEL_FILES[1]),
            )
        )
    notes: list[str] = []
    if entries:
        notes.append(tr("{count} files of info.labels are missing", count=len(entries)))
    if others:
        notes.append(tr("{count} other files not read", count=others))
    if takes:
        takes[0] = replace(takes[0], notes=(*takes[0].notes, *notes))
    else:
        recordings[0].problems += tuple(notes)
    return [*recordings, *takes]


def _take(source: DataFile, options: ReadOptions, entry: Entry | None) -> Take:
    acquisition = read_acquisition(source.path, source.content(), options.signing_key)
    return _take_of(source, acquisition, options, entry)


def _take_of(
    source: DataFile, acquisition: Acquisition, options: ReadOptions, entry: Entry | None
) -> Take:
    path = source.path
    channels = find_channels(acquisition.names, acquisition.units)
    acceleration, rotation = channels.axes(acquisition.values) if channels else (None, None)
    if channels is None or acceleration is None:
        raise DataFileError(
            tr(
                "{path} has no three axes of acceleration among its sensors ({names}): there "
                "is nothing to learn a motion from.",
                path=path,
                names=", ".join(acquisition.names),
            )
        )
    rate_hz = options.rate_hz or 1000 / acquisition.interval_ms
    t_us = timing.at_rate(len(acquisition.values), rate_hz)
    said = tr("{rate_hz:.5g} Hz", rate_hz=rate_hz)
    if not options.rate_hz:
        said = tr("{rate_hz:.5g} Hz by interval_ms", rate_hz=rate_hz)
    notes: list[str] = [said]
    spans: tuple[tuple[int, int | None, str], ...]
    if entry is None:
        spans = ((0, None, label_of_name(path)),)
        notes.append(tr("its label is that of its name"))
    else:
        spans = entry.spans
        if any(
            not 0 <= first <= (first if last is None else last) < len(t_us)
            for first, last, _ in spans
        ):
            error = tr("labels are said of samples that it does not have")
            raise DataFileError(tr("{source} cannot be used: {error}.", source=path, error=error))
    notes += channels.notes
    if channels.unused:
        notes.append(channels.not_read)
    if acquisition.signed and not options.signing_key:
        notes.append(tr("signed; the signature was not checked, for want of the key"))
    about = {key.lower(): value for key, value in (entry.metadata if entry else {}).items()}
    return Take(
        name=path.stem,
        t_us=t_us,
        rate_hz=rate_hz,
        acceleration=acceleration,
        rotation=rotation,
        segments=tuple(
            Segment(int(t_us[first]), int(t_us[-1 if last is None else last]) + 1, label)
            for first, last, label in spans
        ),
        wearer=next((about[key] for key in _PERSON_KEYS if about.get(key)), ""),
        placement=about.get("placement", ""),
        created=acquisition.created,
        files=(path,),
        notes=tuple(notes),
    )


# --- Back into recordings -----------------------------------------------------------------------
@dataclass(frozen=True)
class Piece:
    """One of our files, with what brings it back.

    Attributes:
        raw: Samples [n, 6].
        seq: Number of the first sample.
        t_us: Time of the first sample.
        segment: The span that the samples are a part of.
        gap_before: Number of the last sample before a gap that ends here, and its reason.
        description: Of its recording, without labels.
    """

    raw: NDArray[np.int16]
    seq: int
    t_us: int
    segment: Segment
    gap_before: tuple[int, str] | None
    description: Description


def piece_of(acquisition: Acquisition, label: str, metadata: Mapping[str, str]) -> Piece | None:
    """A file of ours with its exact samples.

    Args:
        acquisition: The file.
        label: Its label.
        metadata: What info.labels says of it.

    Returns:
        The piece; None for a file that is not ours, or was changed.
    """
    sensors = tuple(
        {"name": n, "units": u} for n, u in zip(acquisition.names, acquisition.units, strict=True)
    )
    if sensors != SENSORS:
        return None
    try:
        samples = SampleFormat(
            float(metadata["rate_hz"]),
            int(metadata["accel_ng_per_lsb"]),
            int(metadata["gyro_nrads_per_lsb"]),
        )
        board = RecordedBoard.from_document(json.loads(metadata["board"]), samples)
        description = Description(
            board=board,
            name=metadata["recording"],
            wearer=metadata["wearer"],
            placement=metadata["placement"],
            created=metadata["created"],
            closed=True,
        )
        seq, t_us = int(metadata["first_seq"]), int(metadata["first_us"])
        start_us, end_us = map(int, metadata["segment_us"].split())
        after_seq, _, reason = metadata.get("gap_before", "").partition(" ")
        gap = (int(after_seq), reason) if after_seq else None
        Description.from_document(description.to_document())
        raw = carried.raw_of(acquisition.values / _PER_UNIT, samples)
    except OTHER_SHAPE:
        return None
    if raw is None or not 0 <= min(seq, t_us) <= max(seq, t_us) < EXACT:
        return None
    return Piece(raw, seq, t_us, Segment(start_us, end_us, label), gap, description)


def joined(pieces: Iterable[Piece]) -> list[Recording]:
    """The recordings that pieces were cut from, less the samples that had no label.

    Args:
        pieces: In any order.

    Returns:
        A recording per name, board and time of making, its samples at their numbers. Times follow
        from the first one of each piece and the rate.

    Raises:
        DataFileError: Pieces overlap.
    """
    groups: dict[Description, list[Piece]] = {}
    for piece in pieces:
        groups.setdefault(piece.description, []).append(piece)
    return [_joined(description, group) for description, group in groups.items()]


def _joined(description: Description, pieces: list[Piece]) -> Recording:
    pieces.sort(key=lambda piece: piece.seq)
    samples = description.board.format
    seq = np.concatenate([piece.seq + np.arange(len(piece.raw)) for piece in pieces])
    t_us = np.concatenate(
        [
            piece.t_us + np.rint(np.arange(len(piece.raw)) * samples.period_us).astype(np.int64)
            for piece in pieces
        ]
    )
    if (np.diff(seq) <= 0).any() or (np.diff(t_us) <= 0).any():
        raise DataFileError(
            tr(
                "The files of the recording {name!r} overlap: some are there twice, or come "
                "from two exports. Import each export on its own.",
                name=description.name,
            )
        )
    reasons = dict(piece.gap_before for piece in pieces if piece.gap_before)
    gaps = tuple(
        replace(gap, reason=reasons.get(gap.after_seq, LEFT_OUT))
        for gap in find_gaps(seq, t_us, samples.rate_hz)
    )
    segments = tuple(
        replace(
            segment,
            start_us=max(segment.start_us, int(t_us[0])),
            end_us=min(segment.end_us, int(t_us[-1]) + 1),
        )
        for segment in sorted({piece.segment for piece in pieces})
    )
    described = replace(description, segments=segments, gaps=gaps, samples=len(seq))
    return Recording(described, seq, t_us, np.concatenate([piece.raw for piece in pieces]))
