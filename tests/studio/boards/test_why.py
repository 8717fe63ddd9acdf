"""Why is it wrong on me: each cause is found by its evidence, the gravest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from motionloop.errors import MotionLoopError
from motionloop.model.package import ModelPackage, unpack_package
from motionloop.recordings.recording import Recording
from motionloop.recordings.segments import Segment
from motionloop.studio.boards.sample_ring import Stretch
from motionloop.studio.boards.why import Learned, Why, explain, learned_of
from tests.studio.repeated_motion import START_US, write_repeated

BUILTIN = Path(__file__).parents[3] / "models" / "builtin.mlpkg"
LABELS = ("sitting", "walking", "running")
Change = Callable[[NDArray[np.int16]], NDArray[Any]]


@pytest.fixture(scope="module")
def package() -> ModelPackage:
    return replace(unpack_package(BUILTIN.read_bytes()), labels=LABELS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """20 s each of sitting, walking and running, by Ada."""
    made = tmp_path_factory.mktemp("recordings")
    segments = [
        Segment(START_US + i * 20_000_000, START_US + (i + 1) * 20_000_000 - 100_000, label)
        for i, label in enumerate(LABELS)
    ]
    write_repeated(made / "one", 60.0, segments)
    return made


@pytest.fixture(scope="module")
def whole(folder: Path) -> Recording:
    return Recording.open(folder / "one")


@pytest.fixture(scope="module")
def learned(package: ModelPackage, folder: Path) -> Learned:
    found = learned_of(package, {"data": {"sessions": ["one"]}}, folder)
    assert found is not None
    return found


def walk(whole: Recording, change: Change = lambda raw: raw, seconds: float = 10.5) -> Stretch:
    """Ten seconds in the middle of the walk, changed."""
    first = int(24 * whole.rate_hz)
    where = slice(first, first + int(seconds * whole.rate_hz))
    raw = np.clip(change(whole.raw[where]), -32768, 32767).astype(np.int16)
    return Stretch(whole.seq[where], whole.t_us[where], raw)


def turned(raw: NDArray[np.int16]) -> NDArray[np.int16]:
    """By 90 degrees about x."""
    made = raw[:, [0, 2, 1, 3, 5, 4]].copy()
    made[:, [2, 5]] *= -1
    return made


def clipped(raw: NDArray[np.int16]) -> NDArray[np.int16]:
    made = raw.copy()
    made[::10, 0] = 32767
    return made


def on_the_table(raw: NDArray[np.int16]) -> NDArray[np.int16]:
    made = np.zeros_like(raw)
    made[:] = raw.mean(axis=0)
    return made


def ask(whole: Recording, package: ModelPackage, stretch: Stretch, learned: Learned | None,
        **more: Any) -> Why:  # fmt: skip
    return explain(stretch, whole.board.format, package, learned, **more)


def test_motion_as_in_the_training_is_usual_and_its_neighbours_are_named(
    whole: Recording, package: ModelPackage, learned: Learned
) -> None:
    why = ask(whole, package, walk(whole), learned, said=["running"] * 8, wearer="Ada")
    (only,) = why.reasons
    assert "are walking (" in only.words
    assert "mostly of Ada, and the board said running" in only.words
    assert why.nearest_words == "walking, by Ada"
    assert why.nearest is not None
    assert np.abs(why.nearest - why.mine).mean() < 0.5


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (turned, "Gravity points"),
        (clipped, "at the end of the sensor's range"),
        (on_the_table, "The board hardly moves"),
    ],
)
def test_what_is_wrong_with_the_motion_comes_first(
    whole: Recording, package: ModelPackage, learned: Learned, change: Change, words: str
) -> None:
    moving = replace(
        learned,
        motion=learned.motion[learned.labels != "sitting"],
        labels=learned.labels[learned.labels != "sitting"],
        people=learned.people[learned.labels != "sitting"],
    )
    why = ask(whole, package, walk(whole, change), moving, wearer="Ada")
    assert words in why.reasons[0].words
    assert all(reason.cure for reason in why.reasons)


def test_more_strength_than_in_the_training(
    whole: Recording, package: ModelPackage, learned: Learned
) -> None:
    sitting = learned.labels == "sitting"
    calm = Learned(learned.motion[sitting], learned.labels[sitting], learned.people[sitting])
    why = ask(whole, package, walk(whole), calm)
    assert any("more strongly than anybody" in reason.words for reason in why.reasons)


def test_a_wrong_rate_few_samples_a_stranger_and_unknown_are_said(
    whole: Recording, package: ModelPackage, learned: Learned
) -> None:
    fast = walk(whole)
    fast = replace(fast, t_us=fast.t_us[0] + (fast.t_us - fast.t_us[0]) * 9 // 10)
    words = " ".join(r.words for r in ask(whole, package, fast, learned).reasons)
    assert f"says {whole.rate_hz:.1f} Hz" in words
    short = ask(whole, package, walk(whole, seconds=4.0), learned, wearer="Cy", said=[None] * 5)
    words = " ".join(r.words for r in short.reasons)
    assert "Only the last 4.0 s" in words
    assert "no motion of Cy in the training, only of Ada" in words
    assert "100% of the answers were unknown" in words
    warned = ask(whole, package, walk(whole), learned, warnings=["worn turned"])
    assert warned.reasons[0].words == "worn turned"


def test_without_the_training_or_a_window_that_is_said(
    whole: Recording, package: ModelPackage, folder: Path
) -> None:
    assert learned_of(package, {"data": {"sessions": ["gone"]}}, folder) is None
    assert learned_of(package, {}, folder) is None
    why = ask(whole, package, walk(whole), None)
    assert "are not here" in why.reasons[0].words
    assert why.nearest is None
    with pytest.raises(MotionLoopError, match="no whole window"):
        ask(whole, package, walk(whole, seconds=1.0), None)
