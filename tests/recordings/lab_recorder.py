"""Files of the Lab Streaming Layer as LabRecorder writes them, by the specification alone.

https://github.com/sccn/xdf/wiki/Specifications. Nothing of the product is used here.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FILE_HEADER, STREAM_HEADER, SAMPLES, CLOCK_OFFSET, STREAM_FOOTER = 1, 2, 3, 4, 6


@dataclass(frozen=True)
class Stream:
    """A stream; `values` are numbers [n, channels], or texts [n] of markers."""

    name: str
    kind: str
    rate_hz: float
    times_s: np.ndarray
    values: np.ndarray | Sequence[str]
    channels: tuple[tuple[str, str], ...] = ()  # label and unit
    offset_s: float = 0.0  # from its clock to that of the recorder
    subject: str = ""


def record(path: Path, *streams: Stream, footer: bool = True) -> Path:
    """Write a file."""
    with path.open("wb") as file:
        file.write(b"XDF:" + _chunk(FILE_HEADER, _info(version="1.0")))
        for number, stream in enumerate(streams, 1):
            file.write(_chunk(STREAM_HEADER, _header(stream), number))
        for number, stream in enumerate(streams, 1):
            file.write(_chunk(SAMPLES, _samples(stream), number))
            for time_s in np.arange(stream.times_s[0], stream.times_s[-1] + 5, 1.0):
                offset = struct.pack("<dd", time_s, stream.offset_s)
                file.write(_chunk(CLOCK_OFFSET, offset, number))
        for number, stream in enumerate(streams, 1):
            if footer:
                first, last = map(str, (stream.times_s[0], stream.times_s[-1]))
                count = str(len(stream.times_s))
                content = _info(first_timestamp=first, last_timestamp=last, sample_count=count)
                file.write(_chunk(STREAM_FOOTER, content, number))
    return path


def _chunk(tag: int, content: bytes, stream: int | None = None) -> bytes:
    body = struct.pack("<H", tag) + content
    if stream is not None:
        body = struct.pack("<HI", tag, stream) + content
    return struct.pack("<BI", 4, len(body)) + body


def _info(**texts: str) -> bytes:
    inside = "".join(f"<{name}>{text}</{name}>" for name, text in texts.items())
    return f'<?xml version="1.0"?><info>{inside}</info>'.encode()


def _header(stream: Stream) -> bytes:
    channels = "".join(
        f"<channel><label>{label}</label><unit>{unit}</unit></channel>"
        for label, unit in stream.channels
    )
    subject = f"<subject><id>{stream.subject}</id></subject>" if stream.subject else ""
    is_text = not isinstance(stream.values, np.ndarray)
    return _info(
        name=stream.name,
        type=stream.kind,
        channel_count="1" if is_text else str(stream.values.shape[1]),
        nominal_srate=f"{stream.rate_hz:g}",
        channel_format="string" if is_text else "double64",
        desc=f"<channels>{channels}</channels>{subject}" if channels or subject else "",
    )


def _samples(stream: Stream) -> bytes:
    made = [struct.pack("<BI", 4, len(stream.times_s))]
    for time_s, value in zip(stream.times_s, stream.values, strict=True):
        made.append(struct.pack("<Bd", 8, time_s))
        if isinstance(value, str):
            text = value.encode()
            made.append(struct.pack("<BI", 4, len(text)) + text)
        else:
            made.append(np.asarray(value, "<f8").tobytes())
    return b"".join(made)
