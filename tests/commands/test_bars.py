"""Progress on a terminal and in a pipe."""

from __future__ import annotations

import io
import time

import pytest

from motionloop.commands.bars import LINE_EVERY_S, Bars, left_words, waiting
from motionloop.commands.console import terminal


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, whose only item the test sets."""
    now_s = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now_s[0])
    return now_s


def test_a_pipe_gets_a_plain_line_at_times(clock: list[float]) -> None:
    pipe = io.StringIO()
    with Bars(terminal(file=pipe)) as bars:
        row = bars.row()
        for second in range(31):
            clock[0] = 100.0 + second
            row.show("train [b]\x1b[2J", second, 30)
        row.show("save", 0, 1)
        row.show("save", 1, 1)
    assert pipe.getvalue().splitlines() == [
        "train [b]\ufffd[2J: 33%, 20 s left",
        "train [b]\ufffd[2J: 67%, 10 s left",
        "train [b]\ufffd[2J: 100%",
    ]
    assert LINE_EVERY_S == 10


def test_rows_have_their_own_lines(clock: list[float]) -> None:
    pipe = io.StringIO()
    with Bars(terminal(file=pipe)) as bars:
        one, other = bars.row(), bars.row()
        clock[0] += LINE_EVERY_S
        one.show("wrist", 10.0, None, "10 s")
        other.show("ankle", 10.0, 40.0, "10 s, lost 3", left_s=30.0)
    assert pipe.getvalue() == "wrist: 10 s\nankle: 25%, 10 s, lost 3, 30 s left\n"


@pytest.mark.parametrize("kind", [{}, {"force_terminal": True, "_environ": {"TERM": "dumb"}}])
def test_what_is_waited_for_is_said_once(kind: dict[str, object]) -> None:
    pipe = io.StringIO()
    with waiting(terminal(file=pipe, **kind), "Listening [b]for boards"):
        pass
    assert pipe.getvalue() == "Listening [b]for boards ...\n"


def test_a_terminal_gets_a_bar_with_the_remaining_time() -> None:
    screen = io.StringIO()
    console = terminal(file=screen, force_terminal=True, _environ={"TERM": "xterm"}, width=80)
    with Bars(console) as bars:
        row = bars.row()
        row.show("train", 1, 4, left_s=150.0)
        bars._bars.refresh()
        row.show("wait", 0, None)
    assert "\x1b[" in screen.getvalue()
    assert "train" in screen.getvalue()
    assert "2 min left" in screen.getvalue()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "0 s left"), (99.4, "99 s left"), (100, "2 min left"), (9000, "2.5 h left")],
)
def test_remaining_time_in_words(seconds: float, words: str) -> None:
    assert left_words(seconds) == words
