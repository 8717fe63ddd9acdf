"""samples.csv is exact to the last bit, and each fault in it is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motionloop.errors import RecordingError
from motionloop.recordings import samples_csv
from motionloop.recordings.recording import SAMPLES_FILE, Recording
from motionloop.recordings.writer import RecordingWriter
from motionloop.sample_format import SampleFormat
from tests.recordings.made import BOARD, PERIOD_US, edit, replace_line

scales = st.integers(1, 2**32 - 1)
int16s = st.integers(-32768, 32767)


@pytest.fixture(scope="module", autouse=True, params=["short", "long"])
def _length(request: pytest.FixtureRequest) -> Iterator[None]:
    """Everything twice: long files have a faster reader."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "long":
            patch.setattr(samples_csv, "_LONG_BYTES", 0)
        yield


@given(nano=scales, raw=int16s)
def test_a_value_is_the_shortest_exact_decimal(nano: int, raw: int) -> None:
    text = samples_csv.Decimals(nano)[raw]
    assert Decimal(text) == Decimal(raw * nano).scaleb(-9)
    assert re.fullmatch(r"0|-?(0|[1-9]\d*)(\.\d*[1-9])?", text)
    assert text != "-0"


@given(accel=scales, gyro=scales, values=st.lists(st.tuples(*[int16s] * 6), min_size=1))
def test_samples_come_back_to_the_last_bit(
    accel: int, gyro: int, values: list[tuple[int, ...]]
) -> None:
    raw = np.array(values, np.int16)
    seq = np.arange(len(raw)) + 2**40
    text = samples_csv.text_of(
        seq, seq * 9, raw, samples_csv.Decimals(accel), samples_csv.Decimals(gyro)
    )
    back = samples_csv.parse(samples_csv.HEADER + text, Path("x"), SampleFormat(100.0, accel, gyro))
    assert [array.dtype for array in back] == [np.int64, np.int64, np.int16]
    for array, expected in zip(back, (seq, seq * 9, raw), strict=True):
        np.testing.assert_array_equal(array, expected)


def test_a_line_is_number_time_and_six_values() -> None:
    """recordings/README.md describes it so: other programs read it, too."""
    raw = np.array([[1, -2, 0, 4096, 10_000, -32768]], np.int16)
    text = samples_csv.text_of(
        np.array([7]),
        np.array([1234]),
        raw,
        samples_csv.Decimals(244_000),
        samples_csv.Decimals(100_000_000),
    )
    assert text == b"7,1234,0.000244,-0.000488,0,409.6,1000,-3276.8\n"
    assert samples_csv.HEADER == b"seq,t_us,ax_g,ay_g,az_g,gx_rad_s,gy_rad_s,gz_rad_s\n"


@pytest.mark.slow
def test_all_int16_values_come_back_at_a_real_boards_scales(folder: Path) -> None:
    every = np.arange(-32768, 32768).astype(np.int16)
    raw = np.repeat(every[:, None], 6, axis=1)
    with RecordingWriter.create(folder, BOARD) as writer:
        writer.append(0, np.arange(len(raw)) * PERIOD_US, raw)
    recording = Recording.open(folder)
    np.testing.assert_array_equal(recording.raw, raw)
    assert recording.accel_g[-1].tolist() == pytest.approx([32767 * 244e-6] * 3)
    assert recording.gyro_rad_s[0].tolist() == pytest.approx([-32768 * 1.22173e-3] * 3)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("49,490000,zero,0,0,0,0,0\n", "is not a sample"),
        ("49,490000,0,0,0,0,0\n", "is not a sample"),
        ("49,490000,0,0,0,0,0,0,0\n", "is not a sample"),
        ("49,490000,0,0,,0,0,0\n", "is not a sample"),
        ("\n", "is not a sample"),
        ("49,490000,\x00,0,0,0,0,0\n", "is not a sample"),
        ("49,490000,nan,0,0,0,0,0\n", "out of range"),
        ("49,490000,inf,0,0,0,0,0\n", "out of range"),
        ("49,490000,1e300,0,0,0,0,0\n", "out of range"),
        ("-49,490000,0,0,0,0,0,0\n", "out of range"),
        ("99999999999999999999,490000,0,0,0,0,0,0\n", "out of range"),
        ("49,490000,7.995392,0,0,0,0,0\n", "the board's scale cannot give"),  # raw 32768
        ("49,490000,0.000001,0,0,0,0,0\n", "the board's scale cannot give"),
        ("49.5,490000,0,0,0,0,0,0\n", "fraction"),
        ("12,490000,0,0,0,0,0,0\n", "seq that is not above"),
        ("49,480000,0,0,0,0,0,0\n", "t_us that is not above"),
    ],
)
def test_a_line_that_was_changed_is_named(recorded: Path, line: str, fault: str) -> None:
    edit(recorded / SAMPLES_FILE, replace_line(51, line))
    with pytest.raises(RecordingError, match=rf"Line 51 of .*samples\.csv .*{fault}") as caught:
        Recording.open(recorded)
    assert "correct that line" in str(caught.value)
    assert caught.value.path == recorded / SAMPLES_FILE


