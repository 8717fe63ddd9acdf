"""From a table to takes: sensors, clock, labels, sessions, and what is left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from motionloop.errors import DataFileError
from motionloop.language import joined, tr
from motionloop.recordings import timing
from motionloop.recordings.data_file import DataFile
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.tables.naming import (
    ACCELERATION_WORDS,
    ROTATION_WORDS,
    named_by,
    partner_of,
)
from motionloop.recordings.tables.series import (
    NoRowsError,
    SensorTable,
    Series,
    on_one_clock,
    open_table,
    sensors,
)
from motionloop.recordings.take import (
    Axes,
    Take,
    rate_measured,
    rate_said,
    segments_of_rows,
    without_rotation,
)

_PAUSE_US = 60_000_000  # a longer hole begins another recording
_TUTORIAL_HZ = 119.0
_TUTORIAL_LINES = 119
_TUTORIAL_NAMES = ("aX", "aY", "aZ", "gX", "gY", "gZ")
_NO_LABEL = frozenset(("unlabelled", "unlabeled", "none", "null", "nolabel", "no label", "-"))
_RATE_IN_WORDS = re.compile(
    r"(?:sampl\w*[ _]?(?:rate|freq\w*)|data[ _]?rate|frequency|abtastrate|\bfs|\bodr|rate)"
    r"[^0-9\n]{0,12}?(\d+(?:[.,]\d+)?)\s*(k?)hz",
    re.IGNORECASE,
)
_LEAST_HZ, _MOST_HZ = 1.0, 20_000.0
_SHOWS_RATE = 100  # samples
_SAME_RATE = 0.1  # recordings of several devices or settings differ by more


def read_file(source: DataFile, options: ReadOptions) -> list[Take]:
    """Read a file, together with the other sensor's file beside it.

    Args:
        source: The file.
        options: Corrections to what it says.

    Returns:
        The takes; none of a gyroscope's file whose acceleration's file is beside it.

    Raises:
        DataFileError: Columns, rate or unit of time cannot be known.
    """  # noqa: DOC501, `_no_acceleration` makes it
    opened = open_table(source.path, source.content(), options)
    layout, path = opened.layout, source.path
    if not layout.acceleration:
        partner = partner_of(path, ROTATION_WORDS, ACCELERATION_WORDS)
        if layout.rotation and partner:
            return []  # read with that file
        raise _no_acceleration(opened)
    rotation = None
    if not layout.rotation and not layout.sensor:
        partner = partner_of(path, ACCELERATION_WORDS, ROTATION_WORDS)
        try:
            if partner:
                rotation = open_table(partner, DataFile(partner).content(), options)
        except NoRowsError as error:
            opened = replace(opened, notes=(*opened.notes, _no_rotation(error)))
    return takes_of(opened, rotation, source.root, options)


def _no_rotation(error: NoRowsError) -> str:
    return tr("no rotation: {error}", error=error)


def _no_acceleration(opened: SensorTable) -> DataFileError:
    """What is wrong with a table without acceleration."""
    names = ", ".join(name for name in opened.table.names if name) or tr("none")
    why = tr("(its columns: {names})", names=names)
    if {"x", "y", "z"} <= {name.lower() for name in opened.table.names}:
        unknown = tr(
            "neither the file's name nor gravity in their numbers shows of which sensor x, y and "
            "z are"
        )
        why = joined((why, unknown), "; ")
    return DataFileError(
        tr(
            "{path} has no three columns of acceleration {why}: say what each is with "
            "--columns (ax,ay,az,gx,gy,gz,t,label, and - for those to leave out).",
            path=opened.path,
            why=why,
        )
    )


def takes_of(
    opened: SensorTable,
    other: SensorTable | None,
    root: Path | None,
    options: ReadOptions,
    name: str = "",
    labels: NDArray[np.object_] | None = None,
) -> list[Take]:
    """Make takes of a table with acceleration.

    Args:
        opened: The table with the acceleration.
        other: The table with the rotation, where it is another one.
        root: The folder that the user named; None where the user named the file.
        options: Corrections to what the file says.
        name: Of the takes; by default the file's.
        labels: One for each row of the table [n]; by default those of the table or its name.

    Returns:
        A take per continuous stretch of one person and session.

    Raises:
        DataFileError: The rate cannot be known, or the two tables do not fit.
    """
    accel, gyro, notes = sensors(opened)
    files: tuple[Path, ...] = (opened.path,)
    if other is not None:
        if not other.layout.rotation:
            raise DataFileError(
                tr(
                    "{path} beside {beside} has no three columns of rotation: rename it, or "
                    "say with --columns what each column is.",
                    path=other.path,
                    beside=opened.path,
                )
            )
        files = (opened.path, other.path)
        gyro = on_one_clock(opened, other)
        notes += [joined((other.path.name, note), ": ") for note in other.notes]
    pieces = _pieces(opened, accel)
    if accel.t_us is not None:
        pieces = [part for piece in pieces for part in _continuous(piece, accel.t_us)]
    named = named_by(opened.path, root)
    said: tuple[str, ...] = ()
    if labels is None:
        labels, said = _labels(opened, named.label, named.evidence)
    people = [_who(opened, accel.rows[piece]) for piece in pieces]
    rates_hz, known = _rates(opened, accel, pieces, options)
    folders = opened.path.relative_to(root).parts[:-1] if root else ()
    stem = name or " ".join((*folders, opened.path.stem.split(".")[0]))
    titles = [" ".join(filter(None, (stem, *who))) for who in people]
    counted: Counter[str] = Counter()
    takes: list[Take] = []
    for piece, rate_hz, (wearer, _), title in zip(pieces, rates_hz, people, titles, strict=True):
        counted[title] += 1
        take = _take(opened, accel, gyro, piece, rate_hz, labels)
        if take is None:
            place = _place(opened, accel, piece)
            notes.append(
                tr("%n row(s) at {place}: too few to be used", "", len(piece), place=place)
            )
            continue
        takes.append(
            replace(
                take,
                name=f"{title} {counted[title]}" if titles.count(title) > 1 else title,
                wearer=wearer or named.wearer,
                created=opened.times.moment_at(int(take.t_us[0])) if opened.times else "",
                zero_utc_us=opened.times.zero_utc_us if opened.times else None,
                files=files,
            )
        )
    if not takes:
        raise DataFileError(
            tr(
                "{path} has no stretch of samples that is long enough: {notes}",
                path=opened.path,
                notes=joined(notes, "; "),
            )
        )
    # What concerns the whole file is said once.
    takes[0] = replace(takes[0], notes=(*notes, known, *said, *takes[0].notes))
    return takes


def _rates(
    opened: SensorTable,
    accel: Series,
    pieces: Sequence[NDArray[np.int64]],
    options: ReadOptions,
) -> tuple[list[float], str]:
    """The rate of each piece in Hz, and how it is known."""
    if options.rate_hz or accel.t_us is None:
        rate_hz, known = _rate_of_no_times(opened, options)
        return [rate_hz] * len(pieces), known
    t_us = accel.t_us
    ordered = [piece[timing.in_order(t_us[piece], accel.values[piece])] for piece in pieces]
    times = [t_us[piece] for piece in ordered]
    rate_hz = timing.measured_rate(times)
    if not rate_hz:
        cause = tr("it has 1 sample")
        if len(t_us) != 1:
            cause = tr("it has {count} samples of one time", count=len(t_us))
        raise DataFileError(
            tr(
                "{path}: its times show no rate: {cause}. Record longer, or give the rate with "
                "--rate-hz.",
                path=opened.path,
                cause=cause,
            )
        )
    if not _LEAST_HZ <= rate_hz <= _MOST_HZ:
        raise DataFileError(
            tr(
                "{path}: its times give {rate_hz:.3g} Hz, which is no rate of a motion sensor. "
                "Say the unit of time with --time-unit (s, ms, us, ns, min or h), or the rate "
                "with --rate-hz.",
                path=opened.path,
                rate_hz=rate_hz,
            )
        )
    said = rate_measured(rate_hz), timing.other_rate(times, rate_hz)
    own = [(timing.measured_rate([t]) if len(t) > _SHOWS_RATE else 0) or rate_hz for t in times]
    if all(abs(one / rate_hz - 1) < _SAME_RATE for one in own):
        return [rate_hz] * len(pieces), joined(filter(None, said), ", ")
    return own, tr(
        "{least_hz:.5g} to {most_hz:.5g} Hz by the times, each recording's own",
        least_hz=min(own),
        most_hz=max(own),
    )


def _rate_of_no_times(opened: SensorTable, options: ReadOptions) -> tuple[float, str]:
    """The rate in Hz that is given, or that a table without times shows, and how it is known."""
    if options.rate_hz:
        return options.rate_hz, rate_said(options.rate_hz, tr("as given"))
    for words in opened.table.dialect.preamble:
        said = _RATE_IN_WORDS.search(words)
        if said:
            rate_hz = float(said[1].replace(",", ".")) * (1000 if said[2] else 1)
            return rate_hz, tr("{rate_hz:g} Hz by the words above the table", rate_hz=rate_hz)
    if opened.table.names == _TUTORIAL_NAMES:
        torn = np.array(opened.table.torn, np.int64)
        line, group = opened.table.line, opened.table.group
        sizes = [
            int((group == g).sum())
            + int(((torn >= line[group == g][0]) & (torn <= line[group == g][-1])).sum())
            for g in np.unique(group)
        ]
        if Counter(sizes).most_common(1)[0][0] == _TUTORIAL_LINES:
            return _TUTORIAL_HZ, tr(
                "{rate_hz:g} Hz: gestures of {lines} lines, one second each in Arduino's tutorial",
                rate_hz=_TUTORIAL_HZ,
                lines=_TUTORIAL_LINES,
            )
    raise DataFileError(
        tr(
            "{path} has no times: say how many samples a second has with --rate-hz.",
            path=opened.path,
        )
    )


# --- rows to takes --------------------------------------------------------------------------------
def _pieces(opened: SensorTable, accel: Series) -> list[NDArray[np.int64]]:
    """Places in the series that belong together: one group of lines, one person, one session."""
    table, rows = opened.table, accel.rows
    change = np.diff(table.group[rows]) != 0
    columns = [*opened.layout.sessions]
    if opened.layout.wearer:
        columns.append(opened.layout.wearer)
    for column in columns:
        texts = table.texts(column.index).fill_null("").to_numpy()[rows].astype(str)
        steps = texts[1:] != texts[:-1]
        if steps.mean() < 0.2 if len(steps) else False:  # else it is a number of the row
            change |= steps
    bounds = [0, *(np.flatnonzero(change) + 1).tolist(), len(rows)]
    return [np.arange(start, end) for start, end in pairwise(bounds) if end > start]


def _continuous(piece: NDArray[np.int64], t_us: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Parts of a piece in which the clock goes on without a long pause."""
    parts = []
    for span in timing.spans_of_clock(t_us[piece]):
        part = piece[span]
        times = np.maximum.accumulate(t_us[part])
        pauses = np.flatnonzero(np.diff(times) > _PAUSE_US) + 1
        parts += [p for p in np.split(part, pauses) if len(p)]
    return parts


