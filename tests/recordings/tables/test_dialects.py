"""A table comes back right however it is written: units, rate, labels, counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motionloop.errors import DataFileError
from motionloop.recordings.importing import read_source, recordings_in
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.recording import Recording
from tests.recordings.made_files import ACCEL, GYRO, Dialect, Motion, motion, table

HEADERS = {
    "aX..gZ": ("aX", "aY", "aZ", "gX", "gY", "gZ"),
    "accX": ("accX", "accY", "accZ", "gyrX", "gyrY", "gyrZ"),
    "acc_x": ("acc_x", "acc_y", "acc_z", "gyro_x", "gyro_y", "gyro_z"),
    "words": tuple(f"{s} {a}" for s in ("Accelerometer", "Gyroscope") for a in "xyz"),
    "German": tuple(f"{s} {a}" for s in ("Beschleunigung", "Drehrate") for a in "xyz"),
    "W": ("Ax", "Ay", "Az", "Wx", "Wy", "Wz"),
    "behind": ("x_accel", "y_accel", "z_accel", "x_gyro", "y_gyro", "z_gyro"),
    "units": ("ax [{a}]", "ay [{a}]", "az [{a}]", "gx [{g}]", "gy [{g}]", "gz [{g}]"),
    "(units)": ("Acc_X({a})", "Acc_Y({a})", "Acc_Z({a})", "Gyr_X({g})", "Gyr_Y({g})", "Gyr_Z({g})"),
    "none": None,
}
TIMES = {
    "ms": ("timestamp", "ms"),
    "us": ("micros", "us"),
    "s": ("Time (s)", "s"),
    "seconds": ("t", "s"),
    "ns": ("time_ns", "ns"),
    "iso": ("datetime", "iso"),
}


def write(folder: Path, content: bytes, name: str = "walk.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def check(recording: Recording, made: Motion, rows: slice = slice(None)) -> None:
    """The same motion, within the digits of the table."""
    np.testing.assert_allclose(recording.accel_g, made.accel_g[rows], atol=2e-3)
    np.testing.assert_allclose(recording.gyro_rad_s, made.gyro_rad_s[rows], atol=2e-3)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    header=st.sampled_from(sorted(HEADERS)),
    time=st.sampled_from(sorted(TIMES)),
    marks=st.sampled_from(
        [(",", "."), (";", "."), (";", ","), ("\t", "."), ("\t", ","), (" ", ".")]
    ),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le"]),
    units=st.sampled_from([("g", "deg/s"), ("m/s2", "rad/s"), ("mg", "mdps"), ("g", "rad/s")]),
    rate_hz=st.sampled_from([50.0, 80.0, 104.0, 119.0, 238.0]),
    epoch=st.booleans(),
    label=st.sampled_from([None, "label", "Activity", "Klasse"]),
    jitter=st.sampled_from([0.0, 0.1]),
)
def test_a_table_of_any_dialect_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    header: str,
    time: str,
    marks: tuple[str, str],
    end: str,
    encoding: str,
    units: tuple[str, str],
    rate_hz: float,
    epoch: bool,
    label: str | None,
    jitter: float,
) -> None:
    names = HEADERS[header]
    name, unit = TIMES[time]
    delimiter, decimal = marks
    if delimiter == " " and (names is None or any(" " in one for one in (*names, name))):
        names, name = HEADERS["accX"], "time"
    if names is not None:
        names = tuple(one.format(a=units[0], g=units[1]) for one in names)
    made = motion(6.0, rate_hz)
    labels = ["walk"] * (len(made.t_s) // 2) + ["run up"] * (len(made.t_s) - len(made.t_s) // 2)
    if delimiter == " ":
        labels = [one.replace(" ", "_") for one in labels]
    dialect = Dialect(
        names, name, unit, epoch, delimiter, decimal, end, encoding, *units, label_name=label
    )
    rng = np.random.default_rng(1)
    jitter_s = rng.uniform(-jitter, jitter, len(made.t_s)) / rate_hz
    content = table(made, dialect, labels, jitter_s)
    folder = tmp_path_factory.mktemp("dialect")
    (recording,) = recordings_in(write(folder, content))
    assert recording.rate_hz == pytest.approx(rate_hz, rel=2e-3 if jitter else 1e-3)
    assert recording.gaps == ()
    check(recording, made)
    found = [(s.label, np.searchsorted(recording.t_us, s.end_us)) for s in recording.segments]
    if label is None:
        assert found == [("walk", len(made.t_s))]  # the file's name
    else:
        assert found == [(labels[0], len(made.t_s) // 2), (labels[-1], len(made.t_s))]


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), marks=st.sampled_from([(",", "."), (";", ","), ("\t", ".")]))
def test_lines_that_are_no_rows_are_counted(
    tmp_path_factory: pytest.TempPathFactory, seed: int, marks: tuple[str, str]
) -> None:
    rng = np.random.default_rng(seed)
    made = motion()
    delimiter, decimal = marks
    lines = table(made, Dialect(delimiter=delimiter, decimal=decimal)).decode().splitlines()
    spoiled = sorted(rng.choice(np.arange(20, len(lines) - 2), rng.integers(1, 12), replace=False))
    for number in spoiled:
        cells = lines[number].split(delimiter)
        kind = rng.integers(0, 5)
        if kind == 0:
            lines[number] = delimiter.join(cells[: rng.integers(1, 7)])
        elif kind == 1:
            lines[number] += delimiter + delimiter.join(cells[:3])
        elif kind == 2:
            cells[rng.integers(1, 7)] = "ovf"
            lines[number] = delimiter.join(cells)
        elif kind == 3:
            cells[rng.integers(1, 7)] = ""
            lines[number] = delimiter.join(cells)
        else:
            lines[number] = "IMU started"
    path = write(tmp_path_factory.mktemp("torn"), "\n".join(lines).encode())
    (contents,) = read_source(path)
    (take,) = contents.takes
    (recording,) = recordings_in(path)
    said = [note for note in take.notes if "left out (line" in note]
    assert sum(int(note.split()[0]) for note in said) == len(spoiled)
    good = np.delete(np.arange(len(made.t_s)), [number - 1 for number in spoiled])
    check(recording, made, good)
    assert recording.quality.lost == len(spoiled)
    assert recording.rate_hz == pytest.approx(50, rel=1e-3)


@pytest.mark.parametrize("timed", [True, False])
def test_groups_between_blank_lines_are_recordings(tmp_path: Path, timed: bool) -> None:
    made = motion(6.0)
    dialect = Dialect(("aX", "aY", "aZ", "gX", "gY", "gZ"), time_unit="ms" if timed else None)
    head, *lines = table(made, dialect).decode().splitlines()
    groups = [lines[start : start + 100] for start in (0, 100, 200)]
    text = head + "\n" + "\n\n".join("\n".join(group) for group in groups)
    options = ReadOptions() if timed else ReadOptions(rate_hz=50.0)
    recordings = recordings_in(write(tmp_path, text.encode(), "punch.csv"), options)
    assert [(r.name, len(r.seq), r.labels) for r in recordings] == [
        (f"punch {number}", 100, ["punch"]) for number in (1, 2, 3)
    ]
    assert {round(r.rate_hz, 3) for r in recordings} == {50.0}


def test_two_files_of_two_rates_are_joined_on_the_accelerations_clock(tmp_path: Path) -> None:
    fast, slow = motion(6.0, 100.0), motion(6.0, 50.0)
    rows = [
        f"{t * 1000:.0f},{x:.5f},{y:.5f},{z:.5f}"
        for t, (x, y, z) in zip(slow.t_s, slow.accel_g * 9.80665, strict=True)
    ]
    write(tmp_path, ("time,x,y,z\n" + "\n".join(rows)).encode(), "walk_acc.csv")
    smooth = np.sin(fast.t_s[:, None] + [0, 1, 2])
    rows = [
        f"{t * 1000 + 3:.0f},{x:.5f},{y:.5f},{z:.5f}"
        for t, (x, y, z) in zip(fast.t_s, smooth, strict=True)
    ]
    gyro = write(tmp_path, ("time,x,y,z\n" + "\n".join(rows)).encode(), "walk_gyro.csv")
    (recording,) = recordings_in(tmp_path / "walk_acc.csv", ReadOptions(gyro_unit="rad/s"))
    assert recording.rate_hz == pytest.approx(50)
    t_s = recording.t_us / 1e6 + slow.t_s[len(slow.t_s) - len(recording.seq)]
    np.testing.assert_allclose(
        recording.gyro_rad_s, np.sin(t_s[:, None] - 0.003 + [0, 1, 2]), atol=3e-3
    )
    notes = recording.description.document["imported"]["notes"]
    assert any("100 Hz interpolated onto" in note for note in notes)
    assert read_source(gyro)[0].takes == ()
    assert len(recordings_in(tmp_path, ReadOptions(gyro_unit="rad/s"))) == 1


def test_a_file_of_rotation_without_rows_is_no_rotation(tmp_path: Path) -> None:
    made = motion()
    lines = [f"{t:.3f},{x:.5f},{y:.5f},{z:.5f}" for t, (x, y, z) in
             zip(made.t_s, made.accel_g, strict=True)]  # fmt: skip
    head = "timestamp,x,y,z"
    path = write(tmp_path, "\n".join([head, *lines]).encode(), "accelerometer.csv")
    empty = write(tmp_path, f"{head}\n".encode(), "gyroscope.csv")
    (recording,) = recordings_in(path)
    np.testing.assert_allclose(recording.accel_g, made.accel_g, atol=2e-3)
    assert not recording.gyro_rad_s.any()
    notes = recording.description.document["imported"]["notes"]
    assert f"no rotation: {empty} holds no rows of numbers: check the file." in notes


def test_sensors_in_rows_of_their_own_are_joined(tmp_path: Path) -> None:
    made = motion(6.0)
    lines = ["t_ms,ax,ay,az,gx,gy,gz"]
    for t_s, accel, gyro in zip(made.t_s, made.accel_g, made.gyro_rad_s * 57.29578, strict=True):
        lines.append(f"{t_s * 1000:.0f}," + ",".join(f"{v:.4f}" for v in accel) + ",,,")
        lines.append(f"{t_s * 1000 + 1:.0f},,,," + ",".join(f"{v:.4f}" for v in gyro))
    (recording,) = recordings_in(write(tmp_path, "\n".join(lines).encode()))
    assert recording.rate_hz == pytest.approx(50)
    np.testing.assert_allclose(recording.gyro_rad_s[5:-5], made.gyro_rad_s[5:-5], atol=0.05)


def test_times_that_jitter_repeat_and_come_late_are_put_in_order(tmp_path: Path) -> None:
    made = motion(20.0)
    rng = np.random.default_rng(3)
    head, *lines = table(made, Dialect(), None, rng.normal(0, 0.003, 1000)).decode().splitlines()
    for row in (100, 300, 500):
        lines[row], lines[row + 1] = lines[row + 1], lines[row]
    for row in (200, 600):
        cells = lines[row].split(",")
        cells[0] = lines[row - 1].split(",")[0]
        lines[row] = ",".join(cells)
    lines.insert(700, lines[699])  # sent twice
    (recording,) = recordings_in(write(tmp_path, "\n".join([head, *lines]).encode()))
    assert recording.rate_hz == pytest.approx(50, rel=1e-3)
    assert recording.gaps == ()
    check(recording, made)
    notes = " ".join(recording.description.document["imported"]["notes"])
    assert "3 rows out of order" in notes
    assert "1 row twice" in notes
    assert "2 rows with a repeated time" in notes


def test_the_times_of_a_serial_monitor_are_times(tmp_path: Path) -> None:
    made = motion()
    head, *lines = table(made, Dialect(time_unit=None)).decode().splitlines()
    times = [f"12:30:{1 + row / 50:06.3f} -> {line}" for row, line in enumerate(lines)]
    text = "\n".join([f"12:30:00.990 -> {head}", *times])
    (recording,) = recordings_in(write(tmp_path, text.encode()))
    assert recording.rate_hz == pytest.approx(50, rel=1e-3)
    check(recording, made)


@pytest.mark.parametrize(
    ("times", "step_s"),
    [
        (lambda t: f"{int(t + 55) // 60:02d}:{(t + 55) % 60:05.2f}", 0.02),
        (lambda t: f"2024-05-01 10:00:{int(t):02d}", 1.0),
        (lambda t: f"01.05.2024 10:00:{t:06.3f}", 0.02),
        (lambda t: f"23:59:{55 + t:06.3f}" if t < 5 else f"00:00:{t - 5:06.3f}", 0.02),
    ],
)
def test_times_in_words(tmp_path: Path, times: Callable[[float], str], step_s: float) -> None:
    made = motion()
    rows = [
        f"{times(t)}," + ",".join(f"{v:.4f}" for v in (*accel, *gyro))
        for t, accel, gyro in zip(made.t_s, made.accel_g, made.gyro_rad_s * 57.29578, strict=True)
    ]
    content = "Zeit,ax,ay,az,gx,gy,gz\n" + "\n".join(rows)
    (recording,) = recordings_in(write(tmp_path, content.encode()))
    assert recording.rate_hz == pytest.approx(50, rel=1e-3)
    np.testing.assert_allclose(
        recording.t_us - recording.t_us[0], made.t_s * 1e6, atol=step_s * 1e6
    )
    check(recording, made)


@pytest.mark.parametrize(
    ("content", "options", "told"),
    [
        (b"a,b,c\n1,2,3\n4,5,6\n", ReadOptions(), "no three columns of acceleration"),
        (table(motion(), Dialect(time_unit=None)), ReadOptions(), "--rate-hz"),
        (table(motion(), Dialect(None, time_unit=None)), ReadOptions(columns=("ax",)), "names 1"),
        (table(motion(), Dialect()), ReadOptions(columns=("ax",) * 6 + ("u",)), "none of ax"),
        (
            table(motion(), replace(Dialect(), time_name="time (s)")),
            ReadOptions(),
            "no rate of a motion sensor",
        ),
        (
            table(
                Motion(
                    *(
                        a * f
                        for a, f in zip(
                            (motion().t_s, motion().accel_g, motion().gyro_rad_s),
                            (1, 16.0, 1),
                            strict=True,
                        )
                    )
                ),
                Dialect(),
            ),
            ReadOptions(),
            "--accel-unit",
        ),
    ],
)
def test_what_cannot_be_known_is_asked_for(
    tmp_path: Path, content: bytes, options: ReadOptions, told: str
) -> None:
    with pytest.raises(DataFileError, match=told):
        recordings_in(write(tmp_path, content), options)


@pytest.mark.parametrize("accel", ACCEL)
@pytest.mark.parametrize("gyro", GYRO)
def test_units_given_go_before_all(tmp_path: Path, accel: str, gyro: str) -> None:
    path = write(tmp_path, table(motion(), Dialect(accel_unit=accel, gyro_unit=gyro)))
    options = ReadOptions(accel_unit=accel, gyro_unit=gyro, label="jump", wearer="Ada")
    (recording,) = recordings_in(path, options)
    check(recording, motion())
    assert (recording.labels, recording.wearer) == (["jump"], "Ada")


def test_a_unit_of_time_that_is_not_known_is_asked_for(tmp_path: Path) -> None:
    made = motion(rate_hz=25)
    content = table(
        replace(made, t_s=made.t_s / 60), Dialect(time_name="time (min)", time_unit="s")
    )
    (recording,) = recordings_in(write(tmp_path, content))
    assert recording.rate_hz == pytest.approx(25, rel=0.02)  # six digits of a minute
    ticks = write(tmp_path, table(made, Dialect(time_name="time (ticks)")))
    with pytest.raises(DataFileError, match=r"'ticks' is none that is known.*--time-unit"):
        recordings_in(ticks)
    fast = table(replace(made, t_s=made.t_s / 125), Dialect(time_unit="us"))
    with pytest.raises(DataFileError, match="cannot be known: say it with --time-unit"):
        recordings_in(write(tmp_path, fast))


@pytest.mark.parametrize("order", ["random", "reversed", "blocks"])
def test_rows_in_any_order_are_put_in_order(tmp_path: Path, order: str) -> None:
    made = motion()
    head, *rows = table(made, Dialect()).splitlines(keepends=True)
    places = np.random.default_rng(0).permutation(len(rows))
    if order == "reversed":
        places = np.arange(len(rows))[::-1]
    elif order == "blocks":
        blocks = np.random.default_rng(0).permutation(len(rows) // 10)
        places = (blocks[:, None] * 10 + np.arange(10)).ravel()
    path = write(tmp_path, head + b"".join(rows[place] for place in places))
    (recording,) = recordings_in(path)
    check(recording, made)
    assert recording.rate_hz == pytest.approx(50, rel=1e-3)
    notes = recording.description.document["imported"]["notes"]
    assert "the 400 rows were not in the order of time: put in order" in notes
    path.write_bytes(head + b"".join([rows[place] for place in places] + rows[:200]))
    if order == "random":
        with pytest.raises(DataFileError, match=r"not in the order of time.*Sort the rows"):
            recordings_in(path)


@pytest.mark.parametrize("end", ["\r\r\n", "\n\n"])
def test_a_blank_line_after_each_row_divides_nothing(tmp_path: Path, end: str) -> None:
    made = motion()
    (recording,) = recordings_in(write(tmp_path, table(made, Dialect(end=end))))
    check(recording, made)


@pytest.mark.parametrize("cell", ['5" board', 'said "walk"', '"walk" and on', 'Serial.print("walk'])
def test_quotes_inside_of_a_cell_are_part_of_it(tmp_path: Path, cell: str) -> None:
    made = motion()
    rows = table(made, Dialect(label_name="label"), ["run"] * len(made.t_s))
    lines = rows.decode().splitlines()
    lines[5] = lines[5].replace("run", cell)
    (recording,) = recordings_in(write(tmp_path, "\n".join(lines).encode()))
    check(recording, made)
    assert {segment.label for segment in recording.segments} >= {"run"}


@pytest.mark.parametrize("nulls", [1, 700, 300_000])
@pytest.mark.parametrize("row", [60, -1])
def test_nulls_of_a_logger_that_lost_its_power_cost_only_their_rows(
    tmp_path: Path, nulls: int, row: int
) -> None:
    made = motion()
    lines = table(made, Dialect()).splitlines()
    lines[row] = lines[row][:12] + bytes(nulls) + lines[row][12:20]
    path = write(tmp_path, b"\r\n".join(lines))
    (recording,) = recordings_in(path)
    assert len(recording.t_us) == len(made.t_s) - 1
    (note,) = (n for n in recording.description.document["imported"]["notes"] if "left out" in n)
    assert note.startswith("1 line left out")
