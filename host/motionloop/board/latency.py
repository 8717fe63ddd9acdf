"""A prediction's latency in words that say where it was measured.

The product's promise is about a board. A virtual board's figure is a desktop processor's, and an
emulated one's comes from a model of the processor: neither may be taken for the device's.
"""

from __future__ import annotations

from motionloop import wire


def measured_where(board_flags: int) -> str:
    """What stands behind a figure of the board with these flags (`wire.Info.flags`)."""
    if board_flags & wire.BoardFlag.EMULATED:
        return "estimate (cycle model)"
    return "on this computer" if board_flags & wire.BoardFlag.VIRTUAL else "on the board"


def latency_text(latency_us: int, board_flags: int) -> str:
    """For example "21.4 ms on the board"."""
    return f"{latency_us / 1000:.1f} ms {measured_where(board_flags)}"
