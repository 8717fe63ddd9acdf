"""The peripherals but flash and radio. `ticks` are of 1/16 us."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from motionloop import wire
from motionloop.nano.peripherals import clock_power
from motionloop.nano.soc import Soc
from tests.nano.bare_metal.machine import finish, trace

Run = Callable[..., Soc]
US = 16
LOOP = 200  # ticks that a case's loop may be late
LF_TICK = 16e6 / 32768
STARTUP_S = 100e-6


# --- CLOCK ---


@pytest.mark.parametrize(("source", "us"), [(0, 600), (1, 250_000)])
def test_clocks_take_their_time_to_start(run: Run, source: int, us: int) -> None:
    before, took, state, again, low_took, low_state = run(
        "clocks", parameter=source, seconds=0.5
    ).words("results", 6)
    assert before & 1 == 0
    assert took == pytest.approx(360 * US, abs=LOOP)
    assert state == 1 << 16 | 1
    assert again < LOOP
    assert low_took == pytest.approx(us * US, abs=LOOP)
    assert low_state == 1 << 16 | source


# --- RTC ---


def test_the_rtc_stands_without_its_clock(run: Run) -> None:
    standing, running = run("rtc_needs_its_clock").words("results", 2)
    assert standing == 0
    assert 64 <= running <= 90


@pytest.mark.parametrize("prescaler", [0, 7])
def test_the_rtc_compares_at_its_rate(run: Run, prescaler: int) -> None:
    begin, end, counter, at_start, not_enabled = run("rtc_compare", parameter=prescaler).words(
        "results", 5
    )
    assert end - begin == pytest.approx(100 * (prescaler + 1) * LF_TICK, abs=LOOP)
    assert (counter, at_start, not_enabled) == (100, 0, 0)


@pytest.mark.parametrize(("ahead", "happens"), [(0, 0), (1, 0), (2, 1), (3, 1)])
def test_the_rtc_misses_a_compare_that_is_too_near(run: Run, ahead: int, happens: int) -> None:
    """Product Specification 6.22.7: N never triggers, N + 1 may not, N + 2 does."""
    assert run("rtc_compare_ahead", parameter=ahead).words("results") == (happens,)


def test_the_rtc_wraps_after_24_bits(run: Run) -> None:
    results = run("rtc_overflow").words("results", 7)
    assert results[0] == 0xFFFFF0
    assert results[1] == pytest.approx(14 * LF_TICK, abs=LOOP)
    assert results[2] == pytest.approx(2 * LF_TICK, abs=LOOP)
    assert results[3] == 0
    assert results[4] == pytest.approx(2 * LF_TICK, abs=LOOP)
    assert results[5:7] == (0, 0)


def test_the_rtc_ticks_evenly(run: Run) -> None:
    ticks = trace(run("rtc_tick"))
    assert [b - a for a, b in pairwise(ticks)] == pytest.approx([LF_TICK] * 9, abs=LOOP)
    assert ticks[9] - ticks[0] == pytest.approx(9 * LF_TICK, abs=60)


def test_an_rtc_that_its_compare_clears_keeps_its_period_through_a_stall(run: Run) -> None:
    stalled, periods, counter = run("rtc_period", seconds=0.3).words("results", 3)
    assert stalled == pytest.approx(85_000 * US, abs=LOOP)
    passed = stalled / LF_TICK
    assert periods == pytest.approx(passed / 10, abs=1)
    assert counter < 10


# --- TIMER ---


@pytest.mark.parametrize("prescaler", [0, 4, 9])
def test_a_timer_captures_its_count(run: Run, prescaler: int) -> None:
    passed, counted, while_stopped, goes_on, cleared = run(
        "timer_capture", parameter=prescaler
    ).words("results", 5)
    assert counted << prescaler == pytest.approx(passed, abs=LOOP + (1 << prescaler))
    assert (while_stopped, goes_on, cleared) == (0, 1, 0)


@pytest.mark.parametrize(("bitmode", "bits"), [(0, 16), (1, 8), (2, 24), (3, 32)])
def test_a_timer_wraps_at_its_width(run: Run, bitmode: int, bits: int) -> None:
    compared, count = run("timer_width", parameter=bitmode).words("results", 2)
    assert compared == (0x12345680 % (1 << bits) < 5000 * US)
    if bits > 16:
        assert count == pytest.approx(5000 * US, abs=LOOP)
    assert count < 1 << bits


def test_a_compare_clears_and_stops_without_drift(run: Run) -> None:
    soc = run("timer_shorts")
    assert [b - a for a, b in pairwise(trace(soc)[:5])] == pytest.approx([1600] * 4, abs=30)
    other, stopped_at = soc.words("results", 2)
    assert (other, stopped_at) == (1, 1600)


def test_a_timer_compares_with_the_value_that_it_has(run: Run) -> None:
    assert run("timer_compare_with_the_present").words("results") == (1,)


def test_a_counter_counts_events_and_not_time(run: Run) -> None:
    assert run("timer_counts_events").words("results", 4) == (0, 0, 1, 3)


def test_a_stall_loses_no_period_of_a_timer(run: Run) -> None:
    periods, count = run("timer_periods_in_a_stall", seconds=0.3).words("results", 2)
    assert periods == 85
    assert count < LOOP


def test_a_stall_loses_no_round_of_a_timer(run: Run) -> None:
    rounds = 1 + int((85_000 * US - 1000) / 65536)
    assert run("timer_wraps_in_a_stall", seconds=0.3).words("results") == (rounds,)


# --- PPI ---


def test_an_event_triggers_tasks_through_a_channel_and_its_fork(run: Run) -> None:
    by_channel, by_fork, enabled, later = run("ppi").words("results", 4)
    assert 3200 <= by_channel < 3200 + LOOP
    assert by_fork == pytest.approx(by_channel, abs=40)
    assert enabled == 1 << 7
    assert later == by_channel


def test_groups_of_channels_switch_on_and_off(run: Run) -> None:
    soc = run("ppi_groups")
    assert soc.words("results", 3) == (1 << 3 | 1 << 5, 1 << 9, 1)


def test_wired_channels_need_no_addresses(run: Run) -> None:
    before, after = run("ppi_wired").words("results", 2)
    assert before == 0
    assert after == pytest.approx(100 * US, abs=LOOP)


def test_an_rtc_event_reaches_the_ppi_by_evten_only(run: Run) -> None:
    happened, started = run("rtc_interrupt_alone_does_not_reach_the_ppi").words("results", 2)
    assert (happened, started) == (1, 0)


# --- the small ones ---


@pytest.mark.parametrize(("corrected", "us"), [(0, 30), (1, 120)])
def test_random_bytes_take_longer_with_bias_correction(run: Run, corrected: int, us: int) -> None:
    soc = run("rng", parameter=corrected)
    took, more = soc.words("results", 2)
    assert took == pytest.approx(us * US, abs=LOOP)
    assert more == 0
    assert len(set(trace(soc))) > 8
    assert trace(run("rng", parameter=corrected)) == trace(soc)
    assert trace(run("rng", parameter=corrected, seed=2)) != trace(soc)


def test_the_die_has_25_degrees(run: Run) -> None:
    took, quarters = run("temp").words("results", 2)
    assert took == pytest.approx(36 * US, abs=LOOP)
    assert quarters == 4 * 25


def test_pins_show_what_is_put_out(run: Run) -> None:
    soc = run("gpio")
    assert soc.words("results", 5) == (1 << 13, 1 << 13, 1 << 13, 0x11, 2)
    assert soc.gpio.pin(0, 13)
    assert not soc.gpio.pin(0, 2)
    assert soc.gpio.pin(1, 4)


def test_the_factory_registers_say_that_the_chip_is_emulated(run: Run) -> None:
    soc = run("ficr", address=0xC0DE1A2B3C4D)
    assert soc.words("results", 8) == (
        4096, 256, 0x52840, wire.EMULATED_VARIANT, 256, 1024, 0x1A2B3C4D, 0xC0DE,
    )  # fmt: skip


# --- WDT ---


def test_a_fed_watchdog_does_nothing(run: Run) -> None:
    soc = run("watchdog_fed")
    assert soc.words("results", 3) == (3, 2, 327)
    assert soc.resets == []
    assert soc.wdt.feeds == 6


def test_an_unfed_watchdog_resets_the_chip_and_stops(board: Run) -> None:
    soc = board("watchdog_half_fed")
    finish(soc)
    ((when, reason),) = soc.resets
    assert reason == clock_power.RESET_WATCHDOG
    assert when / 64e6 == pytest.approx(328 / 32768, abs=STARTUP_S)
    assert soc.words("results", 3) == (clock_power.RESET_WATCHDOG, 0, 1234)


def test_the_interrupt_of_the_watchdog_has_two_ticks(board: Run) -> None:
    soc = board("watchdog_interrupt")
    finish(soc)
    assert soc.resets[0][0] / 64e6 == pytest.approx(102 / 32768, abs=STARTUP_S)
    assert soc.words("kept", 2)[1] == pytest.approx(2 * LF_TICK, abs=80)


def test_a_watchdog_runs_on_through_a_reset_by_software(board: Run) -> None:
    soc = board("watchdog_through_a_soft_reset")
    finish(soc)
    assert [reason for _, reason in soc.resets] == [
        clock_power.RESET_SOFTWARE, clock_power.RESET_WATCHDOG,
    ]  # fmt: skip
    assert soc.resets[1][0] / 64e6 == pytest.approx(328 / 32768, abs=STARTUP_S)
    assert soc.words("kept", 2) == (clock_power.RESET_SOFTWARE | clock_power.RESET_WATCHDOG, 1)


# --- TWI ---


class Device:
    """Remembers what happens to it; the bytes it gives count up from the one it was sent."""

    def __init__(self) -> None:
        self.log: list[str | int] = []
        self.value = 0

    def start(self, reading: bool) -> None:
        self.log.append("read" if reading else "write")

    def read_byte(self) -> int:
        self.value += 1
        self.log.append(self.value)
        return self.value

    def write_byte(self, value: int) -> bool:
        self.value = value
        self.log.append(value)
        return value != 0xEE

    def stop(self) -> None:
        self.log.append("stop")


def with_device(board: Run, case: str, parameter: int = 0) -> tuple[Soc, Device]:
    soc, device = board(case, parameter), Device()
    soc.twi[0].devices[0x42] = device
    finish(soc)
    return soc, device


@pytest.mark.parametrize(("slow", "byte_us"), [(0, 22.5), (1, 90)])
def test_bytes_are_written_at_the_bus_s_rate(board: Run, slow: int, byte_us: float) -> None:
    soc, device = with_device(board, "twi_write", slow)
    assert device.log == ["write", 0x10, 0xAA, 0x55, "stop"]
    assert soc.words("results")[0] == pytest.approx(4 * byte_us * US, abs=LOOP)


def test_a_register_is_read_after_a_repeated_start(board: Run) -> None:
    soc, device = with_device(board, "twi_read")
    assert device.log == ["write", 0x20, "read", 0x21, 0x22, 0x23, 0x24, "stop"]
    results = soc.words("results", 7)
    assert results[:4] == (0x21, 0x22, 0x23, 0x24)
    assert results[4:] == (0, 1, 1)  # nothing came while suspended; stopped by itself at the end


def test_an_address_without_a_device_and_a_refused_byte_are_errors(board: Run) -> None:
    soc, device = with_device(board, "twi_nobody")
    assert soc.words("results", 6) == (0, 1 << 1, 0, 1, 0, 1 << 2)
    assert device.log == ["write", 1, 0xEE, "stop"]


def test_a_bus_that_is_not_enabled_does_nothing(board: Run) -> None:
    soc, device = with_device(board, "twi_not_enabled")
    assert soc.words("results") == (0,)
    assert device.log == []
