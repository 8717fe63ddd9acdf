"""How a table is written: delimiter, decimal mark, where its header and its rows begin."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from motionloop.recordings import units
from motionloop.recordings.data_file import as_text

WHITESPACE = " "
_DELIMITERS = ("\t", ";", ",", "|", WHITESPACE)
_LOOKED_AT = 400  # lines
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")
_MISSING = frozenset({"", "nan", "na", "n/a", "null", "none", "-"})
_COMMENT = ("#", "%", "//")
_MONITOR = re.compile(r"(\d{1,2}:\d{2}:\d{2}\.\d{3}) -> (.*)")
_SEPARATOR_LINE = re.compile(r"sep=(.)", re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """How a table is written.

    Attributes:
        delimiter: Between cells; `WHITESPACE` stands for any run of blanks.
        decimal: "." or ",".
        cells: Number of cells in a row.
        header: Names of the columns; None without a header.
        units: A line of units below the header; None without one.
        first_row: Number of the first line with data, from 0 on.
        preamble: The lines before the header.
    """

    delimiter: str
    decimal: str
    cells: int
    header: tuple[str, ...] | None
    units: tuple[str, ...] | None
    first_row: int
    preamble: tuple[str, ...]


def lines_of(content: bytes) -> list[str]:
    """The lines of a text in any encoding and with any ends, without the ends."""
    text = as_text(content)
    if "\r" in text:
        # Python's csv on Windows ends a row with "\r\r\n" where its file was opened as text.
        text = re.sub(r"\r*\n|\r", "\n", text)
    return _with_column_of_times(text.split("\n"))


def _with_column_of_times(lines: list[str]) -> list[str]:
    """Lines of Arduino's serial monitor, "12:30:01.123 -> 1,2,3", with their time as a cell."""
    found = [_MONITOR.fullmatch(line) for line in lines]
    if sum(match is not None for match in found) <= len(lines) / 2:
        return lines
    delimiter = max(",;\t", key=lambda one: sum(line.count(one) for line in lines[:50]))
    made = []
    for line, match in zip(lines, found, strict=True):
        text = match[2] if match else line
        is_row = any(map(is_number, cells_of(text, delimiter)))
        if match and is_row:
            made.append(f"{match[1]}{delimiter}{text}")
        else:  # a header, with a time before it or without
            made.append(text if is_row or delimiter not in text else f"time{delimiter}{text}")
    return made


def cells_of(line: str, delimiter: str) -> list[str]:
    """The cells of a line, without quotes and blanks around them.

    Args:
        line: Without its end.
        delimiter: As in `Dialect`.

    Returns:
        The cells.
    """
    if delimiter == WHITESPACE:
        return line.split()
    if '"' in line:
        cells = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    else:
        cells = line.split(delimiter)
    return [cell.strip() for cell in cells]


def is_number(cell: str) -> bool:
    """Whether a cell is a number, with any decimal mark."""
    return _NUMBER.fullmatch(cell) is not None


def find_dialect(lines: Sequence[str]) -> Dialect | None:
    """Find out how a table is written.

    Args:
        lines: At least its first lines, without their ends.

    Returns:
        The dialect; None for text that is no table of numbers.
    """
    lines = lines[:_LOOKED_AT]
    named = _SEPARATOR_LINE.fullmatch(lines[0].strip()) if lines else None
    best: tuple[float, str, int] | None = None
    for delimiter in (named[1],) if named else _DELIMITERS:
        found = _rows(lines, delimiter)
        if found is None:
            continue
        share, cells = found
        # More cells with as many good rows: a decimal comma makes fewer of them numbers.
        score = share * min(cells, 20) ** 0.25
        if best is None or score > best[0] * 1.0001:
            best = score, delimiter, cells
    if best is None:
        return None
    _, delimiter, cells = best
    return _described(lines, delimiter, cells)


def _rows(lines: Sequence[str], delimiter: str) -> tuple[float, int] | None:
    """The share of lines that are rows of numbers of one width, and that width."""
    rows = [
        cells_of(line, delimiter)
        for line in lines
        if line.strip() and not line.lstrip().startswith(_COMMENT)
    ]
    widths = Counter(len(row) for row in rows if sum(map(is_number, row)) >= 2)
    if not widths:
        return None
    width, count = widths.most_common(1)[0]
    if all(not row[-1] for row in rows if len(row) == width):
        width -= 1  # a delimiter behind the last cell
    if width < 3:
        return None
    rows = [_trimmed(row, width) for row in rows]
    numeric = sum(
        sum(is_number(cell) or cell.lower() in _MISSING for cell in row) / width
        for row in rows
        if len(row) == width
    )
    return min(numeric, count) / len(rows), width


def _trimmed(row: list[str], width: int) -> list[str]:
    """The row without the empty cell behind a last delimiter."""
    return row[:-1] if len(row) == width + 1 and not row[-1] else row


def _described(lines: Sequence[str], delimiter: str, cells: int) -> Dialect | None:
    first = next(
        (
            number
            for number, line in enumerate(lines)
            if not line.lstrip().startswith(_COMMENT) and _is_row(cells_of(line, delimiter), cells)
        ),
        None,
    )
    if first is None:
        return None
    above = [number for number in range(first) if lines[number].strip()]
    header = unit_names = None
    if above:
        last = _header_cells(lines[above[-1]], delimiter, cells)
        if last and len(above) > 1 and _are_units(last):
            unit_names = last
            above.pop()
            last = _header_cells(lines[above[-1]], delimiter, cells)
        header = last
        if header:
            above.pop()
    decimal = "."
    if delimiter != ",":
        values = [
            cell
            for line in lines[first:]
            for cell in cells_of(line, delimiter)
            if is_number(cell) and ("," in cell or "." in cell)
        ]
        if sum("," in cell for cell in values) > len(values) / 2:
            decimal = ","
    elif any('"' in line for line in lines[first : first + 20]):
        quoted = [cell for line in lines[first:] for cell in cells_of(line, delimiter)]
        if sum("," in cell for cell in quoted if is_number(cell)) > 0:
            decimal = ","
    return Dialect(
        delimiter,
        decimal,
        cells,
        tuple(header) if header else None,
        tuple(unit_names) if unit_names else None,
        first,
        tuple(lines[number] for number in above),
    )


def _is_row(row: list[str], cells: int) -> bool:
    row = _trimmed(row, cells)
    return len(row) == cells and sum(map(is_number, row)) >= max(2, cells // 3)


def _header_cells(line: str, delimiter: str, cells: int) -> list[str] | None:
    """The names in a line above the rows; None if it has none, or another number of them."""
    text = line.strip().lstrip("#%").strip() if line.lstrip().startswith(_COMMENT) else line
    names = cells_of(text, delimiter)
    if delimiter == WHITESPACE and len(names) != cells:
        names = [name for name in re.split(r"\t|,|;| {2,}", text.strip()) if name.strip()]
    names = _trimmed(names, cells)
    if len(names) == cells - 1 and any(names):
        # An index that the writer did not name, as R and pandas leave it.
        names = ["", *names]
    if len(names) != cells or sum(map(is_number, names)) > cells // 2:
        return None
    return [name.strip() for name in names]


def _are_units(names: list[str]) -> bool:
    known = [
        name
        for name in names
        if units.accel_unit_named(name)
        or units.gyro_unit_named(name)
        or name.strip("[]()").lower() in ("s", "ms", "us", "\u00b5s", "ns", "min", "h")
    ]
    return len(known) >= 3
