"""One guest for all tests of this folder; each test begins with its Bluetooth in order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bluez.desk import Desk, a_desk
from tests.bluez.image import OtherArchitectureError, UnavailableError


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "bluez: against a real BlueZ in an emulated computer")


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker("bluez")


@pytest.fixture(scope="session")
def one_desk() -> Iterator[Desk]:
    """Needed in CI; elsewhere the summary says what was left out and how to get it."""
    try:
        context = a_desk()
        made = context.__enter__()
    except OtherArchitectureError as error:
        pytest.skip(str(error))
    except UnavailableError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))
    yield made
    context.__exit__(None, None, None)


@pytest.fixture
def desk(one_desk: Desk, no_bluetooth: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Commands, and this process, find the guest's Bluetooth and no other."""
    for name, value in one_desk.guest.environment.items():
        monkeypatch.setenv(name, value)
    yield one_desk
    one_desk.tidy()
