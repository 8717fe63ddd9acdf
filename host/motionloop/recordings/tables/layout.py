"""Which columns of a table are used, as what: by the user, by the header, or by the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motionloop.errors import DataFileError
from motionloop.language import tr
from motionloop.recordings import units
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.tables.headers import Column, Role, columns_of, words_of_columns
from motionloop.recordings.tables.naming import (
    ACCELERATION_WORDS,
    GRAVITY_WORDS,
    LINEAR_WORDS,
    OTHER_WORDS,
    ROTATION_WORDS,
    sensor_word,
)
from motionloop.recordings.tables.rows import Table

_GIVEN = {
    **{f"a{axis}": (Role.ACCELERATION, number) for number, axis in enumerate("xyz")},
    **{f"g{axis}": (Role.ROTATION, number) for number, axis in enumerate("xyz")},
    "t": (Role.TIME, -1),
    "time": (Role.TIME, -1),
    "label": (Role.LABEL, -1),
    "wearer": (Role.WEARER, -1),
    "session": (Role.SESSION, -1),
    "-": (Role.OTHER, -1),
}
_NAMED_THREES = 4
_LOOKED_AT = 20_000  # rows, where the numbers decide


@dataclass(frozen=True)
class Layout:
    """The columns that are used.

    Attributes:
        acceleration: Three columns, or none; with `gravity`, what is to be added to it.
        gravity: Three columns, or none; without `acceleration` in a file of gravity alone.
        rotation: Three columns, or none.
        times: Columns that may be times, the best first.
        label: The column of labels.
        wearer: The column of people.
        sessions: Columns that tell sessions apart.
        sensor: The column that says of which sensor a row is.
        left_out: Columns that are not used, but for those that count the rows.
        notes: What was found, in words.
    """

    acceleration: tuple[Column, ...] = ()
    gravity: tuple[Column, ...] = ()
    rotation: tuple[Column, ...] = ()
    times: tuple[Column, ...] = ()
    label: Column | None = None
    wearer: Column | None = None
    sessions: tuple[Column, ...] = ()
    sensor: Column | None = None
    left_out: tuple[Column, ...] = ()
    notes: tuple[str, ...] = ()


def no_gravity() -> str:
    """What is said of a file whose only acceleration is without gravity."""
    return tr("acceleration without gravity: there is no other in the file")


def _with_gravity() -> str:
    return tr("acceleration is the sum of gravity and the user's acceleration, which the file has")


def layout_of(table: Table, path: Path, options: ReadOptions) -> Layout:
    """Find the columns of a table.

    Args:
        table: As it was read.
        path: The file, for messages, and for the sensor that its name may say.
        options: With the columns that the user gave.

    Returns:
        The layout; it may lack acceleration or rotation.

    Raises:
        DataFileError: The columns given do not fit the table, or they cannot be known.
    """
    if options.columns is not None:
        columns = _given(table, path, options.columns)
    elif table.dialect.header is not None:
        columns = columns_of(table.names, table.dialect.units)
    else:
        columns = _by_numbers(table, path)
    columns = _plain_as_sensor(columns, table, path)
    by_role: dict[Role, list[Column]] = {role: [] for role in Role}
    for column in columns:
        by_role[column.role].append(column)
    acceleration = _triple(by_role[Role.ACCELERATION], tr("acceleration"), path)
    linear = _triple(by_role[Role.LINEAR], tr("acceleration without gravity"), path)
    gravity = _triple(by_role[Role.GRAVITY], tr("gravity"), path)
    rotation = _triple(by_role[Role.ROTATION], tr("rotation"), path)
    notes = []
    if acceleration and gravity and _is_without(acceleration, gravity, table):
        notes.append(_with_gravity())
    elif acceleration:
        gravity = ()
    elif linear:
        acceleration = linear
        notes.append(_with_gravity() if gravity else no_gravity())
    sensor, wearer = (next(iter(by_role[role]), None) for role in (Role.SENSOR, Role.WEARER))
    labels = by_role[Role.LABEL]
    label = next((c for c in labels if c.unit != "code"), next(iter(labels), None))
    if sensor and not acceleration:  # rows of several sensors: `motion` tells them apart
        acceleration = _triple(by_role[Role.PLAIN], tr("one sensor"), path)
    used = {*acceleration, *gravity, *rotation, sensor, wearer, label}
    used.update(*(by_role[role] for role in (Role.TIME, Role.SESSION, Role.INDEX)))
    nameless = {c for c in by_role[Role.OTHER] if c.axis < 0 and not c.name}
    if acceleration:
        notes.append(tr("acceleration from {columns}", columns=words_of_columns(acceleration)))
    if rotation:
        notes.append(tr("rotation from {columns}", columns=words_of_columns(rotation)))
    return Layout(
        acceleration,
        gravity,
        rotation,
        tuple(by_role[Role.TIME]),
        label,
        wearer,
        tuple(by_role[Role.SESSION]),
        sensor,
        tuple(c for c in columns if c not in used | nameless),
        tuple(notes),
    )


def _given(table: Table, path: Path, names: Sequence[str]) -> list[Column]:
    if len(names) != table.dialect.cells:
        raise DataFileError(
            tr(
                "{path} has {cells} columns and --columns names {count}: name each in order, "
                "with - for those to leave out.",
                path=path,
                cells=table.dialect.cells,
                count=len(names),
            )
        )
    columns = []
    for index, name in enumerate(names):
        known = _GIVEN.get(name.strip().lower())
        if known is None:
            raise DataFileError(
                tr(
                    "--columns has {name!r}, which is none of {given}: correct it.",
                    name=name,
                    given=", ".join(_GIVEN),
                )
            )
        said = table.names[index] or name
        header = columns_of([table.names[index]])[0] if table.names[index] else None
        unit = header.unit if header and header.role is known[0] else None
        columns.append(Column(index, said, known[0], known[1], unit))
    return columns


def _triple(columns: list[Column], what: str, path: Path) -> tuple[Column, ...]:
    """The x, y and z of one sensor, of the only group that has all three."""
    groups: dict[str, tuple[list[Column], list[Column], list[Column]]] = {}
    for column in columns:
        groups.setdefault(column.group, ([], [], []))[column.axis].append(column)
    threes = {name: list(zip(*axes, strict=False)) for name, axes in groups.items()}
    found = threes.get("") or [three for some in threes.values() for three in some]
    if len(found) > 1:
        named = "; ".join(", ".join(c.name for c in three) for three in found[:_NAMED_THREES])
        if len(found) > _NAMED_THREES:
            named = tr("{names} and {count} more", names=named, count=len(found) - _NAMED_THREES)
        raise DataFileError(
            tr(
                "{path} has several columns of {what}: {named}. Say which to use with "
                "--columns (ax,ay,az,gx,gy,gz,t,label, and - for those to leave out).",
                path=path,
                what=what,
                named=named,
            )
        )
    return found[0] if found else ()


def _plain_as_sensor(columns: list[Column], table: Table, path: Path) -> list[Column]:
    """Columns named x, y, z only: their unit, the file's name or their numbers say which sensor."""
    plain = [c for c in columns if c.role is Role.PLAIN]
    known = {c.role for c in columns}
    if len(plain) != 3 or Role.SENSOR in known or Role.ACCELERATION in known:
        return columns
    said = {c.unit for c in plain}
    unit = said.pop() if len(said) == 1 else None
    role = None
    if unit and units.gyro_unit_named(unit):
        role, unit = Role.ROTATION, units.gyro_unit_named(unit)
    elif unit and units.accel_unit_named(unit):
        role, unit = _which_acceleration(path), units.accel_unit_named(unit)
    elif sensor_word(path, ROTATION_WORDS):
        role, unit = Role.ROTATION, None
    elif sensor_word(path, (*ACCELERATION_WORDS, *GRAVITY_WORDS)):
        role, unit = _which_acceleration(path), None
    elif sensor_word(path, OTHER_WORDS):  # a magnet can look like an acceleration
        return columns
    elif _is_acceleration(_numbers(table, [c.index for c in plain])):
        role, unit = Role.ACCELERATION, None
    if role is None:
        return columns
    return [replace(c, role=role, unit=unit) if c in plain else c for c in columns]