def _take(
    opened: SensorTable,
    accel: Series,
    gyro: Series | None,
    piece: NDArray[np.int64],
    rate_hz: float,
    labels: NDArray[np.object_],
) -> Take | None:
    """One piece as a take without names; None for one that is too short."""
    if len(piece) < 2:
        return None
    notes: tuple[str, ...] = ()
    values = accel.values[piece]
    rows = accel.rows[piece]
    same_rows = gyro is not None and _row_by_row(gyro, accel)
    if accel.t_us is None:
        # A row that was left out keeps its time: it is a hole.
        place = opened.table.place[rows]
        t_us = np.rint((place - place[0]) * (1e6 / rate_hz)).astype(np.int64)
        order = np.arange(len(piece))
    else:
        whole = values
        if gyro is not None and same_rows:
            whole = np.hstack((values, gyro.values[piece]))
        clock = timing.tidy(accel.t_us[piece], whole, rate_hz)
        t_us, order, notes = clock.t_us, clock.order, clock.notes
    values, rows = values[order], rows[order]
    rotation = None
    if gyro is not None and same_rows:
        rotation = _same_rows(gyro, accel, piece[order])
    elif gyro is not None and gyro.t_us is not None:
        rotation, near, said = _joined(gyro, t_us)
        notes += said
        values, rows, t_us, rotation = values[near], rows[near], t_us[near], rotation[near]
        if len(t_us) < 2:
            return None
    return Take(
        "",
        t_us,
        rate_hz,
        _with_unit(values, accel.unit),
        None if rotation is None or gyro is None else _with_unit(rotation, gyro.unit),
        segments_of_rows(t_us, labels[rows]),
        notes=notes,
    )


