"""Streams of motion and markers that other programs recorded into an .xdf."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motionloop.errors import DataFileError
from motionloop.language import joined, tr
from motionloop.recordings import timing
from motionloop.recordings.channels import Channels, find_channels
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.segments import Segment
from motionloop.recordings.take import Axes, Take, without_rotation

_ENDINGS = ("end", "stop")
_PLAIN = (["x", "y", "z"], ["", "", ""])  # names of channels that leave the sensor to the stream


@dataclass(frozen=True)
class _Stream:
    """A stream with numbers.

    Attributes:
        name: Of the stream.
        names: Of its channels.
        channels: Its axes; None for another kind of signal.
        clock: Its times, tidied.
        nominal_hz: The rate that its header says.
        values: Samples [n, channels] in the order of the clock.
        subject: The person; empty if unknown.
        notes: What was found and changed.
    """

    name: str
    names: tuple[str, ...]
    channels: Channels | None
    clock: timing.Clock
    nominal_hz: float
    values: NDArray[np.float64]
    subject: str
    notes: tuple[str, ...]

    @property
    def rate_hz(self) -> float:
        return self.clock.rate_hz or self.nominal_hz


def takes_of(path: Path, found: Sequence[Any], options: ReadOptions) -> list[Take]:
    """Make takes of streams whose clocks were brought together.

    Args:
        path: The file.
        found: Streams of pyxdf.
        options: A rate there is taken in place of the times.

    Returns:
        One take per stream with acceleration; the markers of all streams label each of them. A
        stream with rotation alone joins the only one that lacks it.

    Raises:
        DataFileError: No stream has acceleration.
    """
    filled = [stream for stream in found if len(stream["time_stamps"])]
    origin_s = min((float(stream["time_stamps"][0]) for stream in filled), default=0.0)
    markers = [stream for stream in filled if is_markers(stream)]
    streams = [_read(s, origin_s, options) for s in filled if not is_markers(s)]
    moving = [s for s in streams if s.channels and s.channels.acceleration and s.rate_hz]
    turning = [s for s in streams if s.channels and not s.channels.acceleration and s.rate_hz]
    if not moving:
        said = joined(map(_name_and_channels, streams), "; ")
        raise DataFileError(
            tr(
                "{path} has no stream with three axes of acceleration: it has {streams}. Name "
                "the channels of motion like AccelerationX.",
                path=path,
                streams=said or tr("no stream"),
            )
        )
    notes: list[str] = [
        tr("stream {name!r} is no motion", name=s.name)
        for s in streams
        if s not in moving + turning
    ]
    alone = [s for s in moving if s.channels and s.channels.rotation is None]
    pair = (alone[0], turning[0]) if len(alone) == len(turning) == 1 else None
    if turning and pair is None:
        notes += [
            tr("stream {name!r} not read: it is not known to which it belongs", name=s.name)
            for s in turning
        ]
    if markers:
        notes.append(tr("each marker is taken for a label that lasts until the next marker"))
    takes = []
    for stream in moving:
        take = _take(path, stream)
        if pair is not None and stream is pair[0]:
            take = _joined(take, pair[1])
        segments = marked_segments(markers, take.t_us, origin_s)
        takes.append(replace(take, segments=segments, notes=(*take.notes, *notes)))
        notes = []
    return takes


def _name_and_channels(stream: _Stream) -> str:
    names = ", ".join(filter(None, stream.names)) or tr("no names")
    return tr("{name} ({values})", name=stream.name, values=names)


def is_markers(stream: Any) -> bool:
    """Whether a stream of pyxdf holds texts."""
    return bool(text_at(stream, "channel_format") == "string")


def marked_segments(
    markers: Iterable[Any], t_us: NDArray[np.int64], origin_s: float = 0.0
) -> tuple[Segment, ...]:
    """Segments from streams of markers: each label lasts until the next marker.

    Args:
        markers: Streams of pyxdf with texts.
        t_us: Times of the samples [n] in microseconds after `origin_s`.
        origin_s: Zero of the samples' clock.

    Returns:
        Segments that hold a sample at least. An empty text, or one that begins with "end" or
        "stop", ends a label.
    """
    events = sorted(
        (round((float(time_s) - origin_s) * 1e6), str(texts[0]).strip())
        for stream in markers
        for time_s, texts in zip(stream["time_stamps"], stream["time_series"], strict=True)
    )
    end_us = int(t_us[-1]) + 1 if len(t_us) else 0
    segments = []
    for (start_us, label), (until_us, _) in pairwise([*events, (end_us, "")]):
        first, end = np.searchsorted(t_us, (start_us, until_us))
        if first < end and label and not label.lower().startswith(_ENDINGS):
            segments.append(Segment(max(start_us, int(t_us[0])), min(until_us, end_us), label))
    return tuple(segments)


def text_at(stream: Any, *keys: str) -> Any:
    """What pyxdf's dictionary of a stream's header has at these keys, "" for nothing."""
    found = stream["info"]
    for key in keys:
        found = first(found, key)
    return found


def first(found: Any, key: str) -> Any:
    """The first element of that name in pyxdf's dictionary of XML, "" for none."""
    values = found.get(key) if isinstance(found, dict) else None
    return values[0] if values and values[0] is not None else ""


