"""One small evaluation from a data file to its report, and what it must not hide."""

import json
import re
from dataclasses import asdict, replace
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from benchmarks.hostile.damage import with_value
from motionloop import splits
from motionloop.commands.evaluate import show
from motionloop.errors import TrainingDataError
from motionloop.html_page import is_made_from
from motionloop.trainer.messages import EvaluationRequest, EvaluationResult, TrainingRequest

pytestmark = pytest.mark.training


@pytest.fixture(scope="module")
def tiny():
    """Two folds at most, and trainings of a second."""
    from motionloop.training.network import ModelConfig
    from motionloop.training.train import PRESETS, TrainConfig

    config = TrainConfig(epochs=1, min_steps=60, model=ModelConfig(width=0.5))
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(PRESETS, "quick", config)
        patch.setattr(splits, "MAX_FOLDS", 2)
        yield


@pytest.fixture(scope="module")
def result(tiny, data_file, tmp_path_factory) -> EvaluationResult:
    from motionloop.training.evaluation.evaluate_recordings import evaluate_recordings

    folder = tmp_path_factory.mktemp("evaluation")
    return evaluate_recordings(
        EvaluationRequest((str(data_file),), str(folder), "<walks>", lesson=True)
    )


@pytest.fixture(scope="module")
def page(result) -> str:
    return Path(result.report).read_text()


def test_each_person_is_tested_by_models_that_never_saw_them(result):
    split = result.figures["split"]
    assert (split["kind"], split["optimistic"]) == ("person", False)
    people = [name for fold in split["folds"] for name in fold["held_out"]]
    assert sorted(people) == [f"walks subject {i}" for i in range(3)]
    assert sum(fold["test"] for fold in split["folds"]) == result.figures["data"]["windows"]
    assert result.figures["int8"]["windows"] == result.figures["data"]["windows"]


def test_the_accuracy_has_an_interval_that_holds_it(result):
    low, high = result.figures["interval"]
    assert 0.3 < low <= result.figures["int8"]["accuracy"] <= high <= 1
    assert "95 % interval" in result.figures["accuracy_text"]


def test_whole_recordings_are_replayed(result):
    found = result.figures["replay"]
    assert found["recordings"] == 3
    assert found["minutes"] == pytest.approx(3 * (2 * 32 - 2 * 2.56) / 60, rel=0.05)
    assert found["changes"] == 6  # rest and walk, of three people
    assert found["false_switches_per_minute"] is not None


def test_the_lesson_counts_the_tested_windows_that_share_samples(result):
    lesson = result.figures["lesson"]
    assert lesson["overlap_share"] > 0.6
    assert lesson["honest_overlap_share"] == 0
    assert "Only the figure by person" in " ".join(lesson["text"])


def test_the_command_asks_for_the_same_again(result, data_file):
    command = result.figures["settings"]["command"].split()
    assert command == ["motionloop", "evaluate", str(data_file), "--lesson", "leaky"]


def test_the_screen_shows_what_matters(result):
    console = Console(record=True, width=200, file=StringIO())
    show(console, result.figures)
    text = console.export_text()
    for expected in (
        result.figures["accuracy_text"],
        "walks subject 2",
        "Replay of 3 whole recordings",
        "false switches per minute",
        "Leaky against honest",
    ):
        assert expected in text


def test_the_figures_are_in_the_file_beside_the_report(result):
    file = Path(result.report).with_name("evaluation.json")
    assert json.loads(file.read_text()) == json.loads(json.dumps(result.figures))


def test_the_report_knows_the_figures_that_it_was_made_from(page, result):
    figures = Path(result.report).with_name("evaluation.json").read_bytes()
    assert is_made_from(page, figures)
    assert not is_made_from(page, figures.replace(b'"accuracy": 0', b'"accuracy": 1'))