def _with_unit(values: NDArray[np.float64], unit: str | None) -> Axes:
    return Axes(values, unit, tr("by the header") if unit else "")


def _row_by_row(gyro: Series, accel: Series) -> bool:
    """Whether each row of the acceleration has one of the rotation."""
    if gyro.t_us is None or accel.t_us is None:
        return True
    return np.array_equal(gyro.rows, accel.rows) and np.array_equal(gyro.t_us, accel.t_us)


def _same_rows(gyro: Series, accel: Series, piece: NDArray[np.int64]) -> NDArray[np.float64]:
    """The rotation of the rows of a piece, which has one for each."""
    places = np.searchsorted(gyro.rows, accel.rows[piece])
    if (places >= len(gyro.rows)).any() or (gyro.rows[places] != accel.rows[piece]).any():
        raise DataFileError(
            tr(
                "A row of the rotation's table is missing, and there are no times to join it "
                "by: correct it there, or remove the same row of the acceleration's."
            )
        )
    values: NDArray[np.float64] = gyro.values[places]
    return values


def _joined(
    gyro: Series, t_us: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_], tuple[str, ...]]:
    """The rotation at the times of the acceleration, interpolated."""
    assert gyro.t_us is not None
    margin = 2_000_000
    inside = (gyro.t_us >= t_us[0] - margin) & (gyro.t_us <= t_us[-1] + margin)
    clock = timing.tidy(gyro.t_us[inside], gyro.values[inside])
    values = gyro.values[inside][clock.order]
    if not clock.rate_hz:
        nothing = tr("no rotation at these times")
        return np.zeros((len(t_us), 3)), np.zeros(len(t_us), bool), (nothing,)
    made, near = timing.interpolated(clock.t_us, values, t_us, clock.rate_hz)
    notes: list[str] = [
        tr(
            "rotation of {rate_hz:.5g} Hz interpolated onto the acceleration's times",
            rate_hz=clock.rate_hz,
        )
    ]
    notes += [tr("rotation: {note}", note=note) for note in clock.notes]
    if not near.all():
        notes.append(without_rotation(int((~near).sum())))
    return made, near, tuple(notes)


