"""A board worn turned is noticed by where gravity points, and nothing else is."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from motionloop import wire
from motionloop.board.prediction import Prediction
from motionloop.commands.live import Dashboard
from motionloop.model.wearing import (
    Wearing,
    WearingCheck,
    find_wearing,
    gravity,
    learn_wearing,
    tilt_between_people_rad,
    wearing_check,
)
from motionloop.sample_format import SampleFormat

RATE_HZ = 50.0
ACCEL_NG_PER_LSB = 244_141
WINDOW = 128
UP = np.array([0.0, 1.0, 0.0])
SHAKEN = UP + 0.2 * np.where(np.arange(WINDOW) % 2, 1, -1)[None, :, None]  # in its mean just UP


def motion(
    windows: int, strength_g: float, up: np.ndarray = UP, sway_deg: float = 5.0, seed: int = 1
) -> np.ndarray:
    """Acceleration [windows, WINDOW, 3] in g of steps with gravity along `up`, more or less."""
    rng = np.random.default_rng(seed)
    gravity = up + np.radians(sway_deg) * rng.standard_normal((windows, 1, 3))
    t_s = np.arange(WINDOW)[:, np.newaxis] / RATE_HZ
    phase = rng.uniform(0, 6, (windows, 1, 3))
    return gravity + strength_g * np.sin(2 * np.pi * 1.9 * t_s + phase)


def raw(acceleration_g: np.ndarray) -> np.ndarray:
    """As a sensor's samples int16 [k, 6]."""
    counts = np.rint(acceleration_g.reshape(-1, 3) / (ACCEL_NG_PER_LSB * 1e-9))
    return np.hstack([counts, np.zeros_like(counts)]).astype(np.int16)


def turned(acceleration_g: np.ndarray, degrees: float) -> np.ndarray:
    """Turned about the x axis."""
    sin, cos = np.sin(np.radians(degrees)), np.cos(np.radians(degrees))
    return acceleration_g @ np.array([[1, 0, 0], [0, cos, sin], [0, -sin, cos]])


@pytest.fixture(scope="module")
def walks_and_lies() -> Wearing:
    acceleration = np.concatenate([motion(40, 0.4), motion(40, 0.0, np.array([1.0, 0, 0]))])
    made = learn_wearing(acceleration, np.repeat([0, 1], 40), ("walk", "lie"))
    assert made is not None
    return made


def check_of(wearing: Wearing) -> WearingCheck:
    return WearingCheck(wearing, SampleFormat(RATE_HZ, ACCEL_NG_PER_LSB, 1), WINDOW / RATE_HZ)


def test_gravity_is_where_the_mean_acceleration_points() -> None:
    still = np.zeros((3, WINDOW, 3)) + np.array([[[0.0, 0.3, 0.4]], [[2.0, 0, 0]], [[0, 0, 0]]])
    directions, moving = gravity(still)
    # In free fall there is no direction, and no error either.
    np.testing.assert_allclose(directions, [[0, 0.6, 0.8], [1, 0, 0], [0, 0, 0]])
    assert moving.tolist() == [False, False, False]


@pytest.mark.parametrize(("times", "is_moving"), [(0.9, False), (1.1, True)])
def test_a_window_moves_when_all_axes_together_vary_enough(times: float, is_moving: bool) -> None:
    """A standard deviation of 0.08 g, as the length of the three axes' own."""
    each_g = 0.08 / np.sqrt(3) * times
    swinging = UP + each_g * np.where(np.arange(WINDOW) % 2, 1, -1)[None, :, None] * np.ones(3)
    assert gravity(swinging)[1].tolist() == [is_moving]


