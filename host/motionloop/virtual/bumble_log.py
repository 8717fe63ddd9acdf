"""What bumble need not write down.

bumble puts each packet into words for its debug log, which nobody sees (`log.py` has its warnings
only). That took a seventh of the time of a virtual link.
"""

from __future__ import annotations

from bumble import hci


def leave_packets_unworded() -> None:
    """From now on a packet's text has its name and not its fields."""
    hci.HCI_Object.format_fields = staticmethod(_nothing)


def _nothing(*_: object, **__: object) -> str:
    return ""