def _labels(
    opened: SensorTable, by_name: str, evidence: str
) -> tuple[NDArray[np.object_], tuple[str, ...]]:
    """A label for each row of the table [n], and where labels are from."""
    count = len(opened.table)
    column = opened.layout.label
    texts = None if column is None else opened.table.texts(column.index)
    # A program leaves its column of labels empty where nothing was labelled.
    if column is not None and texts is not None and texts.null_count() < count:
        numbers = texts.cast(pl.Float64, strict=False)
        if numbers.null_count() == texts.null_count() and (numbers % 1 == 0).all():
            texts = numbers.cast(pl.Int64).cast(pl.String)
        kept = texts.fill_null("").to_numpy().astype(object)
        kept[np.isin(np.char.lower(kept.astype(str)), [*_NO_LABEL])] = None
        return kept, (tr("labels from the column {column}", column=column.words),)
    if by_name:
        said = tr("label {label!r} {evidence}", label=by_name, evidence=evidence)
        return np.full(count, by_name, object), (said,)
    return np.full(count, None, object), (tr("no label"),)


def _who(opened: SensorTable, rows: NDArray[np.int64]) -> tuple[str, str]:
    """Person and session of a piece, as its first row has them."""
    wearer = session = ""
    row = int(rows[0])
    if opened.layout.wearer:
        wearer = opened.table.texts(opened.layout.wearer.index)[row] or ""
        if wearer.removesuffix(".0").isdigit():
            wearer = f"subject {wearer.removesuffix('.0')}"
    for column in opened.layout.sessions:
        text = opened.table.texts(column.index)[row] or ""
        session = f"{session} {text.removesuffix('.0')}".strip()
    return wearer, session


def _place(opened: SensorTable, accel: Series, piece: NDArray[np.int64]) -> str:
    return tr("line {number}", number=int(opened.table.line[accel.rows[piece[0]]]))
