"""Names that differ by a slip are alike; names that differ in meaning are not."""

from __future__ import annotations

import pytest

from motionloop.recordings.checks.names import alike, groups_alike, nearest


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("walking", "Walking ", "case, spaces or signs"),
        ("stairs_up", "Stairs up", "case, spaces or signs"),
        ("stairs-up", "stairsup", "case, spaces or signs"),
        ("cafe\u0301", "café", "case, spaces or signs"),
        ("walking", "walkng", "one letter"),
        ("walking", "wlaking", "one letter"),
        ("sitting", "siting", "one letter"),
        ("upstairs", "upstiars", "a letter or two"),
        ("downstairs", "downstarrs", "a letter or two"),
        ("stairs up", "stiars up", "one letter"),
        ("walk", "walking", "an ending"),
        ("jump", "jumps", "one letter"),
    ],
)
def test_a_slip_is_seen_from_both_sides(one: str, other: str, reason: str) -> None:
    assert alike(one, other) == alike(other, one) == reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("left", "right"), ("up", "down"), ("upstairs", "downstairs"), ("walk 1", "walk 2"),
        ("set a", "set b"), ("gesture 01", "gesture 10"), ("STAND_TO_SIT", "STAND_TO_LIE"),
        ("SIT_TO_STAND", "STAND_TO_SIT"), ("sitting", "standing"), ("sitting", "fitting"),
        ("standing up", "standing on"), ("run", "ran"), ("walking", "walking fast"), ("a", "a"),
        ("forehand", "backhand"), ("v1 walk", "v2 walk"), ("walk1", "walk2"),
    ],
)  # fmt: skip
def test_names_that_mean_something_else_are_left_alone(one: str, other: str) -> None:
    assert alike(one, other) is None


def test_names_are_grouped() -> None:
    names = ["walkng", "Walking ", "walking", "left", "right", "Left"]
    assert [members for members, _ in groups_alike(names)] == [
        ("Left", "left"),
        ("Walking ", "walking", "walkng"),
    ]


@pytest.mark.parametrize(
    ("name", "meant"),
    [("Sitting", "sitting"), ("walk", "walking"), ("sittign", "sitting"), ("flying", None)],
)
def test_the_label_that_was_meant_is_proposed(name: str, meant: str | None) -> None:
    assert nearest(name, ["sitting", "walking", "stairs up"]) == meant
