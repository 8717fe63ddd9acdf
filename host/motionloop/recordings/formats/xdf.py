"""XDF, the files of the Lab Streaming Layer: a stream of motion and one of labels per recording.

Chunks as the specification has them (https://github.com/sccn/xdf/wiki/Specifications). pyxdf
reads them; there is no writer of its kind, so that the few that are needed stand here.
"""

from __future__ import annotations

import contextlib
import gzip
import logging
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import BufferedWriter
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree import ElementTree as xml

import numpy as np
from numpy.typing import NDArray

from motionloop.errors import DataFileError
from motionloop.language import tr
from motionloop.recordings.data_file import DataFile
from motionloop.recordings.formats import carried
from motionloop.recordings.formats.xdf_streams import (
    first,
    is_markers,
    marked_segments,
    takes_of,
    text_at,
    values_of,
)
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.recording import Recording
from motionloop.recordings.samples_csv import EXACT
from motionloop.recordings.segments import Segment
from motionloop.recordings.take import Take
from motionloop.safe_files import open_own

NAME = "XDF"
SUFFIX = ".xdf"
_LATEST_S = EXACT / 1e6  # beyond which no recording can hold a time
MAGIC = b"XDF:"
_PACKED = b"\x1f\x8b"  # gzip
END_OF_LABEL = ""  # a marker that ends a label, where no other begins
AXES = (
    *(("AccelerationX", "g"), ("AccelerationY", "g"), ("AccelerationZ", "g")),
    *(("AngularVelocityX", "rad/s"), ("AngularVelocityY", "rad/s"), ("AngularVelocityZ", "rad/s")),
)
_FILE_HEADER, _STREAM_HEADER, _SAMPLES, _CLOCK_OFFSET, _STREAM_FOOTER = 1, 2, 3, 4, 6
_MOTION, _MARKERS = 1, 2  # stream ids
_CHUNK_SAMPLES = 4096
_SAMPLE = np.dtype([("has_time", "u1"), ("time", "<f8"), ("values", "<f4", 6)])


def write(recording: Recording, path: Path) -> None:
    """Write a recording.

    Args:
        recording: The recording.
        path: The .xdf file.

    Raises:
        OSError: The disk failed.
    """
    description = recording.description
    times_s = recording.t_us / 1e6
    markers = list(_markers(recording.segments))
    offsets = _clock_offsets(recording)
    with BufferedWriter(open_own(path, new=True)) as file:
        file.write(MAGIC)
        _write_chunk(file, _FILE_HEADER, _xml(xml.Element("info"), version="1.0"))
        header = _header(
            f"{description.name} motion", "IMU", len(AXES), recording.rate_hz, "float32"
        )
        header.append(_description(recording))
        _write_chunk(file, _STREAM_HEADER, _xml(header), _MOTION)
        labels = _header(f"{description.name} labels", "Markers", 1, 0, "string")
        _write_chunk(file, _STREAM_HEADER, _xml(labels), _MARKERS)
        values = np.hstack((recording.accel_g, recording.gyro_rad_s))
        for start in range(0, len(times_s), _CHUNK_SAMPLES):
            part = slice(start, start + _CHUNK_SAMPLES)
            _write_chunk(file, _SAMPLES, _samples(times_s[part], values[part]), _MOTION)
        if markers:
            content = _count(len(markers)) + b"".join(_marker(us, text) for us, text in markers)
            _write_chunk(file, _SAMPLES, content, _MARKERS)
        for stream in (_MOTION, _MARKERS):  # both on one clock
            for time_s, offset_s in offsets:
                _write_chunk(file, _CLOCK_OFFSET, struct.pack("<dd", time_s, offset_s), stream)
        marker_s = np.array([us / 1e6 for us, _ in markers])
        for stream, stamps in ((_MOTION, times_s), (_MARKERS, marker_s)):
            _write_chunk(file, _STREAM_FOOTER, _footer(stamps), stream)


