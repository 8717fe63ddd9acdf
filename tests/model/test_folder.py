"""The folder of models: what is whole is listed, somebody else's files are passed over."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from motionloop.model.folder import metrics_of, name_of, stored_models, stored_variants


def store(folder: Path, name: str, metrics: Any, mtime_s: int) -> Path:
    model = folder / name
    model.mkdir()
    text = metrics if isinstance(metrics, str) else json.dumps(metrics)
    (model / "metrics.json").write_text(text)
    os.utime(model / "metrics.json", (mtime_s, mtime_s))
    return model


def metrics(accuracy: float, model_id: str = "aabb") -> dict[str, Any]:
    return {"model_id": model_id, "labels": ["sit", "walk"], "int8": {"accuracy": accuracy}}


def test_whole_models_are_listed_the_newest_first(tmp_path: Path) -> None:
    store(tmp_path, "b-old", metrics(0.9), 100)
    store(tmp_path, "a-new", metrics(0.987), 300)
    store(tmp_path, "c-middle", metrics(1.0), 200)
    no_share = {"labels": [], "int8": {"accuracy": 10**400}}
    others = ["{", "[]", "3", {"labels": []}, {"int8": {"accuracy": 1}}, no_share]
    for number, broken in enumerate(others):
        store(tmp_path, f"broken-{number}", broken, 250)
    found = stored_models(tmp_path)
    assert [model.path.name for model in found] == ["a-new", "c-middle", "b-old"]
    assert (found[0].words, found[0].labels) == ("a-new  98.7%", "sit, walk")
    assert stored_models(tmp_path / "gone") == []


def test_a_model_that_is_deleted_meanwhile_hides_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = store(tmp_path, "kept", metrics(0.9), 100)
    files = [tmp_path / "deleted/metrics.json", kept / "metrics.json"]
    monkeypatch.setattr(Path, "glob", lambda *_: iter(files))
    assert [model.path for model in stored_models(tmp_path)] == [kept]


def test_metrics_are_found_by_the_models_id(tmp_path: Path) -> None:
    """Two folders can hold one model; a file that cannot be read hides none behind it."""
    store(tmp_path, "a", metrics(0.8), 1)
    for number, broken in enumerate(["{", "[]", "{}"]):
        store(tmp_path, f"b{number}", broken, 1)
    store(tmp_path, "c", metrics(0.7, "1234"), 1)
    store(tmp_path, "d", metrics(0.9), 1)
    found = metrics_of(tmp_path, bytes.fromhex("aabb"))
    assert [each["int8"]["accuracy"] for each in found] == [0.8, 0.9]


@pytest.mark.parametrize(
    ("text", "found"),
    [(None, []), ("{", []), ("[]", []), ('[{"name": "base"}, 3]', [{"name": "base"}])],
)
def test_variants_are_those_that_were_measured(
    tmp_path: Path, text: str | None, found: list[Any]
) -> None:
    if text is not None:
        (tmp_path / "variants.json").write_text(text)
    assert stored_variants(tmp_path) == found


def test_a_model_and_a_variant_that_was_pushed_have_names(tmp_path: Path) -> None:
    store(tmp_path, "broken", "{", 100)
    walks = store(tmp_path, "walks", metrics(0.9, "00"), 100)
    pushed = {"model_id": "0102", "package": "variants/pruned-int8.mlpkg"}
    (walks / "pushes.json").write_text(json.dumps([pushed]))
    assert name_of(tmp_path, bytes.fromhex("00")) == "walks"
    assert name_of(tmp_path, bytes.fromhex("0102")) == "walks, pruned-int8"
    assert name_of(tmp_path, bytes.fromhex("03")) == ""
    (walks / "pushes.json").write_text('[{"model_id": 3}]')
    assert name_of(tmp_path, bytes.fromhex("0102")) == ""
