"""The whole linked image on the emulated Nano: what a change of the firmware must not break.

These tests need an image, which PlatformIO makes (tests/nano/firmware.py). Times are virtual.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from motionloop import wire
from motionloop.nano import attacks, memory
from motionloop.nano.board import EmulatedNano
from motionloop.nano.central import Central, Counts
from motionloop.nano.gatt import LinkLost
from motionloop.nano.peripherals import clock_power
from motionloop.nano.peripherals.nvmc import PowerCut
from motionloop.nano.session import Refused, Session, session_with
from motionloop.virtual.motion import BMI270, LSM9DS1, Samples, Sensor
from tests.nano.firmware import (
    ANOTHER,
    BUILTIN,
    MODEL_ID,
    assert_sound,
    connected,
    elf,
    image,
    motion,
    nano,
    used_slots,
)

DEPTHS = ("hci", "radio")
BOTH_DEPTHS = pytest.mark.parametrize("depth", DEPTHS)


def push_and_wait(session: Session, board: EmulatedNano, package: Path) -> None:
    """A push, and the making of the next spare."""
    session.push(package.read_bytes())
    board.run_for(6)


@BOTH_DEPTHS
@pytest.mark.parametrize(
    ("revision", "imu"),
    [
        ("rev1", wire.Imu.LSM9DS1),
        ("rev2", wire.Imu.BMI270),
        ("no sensor", wire.Imu.UNKNOWN),
    ],
)
def test_each_revision_comes_up_and_names_its_sensor(depth, revision, imu):
    board = nano(revision)
    info = connected(board, depth).info()
    assert info.imu == imu
    assert info.flags & wire.BoardFlag.EMULATED
    assert info.wire_hash == wire.WIRE_HASH
    assert_sound(board)


def test_a_fresh_board_runs_the_model_that_comes_with_the_image():
    board = nano()
    session = connected(board)
    assert session.info().model_id == MODEL_ID[BUILTIN]
    board.run_for(4)
    assert {wire.PredictionHeader.unpack(p).model_id for p in session.predictions} == {
        MODEL_ID[BUILTIN]
    }


@BOTH_DEPTHS
@pytest.mark.parametrize("revision", ["rev1", "rev2"])
def test_what_the_sensor_measures_arrives_bit_for_bit(depth, revision):
    board = nano(revision)
    session = connected(board, depth)
    session.start_stream()
    board.run_for(5)
    fed, _ = motion(revision).take_samples(2000)
    arrived = np.concatenate(
        [np.frombuffer(data, "<i2").reshape(-1, 6) for _, data in session.stream.packets]
    )
    assert session.stream.lost == 0
    assert len(arrived) > 4.8 * (119 if revision == "rev1" else 99)
    # The board was up for a while before the stream began: find where its first sample is.
    first = next(i for i in range(1500) if np.array_equal(fed[i], arrived[0]))
    np.testing.assert_array_equal(fed[first : first + len(arrived)], arrived)
    assert_sound(board)


class Violent:
    """A motion of which each sample is at one end of the range of one axis."""

    synthetic = True

    def __init__(self, sensor: Sensor) -> None:
        self.sensor = sensor
        self._begun = 0

    def take_samples(self, periods: int) -> Samples:
        raw = np.zeros((periods, wire.AXES), np.int16)
        for i, number in enumerate(range(self._begun, self._begun + periods)):
            raw[i, number % wire.AXES] = (32767, -32767, -32768)[number // wire.AXES % 3]
        self._begun += periods
        return raw, np.arange(periods)


@pytest.mark.parametrize(("revision", "sensor"), [("rev1", LSM9DS1), ("rev2", BMI270)])
def test_each_end_of_each_axis_is_counted_as_saturated(revision, sensor):
    board = EmulatedNano(image(elf()), Violent(sensor), revision)
    session = connected(board, "hci")
    board.run_for(1)
    counters = session.counters()
    assert counters.saturated == counters.next_seq > 90
    assert_sound(board)


def test_every_connection_event_is_answered_in_pushes_into_used_slots():
    board = nano(flash=used_slots())
    session = connected(board)
    session.start_stream()
    gaps = session.counters().sensor_gaps
    session.central.counts = Counts()
    for package in (ANOTHER, BUILTIN, ANOTHER):
        assert session.push(package.read_bytes()) == MODEL_ID[package]
    board.run_for(1)
    assert session.counters().sensor_gaps == gaps  # the FIFO holds 270 ms
    assert session.central.counts.events > 600
    assert session.central.counts.share >= 0.999
    assert session.stream.lost == 0
    assert_sound(board)


@pytest.mark.parametrize("interval_us", [7_500, 11_250, 30_000, 50_000])
def test_a_push_goes_through_at_other_connection_intervals(interval_us):
    board = nano(flash=used_slots())
    session = session_with(board, "radio", interval_us)
    session.connect()
    session.start_stream()
    session.central.counts = Counts()
    assert session.push(ANOTHER.read_bytes()) == MODEL_ID[ANOTHER]
    assert session.central.counts.share >= 0.999
    assert session.stream.lost == 0
    assert_sound(board)


def test_nothing_is_erased_in_a_push_into_a_slot_that_was_made_ready():
    board = nano()
    session = connected(board)
    for package in (ANOTHER, BUILTIN):
        board.run_for(12)  # the spare is made ready
        erased = board.nvmc.partial_erases
        session.send_parts(package.read_bytes())
        assert board.nvmc.partial_erases == erased
        assert session.commit() == MODEL_ID[package]


@BOTH_DEPTHS
def test_a_rollback_brings_the_model_before_back(depth):
    board = nano()
    session = connected(board, depth)
    session.push(ANOTHER.read_bytes())
    assert session.rollback() == MODEL_ID[BUILTIN]
    assert session.rollback() == MODEL_ID[ANOTHER]
    assert_sound(board)


def test_a_board_has_a_model_and_its_radio_after_a_power_cut_at_any_moment_of_a_push():
    board = nano()
    session = connected(board)
    board.run_for(2)
    before = board.nvmc.words + board.nvmc.partial_erases
    session.push(ANOTHER.read_bytes())
    board.run_for(4)
    operations = board.nvmc.words + board.nvmc.partial_erases - before
    for moment in range(6):
        board.nvmc.cut_after = (2 * moment + 1) * operations // 12
        with pytest.raises(PowerCut):
            push_and_wait(session, board, (BUILTIN, ANOTHER)[moment % 2])
        board.nvmc.cut_after = None
        session.central.vanish()
        board.power_on()
        session.connect()
        assert session.info().model_id in MODEL_ID.values()
    assert_sound(board)


def test_a_link_that_vanishes_is_given_up_and_the_board_advertises_again():
    board = nano()
    session = connected(board)
    session.start_stream()
    board.run_for(1)
    session.central.vanish()
    heard = session.central.advertisements
    board.run_for(5)
    assert session.central.advertisements == heard  # its supervision timeout is 6 s
    session.connect(5)
    session.start_stream()
    board.run_for(1)
    assert session.stream.samples > 100
    assert_sound(board)


def test_a_push_is_resumed_on_the_next_link():
    board = nano()
    session = connected(board)
    package = ANOTHER.read_bytes()
    assert session.begin_push(package) == 0
    model = session.gatt.handles[wire.MODEL_UUID]
    for at in range(0, 1760, 176):
        session.gatt.write(model, at.to_bytes(4, "little") + package[at : at + 176])
    session.central.vanish()
    session.connect(15)
    assert session.begin_push(package) == 1760
    assert session.push(package) == MODEL_ID[ANOTHER]


@pytest.mark.parametrize("connect_first", [False, True])
def test_a_board_whose_radio_falls_silent_for_10_s_restarts_itself_and_reports_it(connect_first):
    board = nano()
    session = session_with(board, "radio")
    if connect_first:
        session.connect()
    else:
        board.run_for(3)
    heard_task = board.radio.task
    board.radio.task = lambda offset, at: None  # type: ignore[method-assign]
    board.run_for(9)
    assert board.resets == []
    assert session.gatt.wait(lambda: bool(board.resets), 3)
    assert [reason for _, reason in board.resets] == [clock_power.RESET_SOFTWARE]
    board.radio.task = heard_task  # type: ignore[method-assign]
    session.central.vanish()
    session.connect(5)
    assert session.counters().radio_restarts == 1
    assert session.info().model_id == MODEL_ID[BUILTIN]


@BOTH_DEPTHS
def test_every_handle_can_be_asked_for_without_harm(depth):
    board = nano()
    assert attacks.scan_handles(board, connected(board, depth)) == []


@BOTH_DEPTHS
def test_fragments_that_fit_no_buffer_do_no_harm(depth):
    board = nano()
    assert attacks.send_long_fragments(board, connected(board, depth)) == []


def test_a_package_that_is_damaged_is_refused_and_the_old_model_goes_on():
    board = nano()
    session = connected(board)
    package = bytearray(ANOTHER.read_bytes())
    package[len(package) // 2] ^= 1
    with pytest.raises(Refused):
        session.push(bytes(package))
    assert session.info().model_id == MODEL_ID[BUILTIN]


def test_stacks_and_heap_keep_their_margins():
    board = nano()
    session = connected(board)
    session.start_stream()
    session.push(ANOTHER.read_bytes())
    board.run_for(3)
    used, size = memory.main_stack(board)
    assert size >= 2 * used
    assert memory.heap_left(board) >= 64 * 1024
    assert board.image.flash_bytes <= 0.75 * 704 * 1024


def test_two_runs_of_the_same_board_are_the_same():
    def run() -> tuple[int, int, list[tuple[int, bytes]]]:
        board = nano()
        session = connected(board)
        session.start_stream()
        board.run_for(1)
        return board.now, board.processor.blocks, session.stream.packets

    assert run() == run()


def test_a_board_that_is_off_the_air_is_missed_in_virtual_time():
    board = nano()
    board.radio.task = lambda offset, at: None  # type: ignore[method-assign]
    with pytest.raises(LinkLost, match="does not advertise"):
        connected(board)


def test_a_link_that_a_central_lets_rest_is_no_silent_radio():
    board = nano()
    central = Central(board, 4_000_000, supervision_timeout_s=32.0, latency=2)
    board.run_for(3)
    central.connect()
    board.run_for(60)
    assert central.connected
    assert 4 <= central.counts.answered <= 10  # of 15 events
    assert_sound(board)


def test_the_board_asks_a_slow_central_for_15_ms():
    board = nano()
    session = session_with(board, "radio", 30_000)
    session.connect()
    board.run_for(1)
    assert session.gatt.parameter_requests == [(12, 12, 0, 600)]


def test_the_led_flashes_blue_for_an_unknown_activity_and_red_without_a_sensor():
    # The synthetic wearer's walking is none of the built-in model's activities.
    for revision, colours in (("rev1", {"off", "blue"}), ("no sensor", {"off", "red"})):
        board = nano(revision)
        board.run_for(2)
        seen = set()
        for _ in range(400):
            board.run_for(0.01)
            seen.add(board.led)
        assert seen == colours
