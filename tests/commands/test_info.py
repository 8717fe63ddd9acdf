"""What `motionloop info` says in words."""

from __future__ import annotations

import pytest

from motionloop import wire
from motionloop.commands.info import _nature, _restarts


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "never since power was applied"),
        (1, "restarted itself once because of it"),
        (12, "restarted itself 12 times because of it"),
    ],
)
def test_restarts_for_a_silent_radio_are_said_in_words(count: int, said: str) -> None:
    assert said in _restarts(count)


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (0, "hardware"),
        (wire.BoardFlag.VIRTUAL, "virtual, its motion is replayed"),
        (wire.BoardFlag.VIRTUAL | wire.BoardFlag.SYNTHETIC, "virtual, its motion is synthetic"),
        (wire.BoardFlag.EMULATED, "emulated"),
        (wire.BoardFlag.EMULATED | wire.BoardFlag.SYNTHETIC, "emulated"),
    ],
)
def test_no_board_passes_for_what_it_is_not(flags: int, said: str) -> None:
    info = wire.Info.unpack(bytes(wire.Info.SIZE))
    changed = wire.Info(**{**info.__dict__, "flags": flags})
    assert said in _nature(changed)
