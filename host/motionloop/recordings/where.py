"""Which recordings are meant: conditions such as "wearer=ada,placement=wrist"."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from typing import Protocol, Self, TypeVar

from motionloop.errors import DatasetError
from motionloop.language import joined, tr
from motionloop.recordings.checks.names import nearest

_LISTED = 12  # values in a message; the others are counted
_NEXT = re.compile(r",\s*(?=\w+\s*=)")  # a comma inside a name stays one
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_RANGE = ".."


class Described(Protocol):
    """A recording, or its facts."""

    @property
    def name(self) -> str: ...
    @property
    def wearer(self) -> str: ...
    @property
    def placement(self) -> str: ...
    @property
    def created(self) -> str: ...
    @property
    def labels(self) -> list[str]: ...
    @property
    def synthetic(self) -> bool: ...
    @property
    def excluded(self) -> bool: ...
    def with_labels(self, labels: Container[str]) -> Self:
        """The same with these labels alone."""


D = TypeVar("D", bound=Described)

# What each key of a condition looks at.
_VALUES: dict[str, Callable[[Described], Sequence[str]]] = {
    "wearer": lambda one: [one.wearer],
    "placement": lambda one: [one.placement],
    "label": lambda one: one.labels,
    "name": lambda one: [one.name],
    "date": lambda one: [one.created[:10]],
    "synthetic": lambda one: ["yes" if one.synthetic else "no"],
}
KEYS = tuple(_VALUES)


@dataclass(frozen=True)
class Condition:
    """What one property must be.

    Attributes:
        key: Such as "wearer".
        values: Any of these. `*` stands for any characters; a date may be a year, a month, a day
            or a range "FROM..TO".
    """

    key: str
    values: tuple[str, ...]

    def matching(self, values: Sequence[str]) -> list[str]:
        """Those of `values` that meet the condition."""
        return [value for value in values if any(self._meets(value, w) for w in self.values)]

    def _meets(self, value: str, wanted: str) -> bool:
        if self.key == "date" and value and wanted:
            begin, sign, end = wanted.partition(_RANGE)
            end = end if sign else begin
            return value[: len(begin)] >= begin and (not end or value[: len(end)] <= end)
        return value == wanted or bool(_pattern(wanted).fullmatch(value))


@dataclass(frozen=True)
class Where:
    """A choice of recordings.

    Attributes:
        conditions: All must be met.
    """

    conditions: tuple[Condition, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a choice.

        Args:
            text: Such as "wearer=ada|ben,label=walking"; empty: all recordings.

        Returns:
            The choice.

        Raises:
            DatasetError: A part is no condition, its key is not known, or a date is none.
        """
        parts = _NEXT.split(text) if text else []
        return cls(tuple(map(_condition, parts)))

    def choose(self, recordings: Sequence[D]) -> list[D]:
        """Choose recordings.

        Args:
            recordings: To choose from, or the facts of recordings.

        Returns:
            Those that meet all conditions, in their order. Of their labels only those of the
            conditions are left; the samples stay.

        Raises:
            DatasetError: No recording has a value of a condition, or none meets all conditions.
        """
        chosen = list(recordings)
        for condition in self.conditions:
            _check_known(condition, recordings)
            values = _VALUES[condition.key]
            met = [(one, condition.matching(values(one))) for one in chosen]
            chosen = [
                one.with_labels(found) if condition.key == "label" else one
                for one, found in met
                if found
            ]
        if self and not chosen:
            raise DatasetError(
                tr(
                    "No recording is {conditions}: each of the conditions is met by some, but all "
                    "of them by none. Leave one of them out.",
                    conditions=self,
                )
            )
        return chosen

    def __bool__(self) -> bool:
        return bool(self.conditions)

    def __str__(self) -> str:
        return ",".join(f"{c.key}={'|'.join(c.values)}" for c in self.conditions)


def _condition(text: str) -> Condition:
    key, sign, wanted = text.partition("=")
    key = key.strip()
    if not sign or key not in _VALUES:
        meant = nearest(key, list(_VALUES)) if sign else None
        said = [
            tr(
                "{text!r} is no condition: write KEY=VALUE with one of the keys {keys}, such as "
                '"wearer=ada,placement=wrist".',
                text=text,
                keys=", ".join(_VALUES),
            )
        ]
        if meant:
            said.append(tr("Did you mean {name}?", name=meant))
        raise DatasetError(joined(said))
    values = tuple(wanted.split("|"))
    for value in values:
        if key == "date" and not all(
            not part or _DATE.fullmatch(part) for part in value.split(_RANGE, 1)
        ):
            raise DatasetError(
                tr(
                    "{value!r} is no date: write a year, a month or a day, such as 2026-11-20, "
                    "or two of them as 2026-11-01{range}2026-11-20.",
                    value=value,
                    range=_RANGE,
                )
            )
    return Condition(key, values)


def _check_known(condition: Condition, recordings: Sequence[Described]) -> None:
    there = sorted({value for one in recordings for value in _VALUES[condition.key](one)})
    unknown = [v for v in condition.values if not Condition(condition.key, (v,)).matching(there)]
    if not unknown:
        return
    listed = ", ".join(value or tr("(none)") for value in there[:_LISTED]) or tr("none at all")
    if len(there) > _LISTED:
        listed = tr("{names} and {count} more", names=listed, count=len(there) - _LISTED)
    meant = nearest(unknown[0], there)
    said = [
        tr(
            "No recording has {key}={value}; there are: {values}.",
            key=condition.key,
            value=unknown[0],
            values=listed,
        )
    ]
    if meant:
        said.append(tr("Did you mean {name!r}?", name=meant))
    raise DatasetError(joined(said))


def _pattern(wanted: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, wanted.split("*"))), re.DOTALL)
