"""Documents of anybody's as dataclasses: what was written comes back, all else is named."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

import pytest

from motionloop.typed_values import made_of


@dataclass(frozen=True)
class Inner:
    rate: float = 0.5


@dataclass(frozen=True)
class Outer:
    name: str
    count: int
    labels: tuple[str, ...] | None = None
    inner: Inner = field(default_factory=Inner)
    more: dict[str, Any] = field(default_factory=dict)
    on: bool = False


WHOLE = Outer("walks", 3, ("sit", "walk"), Inner(1.5), {"a": [1]}, True)


@pytest.mark.parametrize("made", [WHOLE, Outer("", 0)])
def test_what_was_written_is_read(made: Outer) -> None:
    assert made_of(Outer, json.loads(json.dumps(asdict(made)))) == made


def test_what_has_a_default_may_be_missing() -> None:
    assert made_of(Outer, {"name": "walks", "count": 3}) == Outer("walks", 3)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"count": None}, "'count' is missing"),
        ({"count": True}, "'count' is True"),
        ({"count": 10**400}, "'count' is 1000"),
        ({"name": ["walks"]}, r"'name' is \['walks'\]"),
        ({"name": "\ud800"}, "halves of characters"),
        ({"labels": "sit"}, "'labels' is 'sit'"),
        ({"labels": ["sit", 3]}, "a list of texts"),
        ({"labels": ["\ud800"]}, "a list of texts"),
        ({"inner": []}, r"'inner' is \[\]"),
        ({"inner": {"rate": float("nan")}}, "'rate' is nan"),
        ({"inner": {"rate": "fast"}}, "'rate' is 'fast'"),
        ({"more": 3}, "'more' is 3"),
        ({"speed": 3}, "'speed' is not known here"),
    ],
)
def test_another_value_is_named(change: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        made_of(Outer, json.loads(json.dumps(asdict(WHOLE) | change)))


@pytest.mark.parametrize("document", [None, 3, "name", [], [["name", "walks"]]])
def test_no_object_is_said(document: Any) -> None:
    for kind in (Outer, Inner):
        with pytest.raises(ValueError, match="should be an object"):
            made_of(kind, document)
