"""Values of JSON or TOML that may be anybody's, with the types that they must have."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from motionloop.language import tr

T = TypeVar("T")
# What code raises that is given a document of another shape than it was written for.
OTHER_SHAPE = (
    ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip
_LARGEST = 2**63 - 1  # what NumPy and the core count with
_LONGEST = 80  # characters of a value in a message


def typed_value(document: Any, key: str, kind: type[T]) -> T:
    """document[key] as a `kind`, or a ValueError that names the key."""
    if not isinstance(document, dict):
        raise ValueError(
            tr("{shown} should be an object with {key!r} in it", shown=shown(document), key=key)
        )
    value = document.get(key)
    if kind is float and type(value) is int and abs(value) <= _LARGEST:
        value = float(value)
    if type(value) is not kind:  # not isinstance: True is no whole number here
        if value is None:
            found = tr("{key!r} is missing", key=key)
        else:
            found = tr("{key!r} is {shown}", key=key, shown=shown(value))
        raise ValueError(
            tr("{found} (it should be of type {name})", found=found, name=kind.__name__)
        )
    if isinstance(value, int | float) and not abs(value) <= _LARGEST:  # of NaN, too
        raise ValueError(
            tr("{key!r} is {shown}, which is out of range", key=key, shown=shown(value))
        )
    if isinstance(value, str) and not _is_text(value):
        raise ValueError(
            tr("{key!r} is {shown}, which has halves of characters", key=key, shown=shown(value))
        )
    return value


def shown(value: Any) -> str:
    """A value for a message, which shows the beginning of a long one."""
    text = ascii(value) if isinstance(value, str) and not _is_text(value) else repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _is_text(value: str) -> bool:
    """JSON can hold what no file and no terminal takes, such as \\ud800."""
    return value.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in value)


def value_at(document: Any, path: str, kind: type[T]) -> T:
    """The value at a path such as "int8.accuracy", as `typed_value` takes it."""
    *parents, key = path.split(".")
    for parent in parents:
        document = typed_value(document, parent, dict)
    return typed_value(document, key, kind)


def texts(document: Any, key: str) -> list[str]:
    """document[key] as a list of texts, or a ValueError."""
    found = typed_value(document, key, list)
    if not all(isinstance(text, str) and _is_text(text) for text in found):
        raise ValueError(
            tr("{key!r} is {shown} (it should be a list of texts)", key=key, shown=shown(found))
        )
    return found


def made_of(kind: type[T], document: Any) -> T:
    """A dataclass whose fields are in a document, or a ValueError that names the wrong one.

    Fields are plain values, tuples of texts, such dataclasses, or None. One with a default may be
    missing, as it is in documents from before there was the field.
    """
    types = get_type_hints(kind)
    values = {}
    for field in fields(kind):  # type: ignore[arg-type]  # a dataclass is no type of its own
        has_default = (field.default, field.default_factory) != (MISSING, MISSING)
        # Of no object at all, `typed_value` says so.
        if not (has_default and isinstance(document, dict) and field.name not in document):
            values[field.name] = _field(document, field.name, types[field.name])
    if unknown := document.keys() - types.keys():
        raise ValueError(tr("{key!r} is not known here", key=min(unknown)))
    return kind(**values)


def _field(document: Any, key: str, kind: Any) -> Any:
    if NoneType in get_args(kind):
        if isinstance(document, dict) and document.get(key) is None:
            return None
        kind = next(other for other in get_args(kind) if other is not NoneType)
    if is_dataclass(kind):
        return made_of(kind, typed_value(document, key, dict))  # type: ignore[arg-type]
    if get_origin(kind) is tuple:
        return tuple(texts(document, key))
    return typed_value(document, key, get_origin(kind) or kind)


def texts_at(document: Any, path: str) -> list[str]:
    """The list of texts at a path, or a ValueError."""
    *parents, key = path.split(".")
    for parent in parents:
        document = typed_value(document, parent, dict)
    return texts(document, key)


def numbers_at(document: Any, path: str) -> list[int]:
    """The list of whole numbers at a path, or a ValueError."""
    found = value_at(document, path, list)
    if not all(type(number) is int for number in found):
        raise ValueError(
            tr(
                "{path!r} is {shown} (it should be a list of whole numbers)",
                path=path,
                shown=shown(found),
            )
        )
    return found
