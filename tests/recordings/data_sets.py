"""Small files of each program and data set that is imported, made as its documentation has them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cbor2
import numpy as np
import polars as pl

from motionloop.recordings.read_options import AS_THE_FILE_SAYS, ReadOptions
from tests.recordings.lab_recorder import Stream, record
from tests.recordings.made_files import EPOCH_S, Dialect, G, Motion, motion, table

NS = 1_000_000_000


@dataclass(frozen=True)
class Expected:
    """One recording: its motion, and what is said of it."""

    motion: Motion
    labels: tuple[str, ...]
    wearer: str = ""
    placement: str = ""
    tolerance: float = 2e-3


@dataclass(frozen=True)
class Fixture:
    """A file or folder that `write` makes in a folder, and the recordings that it holds."""

    write: Callable[[Path], Path]
    expected: tuple[Expected, ...]
    format_name: str
    options: ReadOptions = AS_THE_FILE_SAYS


def rows(*columns: np.ndarray, places: int = 6, delimiter: str = ",") -> str:
    matrix = np.column_stack(columns)
    return "".join(delimiter.join(f"{v:.{places}f}" for v in row) + "\n" for row in matrix)


# --- apps -----------------------------------------------------------------------------------------
def sensor_logger(folder: Path, *, total: bool = True, in_words: bool = False) -> Path:
    made, made_gyro = motion(8.0, 100.0), motion(8.0, 50.0)
    out = folder / "walking-2026-05-05_10-00-00"
    out.mkdir()

    def write(name: str, t_s: np.ndarray, values: np.ndarray) -> None:
        sensor = f"{Path(name).stem.upper()} " if in_words else ""
        lines = [f"time,seconds_elapsed,{sensor}z,{sensor}y,{sensor}x"]
        for t, (x, y, z) in zip(t_s, values, strict=True):
            lines.append(f"{EPOCH_S * NS + round(t * NS)},{t:.6f},{z:.7f},{y:.7f},{x:.7f}")
        (out / name).write_text("\n".join(lines) + "\n")

    gravity = np.array([0.1, 0.2, 0.97]) * G
    write("Accelerometer.csv", made.t_s, made.accel_g * G - gravity)
    if total:
        write("TotalAcceleration.csv", made.t_s, made.accel_g * G)
    write("Gravity.csv", made.t_s, np.tile(gravity, (len(made.t_s), 1)))
    write("Gyroscope.csv", made_gyro.t_s, np.tile([0.5, -0.25, 1.5], (len(made_gyro.t_s), 1)))
    (out / "Metadata.csv").write_text("version,device name\n3,Pixel\n")
    return out


def watch(folder: Path) -> Path:
    """The motion of a watch, as Sensor Logger writes it: gravity apart, in g."""
    made = motion(8.0, 100.0)
    axes = [f"{sensor}{axis}" for sensor in ("rotationRate", "gravity", "acceleration")
            for axis in "XYZ"]  # fmt: skip
    lines = [",".join(["time", "seconds_elapsed", *axes])]
    gravity = np.array([0.1, 0.2, 0.97])
    for t, accel, gyro in zip(made.t_s, made.accel_g, made.gyro_rad_s, strict=True):
        cells = [*gyro, *gravity, *(accel - gravity)]
        moment = f"{EPOCH_S * NS + round(t * NS)},{t:.6f},"
        lines.append(moment + ",".join(f"{cell:.7f}" for cell in cells))
    path = folder / "walkingWristMotion.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def phyphox(folder: Path) -> Path:
    made = motion(8.0, 100.0)
    out = folder / "sitting"
    (out / "meta").mkdir(parents=True)
    (out / "meta" / "time.csv").write_text(
        '"event","experiment time","system time","system time text"\n'
        f'"START",0.000000000E0,{EPOCH_S}.500,"2023-11-14 22:13:20.500 UTC+00:00"\n'
    )
    for name, what, unit, values in (
        ("Accelerometer", "Acceleration", "m/s^2", made.accel_g * G),
        ("Linear Accelerometer", "Linear Acceleration", "m/s^2", made.accel_g * 0),
        ("Gyroscope", "Gyroscope", "rad/s", made.gyro_rad_s),
    ):
        head = ";".join(['"Time (s)"', *(f'"{what} {axis} ({unit})"' for axis in "xyz")])
        body = rows(made.t_s, values, delimiter=";").replace(".", ",")
        (out / f"{name}.csv").write_text(head + "\n" + body)
    return out


def physics_toolbox(folder: Path) -> Path:
    made = motion(8.0, 100.0)
    path = folder / "jogging.csv"
    total = np.linalg.norm(made.accel_g, axis=1)
    path.write_text(
        "time,gFx,gFy,gFz,wx,wy,wz,TgF\n"
        + rows(made.t_s, made.accel_g, made.gyro_rad_s, total, places=4)
    )
    return path


def sensiml(folder: Path) -> Path:
    made = motion(8.0, 100.0)
    out = folder / "project"
    out.mkdir()
    names = "sequence,AccelerometerX,AccelerometerY,AccelerometerZ,GyroscopeX,GyroscopeY,GyroscopeZ"
    steps = np.rint(np.c_[made.accel_g * 4096, made.gyro_rad_s * 57.29578 * 16.4]).astype(int)
    lines = [names, *(",".join(map(str, (i, *row))) for i, row in enumerate(steps.tolist()))]
    (out / "up.csv").write_text("\n".join(lines) + "\n")
    (out / "project.dcli").write_text(
        json.dumps(
            [
                {
                    "file_name": "up.csv",
                    "metadata": [{"name": "Subject", "value": "Ada"}],
                    "sessions": [
                        {
                            "session_name": "Training",
                            "segments": [
                                {"name": "Label", "value": "Up", "start": 100, "end": 299},
                                {"name": "Label", "value": "Down", "start": 400, "end": 699},
                            ],
                        }
                    ],
                }
            ]
        )
    )
    return out


# --- data sets ------------------------------------------------------------------------------------
def uci_har(folder: Path) -> Path:
    made = motion(7.68, 50.0)  # five windows
    out = folder / "UCI HAR Dataset"
    (out / "train" / "Inertial Signals").mkdir(parents=True)
    (out / "activity_labels.txt").write_text("1 WALKING\n5 STANDING\n")
    starts = range(0, len(made.t_s) - 127, 64)
    for sensor, values in (("total_acc", made.accel_g), ("body_gyro", made.gyro_rad_s)):
        for axis, column in zip("xyz", values.T, strict=True):
            text = "".join(
                "".join(f" {v: .7e}" for v in column[start : start + 128]) + "\n"
                for start in starts
            )
            (out / "train" / "Inertial Signals" / f"{sensor}_{axis}_train.txt").write_text(text)
    (out / "train" / "subject_train.txt").write_text("3\n" * len(starts))
    (out / "train" / "y_train.txt").write_text("5\n5\n" + "1\n" * (len(starts) - 2))
    return out


def hapt(folder: Path) -> Path:
    made = motion(8.0, 50.0)
    out = folder / "HAPT Data Set"
    (out / "RawData").mkdir(parents=True)
    for name, values in (("acc", made.accel_g), ("gyro", made.gyro_rad_s)):
        text = rows(values, delimiter=" ", places=9)
        (out / "RawData" / f"{name}_exp01_user07.txt").write_text(text)
    (out / "RawData" / "labels.txt").write_text("1 7 5 1 100\n1 7 1 151 400\n")
    (out / "activity_labels.txt").write_text("1 WALKING\n5 STANDING\n")
    return out


def motionsense(folder: Path) -> Path:
    made = motion(8.0, 50.0)
    out = folder / "A_DeviceMotion_data" / "A_DeviceMotion_data" / "wlk_7"
    out.mkdir(parents=True)
    head = ",".join(
        ["", "attitude.roll", "attitude.pitch", "attitude.yaw"]
        + [f"{s}.{a}" for s in ("gravity", "rotationRate", "userAcceleration") for a in "xyz"]
    )
    gravity = np.tile([0.1, 0.2, 0.97], (len(made.t_s), 1))
    body = rows(
        np.arange(len(made.t_s)), gravity * 0, gravity, made.gyro_rad_s, made.accel_g - gravity
    )
    (out / "sub_4.csv").write_text(head + "\n" + body)
    return folder / "A_DeviceMotion_data"


def pamap2(folder: Path) -> Path:
    made = motion(8.0, 100.0)
    out = folder / "PAMAP2_Dataset" / "Protocol"
    out.mkdir(parents=True)
    filler = np.zeros((len(made.t_s), 1))
    sensor = [filler + 30, made.accel_g * G, made.accel_g * G, made.gyro_rad_s]
    sensor += [np.tile(filler, 3), np.tile(filler, 4)]
    activity = np.where(np.arange(len(made.t_s)) < 300, 4, 0)
    matrix = np.column_stack([made.t_s + 5, activity, filler + 90, *sensor, *sensor, *sensor])
    lines = []
    for number, row in enumerate(matrix):
        cells = [f"{row[0]:.2f}", str(int(row[1])), "NaN" if number % 11 else "90"]
        cells += [f"{v:.5f}" for v in row[3:]]
        lines.append(" ".join(cells))
    (out / "subject101.dat").write_text("\n".join(lines) + "\n")
    return folder / "PAMAP2_Dataset"


def wisdm_phone(folder: Path) -> Path:
    """v1.1: acceleration only, with a torn line and one without a time."""
    made = motion(10.0, 20.0)
    lines = [
        f"33,Jogging,{49105962326000 + round(t * NS)},{x:.6f},{y:.6f},{z:.6f};"
        for t, (x, y, z) in zip(made.t_s, made.accel_g * G, strict=True)
    ]
    lines.insert(50, "33,Jogging,4910596;")
    lines.append("33,Jogging,0,0,0,0;")
    path = folder / "WISDM_ar_v1.1_raw.txt"
    path.write_text("\n".join(lines) + "\n")
    return path


def wisdm_watch(folder: Path) -> Path:
    made = motion(10.0, 20.0)
    for sensor, values in (("accel", made.accel_g * G), ("gyro", made.gyro_rad_s)):
        out = folder / "wisdm-dataset" / "raw" / "watch" / sensor
        out.mkdir(parents=True)
        (out / f"data_1600_{sensor}_watch.txt").write_text(
            "".join(
                f"1600,A,{90426708196641 + round(t * NS)},{x:.6f},{y:.6f},{z:.6f};\n"
                for t, (x, y, z) in zip(made.t_s, values, strict=True)
            )
        )
    return folder / "wisdm-dataset"


def ku_har(folder: Path) -> Path:
    made = motion(8.0, 100.0)
    out = folder / "1.Raw_time_domian_data" / "11.Walk"
    out.mkdir(parents=True)
    (out / "1101_L_1.csv").write_text(
        rows(made.t_s + 0.003, made.accel_g * G, made.t_s + 0.003, made.gyro_rad_s)
    )
    return folder / "1.Raw_time_domian_data"


def two_labels(folder: Path) -> Path:
    made = motion()
    labels = ["sitting"] * 200 + ["walking"] * 200
    path = folder / "day.csv"
    path.write_bytes(table(made, Dialect(label_name="label", epoch=True), labels))
    return path


def npz(folder: Path) -> Path:
    made = motion()
    path = folder / "day.npz"
    np.savez(
        path,
        X=np.hstack((made.accel_g, made.gyro_rad_s)),
        y=np.zeros(len(made.t_s), int),
        session=np.ones(len(made.t_s), int),
        subject=np.full(len(made.t_s), 2),
        label_names=np.array(["walking"]),
        t_us=np.rint(made.t_s * 1e6).astype(np.int64),
    )
    return path


def edge_impulse(folder: Path, *, cbor: bool = False) -> Path:
    made = motion()
    values = np.hstack((made.accel_g * G, np.rad2deg(made.gyro_rad_s))).round(5).tolist()
    sensors = [{"name": f"acc{a}", "units": "m/s2"} for a in "XYZ"]
    sensors += [{"name": f"gyr{a}", "units": "dps"} for a in "XYZ"]
    payload = {"device_type": "NANO33BLE", "interval_ms": 20, "sensors": sensors, "values": values}
    document = {"protected": {"ver": "v1", "alg": "none"}, "signature": "", "payload": payload}
    out = folder / "export" / "training"
    out.mkdir(parents=True)
    if cbor:
        (out / "walking.1.cbor").write_bytes(cbor2.dumps(document))
    else:
        (out / "walking.1.json").write_text(json.dumps(document))
    return folder / "export"


def edge_impulse_archive(folder: Path) -> Path:
    """As the studio exports it: two labels in one file, the person in the metadata."""
    out = edge_impulse(folder)
    half = len(motion().t_s) // 2
    labels = [
        {"startIndex": 0, "endIndex": half - 1, "label": "sitting"},
        {"startIndex": half, "endIndex": 2 * half - 1, "label": "walking"},
    ]
    entry = {
        "path": "training/walking.1.json",
        "category": "training",
        "label": {"type": "multi-label", "labels": labels},
        "metadata": {"subject": "Ada", "placement": "wrist"},
    }
    (out / "info.labels").write_text(json.dumps({"version": 1, "files": [entry]}))
    return out


def xdf(folder: Path) -> Path:
    """Motion and markers of two computers, whose clocks are a minute apart."""
    made = motion()
    values = np.hstack((made.accel_g * G, np.rad2deg(made.gyro_rad_s)))
    channels = tuple((f"Acceleration{axis}", "m/s^2") for axis in "XYZ")
    channels += tuple((f"AngularVelocity{axis}", "deg/s") for axis in "XYZ")
    worn = Stream("IMU", "MoCap", 50, made.t_s + 500, values, channels, 60.0, subject="P07")
    marks = Stream("task", "Markers", 0, np.array([560.0, 564.0]), ["sitting", "walking"])
    return record(folder / "sub-P07.xdf", worn, marks)


def parquet(folder: Path) -> Path:
    made = motion()
    columns = {"t_us": np.rint(made.t_s * 1e6).astype(np.int64)}
    for index, axis in enumerate("xyz"):
        columns[f"acc_{axis} [m/s2]"] = made.accel_g[:, index] * G
        columns[f"gyro_{axis} [deg/s]"] = np.rad2deg(made.gyro_rad_s[:, index])
    pl.DataFrame({**columns, "label": ["walking"] * len(made.t_s)}).write_parquet(
        folder / "day.parquet"
    )
    return folder / "day.parquet"


def _constant(made: Motion, gyro: tuple[float, ...]) -> Motion:
    return Motion(made.t_s, made.accel_g, np.tile(gyro, (len(made.t_s), 1)))


_FAST = motion(8.0, 100.0)
_LOGGED = _constant(_FAST, (0.5, -0.25, 1.5))
_SLOW = motion(10.0, 20.0)
FIXTURES: dict[str, Fixture] = {
    "table": Fixture(two_labels, (Expected(motion(), ("sitting", "walking")),), "table"),
    "npz": Fixture(npz, (Expected(motion(), ("walking",), "day subject 2"),), "NumPy"),
    "Edge Impulse JSON": Fixture(edge_impulse, (Expected(motion(), ("walking",)),), "Edge Impulse"),
    "Edge Impulse CBOR": Fixture(
        lambda folder: edge_impulse(folder, cbor=True),
        (Expected(motion(), ("walking",)),),
        "Edge Impulse",
    ),
    "Edge Impulse archive": Fixture(
        edge_impulse_archive,
        (Expected(motion(), ("sitting", "walking"), "Ada", "wrist"),),
        "Edge Impulse",
    ),
    "XDF": Fixture(xdf, (Expected(motion(), ("sitting", "walking"), "P07"),), "XDF"),
    "Parquet": Fixture(parquet, (Expected(motion(), ("walking",)),), "Parquet"),
    "Sensor Logger": Fixture(
        sensor_logger, (Expected(_LOGGED, ("walking",)),), "Sensor Logger"
    ),
    "Sensor Logger (iOS)": Fixture(
        lambda folder: sensor_logger(folder, total=False),
        (Expected(_LOGGED, ("walking",)),),
        "Sensor Logger",
    ),
    "Sensor Logger (sensors in words)": Fixture(
        lambda folder: sensor_logger(folder, total=False, in_words=True),
        (Expected(_LOGGED, ("walking",)),),
        "Sensor Logger",
    ),
    "Sensor Logger (watch)": Fixture(
        watch, (Expected(motion(8.0, 100.0), ("walking",)),), "table"
    ),
    "phyphox": Fixture(phyphox, (Expected(_FAST, ("sitting",)),), "phyphox"),
    "Physics Toolbox": Fixture(physics_toolbox, (Expected(_FAST, ("jogging",)),), "table"),
    "SensiML": Fixture(
        sensiml,
        (Expected(_FAST, ("Down", "Up"), "Ada", tolerance=5e-3),),
        "SensiML",
        ReadOptions(rate_hz=100.0, accel_unit="4096/g", gyro_unit="16.4/dps"),
    ),
    "UCI-HAR": Fixture(
        uci_har, (Expected(motion(7.68), ("STANDING", "WALKING"), "subject 3", "waist"),), "UCI-HAR"
    ),
    "HAPT": Fixture(
        hapt, (Expected(motion(), ("STANDING", "WALKING"), "subject 7", "waist"),), "HAPT"
    ),
    "MotionSense": Fixture(
        motionsense, (Expected(motion(), ("walking",), "subject 4", "front pocket"),), "MotionSense"
    ),
    "PAMAP2": Fixture(
        pamap2,
        tuple(Expected(_FAST, ("walking",), "subject 101", place) for place in
              ("hand", "chest", "ankle")),
        "PAMAP2",
    ),
    "WISDM v1.1": Fixture(
        wisdm_phone,
        (Expected(_constant(_SLOW, (0, 0, 0)), ("Jogging",), "subject 33", "pocket"),),
        "WISDM",
    ),
    "WISDM phone and watch": Fixture(
        wisdm_watch, (Expected(_SLOW, ("walking",), "subject 1600", "wrist"),), "WISDM"
    ),
    "KU-HAR": Fixture(
        ku_har, (Expected(_FAST, ("Walk",), "subject 1101", "waist"),), "KU-HAR"
    ),
}  # fmt: skip
