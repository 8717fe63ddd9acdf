"""What each augmentation is worth on motion that is not as it was in training.

The default network is trained without a third of the people: with the default augmentation, with
none, and with one kind left out at a time; rotation includes the half turns that training adds
where people wear the sensor differently. The int8 models then answer, under TFLM, windows of the
people held out: as recorded, and disturbed before the core resamples and cuts them, as a sensor, a
strap or another board would. Nothing is chosen on these people. The table has a row a disturbance
and a column a training; `worth` is the mean over all rows with the default less that without the
kind. One seed: differences below about two points say nothing.

"repeated" has samples that the sensor gave twice, as a real Nano 33 BLE Sense does. Samples that
are known to be lost never reach a model, since no window is cut across a gap.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.har import labels_of
from benchmarks.output import finish, parser
from motionloop.model.inference import Interpreter
from motionloop.model.package import InputSpec, input_spec
from motionloop.recordings import importing
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.splits import split_people
from motionloop.training.augment import AugmentConfig
from motionloop.training.fit import fit
from motionloop.training.train import PRESETS
from motionloop.virtual.motion import BMI270, LSM9DS1, Sensor
from motionloop.windows import WindowSet, collect_windows

_FILE = Path(__file__).parents[2] / "shared/data/motionsense_pocket_50hz.npz"
_TESTED = 1000  # windows of each disturbance, evenly taken: each costs TFLM a millisecond

Values = NDArray[np.float64]  # [n, 6] in g and rad/s
Change = Callable[[Values, np.random.Generator], Values]
Disturbance = Callable[[Recording, np.random.Generator], Recording]

_NO_NOISE = 1e-9
WITHOUT = {
    "rotation": {"rotation_rad": 0.0},
    "scale": {"scale": 0.0},
    "gyro_bias": {"gyro_bias_rads": 0.0},
    "noise": {"noise_low": _NO_NOISE, "noise_high": _NO_NOISE},
}
NONE = AugmentConfig(
    rotation_rad=0.0, scale=0.0, gyro_bias_rads=0.0, noise_low=_NO_NOISE, noise_high=_NO_NOISE
)
TRAININGS = {
    "default": AugmentConfig(),
    "none": NONE,
    **{f"no {kind}": replace(AugmentConfig(), **off) for kind, off in WITHOUT.items()},
}


def changed(change: Change) -> Disturbance:
    """What the sensor measures is changed."""

    def disturbed(recording: Recording, rng: np.random.Generator) -> Recording:
        scales = _scales(recording.board)
        raw = _counts(change(recording.raw * scales, rng), scales)
        return Recording(recording.description, recording.seq, recording.t_us, raw)

    return disturbed


def turned(degrees: float) -> Disturbance:
    """Both sensors by one angle about an axis drawn anew for each recording."""

    def change(values: Values, rng: np.random.Generator) -> Values:
        x, y, z = (axis := rng.standard_normal(3)) / np.linalg.norm(axis)
        cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
        angle = np.radians(degrees)
        turn = np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross
        return np.hstack([values[:, :3] @ turn.T, values[:, 3:] @ turn.T])

    return changed(change)


def stronger(factor: float) -> Disturbance:
    return changed(lambda values, _: values * factor)


def noise(deviation: float) -> Disturbance:
    return changed(lambda values, rng: values + deviation * rng.standard_normal(values.shape))


def bias(rads: float) -> Disturbance:
    """A gyroscope that tells as much about each axis when it is at rest."""
    return changed(lambda values, rng: values + np.r_[0, 0, 0, rng.choice([-rads, rads], 3)])


def repeated(share: float) -> Disturbance:
    """A share of the samples is the one before once more."""

    def change(values: Values, rng: np.random.Generator) -> Values:
        fresh = np.where(rng.random(len(values)) >= share, np.arange(len(values)), 0)
        return values[np.maximum.accumulate(fresh)]

    return changed(change)


def rate_off(factor: float) -> Disturbance:
    """The sensor is `factor` times as fast as it says; or all is done so much slower."""

    def disturbed(recording: Recording, _: np.random.Generator) -> Recording:
        board = replace(
            recording.board,
            format=replace(recording.board.format, rate_hz=recording.rate_hz / factor),
        )
        described = replace(recording.description, board=board)
        return Recording(described, recording.seq, recording.t_us, recording.raw)

    return disturbed


def measured_by(sensor: Sensor) -> Disturbance:
    """As another sensor would have measured it, at its own rate, range and scale."""

    def disturbed(recording: Recording, _: np.random.Generator) -> Recording:
        seconds = (recording.t_us[-1] - recording.t_us[0]) / 1e6
        number = np.arange(int(seconds * sensor.format.rate_hz) + 1)
        board = replace(recording.board, format=sensor.format)
        values = recording.raw * _scales(recording.board)
        place = number * (recording.rate_hz / sensor.format.rate_hz)
        axes = [np.interp(place, np.arange(len(values)), axis) for axis in values.T]
        raw = _counts(np.stack(axes, axis=1), _scales(board))
        t_us = recording.t_us[0] + np.rint(number * 1e6 / sensor.format.rate_hz).astype(np.int64)
        return Recording(replace(recording.description, board=board), number, t_us, raw)

    return disturbed


def _scales(board: RecordedBoard) -> Values:
    """What a count of each axis is worth [6]."""
    return np.array(board.format.nano_per_lsb) * 1e-9


def _counts(values: Values, scales: Values) -> NDArray[np.int16]:
    return np.rint(values / scales).clip(-32768, 32767).astype(np.int16)


DISTURBANCES: dict[str, Disturbance] = {
    "as recorded": lambda recording, _: recording,
    "turned 10 degrees": turned(10),
    "turned 20 degrees": turned(20),
    "turned 30 degrees": turned(30),
    "20 % weaker": stronger(0.8),
    "20 % stronger": stronger(1.2),
    "10 % slower": rate_off(1.1),
    "10 % faster": rate_off(0.9),
    "noise 0.02 g, rad/s": noise(0.02),
    "gyro bias 0.05 rad/s": bias(0.05),
    "25 % repeated": repeated(0.25),
    "Rev1, LSM9DS1 119 Hz": measured_by(LSM9DS1),
    "Rev2, BMI270 99.84 Hz": measured_by(BMI270),
}


def tested(
    recordings: list[Recording], spec: InputSpec, labels: list[str], how: Disturbance
) -> WindowSet:
    rng = np.random.default_rng(0)
    windows = collect_windows([how(recording, rng) for recording in recordings], spec, labels)
    return windows.take(np.linspace(0, len(windows) - 1, _TESTED).astype(np.int64))


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--data", type=Path, default=_FILE, metavar="FILE.npz")
    arguments.add_argument("--preset", choices=PRESETS, default="quick")
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()

    begin_s = time.monotonic()
    recordings, labels = importing.recordings_in(options.data), labels_of(options.data)
    spec = input_spec(recordings[0].rate_hz)
    windows = collect_windows(recordings, spec, labels)
    chosen = split_people(windows, np.unique(windows.person)[::3].tolist())
    unseen = [r for r in recordings if r.wearer in chosen.held_out]
    asked = {name: tested(unseen, spec, labels, how) for name, how in DISTURBANCES.items()}
    print(f"{len(chosen.train)} windows to train on, {_TESTED} of {', '.join(chosen.held_out)}")

    accuracy: dict[str, dict[str, float]] = {}
    for training, augmentation in TRAININGS.items():
        config = replace(PRESETS[options.preset], seed=options.seed, augment=augmentation)
        interpreter = Interpreter(fit(windows, chosen, config).converted.board)
        accuracy[training] = {
            name: float(np.mean(interpreter.invoke_many(w.channels(w.fixed)).argmax(1) == w.label))
            for name, w in asked.items()
        }
        print(f"{training}: {accuracy[training]['as recorded']:.1%} as recorded", flush=True)
    print(f"\n{'':>24}" + "".join(f"{training:>14}" for training in TRAININGS))
    for name in DISTURBANCES:
        print(f"{name:>24}" + "".join(f"{100 * row[name]:13.1f}%" for row in accuracy.values()))
    mean = {training: float(np.mean(list(row.values()))) for training, row in accuracy.items()}
    print(f"{'mean':>24}" + "".join(f"{100 * value:13.1f}%" for value in mean.values()) + "\n")
    finish(
        options,
        {
            "mean_default": round(mean["default"], 4),
            "mean_none": round(mean["none"], 4),
            "worth": {kind: round(mean["default"] - mean[f"no {kind}"], 4) for kind in WITHOUT},
            "accuracy": {
                training: {name: round(value, 4) for name, value in row.items()}
                for training, row in accuracy.items()
            },
            "seconds": round(time.monotonic() - begin_s, 1),
        },
    )


if __name__ == "__main__":
    main()
