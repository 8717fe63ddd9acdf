"""The fuzzers run, and what ends a process is found, kept and named."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

pytest.importorskip("tflite_micro")

from benchmarks.fuzz import __main__ as fuzz
from benchmarks.fuzz import tflm
from benchmarks.refuse.models import sound_models, sum_with

pytestmark = pytest.mark.slow


def test_a_round_of_each_counts_its_cases_and_finds_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fuzz, "_ROUND", dict.fromkeys(fuzz._ROUND, 2_000))
    monkeypatch.setattr("sys.argv", ["fuzz", "--rounds", "1", "--seed", "7", "--json"])
    fuzz.main()
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["cases"] == 2_000 * len(fuzz._ROUND)
    assert figures["run_by_tflm"] > 0
    assert all(figures[f"accepted_{name}"] > 0 for name in fuzz._ROUND)
    assert figures["found"] == 0


def test_a_model_that_ends_the_process_is_found_among_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sound = next(tflite for _, tflite in sound_models())
    for name, tflite in (("a", sound), ("b", sum_with(4.0).end().packed()), ("c", sound)):
        (tmp_path / f"{name}.tflite").write_bytes(tflite)
    prepared, faults = tflm.faults_of(sorted(tmp_path.glob("*.tflite")))
    assert prepared == 2
    assert [path.name for path, _ in faults] == ["b.tflite"]
    monkeypatch.setattr(fuzz, "_FOUND", tmp_path / "found")
    fuzz.keep("models", 3, faults[0][1], faults[0][0])
    command = (tmp_path / "found/models-3-b/repeat.txt").read_text().splitlines()[0]
    assert Path(shlex.split(command)[-1]).exists()
