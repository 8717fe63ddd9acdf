"""Every benchmark starts, and docs/benchmarks.md has its command."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# What others import, and the script that benchmarks.retrain runs.
PARTS = {"__init__", "baselines", "bluez", "long_run", "naive_keras", "output", "round_trips"}
FILES = {path.stem for path in (ROOT / "benchmarks").glob("*.py")} - PARTS
PACKAGES = {path.parent.name for path in (ROOT / "benchmarks").glob("*/__main__.py")}
NAMES = sorted(FILES | PACKAGES)


@pytest.mark.training
@pytest.mark.filterwarnings("ignore:distutils Version classes:DeprecationWarning")
@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_says_what_it_measures(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import_module("motionloop.training")  # sets for this process what benchmarks.fashion changes
    benchmark = import_module(f"benchmarks.{name}{'.__main__' if name in PACKAGES else ''}")
    monkeypatch.setattr("sys.argv", [name, "--help"])
    with pytest.raises(SystemExit) as ended:
        benchmark.main()
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "--json" in said
    assert benchmark.__doc__.split()[0] in said


def test_every_benchmark_is_described() -> None:
    page = (ROOT / "docs/benchmarks.md").read_text()
    assert set(re.findall(r"python -m benchmarks\.(\w+)", page)) == set(NAMES)
