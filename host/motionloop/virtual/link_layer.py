"""The time of packets on the air: Bluetooth LE's link layer at 1 Mbit/s.

Bluetooth Core, Vol 6, Part B: 2.1 (packets), 4.1.1 (inter-frame space), 4.5.10 (data length).
"""

from __future__ import annotations

MIN_OCTETS, MAX_OCTETS = 27, 251  # payload of a packet, before and after the data length extension
INTERVAL_UNIT_US = 1_250  # of connection intervals
TIMEOUT_UNIT_US = 10_000  # of supervision timeouts
UPDATE_EVENTS = 6  # a connection update takes effect so many events ahead (5.1.1)
_INTER_FRAME_US = 150
_OVERHEAD_BYTES = 10  # preamble 1, access address 4, header 2, CRC 3
_LENGTH_OVERHEAD_BYTES = 14  # as above and room for a MIC, in the data length's times


def packet_us(payload_bytes: int) -> int:
    """Air time of one packet: 2,088 us for 251 bytes, 80 us for an empty one."""
    return 8 * (_OVERHEAD_BYTES + payload_bytes)


def exchange_us(from_central: int, from_board: int) -> int:
    """A packet of the central, the board's answer, and the space behind each."""
    return packet_us(from_central) + packet_us(from_board) + 2 * _INTER_FRAME_US


def length_us(octets: int) -> int:
    """The time that goes with a data length: 2,120 us for 251 bytes, 328 us for 27."""
    return 8 * (_LENGTH_OVERHEAD_BYTES + octets)