def _which_acceleration(path: Path) -> Role:
    """What the name of a file says of the acceleration in it."""
    if sensor_word(path, GRAVITY_WORDS):
        return Role.GRAVITY
    return Role.LINEAR if sensor_word(path, LINEAR_WORDS) else Role.ACCELERATION


def _by_numbers(table: Table, path: Path) -> list[Column]:
    """Columns without a header: three or six axes, which the length at rest tells apart."""
    kinds = []
    for index in range(table.dialect.cells):
        values = table.numbers(index)
        kinds.append(values.null_count() < len(values) / 2 if len(values) else False)
    numeric = [index for index, is_numeric in enumerate(kinds) if is_numeric]
    texts = [index for index, is_numeric in enumerate(kinds) if not is_numeric]
    columns = {index: Column(index, "", Role.OTHER) for index in range(table.dialect.cells)}
    if len(numeric) in (4, 7) and _is_clock(table, numeric[0]):
        columns[numeric[0]] = Column(numeric[0], "", Role.TIME)
        numeric = numeric[1:]
    first, last = numeric[:3], numeric[3:]
    if len(numeric) == 6 and not _is_acceleration(_numbers(table, first)):
        first, last = last, first
    elif len(numeric) == 6 and _is_acceleration(_numbers(table, last)):
        first = []  # both could be
    if len(numeric) not in (3, 6) or not first or not _is_acceleration(_numbers(table, first)):
        raise DataFileError(
            tr(
                "{path} has {cells} columns without names, and their numbers do not show which "
                "are acceleration: say what each is with --columns (ax,ay,az,gx,gy,gz,t,label, "
                "and - for those to leave out).",
                path=path,
                cells=table.dialect.cells,
            )
        )
    for role, three in ((Role.ACCELERATION, first), (Role.ROTATION, last)):
        for axis, index in enumerate(three):
            columns[index] = Column(index, "", role, axis)
    said = [index for index in texts if _is_label(table, index)]
    moments = [index for index in texts if index not in said]
    if len(said) == 1:
        columns[said[0]] = Column(said[0], "", Role.LABEL)
    if len(moments) == 1 and Role.TIME not in {c.role for c in columns.values()}:
        columns[moments[0]] = Column(moments[0], "", Role.TIME)
    return [columns[index] for index in range(table.dialect.cells)]


