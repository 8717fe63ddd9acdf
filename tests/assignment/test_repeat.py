"""What is trained and evaluated again, and when the outcome is another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from motionloop.assignment.judge import Verdict, judge
from motionloop.assignment.repeat import (
    check_reevaluated,
    check_repeated,
    evaluation_again,
    training_again,
)
from motionloop.assignment.task import load_assignment
from motionloop.errors import AssignmentError, TrainingDataError
from motionloop.model.folder import PACKAGE_FILE
from motionloop.model.package import unpack_package
from motionloop.trainer.messages import EvaluationResult, TrainingResult
from tests.assignment.pupil import ASKED

TEACHERS = load_assignment(ASKED)


@pytest.fixture
def verdict(pupil: Path) -> Verdict:
    return judge(pupil, TEACHERS)


def test_the_teachers_seed_and_preset_are_used_whatever_the_pupil_claims(
    verdict: Verdict, tmp_path: Path
) -> None:
    assert verdict.model is not None
    verdict.model.metrics["request"] |= {"seed": 99, "preset": "thorough", "recordings": ["/"]}
    asked = training_again(verdict.work, TEACHERS, verdict.model, tmp_path / "again")
    assert (asked.seed, asked.preset, asked.folder) == (1, "quick", str(tmp_path / "again"))
    assert [Path(path).name for path in asked.recordings] == ["monday", "tuesday"]
    assert asked.split == "session"
    assert verdict.evaluated is not None
    wanted = evaluation_again(verdict.work, TEACHERS, verdict.evaluated, tmp_path / "again")
    assert (wanted.seeds, wanted.preset, wanted.split, wanted.lesson) == (
        1,
        "quick",
        "session",
        False,
    )


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("width", 1e6, "is not repeated"),
        ("stem_stride", 0, "is not repeated"),
        ("architecture", "huge", "is not repeated"),
        ("backbone", "/", "began with a backbone"),
    ],
)
def test_a_network_of_no_reason_is_not_trained(
    verdict: Verdict, tmp_path: Path, name: str, value: Any, said: str
) -> None:
    assert verdict.model is not None
    verdict.model.metrics["request"][name] = value
    with pytest.raises(AssignmentError, match=said):
        training_again(verdict.work, TEACHERS, verdict.model, tmp_path)


def test_so_many_seeds_are_not_repeated(verdict: Verdict, tmp_path: Path) -> None:
    assert verdict.evaluated is not None
    verdict.evaluated.figures["settings"]["seeds"] = list(range(1, 1000))
    with pytest.raises(AssignmentError, match="999 seeds"):
        evaluation_again(verdict.work, TEACHERS, verdict.evaluated, tmp_path)


def test_the_same_model_another_as_good_and_one_that_is_not(
    verdict: Verdict, tmp_path: Path
) -> None:
    model = verdict.model
    assert model is not None
    file = tmp_path / PACKAGE_FILE
    file.write_bytes(model.package_bytes)
    same = TrainingResult(str(tmp_path), str(file), model.metrics)
    assert check_repeated(TEACHERS, model, same).found == "the same model, byte for byte"
    labels = tuple(reversed(unpack_package(model.package_bytes).labels))
    file.write_bytes(replace(unpack_package(model.package_bytes), labels=labels).pack())
    near = check_repeated(TEACHERS, model, same)
    assert (near.passed, near.found.endswith(" again")) == (True, True)
    worse = {"int8": {"accuracy": model.metrics["int8"]["accuracy"] - 0.05}}
    failed = check_repeated(TEACHERS, model, replace(same, metrics=worse))
    assert failed.passed is False
    assert failed.advice
    error = check_repeated(TEACHERS, model, TrainingDataError("Too little motion."))
    assert (error.passed, error.found) == (False, "Too little motion.")


def test_an_evaluation_that_was_typed_by_hand_comes_out_otherwise(verdict: Verdict) -> None:
    evaluated = verdict.evaluated
    assert evaluated is not None
    again = EvaluationResult("", evaluated.figures)
    assert check_reevaluated(TEACHERS, evaluated, again).passed
    typed = replace(evaluated, figures={"int8": {"accuracy": 0.5}})
    check = check_reevaluated(TEACHERS, typed, again)
    assert check.passed is False
    assert check.found.startswith("50.0% claimed")
