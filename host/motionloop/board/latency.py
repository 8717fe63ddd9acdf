"""A prediction's latency in words that name the place of the measurement.

The product's promise is about a board. A virtual board's figure is of a desktop processor, and an
emulated board's figure comes from a model of the processor: no user may take them for the device's.
"""

from __future__ import annotations

from motionloop import wire


def measured_where(board_flags: int) -> str:
    """The place of a measurement by the board with these flags (`wire.Info.flags`), in words."""
    if board_flags & wire.BoardFlag.EMULATED:
        return "estimate (cycle model)"
    return "on this computer" if board_flags & wire.BoardFlag.VIRTUAL else "on the board"


def latency_text(latency_us: int, board_flags: int) -> str:
    """The latency in words, for example "21.4 ms on the board"."""
    return f"{latency_us / 1000:.1f} ms {measured_where(board_flags)}"
