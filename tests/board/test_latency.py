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
