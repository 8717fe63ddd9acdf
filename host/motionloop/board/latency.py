"""A prediction's latency in words that name the place of the measurement.

The product's promise is about a board. A virtual board's figure is of a desktop processor, and an
emulated board's figure comes from a model of the processor: no user may take them for the device's.
"""

from __future__ import annotations

from motionloop import wire
from motionloop.language import tr

# The built-in model takes 1.12 million instructions for 241 thousand multiply-accumulates on an
# emulated Cortex-M4 (docs/board.md), and an instruction 1.4 cycles or so.
_CYCLES_PER_MAC = 6.5
_CYCLES_PER_MS = 64_000


def measured_where(board_flags: int) -> str:
    """The place of a measurement by the board with these flags (`wire.Info.flags`), in words."""
    if board_flags & wire.BoardFlag.EMULATED:
        return tr("estimate (cycle model)")
    virtual = board_flags & wire.BoardFlag.VIRTUAL
    return tr("on this computer") if virtual else tr("on the board")


def nano_estimate_ms(macs: int) -> float:
    """Estimate the time of a model on a Nano 33 BLE Sense; never measured on one.

    Args:
        macs: Multiply-accumulates per window.

    Returns:
        Milliseconds per window.
    """
    return macs * _CYCLES_PER_MAC / _CYCLES_PER_MS


def latency_text(latency_us: int, board_flags: int, macs: int | None = None) -> str:
    """Say a latency, and where it was measured.

    Args:
        latency_us: As a prediction says it.
        board_flags: `wire.Info.flags`.
        macs: Multiply-accumulates of the model per window, for an estimate beside a time that is
            not a board's; None without.

    Returns:
        For example "21.4 ms on the board", or "0.4 ms on this computer, about 24 ms on a Nano".
    """
    where = measured_where(board_flags)
    words = tr("{milliseconds:.1f} ms {where}", milliseconds=latency_us / 1000, where=where)
    if macs is None or not board_flags & wire.BoardFlag.VIRTUAL:
        return words
    return tr(
        "{measured}, about {milliseconds:.0f} ms on a Nano",
        measured=words,
        milliseconds=nano_estimate_ms(macs),
    )