@pytest.mark.parametrize("part", range(4))
def test_a_window_that_rests_for_a_quarter_does_not_move(part: int) -> None:
    acceleration = motion(1, 0.5)
    assert gravity(acceleration)[1].tolist() == [True]
    acceleration[:, part * WINDOW // 4 : (part + 1) * WINDOW // 4] = UP
    assert gravity(acceleration)[1].tolist() == [False]


def test_only_activities_that_move_tell_how_it_is_worn(walks_and_lies: Wearing) -> None:
    assert walks_and_lies.moving
    assert walks_and_lies.directions.keys() == {"walk"}
    np.testing.assert_allclose(walks_and_lies.directions["walk"], UP, atol=0.05)
    assert walks_and_lies.limit_deg == 45.0


@pytest.mark.parametrize("degrees", [0, 20])
def test_worn_as_in_training_is_no_warning(walks_and_lies: Wearing, degrees: float) -> None:
    check = check_of(walks_and_lies)
    check.add_samples(raw(turned(motion(20, 0.5, seed=2), degrees)))
    assert check.judged
    assert check.turned_deg is None
    assert check.warning is None


@pytest.mark.parametrize("degrees", [90, 180, -90])
def test_worn_turned_is_told_with_the_angle(walks_and_lies: Wearing, degrees: float) -> None:
    check = check_of(walks_and_lies)
    for sample in np.split(raw(turned(motion(6, 0.5, seed=2), degrees)), 64):
        check.add_samples(sample)  # a few at a time, as they come over the radio
    assert check.turned_deg == pytest.approx(abs(degrees), abs=12)
    assert f"about {abs(degrees)} degrees" in str(check.warning)


def test_lying_down_is_not_taken_for_a_turned_board(walks_and_lies: Wearing) -> None:
    check = check_of(walks_and_lies)
    check.add_samples(raw(motion(40, 0.0, np.array([1.0, 0, 0]))))
    assert not check.judged
    assert check.warning is None


def test_it_judges_by_six_windows_that_tell(walks_and_lies: Wearing) -> None:
    check = check_of(walks_and_lies)
    sideways = raw(turned(motion(6, 0.5), 90))
    check.add_samples(raw(motion(9, 0.0)))  # still ones do not tell
    check.add_samples(sideways[:-1])
    assert not check.judged
    check.add_samples(sideways[-1:])
    assert check.judged
    assert check.warning is not None


def test_sitting_down_does_not_end_a_warning(walks_and_lies: Wearing) -> None:
    check = check_of(walks_and_lies)
    check.add_samples(raw(turned(motion(6, 0.5), 90)))
    before = check.turned_deg
    check.add_samples(raw(motion(40, 0.0)))
    assert before is not None
    assert check.turned_deg == before


def test_the_newest_twelve_windows_count(walks_and_lies: Wearing) -> None:
    check = check_of(walks_and_lies)
    check.add_samples(raw(turned(motion(30, 0.5), 90)))
    check.add_samples(raw(motion(5, 0.5)))
    assert check.warning is not None  # seven of twelve are turned
    check.add_samples(raw(motion(2, 0.5)))
    assert check.warning is None


def test_the_limit_itself_is_still_worn_well() -> None:
    wearing = Wearing(False, {"stand": (0.0, 1.0, 0.0)}, 45.0)
    for degrees, is_turned in ((44, False), (46, True)):
        check = check_of(wearing)
        check.add_samples(raw(turned(motion(12, 0.0, sway_deg=0.0), degrees)))
        assert (check.turned_deg is not None) is is_turned


def test_the_nearest_of_several_directions_counts() -> None:
    wearing = Wearing(True, {"a": (1.0, 0.0, 0.0), "b": (0.0, 1.0, 0.0)}, 45.0)
    directions = np.array([[1.0, 0, 0], [0, -1, 0], [0, 0, 1], [0.6, 0.8, 0]])
    angles_deg = wearing.angles_deg(directions)
    np.testing.assert_allclose(angles_deg, [0, 90, 90, 36.87], atol=0.01)


def test_the_limit_grows_with_how_differently_it_was_worn() -> None:
    """Half of the windows tilted to one side, half to the other: that far is as in training."""
    label = np.zeros(80, np.int64)

    def learned(tilt_deg: float) -> Wearing | None:
        both = [turned(np.tile(SHAKEN, (40, 1, 1)), d) for d in (-tilt_deg, tilt_deg)]
        return learn_wearing(np.concatenate(both), label, ("walk",))

    wide = learned(60.0)
    assert wide is not None
    assert wide.limit_deg == 60.0
    uneven = learned(60.123)
    assert uneven is not None
    assert uneven.limit_deg == 60.1  # a tenth of a degree is enough in a file
    assert learned(74.9) is not None
    assert learned(75.1) is None


def test_a_label_that_mostly_rests_says_nothing_where_others_move() -> None:
    """Some moving windows of a label at rest are no sign of how it is worn in motion."""
    sideways = np.array([1.0, 0, 0])
    rests = np.concatenate([motion(30, 0.0, sideways), motion(10, 0.5, sideways)])
    made = learn_wearing(
        np.concatenate([motion(40, 0.5), rests]), np.repeat([0, 1], 40), ("walk", "lie")
    )
    assert made is not None
    assert made.directions.keys() == {"walk"}


def test_it_survives_json(walks_and_lies: Wearing) -> None:
    document = json.loads(json.dumps(walks_and_lies.to_json()))
    assert Wearing.from_json(document) == walks_and_lies


@pytest.mark.parametrize(
    "change",
    [
        {"moving": 1},
        {"moving": []},
        {"limit_deg": None},
        {"limit_deg": float("nan")},
        {"limit_deg": 10**400},
        {"directions": {}},
        {"directions": [[0, 1, 0]]},
        {"directions": {"walk": 3}},
        {"directions": {"walk": [0, 1]}},
        {"directions": {"walk": [[0, 1, 0]]}},
        {"directions": {"walk": [0, 1, 0], "lie": []}},
        {"directions": {"walk": [0, "y", 0]}},
        {"directions": {"walk": [0, None, 0]}},
        {"directions": {"walk": [0, {}, 0]}},
        {"directions": {"walk": [0, 10**400, 0]}},
        {"directions": {"walk": [0, float("inf"), 0]}},
    ],
)
def test_with_anything_else_in_the_metrics_there_is_no_check(
    change: dict[str, object], tmp_path: Path
) -> None:
    wearing = {"moving": True, "directions": {"walk": [0.0, 1.0, 0.0]}, "limit_deg": 45}
    for name, found in (("good", wearing), ("bad", wearing | change)):
        (tmp_path / name / "model").mkdir(parents=True)
        text = json.dumps({"model_id": "aabb", "wearing": found})
        (tmp_path / name / "model/metrics.json").write_text(text)
    assert find_wearing(tmp_path / "good", bytes.fromhex("aabb")) is not None
    assert find_wearing(tmp_path / "bad", bytes.fromhex("aabb")) is None


def test_put_right_again_the_warning_ends(walks_and_lies: Wearing) -> None:
    check = check_of(walks_and_lies)
    check.add_samples(raw(turned(motion(12, 0.5), 90)))
    assert check.warning
    check.add_samples(raw(motion(12, 0.5)))
    assert check.warning is None


def test_without_an_activity_that_moves_the_still_ones_tell() -> None:
    acceleration = np.concatenate([motion(30, 0.0), motion(30, 0.0, np.array([1.0, 0, 0]))])
    wearing = learn_wearing(acceleration, np.repeat([0, 1], 30), ("stand", "lie"))
    assert wearing is not None
    assert not wearing.moving
    assert wearing.directions.keys() == {"stand", "lie"}
    check = check_of(wearing)
    check.add_samples(raw(motion(12, 0.0, np.array([0.0, 0.0, 1.0]))))
    assert check.turned_deg == pytest.approx(90, abs=12)


def test_where_the_still_ones_tell_moving_windows_do_not() -> None:
    check = check_of(Wearing(False, {"stand": (0.0, 1.0, 0.0)}, 45.0))
    check.add_samples(raw(turned(motion(20, 0.5), 90)))
    assert not check.judged


def test_worn_every_way_in_training_says_nothing() -> None:
    anyhow = np.random.default_rng(4).standard_normal((300, 1, 3))
    anyhow /= np.linalg.norm(anyhow, axis=2, keepdims=True)
    acceleration = motion(300, 0.5) - UP + anyhow
    assert learn_wearing(acceleration, np.zeros(300, np.int64), ("walk",)) is None


@pytest.mark.parametrize("tilt_deg", [5, 30])
def test_how_differently_people_wear_it(tilt_deg: float) -> None:
    people = np.repeat(["ann", "ben", "cem", "dee"], 20)
    leaning = np.radians(tilt_deg)
    ups = [np.array([np.sin(a), np.cos(a), 0.0]) for a in (leaning, -leaning, leaning, -leaning)]
    walking = np.concatenate([motion(20, 0.5, up, seed=i) for i, up in enumerate(ups)])
    label = np.zeros(80, np.int64)
    found = tilt_between_people_rad(walking, label, people)
    assert found == pytest.approx(leaning, abs=np.radians(2))
    # Too few people, or nobody who moves, tell nothing.
    assert tilt_between_people_rad(walking[:40], label[:40], people[:40]) is None
    assert tilt_between_people_rad(motion(80, 0.0), label, people) is None


def test_the_people_and_windows_that_it_takes_to_compare_them() -> None:
    def tilt(windows_of_each: list[int]) -> float | None:
        people = np.repeat([f"p{i}" for i in range(len(windows_of_each))], windows_of_each)
        walking = motion(len(people), 0.5)
        return tilt_between_people_rad(walking, np.zeros(len(people), np.int64), people)

    assert tilt([5, 5, 5]) is not None
    assert tilt([5, 5]) is None
    assert tilt([5, 5, 4]) is None


def test_labels_weigh_alike_in_how_differently_people_wear_it() -> None:
    """One label worn alike by all, one with people leaning 30 degrees to both sides."""
    leaning = np.radians(30)
    alike, people = [UP] * 4, np.repeat(["a", "b", "c", "d"], 10)
    apart = [np.array([np.sin(a), np.cos(a), 0.0]) for a in (leaning, -leaning) * 2]
    windows = [motion(10, 0.5, up, sway_deg=0.0, seed=i) for i, up in enumerate(alike + apart)]
    label = np.repeat([0, 1], 40)
    found = tilt_between_people_rad(np.concatenate(windows), label, np.tile(people, 2))
    assert found == pytest.approx(leaning / 2, abs=np.radians(1.5))


def test_the_check_for_a_board_is_of_its_active_model(
    walks_and_lies: Wearing, tmp_path: Path
) -> None:
    (tmp_path / "walks").mkdir()
    metrics = {"model_id": "00112233445566aa", "wearing": walks_and_lies.to_json()}
    (tmp_path / "walks" / "metrics.json").write_text(json.dumps(metrics))
    info = replace(
        wire.Info.unpack(bytes(wire.Info.SIZE)),
        native_rate_mhz=50_000,
        accel_ng_per_lsb=ACCEL_NG_PER_LSB,
        model_id=bytes.fromhex("00112233445566aa"),
    )
    check = wearing_check(tmp_path, info)
    assert check is not None
    check.add_samples(raw(turned(motion(6, 0.5), 90)))
    assert check.warning is not None
    assert wearing_check(tmp_path, replace(info, model_id=bytes(8))) is None


def test_is_found_by_the_models_id(walks_and_lies: Wearing, tmp_path: Path) -> None:
    contents = {
        "broken": "{",
        "other": json.dumps({"model_id": "00ff", "wearing": walks_and_lies.to_json()}),
        "old": json.dumps({"model_id": "aabb"}),
        "right": json.dumps({"model_id": "aabb", "wearing": walks_and_lies.to_json()}),
    }
    for name, text in contents.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "metrics.json").write_text(text)
    assert find_wearing(tmp_path, bytes.fromhex("aabb")) == walks_and_lies
    assert find_wearing(tmp_path, bytes.fromhex("1234")) is None
    assert find_wearing(tmp_path / "gone", bytes.fromhex("aabb")) is None


NO_INFO = wire.Info.unpack(bytes(wire.Info.SIZE))


def test_live_shows_the_warning(walks_and_lies: Wearing) -> None:
    console = Console(record=True, width=120, file=StringIO())
    check = check_of(walks_and_lies)
    dashboard = Dashboard("board", ("lie", "walk"), NO_INFO, worn=check)
    dashboard.add(Prediction(1, 1, bytes(8), 0, 0, 1, 0.9, 0, False, np.zeros(2, np.int8), False))
    console.print(dashboard)
    check.add_samples(raw(turned(motion(6, 0.5), 90)))
    console.print(dashboard)
    assert console.export_text().count("worn turned by about 90 degrees") == 1