def _clock_offsets(recording: Recording) -> list[tuple[float, float]]:
    """Times, and what makes UTC of them in seconds since 1970; 0 where the file cannot say it.

    A reader draws one line through all of them, which a clock that began again does not have.
    """
    if not len(recording.t_us):
        return []
    ends_us = recording.t_us[[0, -1]]
    clock = recording.description.clock
    known = [span.from_us <= ends_us[0] for span in clock] == [True]
    utc_us = clock[0].utc_us_at(ends_us) if known else ends_us
    offsets_s = np.where(np.isfinite(utc_us), (utc_us - ends_us) / 1e6, 0.0)
    return list(zip((ends_us / 1e6).tolist(), offsets_s.tolist(), strict=True))


def _write_chunk(file: BinaryIO, tag: int, content: bytes, stream: int | None = None) -> None:
    body = struct.pack("<H", tag) + (b"" if stream is None else struct.pack("<I", stream)) + content
    file.write(_count(len(body)) + body)


def _count(number: int) -> bytes:
    """A number behind the byte that says how many bytes it has."""
    return struct.pack("<BI", 4, number)


def _xml(root: xml.Element, **texts: str) -> bytes:
    for name, text in texts.items():
        xml.SubElement(root, name).text = text
    written: bytes = xml.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0"?>' + written


def _header(name: str, kind: str, channels: int, rate_hz: float, values: str) -> xml.Element:
    info = xml.Element("info")
    for key, text in (
        ("name", name),
        ("type", kind),
        ("channel_count", str(channels)),
        ("nominal_srate", repr(rate_hz)),
        ("channel_format", values),
    ):
        xml.SubElement(info, key).text = text
    return info


def _description(recording: Recording) -> xml.Element:
    """The <desc> of the motion: its channels, the person, and all that comes back."""
    desc = xml.Element("desc")
    channels = xml.SubElement(desc, "channels")
    for axis, unit in AXES:
        channel = xml.SubElement(channels, "channel")
        for key, text in (("label", axis), ("unit", unit), ("type", axis[:-1])):
            xml.SubElement(channel, key).text = text
    # XML has no place for control characters; the carried text escapes them.
    wearer = "".join(character for character in recording.wearer if character.isprintable())
    xml.SubElement(xml.SubElement(desc, "subject"), "id").text = wearer
    own = xml.SubElement(desc, carried.KEY)
    xml.SubElement(own, "recording").text = carried.carried_text(recording.description)
    # Sequence numbers have no channel of their own: where they begin and jump is enough.
    starts = [0, *(np.flatnonzero(np.diff(recording.seq) != 1) + 1).tolist()]
    runs = [f"{start}:{recording.seq[start]}" for start in starts if start < len(recording.seq)]
    xml.SubElement(own, "seq").text = " ".join(runs)
    return desc


def _samples(times_s: NDArray[np.float64], values: NDArray[np.float64]) -> bytes:
    rows = np.zeros(len(times_s), _SAMPLE)
    rows["has_time"], rows["time"], rows["values"] = 8, times_s, values
    return _count(len(rows)) + rows.tobytes()


def _markers(segments: Iterable[Segment]) -> Iterator[tuple[int, str]]:
    """When each label begins, and when one ends without another."""
    after = [*segments]
    for segment, later in pairwise([*after, None]):
        assert segment is not None
        yield segment.start_us, segment.label
        if later is None or later.start_us != segment.end_us:
            yield segment.end_us, END_OF_LABEL


def _marker(t_us: int, text: str) -> bytes:
    content = text.encode()
    return struct.pack("<Bd", 8, t_us / 1e6) + _count(len(content)) + content


def _footer(times_s: NDArray[np.float64]) -> bytes:
    first, last = (times_s[0], times_s[-1]) if len(times_s) else (0.0, 0.0)
    return _xml(
        xml.Element("info"),
        first_timestamp=repr(float(first)),
        last_timestamp=repr(float(last)),
        sample_count=str(len(times_s)),
    )


def recognise(source: DataFile) -> bool:
    """Whether a file is an .xdf, or a packed one (.xdfz).

    Args:
        source: A file or a folder.

    Returns:
        By its first bytes.
    """
    head = source.head
    if head.startswith(_PACKED) and source.path.suffix == ".xdfz":  # else pyxdf does not unpack it
        with contextlib.suppress(zlib.error):
            head = zlib.decompressobj(wbits=31).decompress(head, len(MAGIC))
    return head.startswith(MAGIC)


