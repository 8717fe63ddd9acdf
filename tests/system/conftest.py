"""A watch over the network for whole processes of the product."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class NetworkWatch:
    """Sees where processes that are started with `environment` want to go, children included.

    Below Python, so that libraries in C and C++ are seen too. All beyond this computer is refused.
    """

    environment: Mapping[str, str]
    log: Path

    @property
    def begun(self) -> dict[int, str]:
        """The command lines that are watched, by process."""
        said = (said.split(" ", 2) for verdict, said in self._lines() if verdict == "begins")
        return {int(pid): program for _, pid, program in said}

    @property
    def here(self) -> list[str]:
        """Calls with an address on this computer."""
        return [said for verdict, said in self._lines() if verdict == "here"]

    @property
    def beyond(self) -> list[str]:
        """Calls with an address beyond this computer, and lookups of names."""
        return [said for verdict, said in self._lines() if verdict == "beyond"]

    def _lines(self) -> list[tuple[str, str]]:
        text = self.log.read_text() if self.log.exists() else ""
        return [tuple(line.split(" ", 1)) for line in text.splitlines()]


@pytest.fixture(scope="session")
def network_watch_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = tmp_path_factory.mktemp("watch") / "network_watch.so"
    source = Path(__file__).with_name("network_watch.c")
    warnings = ("-Wall", "-Wextra", "-Werror")
    compile_it = ("cc", "-O1", *warnings, "-shared", "-fPIC", "-o", library, source, "-ldl")
    subprocess.run(compile_it, check=True)
    return library


@pytest.fixture
def network_watch(network_watch_library: Path, tmp_path: Path) -> NetworkWatch:
    log = tmp_path / "network.log"
    preload = {"LD_PRELOAD": str(network_watch_library), "NETWORK_WATCH": str(log)}
    return NetworkWatch(os.environ | preload, log)
