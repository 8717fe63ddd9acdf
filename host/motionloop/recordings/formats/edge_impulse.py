"""Edge Impulse's data acquisition format, JSON and CBOR, and the archive that its uploader takes.

A file holds one labelled stretch of samples at a constant interval: `protected` (version and
algorithm), `signature`, `payload` (device, interval, sensors with units, values). An archive has
them in `training/` and `testing/`, the label in each name, and `info.labels` with the exact label
and texts of one's own. The units are those of Edge Impulse's firmware for the Nano 33 BLE Sense.

What such a file cannot hold: the time of each sample (an interval is all there is), samples
without a label, gaps (a file ends there), the trim, the film.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motionloop.errors import DataFileError
from motionloop.recordings.choice import LEFT_OUT
from motionloop.recordings.file_names import file_stem
from motionloop.recordings.formats import carried
from motionloop.recordings.recording import Recording, find_gaps
from motionloop.recordings.recording_json import Description, RecordedBoard
from motionloop.recordings.segments import Segment
from motionloop.sample_format import SampleFormat
from motionloop.typed_values import typed_value

INFO_FILE = "info.labels"
TRAINING, TESTING = "training", "testing"
GRAVITY_M_S2 = 9.80665
NO_SIGNATURE = "0" * 64  # stands in the file while its signature is computed
SENSORS = (
    *({"name": name, "units": "m/s2"} for name in ("accX", "accY", "accZ")),
    *({"name": name, "units": "dps"} for name in ("gyrX", "gyrY", "gyrZ")),
)
_PER_UNIT = np.array([GRAVITY_M_S2] * 3 + [180 / np.pi] * 3)  # m/s2 per g, deg per rad


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
        OSError: The disk failed.
    """
    entries: list[dict[str, Any]] = []
    notes = []
    names: set[str] = set()
    for recording in recordings:
        category = TESTING if recording.wearer in testing_wearers else TRAINING
        (folder / category).mkdir(parents=True, exist_ok=True)
        stem = file_stem(recording.name, names)
        written = 0
        for number, stretch in enumerate(stretches(recording)):
            # Without an info.labels the label is what stands before the first dot.
            label = stretch.segment.label
            plain = re.sub(r"[^\w -]", "_", label)
            path = f"{category}/{plain}.{stem}.{number}.json"
            (folder / path).write_bytes(content_of(recording, stretch, hmac_key))
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
                f"{recording.name}: {len(recording.seq) - written} of {len(recording.seq)} samples "
                "have no label and were left out."
            )
    info = {"version": 1, "files": entries}
    (folder / INFO_FILE).write_text(json.dumps(info, indent=1, ensure_ascii=False))
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


def signature_of(content: bytes, hmac_key: str) -> str:
    """HMAC-SHA256 of a file whose signature is `NO_SIGNATURE`, hexadecimal."""
    return hmac.new(hmac_key.encode(), content, hashlib.sha256).hexdigest()


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


# --- Reading -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Acquisition:
    """The content of one file.

    Attributes:
        device: Name or address of the device.
        interval_ms: From one sample to the next.
        names: Of the sensors' channels.
        units: Of the channels, as the file writes them.
        values: Samples [n, channels].
        signed: Whether the file says that it is signed.
    """

    device: str
    interval_ms: float
    names: tuple[str, ...]
    units: tuple[str, ...]
    values: NDArray[np.float64]
    signed: bool


def read_acquisition(path: Path, content: bytes, hmac_key: str = "") -> Acquisition:
    """Read one file, JSON or CBOR.

    Args:
        path: The file, for messages.
        content: Its bytes.
        hmac_key: With it the signature is checked.

    Returns:
        The content.

    Raises:
        DataFileError: The file is damaged, says something impossible, or was not signed with the
            key.
    """  # noqa: DOC501, the ValueErrors end here
    try:
        document = _parsed(content)
        payload = typed_value(document, "payload", dict)
        if not isinstance(payload.get("interval_ms"), int | float):
            raise ValueError("it has no interval_ms")
        interval_ms = float(payload["interval_ms"])
        if not 0 < interval_ms < float("inf"):
            raise ValueError(f"its interval_ms is {interval_ms:g}")
        sensors = typed_value(payload, "sensors", list)
        names = tuple(typed_value(sensor, "name", str) for sensor in sensors)
        units = tuple(str(sensor.get("units", "")) for sensor in sensors)
        rows = typed_value(payload, "values", list)
        # One channel may stand as plain numbers.
        values = np.array(rows, np.float64).reshape(len(rows), -1)
        if values.shape[1:] != (len(names),) or not len(rows):
            raise ValueError(f"its values are {values.shape}, for {len(names)} sensors")
        if not np.isfinite(values).all():
            raise ValueError("it has a value that is no number")
        protected = typed_value(document, "protected", dict)
        signed = protected.get("alg") not in (None, "none")
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise DataFileError(
            f"{path} cannot be used as a file of Edge Impulse: {error}. Export it again."
        ) from error
    if hmac_key:
        _check_signature(path, content, document, hmac_key)
    device = str(payload.get("device_name") or payload.get("device_type") or "")
    return Acquisition(device, interval_ms, names, units, values, signed)


