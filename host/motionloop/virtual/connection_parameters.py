"""The connection parameters that the board asks for, as ArduinoBLE asks for them.

ArduinoBLE sends one L2CAP Connection Parameter Update Request as it hears of a connection, if the
central's choice is not what the sketch set (L2CAPSignaling.cpp, addConnection). What the central
answers is ignored.
"""

from __future__ import annotations

import struct

SIGNALING_CID = 5
UPDATE_REQUEST, UPDATE_RESPONSE = 0x12, 0x13
# As in firmware/src/radio.cpp, in units of 1.25 ms and 10 ms.
MIN_INTERVAL, MAX_INTERVAL = 12, 24
SUPERVISION_TIMEOUT = 600


def update_request(interval: int, supervision_timeout: int) -> bytes | None:
    """The request for a connection that begins with these parameters, None if they suit.

    An interval within the range is asked for again as it is; only the timeout then changes.
    """
    shortest, longest = interval, interval
    if not MIN_INTERVAL <= interval <= MAX_INTERVAL:
        shortest, longest = MIN_INTERVAL, MAX_INTERVAL
    elif supervision_timeout == SUPERVISION_TIMEOUT:
        return None
    parameters = struct.pack("<HHHH", shortest, longest, 0, SUPERVISION_TIMEOUT)
    return struct.pack("<BBH", UPDATE_REQUEST, 1, len(parameters)) + parameters
