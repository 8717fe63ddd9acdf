"""The rows of a table: torn ones counted, groups between blank lines kept apart."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from motionloop.recordings.tables.dialect import (
    WHITESPACE,
    Dialect,
    cells_of,
    find_dialect,
    lines_of,
)

_COMMENT = ("#", "%", "//")
_NULLS = ("nan", "NaN", "NAN", "NA", "N/A", "n/a", "null", "NULL", "None", "none", "-", "")


@dataclass(frozen=True)
class Table:
    """A table of texts.

    Attributes:
        dialect: How it is written.
        names: Of the columns; "" for each without a header.
        cells: The texts, one column each; null where a cell is empty or says that it is missing.
        line: Number of each row's line in the file [n], from 1 on.
        place: Number of each row [n] among all of the file, torn ones counted, from 0 on.
        group: Number of each row's group [n]: groups stand apart by blank lines.
        torn: Numbers of the lines that are no rows: too few cells or too many.
        again: How many times the header stands between the rows.
    """

    dialect: Dialect
    names: tuple[str, ...]
    cells: pl.DataFrame
    line: NDArray[np.int64]
    place: NDArray[np.int64]
    group: NDArray[np.int64]
    torn: tuple[int, ...]
    again: int

    def __len__(self) -> int:
        return len(self.line)

    def texts(self, index: int) -> pl.Series:
        """The texts of a column, null where there is none."""
        return self.cells.to_series(index)

    def numbers(self, index: int) -> pl.Series:
        """The numbers of a column as float64, null where a cell is none."""
        texts = self.texts(index)
        if self.dialect.decimal == ",":
            texts = texts.str.replace(",", ".", literal=True)
        return texts.cast(pl.Float64, strict=False)

    def whole_numbers(self, index: int) -> pl.Series:
        """The numbers of a column as int64, null where a cell is none, or not whole."""
        return self.texts(index).cast(pl.Int64, strict=False)

    def only(self, rows: NDArray[np.bool_]) -> Table:
        """The table with only the rows of a flag [n]."""
        return self.taken(np.flatnonzero(rows))

    def taken(self, rows: NDArray[np.intp]) -> Table:
        """The table with the rows of these places, in this order."""
        return Table(
            self.dialect,
            self.names,
            self.cells[rows],
            self.line[rows],
            self.place[rows],
            self.group[rows],
            self.torn,
            self.again,
        )


def read_table(content: bytes, dialect: Dialect | None = None) -> Table | None:
    """Read a table.

    Args:
        content: Bytes of a text file.
        dialect: How it is written, if that is known.

    Returns:
        The table; None for what is none.
    """
    lines = lines_of(content)
    dialect = dialect or find_dialect(lines)
    if dialect is None:
        return None
    good: list[str] = []
    numbers: list[int] = []
    places: list[int] = []
    groups: list[int] = []
    torn: list[int] = []
    group, blank, again = 0, False, 0
    head = lines[dialect.first_row - 1].strip() if dialect.header else None
    separators = dialect.cells - 1
    delimiter = dialect.delimiter
    for number in range(dialect.first_row, len(lines)):
        line = lines[number]
        if delimiter == WHITESPACE:
            cells = line.split()
            count, line = len(cells) - 1, WHITESPACE.join(cells)
        elif '"' in line:
            count = len(cells_of(line, delimiter)) - 1
        else:
            stripped = line.strip(" \t") if delimiter != "\t" else line.strip(" ")
            count = stripped.count(delimiter)
            # A delimiter behind the last cell, as many writers leave it.
            if count == separators + 1 and stripped.endswith(delimiter):
                line, count = stripped[:-1], separators
            elif delimiter == "," and count == separators and stripped.endswith(";"):
                line = stripped[:-1]
        if not line.strip():
            blank = True
            continue
        if line.lstrip().startswith(_COMMENT):
            continue
        if head is not None and line.strip() == head:
            again += 1
            blank = True
            continue
        if count != separators:
            torn.append(number + 1)
            continue
        if blank and good:
            group += 1
        blank = False
        good.append(line)
        numbers.append(number + 1)
        places.append(len(good) - 1 + len(torn))
        groups.append(group)
    if group > len(good) / 2:  # a blank line after each row divides nothing
        groups = [0] * len(good)
    names = dialect.header or ("",) * dialect.cells
    return Table(
        dialect,
        tuple(names),
        _parsed(good, dialect),
        np.array(numbers, np.int64),
        np.array(places, np.int64),
        np.array(groups, np.int64),
        tuple(torn),
        again,
    )


def _parsed(lines: Sequence[str], dialect: Dialect) -> pl.DataFrame:
    schema = {f"c{index}": pl.String for index in range(dialect.cells)}
    if not lines:
        return pl.DataFrame(schema=schema)
    if any('"' in line for line in lines):
        # polars refuses a quote inside a cell; the lines were counted by `cells_of`.
        rows = [cells_of(line, dialect.delimiter) for line in lines]
        missing = dict.fromkeys(_NULLS)
        return pl.DataFrame(rows, schema=schema, orient="row").select(pl.all().replace(missing))
    return pl.read_csv(
        io.BytesIO("\n".join(lines).encode()),
        has_header=False,
        separator=dialect.delimiter,
        quote_char=None,
        schema=schema,
        null_values=list(_NULLS),
        truncate_ragged_lines=True,
    ).select(pl.all().str.strip_chars())
