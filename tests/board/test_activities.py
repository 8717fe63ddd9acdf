"""How long each activity held, and which moments are kept."""

from __future__ import annotations

from motionloop.board.activities import SHOWN_S, Activities


def test_an_activity_holds_since_the_prediction_before() -> None:
    activities = Activities(now_s=lambda: 5.0)
    moments = [
        activities.add(t_us, label)
        for t_us, label in [(1_000_000, "sit"), (2_250_000, "sit"), (3_250_000, None)]
    ]
    assert [moment.seconds for moment in moments] == [0.0, 1.25, 1.0]
    assert moments[0].at_s == 5.0
    assert activities.moments == moments
    assert activities.seconds == {"sit": 1.25, None: 1.0}


def test_a_long_silence_or_a_restarted_clock_counts_for_no_activity() -> None:
    activities = Activities(now_s=lambda: 0.0)
    for t_us in (0, 10_000_000, 20_000_001, 3_000_000, 4_000_000):
        activities.add(t_us, "walk")
    assert [moment.seconds for moment in activities.moments] == [0.0, 10.0, 0.0, 0.0, 1.0]


def test_moments_older_than_the_shown_minutes_go_and_their_seconds_stay() -> None:
    clock = iter([0.0, 1.0, 1.0 + SHOWN_S])
    activities = Activities(now_s=lambda: next(clock))
    for second in range(3):
        activities.add(second * 1_000_000, "walk")
    assert [moment.at_s for moment in activities.moments] == [1.0, 1.0 + SHOWN_S]
    assert activities.seconds == {"walk": 2.0}