def read(source: DataFile, options: ReadOptions) -> Sequence[Take | Recording]:
    """Read a file of LabRecorder's or of `write`.

    Args:
        source: The file.
        options: A rate there is taken in place of the file's times.

    Returns:
        One take per stream of motion; the markers of all streams label each of them.

    Raises:
        DataFileError: The file is damaged, or has no stream of motion.
    """
    is_ours = f"<{carried.KEY}>".encode() in source.head
    if is_ours:
        brought_back = _brought_back(source.path, _load(source.path))
        if brought_back is not None:
            return [brought_back]
    # Others' streams have clocks of their own, which the file relates to each other.
    streams = _load(source.path, synchronize_clocks=True)
    try:
        takes = takes_of(source.path, streams, options)
    except DataFileError as error:
        raise _cut_off(source.path) or error from None
    if not is_ours:
        return takes
    return [replace(take, notes=(carried.samples_changed(), *take.notes)) for take in takes]


def _load(path: Path, synchronize_clocks: bool = False) -> list[Any]:
    import pyxdf

    log = logging.getLogger("pyxdf.pyxdf")
    was = log.disabled
    log.disabled = True  # what is wrong is told in words, by the takes' notes or here
    try:
        streams, _ = pyxdf.load_xdf(
            path, synchronize_clocks=synchronize_clocks, dejitter_timestamps=False
        )
    except Exception as error:  # pyxdf raises any kind for damaged files
        raise _cut_off(path) or DataFileError(
            tr(
                "{path} cannot be read as .xdf ({error}): record or export it again.",
                path=path,
                error=error,
            )
        ) from error
    finally:
        log.disabled = was
    for stream in streams:
        if not (np.abs(np.asarray(stream["time_stamps"], np.float64)) < _LATEST_S).all():
            raise _cut_off(path) or DataFileError(
                tr(
                    "{path} has times that no clock shows: its bytes are damaged. Copy or record "
                    "it again.",
                    path=path,
                )
            )
    return list(streams)


def _cut_off(path: Path) -> DataFileError | None:
    """The fault of a file that ends too early for any motion; None for another file."""
    if not _is_cut_off(path):
        return None
    return DataFileError(
        tr(
            "{path} is cut off, with no motion that is whole in it: copy it again, or record "
            "again.",
            path=path,
        )
    )


def _is_cut_off(path: Path) -> bool:
    """Whether a file ends inside a chunk."""
    opened: Any = gzip.open if path.suffix == ".xdfz" else open
    try:
        with opened(path, "rb") as file:
            content = file.read()
    except (EOFError, OSError, zlib.error):
        return True
    place = len(MAGIC)
    while place < len(content):
        size = content[place]
        if size not in (1, 4, 8):
            return False  # other damage
        place += 1 + size + int.from_bytes(content[place + 1 : place + 1 + size], "little")
    return place > len(content)


def _brought_back(path: Path, streams: Sequence[Any]) -> Recording | None:
    """The recording that `write` wrote; None of a file of others, or that was changed."""
    for stream in streams:
        own = text_at(stream, "desc", carried.KEY)
        description = carried.read_carried(first(own, "recording")) if own else None
        if description is None:
            continue
        t_us = np.rint(np.asarray(stream["time_stamps"]) * 1e6).astype(np.int64)
        values = values_of(stream).reshape(-1, len(AXES))
        markers = [other for other in streams if is_markers(other)]
        labels = carried.sample_labels(marked_segments(markers, t_us), t_us)
        seq = _numbers(first(own, "seq"), len(t_us))
        if seq is not None:
            columns = carried.Columns(seq, t_us, values, labels)
            return carried.brought_back(path, description, columns)
    return None


def _numbers(runs: str, count: int) -> NDArray[np.int64] | None:
    """The sequence numbers [n] of "place:number ..."; None when they do not fit the samples."""
    try:
        pairs = [(int(place), int(seq)) for place, seq in (run.split(":") for run in runs.split())]
    except ValueError:
        return None
    places = [place for place, _ in pairs]
    if bool(count) != bool(pairs) or places != sorted({*places}) or any(p >= count for p in places):
        return None
    if places and places[0] != 0:
        return None
    seq = np.arange(count, dtype=np.int64)
    for start, number in pairs:
        seq[start:] = number + np.arange(count - start)
    return seq
