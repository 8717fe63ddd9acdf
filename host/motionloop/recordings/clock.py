"""When the samples of a recording were measured, in UTC.

A board counts microseconds since its start, with a crystal of its own. A span of a recording has
one line from that clock to UTC; a board that restarts, and a recording that goes on later, begin
another span. A span whose UTC is not known is declared, so that no line is drawn through it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from motionloop.language import tr
from motionloop.typed_values import typed_value

_1970 = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_PPM = 100_000.0  # far beyond every crystal


@dataclass(frozen=True)
class ClockSpan:
    """UTC of a part of a recording.

    Attributes:
        from_us: Time of the recording at which the part begins; it ends where the next one begins.
        utc_us: UTC of `from_us` in microseconds since 1970; None if unknown.
        drift_ppm: How much faster than UTC the times of the recording go; None if unknown.
        drift_uncertainty_ppm: How far the drift may be from that; None if unknown.
        uncertainty_ms: How far UTC may be from the line; None if unknown.
    """

    from_us: int
    utc_us: int | None = None
    drift_ppm: float | None = None
    drift_uncertainty_ppm: float | None = None
    uncertainty_ms: float | None = None

    @classmethod
    def from_document(cls, item: Any) -> Self:
        """Read an entry of "clock" in recording.json.

        Args:
            item: As parsed from JSON.

        Returns:
            The checked span.

        Raises:
            ValueError: The entry says something impossible.
        """
        from_us = typed_value(item, "from_us", int)
        if item.get("utc") is None:
            return cls(from_us)
        made = cls(
            from_us,
            utc_us_of(typed_value(item, "utc", str)),
            *(
                None if item.get(key) is None else typed_value(item, key, float)
                for key in ("drift_ppm", "drift_uncertainty_ppm", "uncertainty_ms")
            ),
        )
        if not abs(made.drift_ppm or 0.0) < _MOST_PPM:
            raise ValueError(
                tr("drift_ppm is {drift_ppm}, which no clock has", drift_ppm=made.drift_ppm)
            )
        return made

    def to_document(self) -> dict[str, Any]:
        """The entry of "clock" in recording.json, to be written as JSON."""
        if self.utc_us is None:
            return {"from_us": self.from_us, "utc": None}
        return {
            "from_us": self.from_us,
            "utc": text_of(self.utc_us),
            "drift_ppm": _rounded(self.drift_ppm, 3),
            "drift_uncertainty_ppm": _rounded(self.drift_uncertainty_ppm, 3),
            "uncertainty_ms": _rounded(self.uncertainty_ms, 3),
        }

    def utc_us_at(self, t_us: NDArray[np.int64]) -> NDArray[np.float64]:
        """UTC on this line.

        Args:
            t_us: Times of the recording [n].

        Returns:
            Microseconds since 1970 [n], NaN if unknown.
        """
        if self.utc_us is None:
            return np.full(len(t_us), np.nan)
        elapsed_us = (t_us - self.from_us) / (1 + (self.drift_ppm or 0.0) * 1e-6)
        made: NDArray[np.float64] = self.utc_us + elapsed_us
        return made

    def beginning(self, from_us: int) -> Self:
        """The same line, for a part that begins at another time."""
        if self.utc_us is None:
            return replace(self, from_us=from_us)
        utc_us = round(float(self.utc_us_at(np.array([from_us]))[0]))
        return replace(self, from_us=from_us, utc_us=utc_us)


def utc_us(spans: Sequence[ClockSpan], t_us: NDArray[np.int64]) -> NDArray[np.float64]:
    """UTC of the samples of a recording.

    Args:
        spans: The recording's `description.clock`.
        t_us: Times of the recording [n].

    Returns:
        Microseconds since 1970 [n], NaN where it is not known.
    """
    made = np.full(len(t_us), np.nan)
    for span in spans:  # in the order of time: a later one begins where another ends
        inside = t_us >= span.from_us
        made[inside] = span.utc_us_at(t_us[inside])
    return made


def utc_us_of(text: str) -> int:
    """Microseconds since 1970 of a moment.

    Args:
        text: ISO 8601 with a time zone.

    Returns:
        Microseconds.

    Raises:
        ValueError: The text is no such moment.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(tr("the moment {moment!r} has no time zone", moment=text))
    return (moment - _1970) // timedelta(microseconds=1)


def text_of(moment_us: float) -> str:
    """A moment as ISO 8601 in UTC, to the millisecond."""
    moment = _1970 + timedelta(milliseconds=round(moment_us / 1000))
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _rounded(number: float | None, digits: int) -> float | None:
    return None if number is None else round(number, digits)
