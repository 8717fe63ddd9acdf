"""The radio and the air: packets at the microsecond, and the small central."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from motionloop.nano.air import Air, Packet
from motionloop.nano.central import ADVERTISING_ADDRESS, Central
from motionloop.nano.errors import EmulationError
from motionloop.nano.peripherals.timer import Timer
from motionloop.nano.processor import MHZ
from motionloop.nano.soc import Soc
from tests.nano.bare_metal.machine import finish, has_finished

Run = Callable[..., Soc]

ADVERTISEMENT = bytes([0x40, 9, 1, 2, 3, 4, 5, 0xC6, 2, 0x01, 0x06])
RAMP_UP_US, TO_AIR_US, FROM_AIR_US = 40, 1, 9
DISABLED, RXIDLE, RX, TXRU, TXIDLE, TX, TXDISABLE = 0, 2, 3, 9, 10, 11, 12


class Ether:
    """Both ends of the air of one board: what it sends, and packets for it at given times.

    TIMER0 of the programs counts microseconds from `zero`, which is found when it starts.
    """

    def __init__(self, soc: Soc) -> None:
        self.soc, self.air = soc, Air(soc.radio)
        self.heard: list[Packet] = []
        self.air.on_packet = self.heard.append

    @property
    def zero(self) -> int:
        timer = self.soc.peripheral_at(0x40008000)
        assert isinstance(timer, Timer)
        while timer.ticks(self.soc.now) == 0:
            self.soc.run_until(self.soc.now + 64)
        return self.soc.now - timer.ticks(self.soc.now) * MHZ

    def send_at(self, us: float, pdu: bytes, **more: object) -> Packet:
        start = self.zero + round(us * MHZ)
        packet = Packet(start, 2, ADVERTISING_ADDRESS, pdu, **more)  # type: ignore[arg-type]
        alarm = self.soc.processor.add_alarm(lambda _at: self.air.send(packet))
        self.soc.processor.set_alarm(alarm, start)
        return packet


@pytest.fixture
def ether(board: Callable[..., Soc]) -> Callable[..., Ether]:
    return lambda case, parameter=0: Ether(board(case, parameter))


def test_a_packet_leaves_at_the_time_that_a_compare_sets(ether: Callable[..., Ether]) -> None:
    air = ether("transmit")
    zero = air.zero
    finish(air.soc)
    (packet,) = air.heard
    assert (packet.start - zero) / MHZ == pytest.approx(1000 + RAMP_UP_US + TO_AIR_US, abs=1)
    assert (packet.frequency, packet.access_address) == (2, ADVERTISING_ADDRESS)
    assert packet.pdu == ADVERTISEMENT
    assert packet.crc_init == 0x555555
    before, ramping, sending, end, after, events = air.soc.words("results", 6)
    assert (before, ramping, sending, after) == (DISABLED, TXRU, TX, DISABLED)
    on_air_us = 8 * (1 + 4 + len(ADVERTISEMENT) + 3)
    assert end == pytest.approx(1000 + RAMP_UP_US + TO_AIR_US + on_air_us, abs=1)
    assert events == 2


@pytest.mark.parametrize("wrong", range(1, 7))
def test_nobody_hears_a_packet_of_a_radio_that_is_set_up_wrongly(
    ether: Callable[..., Ether], wrong: int
) -> None:
    air = ether("transmit_wrongly", wrong)
    finish(air.soc)
    assert air.heard == []
    assert air.soc.words("results") == (1,)  # and the radio does not notice
    assert air.soc.radio.misconfigured() is not None


def test_the_same_program_is_heard_when_it_does_nothing_wrong(ether: Callable[..., Ether]) -> None:
    air = ether("transmit_wrongly", 0)
    finish(air.soc)
    assert len(air.heard) == 1
    assert air.soc.radio.misconfigured() is None


def test_the_radio_cannot_read_a_packet_from_flash(ether: Callable[..., Ether]) -> None:
    air = ether("transmit_from_flash")
    with pytest.raises(EmulationError, match="PACKETPTR is 0x10000: not in RAM"):
        air.soc.run_for(0.01)


def test_a_packet_in_the_window_is_heard_and_its_end_captured(ether: Callable[..., Ether]) -> None:
    air = ether("receive")
    packet = air.send_at(1200, ADVERTISEMENT)
    finish(air.soc)
    state, end, crc_status, ok, error, captured, _ = air.soc.words("results", 7)
    assert (state, end, crc_status, ok, error) == (RX, 1, 1, 1, 0)
    on_air_us = (packet.end - packet.start) / MHZ
    assert captured == pytest.approx(1200 + on_air_us + FROM_AIR_US, abs=1)
    assert air.soc.processor.read(air.soc.image["results"].address + 32, 11) == ADVERTISEMENT


@pytest.mark.parametrize(("start_us", "heard"), [(980, 0), (995, 1), (1900, 0), (2010, 0)])
def test_a_packet_outside_the_window_is_missed(
    ether: Callable[..., Ether], start_us: int, heard: int
) -> None:
    """The receiver may miss a part of the preamble, but it must hear the whole packet."""
    air = ether("receive")
    air.send_at(start_us, ADVERTISEMENT)
    finish(air.soc)
    assert air.soc.words("results", 2)[1] == heard


@pytest.mark.parametrize("change", [{"frequency": 26}, {"access_address": 0x12345678}])
def test_a_packet_elsewhere_is_not_heard(
    ether: Callable[..., Ether], change: dict[str, int]
) -> None:
    air = ether("receive")
    fields = {"frequency": 2, "access_address": ADVERTISING_ADDRESS, **change}
    packet = Packet(air.zero + 1200 * MHZ, pdu=ADVERTISEMENT, **fields)
    alarm = air.soc.processor.add_alarm(lambda _at: air.air.send(packet))
    air.soc.processor.set_alarm(alarm, packet.start)
    finish(air.soc)
    assert air.soc.words("results", 2) == (RX, 0)


def test_a_damaged_packet_has_a_wrong_crc(ether: Callable[..., Ether]) -> None:
    air = ether("receive")
    air.send_at(1200, ADVERTISEMENT, damaged=True)
    finish(air.soc)
    assert air.soc.words("results", 5) == (RX, 1, 0, 0, 1)


def test_a_packet_of_another_connection_s_crc_is_wrong(ether: Callable[..., Ether]) -> None:
    air = ether("receive", 1)
    air.send_at(1200, ADVERTISEMENT, crc_init=0x555555)
    finish(air.soc)
    assert air.soc.words("results", 5) == (RX, 1, 0, 0, 1)


def test_a_packet_that_is_too_long_is_cut_at_maxlen(ether: Callable[..., Ether]) -> None:
    air = ether("receive", 2)
    air.send_at(1200, ADVERTISEMENT)
    finish(air.soc)
    assert air.soc.words("results", 5) == (RX, 1, 0, 0, 1)
    received = air.soc.processor.read(air.soc.image["results"].address + 32, 11)
    assert received == ADVERTISEMENT[:6] + b"\xee" * 5


def test_the_buffer_is_the_one_at_start(ether: Callable[..., Ether]) -> None:
    air = ether("receive_two")
    air.send_at(1500, bytes([0, 1, 0x11]))
    finish_first = air.soc.now + round(0.004 * 64e6)
    air.soc.run_until(finish_first)
    air.send_at(6000, bytes([0, 1, 0x22]))
    finish(air.soc)
    assert air.soc.words("results", 6) == (1, RXIDLE, 1, 1, 0x11, 0x22)


def test_without_shortcuts_nothing_goes_by_itself(ether: Callable[..., Ether]) -> None:
    air = ether("no_shorts")
    finish(air.soc)
    assert air.soc.words("results", 4) == (TXIDLE, TXIDLE, TXDISABLE, DISABLED)
    assert len(air.heard) == 1


def test_an_answer_comes_150_us_after_the_end(ether: Callable[..., Ether]) -> None:
    """Bluetooth Core, Vol 6, Part B, 4.1.1: within 2 us."""
    air = ether("turn_around")
    asked = air.send_at(1234.5, ADVERTISEMENT)
    finish(air.soc)
    (answer,) = air.heard
    assert (answer.start - asked.end) / MHZ == pytest.approx(150, abs=2)
    assert air.soc.words("results", 2) == (1, 1)


# --- the small central ---


def test_the_central_connects_to_a_link_layer_and_counts_its_answers(
    board: Callable[..., Soc],
) -> None:
    soc = board("connection", 40)
    central = Central(soc, interval_us=7500)
    soc.run_for(0.02)
    assert central.advertisements >= 3
    assert central.advertisement == ADVERTISEMENT[8:]
    central.connect()
    soc.run_for(0.2)
    assert central.connected
    assert central.counts.events == central.counts.answered > 20
    assert central.longest_silence == 0


def test_the_central_repeats_what_was_damaged(board: Callable[..., Soc]) -> None:
    soc = board("connection", 60)
    central = Central(soc, interval_us=7500)
    sent = [0]

    def every_third(_packet: Packet) -> bool:
        sent[0] += 1
        return sent[0] % 3 == 0

    central.lose = every_third
    central.connect()
    soc.run_for(0.05)
    assert central.connected
    central.send_l2cap(4, bytes(60))
    finish(soc, 2.0)
    assert central.idle
    assert central.counts.share < 0.8
    interval, events, received = soc.words("results", 3)
    assert (interval, events, received) == (7500, 60, 64)


def test_the_central_gives_up_a_board_that_falls_silent(board: Callable[..., Soc]) -> None:
    soc = board("connection", 10)
    central = Central(soc, interval_us=7500, supervision_timeout_s=0.5)
    reasons: list[str] = []
    central.on_disconnected = reasons.append
    central.connect()
    soc.run_for(0.2)
    assert has_finished(soc)
    assert central.connected
    soc.run_for(0.6)
    assert reasons == ["supervision timeout"]
    assert not central.connected
    assert central.longest_silence > 50


def test_the_central_leaves_and_vanishes(board: Callable[..., Soc]) -> None:
    soc = board("connection", 1000)
    central = Central(soc, interval_us=7500)
    reasons: list[str] = []
    central.on_disconnected = reasons.append
    central.connect()
    soc.run_for(0.1)
    central.disconnect()
    soc.run_for(0.1)
    assert reasons == ["disconnected"]
    central.vanish()  # has no effect any more
    assert reasons == ["disconnected"]