def test_the_report_is_one_file_that_needs_nothing_else(page):
    assert not re.search(r"<script|src=|<link|@import|url\((?!#)", page)
    assert set(re.findall(r"https?://[^\"' <]+", page)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert page.count("<svg ") >= 5
    assert "&lt;walks&gt;" in page
    assert "<walks>" not in page


def test_the_report_says_what_was_tested_and_how(page, result):
    for text in (
        "Up to 2 people are left out at a time",
        result.figures["accuracy_text"].replace(" %", "&nbsp;%"),
        "motionloop evaluate",
        "The lesson: leaky against honest",
        "Seconds to notice a change",
        "expected calibration error",
        result.figures["data"]["sha256"],
    ):
        assert text in page
    ids = re.findall(r' id="([^"]+)"', page)
    for name in set(re.findall(r'(?:url\(#|href="#)([^")]+)', page)):
        assert name in ids, f"a plot uses {name}, which is nowhere"


def test_a_finished_model_is_judged_and_what_it_has_seen_is_told(tiny, result, data_file, tmp_path):
    from motionloop.training.evaluation.evaluate_recordings import evaluate_recordings
    from motionloop.training.pipeline import train_recordings

    model = tmp_path / "model"
    train_recordings(TrainingRequest((str(data_file),), str(model), "gait", smoothing=0.25))
    request = EvaluationRequest(
        (str(data_file),), str(tmp_path / "report"), "judged", package=str(model)
    )
    made = evaluate_recordings(request)
    assert made.figures["int8"]["windows"] == result.figures["data"]["windows"]
    assert "2 of the 3 recordings tested were among those" in " ".join(made.figures["notices"])
    assert made.figures["replay"]["recordings"] == 3
    assert made.figures["settings"]["smoothing"] == 0.25  # the model's own
    (model / "metrics.json").unlink()
    again = evaluate_recordings(replace(request, folder=str(tmp_path / "again")))
    assert "is not known" in " ".join(again.figures["notices"])


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("name", 3),
        ("data.sessions", [[]]),
        ("split", []),
        ("split.kind", None),
        ("split.held_out", None),
        ("split.held_out", [{}]),
    ],
)
def test_of_a_model_with_odd_metrics_it_is_not_known_what_it_has_seen(
    windows, path, value, tmp_path
):
    from motionloop.training.evaluation.evaluate_recordings import _seen

    seen = sorted(set(windows.session.tolist()))
    metrics = {
        "name": "gait",
        "data": {"sessions": seen},
        "split": {"kind": "session", "held_out": seen[:1]},
    }
    (tmp_path / "model.mlpkg").touch()
    (tmp_path / "metrics.json").write_text(json.dumps(metrics))
    told = _seen(tmp_path, windows)
    assert told == {"model": "gait", "trained": seen[1:], "of": len(seen)}
    (tmp_path / "metrics.json").write_bytes(with_value(path, value)(json.dumps(metrics).encode()))
    assert _seen(tmp_path, windows) is None


def test_one_session_is_optimistic_and_has_no_lesson(tiny, data_file, tmp_path):
    from motionloop.training.evaluation.evaluate_recordings import evaluate_recordings

    alone = tmp_path / "alone.npz"
    with np.load(data_file) as arrays:
        first = arrays["subject"] == 0
        kept = {n: arrays[n][first] for n in ("X", "y", "session", "subject")}
        np.savez(alone, **kept, label_names=arrays["label_names"], rate_hz=arrays["rate_hz"])
    request = EvaluationRequest((str(alone),), str(tmp_path / "report"), "alone", seeds=2)
    made = evaluate_recordings(request)
    assert made.figures["split"]["optimistic"]
    assert made.figures["notices"][0].startswith("Optimistic")
    (fold,) = made.figures["split"]["folds"]
    assert len(fold["accuracy"]) == 2  # a value per seed
    assert made.figures["int8"]["windows"] == 2 * fold["test"]
    assert made.figures["interval"] is None
    assert "no interval" in made.figures["accuracy_text"]
    assert made.figures["replay"] is None
    assert "Not replayed" in Path(made.report).read_text()
    with pytest.raises(TrainingDataError, match="record each label in a second session"):
        evaluate_recordings(replace(request, lesson=True))


def test_a_named_split_is_the_one_fold(tiny, data_file, split_of_one, tmp_path):
    from motionloop.training.evaluation.evaluate_recordings import evaluate_recordings

    request = EvaluationRequest(
        (str(data_file),), str(tmp_path / "report"), "walks", named_split="second"
    )
    made = evaluate_recordings(request)
    (fold,) = made.figures["split"]["folds"]
    assert (made.figures["split"]["name"], fold["held_out"]) == ("second", ["walks subject 1"])
    assert made.figures["settings"]["command"].endswith("--split second")
    assert "that the split &#x27;second&#x27; holds out" in Path(made.report).read_text()
    with pytest.raises(TrainingDataError, match="a named split has one"):
        evaluate_recordings(replace(request, lesson=True))


def test_a_request_comes_through_the_workers_protocol_as_it_was():
    request = EvaluationRequest(("a.npz", "b"), "report", "x", labels=("sit", "walk"), seeds=3)
    sent = json.loads(json.dumps(asdict(request)))
    assert EvaluationRequest.from_json(sent) == request


def test_the_interval_is_wider_when_people_differ_more():
    from motionloop.training.measure import bootstrap_interval

    windows = np.full(6, 100)
    alike, apart = np.full((2, 6), 80), np.array([[50, 60, 80, 90, 100, 100]] * 2)
    assert bootstrap_interval(alike, windows) == (0.8, 0.8)
    low, high = bootstrap_interval(apart, windows)
    assert low < 0.7
    assert high > 0.9
    assert bootstrap_interval(alike[:, :2], windows[:2]) is None


def test_notices_come_before_any_figure():
    from motionloop.training.evaluation import report_page

    figures = {
        "data": {"synthetic": True, "people": ["ada"], "imbalance": "There is 4.0 times as much."},
        "split": {"optimistic": False, "kind": "session"},
        "seen": None,
        "settings": {"model": None},
        "int8": {"runtime": "LiteRT"},
    }
    found = " ".join(report_page.notices(figures))
    for text in ("Synthetic", "nothing about other people", "4.0 times", "LiteRT"):
        assert text in found
