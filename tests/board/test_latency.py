"""Nobody takes a computer's latency for the board's."""

from __future__ import annotations

import pytest

from motionloop.board.latency import latency_text
from motionloop.wire import BoardFlag


@pytest.mark.parametrize(
    ("flags", "text"),
    [
        (0, "21.4 ms on the board"),
        (BoardFlag.VIRTUAL, "21.4 ms on this computer"),
        (BoardFlag.VIRTUAL | BoardFlag.SYNTHETIC, "21.4 ms on this computer"),
        (BoardFlag.EMULATED, "21.4 ms estimate (cycle model)"),
        (BoardFlag.EMULATED | BoardFlag.VIRTUAL, "21.4 ms estimate (cycle model)"),
    ],
)
def test_a_latency_says_where_it_was_measured(flags: int, text: str) -> None:
    assert latency_text(21_400, flags) == text


def test_beside_this_computers_time_stands_the_boards_estimate() -> None:
    assert (
        latency_text(400, BoardFlag.VIRTUAL, 240_928)
        == "0.4 ms on this computer, about 24 ms on a Nano"
    )
    assert latency_text(21_400, 0, 240_928) == "21.4 ms on the board"
