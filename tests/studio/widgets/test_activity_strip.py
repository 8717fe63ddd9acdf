"""What the strip of the last minutes draws."""

from __future__ import annotations

from motionloop.board.activities import Moment
from motionloop.studio.widgets.activity_strip import stretches


def test_moments_of_one_label_are_one_stretch_up_to_a_hole() -> None:
    moments = [
        *(Moment(10.0 + second, 1.0, "walking") for second in range(5)),
        Moment(15.01, 1.0, None),
        Moment(16.0, 1.0, "walking"),
        Moment(20.0, 0.0, "walking"),  # after a silence that counts for nothing
        Moment(21.0, 1.0, "walking"),
    ]
    assert stretches(moments, hole_s=0.2) == [
        (9.0, 14.0, "walking"),
        (14.01, 15.01, None),
        (15.0, 16.0, "walking"),
        (20.0, 21.0, "walking"),
    ]
