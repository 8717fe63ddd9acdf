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
INTERVAL = 12
SUPERVISION_TIMEOUT = 600


def update_request(interval: int, supervision_timeout: int) -> bytes | None:
    """The request for a connection that begins with these parameters, None if they suit."""
    if interval == INTERVAL and supervision_timeout == SUPERVISION_TIMEOUT:
        return None
    parameters = struct.pack("<HHHH", INTERVAL, INTERVAL, 0, SUPERVISION_TIMEOUT)
    return struct.pack("<BBH", UPDATE_REQUEST, 1, len(parameters)) + parameters