def _numbers(table: Table, indices: Sequence[int]) -> NDArray[np.float64]:
    values = np.column_stack(
        [table.numbers(index).head(_LOOKED_AT).to_numpy() for index in indices]
    )
    finite: NDArray[np.float64] = values[np.isfinite(values).all(axis=1)]
    return finite


def _is_without(acceleration: Sequence[Column], gravity: Sequence[Column], table: Table) -> bool:
    """Whether only the sum with gravity is an acceleration that a sensor measures."""
    six = _numbers(table, [column.index for column in (*acceleration, *gravity)])
    return not _is_acceleration(six[:, :3]) and _is_acceleration(six[:, :3] + six[:, 3:])


def _is_acceleration(values: NDArray[np.float64]) -> bool:
    # Without a rate, stretches of 25 samples are short enough to rest in.
    return units.judge_acceleration([(values, 50.0)]).unit is not None


def _is_clock(table: Table, index: int) -> bool:
    values = table.numbers(index).drop_nulls().to_numpy()
    steps = np.diff(values)
    return len(steps) > 2 and float((steps >= 0).mean()) > 0.95 and values[-1] > values[0]


def _is_label(table: Table, index: int) -> bool:
    texts = table.texts(index).drop_nulls()
    return 0 < texts.n_unique() <= max(32, len(texts) // 50)
