"""Putting packets in order: each sample once, in order, and what is missing declared."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motionloop import wire
from motionloop.board.packets import Packet, Reassembly, parse_packet

PERIOD_US = 8403


def packet(seq: int, count: int) -> Packet:
    """Samples whose content tells their number."""
    number = np.arange(seq, seq + count)
    raw = np.repeat(number[:, np.newaxis], wire.AXES, axis=1).astype(np.int16)
    return Packet(seq, number * PERIOD_US, raw)


def notified(value: Packet) -> bytes:
    header = wire.MotionHeader(value.seq, int(value.t_us[0]), PERIOD_US, len(value.raw), 0)
    return header.pack() + value.raw.astype("<i2").tobytes()


packets = st.builds(packet, st.integers(0, 200), st.integers(1, wire.MAX_PACKET_SAMPLES))


def check_order(ready: list[Packet], begin: int) -> None:
    """In order, none twice, content and time as sent, a gap wherever a number is left out."""
    expected = begin
    for p in ready:
        assert p.seq >= expected
        assert (p.gap is not None) == (p.seq > expected)
        numbers = np.arange(p.seq, p.next_seq)
        assert (p.raw == numbers[:, np.newaxis]).all()
        assert (p.t_us == numbers * PERIOD_US).all()
        expected = p.next_seq


@given(
    arrivals=st.lists(packets, max_size=40),
    give_up=st.lists(st.booleans(), min_size=40, max_size=40),
    begin=st.integers(0, 30),
)
def test_whatever_arrives_each_sample_comes_once_in_order_and_gaps_are_declared(
    arrivals: list[Packet], give_up: list[bool], begin: int
) -> None:
    """Any order, duplicates, overlaps and losses, and giving up at any time."""
    order = Reassembly(begin)
    ready: list[Packet] = []
    for arrival, gives_up in zip(arrivals, give_up, strict=False):
        ready += order.add_packet(arrival)
        if order.missing is not None and gives_up:
            first, count = order.missing
            assert first == order.expected
            assert count > 0
            ready += order.give_up_before(first + count, "lost")
    held_up = order.missing is not None
    ready += order.give_up_all("lost")
    assert order.missing is None
    check_order(ready, begin)
    came = {n for p in arrivals for n in range(p.seq, p.next_seq) if n >= begin}
    given_out = {n for p in ready for n in range(p.seq, p.next_seq)}
    assert given_out <= came
    if not any(give_up):
        assert given_out == came
        assert held_up == any(p.gap for p in ready)


@given(st.permutations(range(0, 190, 10)), st.lists(packets, max_size=10))
def test_samples_that_all_arrive_leave_no_gap(
    order_of: list[int], duplicates: list[Packet]
) -> None:
    order = Reassembly(0)
    ready: list[Packet] = []
    for seq in order_of:
        ready += order.add_packet(packet(seq, 10))
    ready += [p for d in duplicates if d.next_seq <= 190 for p in order.add_packet(d)]
    check_order(ready, 0)
    assert order.expected == 190
    assert all(p.gap is None for p in ready)


def test_a_duplicate_among_those_that_wait_holds_up_nothing() -> None:
    order = Reassembly(0)
    for waiting in (packet(10, 10), packet(12, 3), packet(20, 10)):
        assert order.add_packet(waiting) == []
    ready = order.add_packet(packet(0, 10))
    assert [(p.seq, p.next_seq) for p in ready] == [(0, 10), (10, 20), (20, 30)]
    assert (order.missing, order.duplicated) == (None, 3)


def test_the_reason_of_a_gap_is_the_one_that_began_it() -> None:
    """A memory that overflows while it is read out again is one loss, not two."""
    order = Reassembly(10)
    assert order.give_up_before(50, "away") == []
    assert order.add_packet(packet(53, 5)) == []
    (first,) = order.give_up_before(53, "lost on the link")
    assert (first.seq, first.gap) == (53, "away")
    (second,) = order.add_packet(packet(58, 1))
    assert second.gap is None


def test_giving_up_what_was_given_out_already_changes_nothing() -> None:
    order = Reassembly(0)
    order.add_packet(packet(0, 10))
    assert order.give_up_before(5, "lost") == []
    (after,) = order.add_packet(packet(10, 1))
    assert after.gap is None


def test_only_the_first_packet_after_a_restart_says_so() -> None:
    order = Reassembly(0, restarted_boot_id=7)
    ready = [*order.add_packet(packet(0, 3)), *order.add_packet(packet(3, 3))]
    assert [p.restarted_boot_id for p in ready] == [7, None]


@given(packets)
def test_a_notification_is_read_back(sent: Packet) -> None:
    read = parse_packet(notified(sent))
    assert read.seq == sent.seq
    assert read.next_seq == sent.seq + len(sent.raw)
    assert (read.raw == sent.raw).all()
    assert (read.t_us == sent.t_us).all()


@given(packets, st.data())
def test_a_notification_that_is_not_whole_is_refused(sent: Packet, data: st.DataObject) -> None:
    value = notified(sent)
    length = data.draw(st.integers(0, len(value) + 20).filter(lambda n: n != len(value)))
    with pytest.raises(ValueError, match="motion packet"):
        parse_packet((value + bytes(20))[:length])


@given(st.binary(max_size=wire.MAX_NOTIFY_BYTES))
def test_any_bytes_are_a_packet_or_a_value_error(value: bytes) -> None:
    try:
        read = parse_packet(value)
    except ValueError:
        return
    assert 0 < len(read.raw) == len(read.t_us)


def test_a_packet_without_samples_is_refused() -> None:
    empty = replace(wire.MotionHeader.unpack(notified(packet(0, 1))), count=0).pack()
    with pytest.raises(ValueError, match="motion packet"):
        parse_packet(empty)
