"""Habits of a real computer's Bluetooth that the virtual one lacks, each by name.

Seen on BlueZ 5.66 (docs/bluetooth.md). Tests switch them on, so that nobody needs a real adapter
to see what the host makes of them:

    habits.current = Habits(lost_request_code=0x0E)
"""

from __future__ import annotations

from dataclasses import dataclass

UNLIKELY_ERROR = 0x0E  # of ATT (Core, Vol 3, Part F, 3.4.1.1)
_OLD_SKETCH = frozenset({"19b10001-e8f2-537e-4f6c-d104768a1214"})  # ArduinoBLE's LED example


@dataclass
class Habits:
    """The default: a system that reports everything at once."""

    # The MTU reads 23, the least there is, until the system is asked for it.
    mtu_only_when_asked: bool = False
    # A link that breaks fails its pending request with this ATT error, as if the board had
    # refused it; the system reports the loss only so much later.
    lost_request_code: int | None = None
    loss_told_after_s: float = 0.0
    # Disconnecting takes so long.
    disconnect_s: float = 0.0
    # So many next connections are aborted as they begin.
    aborted_connections: int = 0
    # So many next scans are refused since the adapter is busy; None: all.
    refused_scans: int | None = 0
    # A scan begins so late. One that is broken off before begins all the same, and from then on
    # this program's scans are refused.
    scan_begins_after_s: float = 0.0
    # The link of a client that dies (`BleakClientVirtual.die`) stays up.
    keeps_links: bool = False
    # Scans and clients get these UUIDs of the program before, until the system
    # forgets its services.
    remembered: frozenset[str] | None = None
    # The daemon was killed: links end without a report, and no request is answered.
    daemon_killed: bool = False


def bluez() -> Habits:
    """BlueZ 5.66 on an ordinary day."""
    return Habits(
        mtu_only_when_asked=True,
        lost_request_code=UNLIKELY_ERROR,
        loss_told_after_s=0.02,
        disconnect_s=2.2,
        keeps_links=True,
    )


def sketch_before() -> Habits:
    """The system remembers the services of another sketch."""
    return Habits(remembered=_OLD_SKETCH)


current = Habits()