def test_a_recording_saved_with_windows_line_breaks_opens(recorded: Path) -> None:
    before = Recording.open(recorded)
    path = recorded / SAMPLES_FILE
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    np.testing.assert_array_equal(Recording.open(recorded).raw, before.raw)


def test_another_csv_is_no_recording(recorded: Path) -> None:
    edit(recorded / SAMPLES_FILE, replace_line(1, "time,x,y,z\n"))
    with pytest.raises(RecordingError, match=r"Line 1 of .* is not the header"):
        Recording.open(recorded)


def test_the_ends_of_what_a_file_can_hold_are_read() -> None:
    """Counters up to the largest that the parser keeps exact, and the ends of int16."""
    text = b"0,0,-32768,32767,0,0,0,0\n%d,%d,0,0,0,0,0,0\n" % (2**53 - 1, 2**53 - 1)
    seq, t_us, raw = samples_csv.parse(
        samples_csv.HEADER + text, Path("x"), SampleFormat(100.0, 10**9, 10**9)
    )
    assert seq.tolist() == t_us.tolist() == [0, 2**53 - 1]
    assert raw[0].tolist() == [-32768, 32767, 0, 0, 0, 0]
    beyond = text.replace(b"%d," % (2**53 - 1), b"%d," % 2**53)
    with pytest.raises(RecordingError, match="out of range"):
        samples_csv.parse(samples_csv.HEADER + beyond, Path("x"), SampleFormat(100.0, 10**9, 10**9))


def test_no_samples_are_read_from_a_header_or_from_nothing() -> None:
    for content in (b"", samples_csv.HEADER, samples_csv.HEADER.replace(b"\n", b"\r\n")):
        seq, t_us, raw = samples_csv.parse(content, Path("x"), SampleFormat(100.0, 1, 1))
        assert (len(seq), len(t_us), raw.shape, raw.dtype) == (0, 0, (0, 6), np.int16)


@given(st.binary(max_size=200))
def test_what_follows_the_last_line_break_is_torn(content: bytes) -> None:
    whole, torn = samples_csv.split_torn(content)
    assert whole + torn == content
    assert whole == b"" or whole.endswith(b"\n")
    assert b"\n" not in torn


@pytest.mark.parametrize("number", [2, 3, 4])
def test_the_first_bad_line_is_the_one_that_is_named(number: int) -> None:
    lines = [b"%d,%d,0,0,0,0,0,0\n" % (n, n) for n in range(3)]
    for bad in (b"bad\n", b"1,2\n", b"1,2,99999,0,0,0,0,0\n"):
        body = lines.copy()
        body[number - 2 :] = [bad] * (5 - number)
        with pytest.raises(RecordingError, match=rf"^Line {number} of x "):
            samples_csv.parse(
                samples_csv.HEADER + b"".join(body), Path("x"), SampleFormat(100.0, 10**9, 10**9)
            )