def values_of(stream: Any) -> NDArray[np.float64]:
    """The numbers of a stream, as many as there are, in its own shape."""
    with np.errstate(invalid="ignore"):  # a damaged file has NaN that signal
        return np.asarray(stream["time_series"], np.float64)


def _read(stream: Any, origin_s: float, options: ReadOptions) -> _Stream:
    stamps_us = np.rint((np.asarray(stream["time_stamps"]) - origin_s) * 1e6).astype(np.int64)
    if options.rate_hz:
        stamps_us = stamps_us[0] + timing.at_rate(len(stamps_us), options.rate_hz)
    values = values_of(stream).reshape(len(stamps_us), -1)
    names, unit_texts = _channels(stream)
    clock = timing.tidy(stamps_us, values, options.rate_hz)
    nominal_hz = float(text_at(stream, "nominal_srate") or 0)
    channels = find_channels(names, unit_texts)
    rate = tr(
        "{rate_hz:.5g} Hz by the times; the file says {nominal_hz:g}",
        rate_hz=clock.rate_hz,
        nominal_hz=nominal_hz,
    )
    notes = [rate, *clock.notes]
    if "footer" not in stream:
        notes.append(
            tr("the stream has no footer: the file was cut off, and its end may be missing")
        )
    if channels is not None:
        notes += channels.notes
        if channels.unused:
            notes.append(channels.not_read)
    return _Stream(
        name=str(text_at(stream, "name")),
        names=tuple(names),
        channels=channels,
        clock=clock,
        nominal_hz=nominal_hz,
        values=values[clock.order],
        subject=str(first(text_at(stream, "desc", "subject"), "id") or ""),
        notes=tuple(notes),
    )


def _channels(stream: Any) -> tuple[list[str], list[str]]:
    """Names and units of the channels, "" where the header does not say them."""
    found = text_at(stream, "desc", "channels")
    channels = found.get("channel") or [] if isinstance(found, dict) else []
    count = int(text_at(stream, "channel_count") or 0)
    if len(channels) != count:
        channels = [{}] * count
    names = [str(first(channel, "label") or first(channel, "type")) for channel in channels]
    unit_texts = [str(first(channel, "unit")) for channel in channels]
    if [name.strip().lower() for name in names] in _PLAIN:
        for said in (text_at(stream, "type"), text_at(stream, "name")):
            whole = [f"{said} {axis}" for axis in "xyz"]
            if find_channels(whole, unit_texts):
                return whole, unit_texts
    return names, unit_texts


def _take(path: Path, stream: _Stream) -> Take:
    assert stream.channels is not None
    acceleration, rotation = stream.channels.axes(stream.values)
    assert acceleration is not None
    return Take(
        name=f"{path.stem} {stream.name}".strip(),
        t_us=stream.clock.t_us,
        rate_hz=stream.rate_hz,
        acceleration=acceleration,
        rotation=rotation,
        wearer=stream.subject,
        files=(path,),
        notes=stream.notes,
    )


def _joined(take: Take, stream: _Stream) -> Take:
    """The take with the rotation of another stream, on the acceleration's clock."""
    assert stream.channels is not None
    _, rotation = stream.channels.axes(stream.values)
    assert rotation is not None
    made, near = timing.interpolated(stream.clock.t_us, rotation.values, take.t_us, stream.rate_hz)
    notes: list[str] = [
        tr(
            "rotation of stream {name!r}, interpolated onto the acceleration's times",
            name=stream.name,
        ),
        *(joined((stream.name, note), ": ") for note in stream.notes),
    ]
    if not near.all():
        notes.append(without_rotation(int((~near).sum())))
    acceleration = replace(take.acceleration, values=take.acceleration.values[near])
    return replace(
        take,
        t_us=take.t_us[near],
        acceleration=acceleration,
        rotation=Axes(made[near], rotation.unit, rotation.evidence),
        notes=(*take.notes, *notes),
    )
