"""Values go from thread to thread (radio, disk, window), so nobody may change one on the way."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import is_dataclass
from types import ModuleType

import pytest

from motionloop.recordings.recording import Recording

ROOMS = ("board", "recordings", "model", "windows", "splits", "sample_format")
CHANGES = {Recording}  # its labels, on disk too


def modules() -> Iterator[ModuleType]:
    for room in ROOMS:
        top = importlib.import_module(f"motionloop.{room}")
        yield top
        for found in pkgutil.walk_packages(getattr(top, "__path__", ()), f"{top.__name__}."):
            yield importlib.import_module(found.name)


def values() -> set[type]:
    found = (v for module in modules() for _, v in inspect.getmembers(module, inspect.isclass))
    return {
        value
        for value in found
        if is_dataclass(value) and value.__module__.partition(".")[2].split(".")[0] in ROOMS
    }


@pytest.mark.parametrize("value", sorted(values(), key=lambda v: v.__qualname__))
def test_a_value_cannot_be_changed(value: type) -> None:
    assert value.__dataclass_params__.frozen is (value not in CHANGES)  # type: ignore[attr-defined]