def is_acquisition(head: bytes) -> bool:
    """Whether a file begins as one of Edge Impulse does, JSON or CBOR."""
    start = head[:4096].lstrip()
    if start.startswith(b"{"):
        return b'"protected"' in head and (b'"payload"' in head or b'"signature"' in head)
    # A CBOR map whose first key is a text.
    return bool(head) and head[0] >> 5 == 5 and b"iprotected" in head[:4096]


def _parsed(content: bytes) -> Any:
    if content.lstrip().startswith(b"{"):
        return json.loads(content)
    import cbor2

    try:
        return cbor2.loads(content)
    except cbor2.CBORDecodeError as error:
        raise ValueError(f"it is damaged ({error})") from error


def _check_signature(path: Path, content: bytes, document: Any, hmac_key: str) -> None:
    signature = document.get("signature")
    alg = document["protected"].get("alg")
    if alg != "HS256" or not isinstance(signature, str) or len(signature) != len(NO_SIGNATURE):
        raise DataFileError(
            f"{path} is not signed (its algorithm is {alg!r}): leave the key away to import it."
        )
    unsigned = content.replace(signature.encode(), NO_SIGNATURE.encode(), 1)
    if not hmac.compare_digest(signature_of(unsigned, hmac_key), signature):
        raise DataFileError(
            f"{path} was not signed with this key, or was changed since: get the file again, use "
            "the key of the device that signed it, or leave the key away."
        )


@dataclass(frozen=True)
class Entry:
    """What info.labels says of a file.

    Attributes:
        category: training, testing, ...
        spans: First and last place of a sample, and the label; None for the whole file.
        metadata: Texts of one's own.
    """

    category: str
    spans: tuple[tuple[int, int | None, str], ...]
    metadata: Mapping[str, str]


def read_info(path: Path, content: bytes) -> dict[str, Entry]:
    """Read an info.labels, or the structured_labels.labels that an upload takes.

    Args:
        path: The file, for messages.
        content: Its bytes.

    Returns:
        By the path of each file, relative to the folder.

    Raises:
        DataFileError: The file is damaged.
    """
    try:
        document = json.loads(content)
        if "structuredLabels" in document:
            named = typed_value(document, "structuredLabels", dict)
            return {name: Entry("", _spans(found), {}) for name, found in named.items()}
        return {
            typed_value(item, "path", str): Entry(
                str(item.get("category", "")),
                _label_spans(item.get("label")),
                {str(k): str(v) for k, v in (item.get("metadata") or {}).items()},
            )
            for item in typed_value(document, "files", list)
        }
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise DataFileError(
            f"{path} cannot be used as an info.labels of Edge Impulse: {error}. Export it again, "
            "or remove it: labels then come from the names of the files."
        ) from error


def _label_spans(label: Any) -> tuple[tuple[int, int | None, str], ...]:
    if isinstance(label, str):
        return ((0, None, label),)
    kind = typed_value(label, "type", str)
    if kind == "unlabeled":
        return ()
    if kind == "multi-label":
        return _spans(typed_value(label, "labels", list))
    return ((0, None, typed_value(label, "label", str)),)


def _spans(items: Any) -> tuple[tuple[int, int | None, str], ...]:
    return tuple(
        (
            typed_value(item, "startIndex", int),
            typed_value(item, "endIndex", int),  # inclusive
            typed_value(item, "label", str),
        )
        for item in items
    )


def label_of_name(path: Path) -> str:
    """The label in a file's name: what stands before its first dot."""
    return path.name.split(".")[0].strip()


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
        board = RecordedBoard(format=samples, **json.loads(metadata["board"]))
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
        raw = carried.raw_of(acquisition.values / _PER_UNIT, samples)
    except (KeyError, TypeError, ValueError):
        return None
    if raw is None or min(samples.nano_per_lsb) < 1 or min(seq, t_us) < 0:
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
            f"The files of the recording {description.name!r} overlap: some are there twice, or "
            "come from two exports. Import each export on its own."
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
