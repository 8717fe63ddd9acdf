"""Instructions that the core takes on an emulated Cortex-M4, and its size in flash.

QEMU counts instructions (-icount shift=0), so the figures are the same on every machine with the
same compiler; they are no cycles. The core is compiled as for the board: -Os, FPU on.

- instructions_per_sample: a six-axis sample from Board::on_sample with the stream on, and
  Board::step until nothing is left to do: saturation, ring, packets of the length that the host
  asks for. The radio and clock behind the ports cost nothing. instructions_per_sample_full_packets:
  the same with packets of 19.
- instructions_per_window: Windower::prepare of 128 points at 50 Hz from 119 Hz in the default
  12 channels (6 linear, 6 companded without their mean), wrapped around the ring's end; the
  highest of the synthetic wearer's activities and of noise over the whole range. Beside it the six
  linear channels alone, and the 12 channels from samples that are at the model's rate already.
- instructions_per_rejection: of a window of 128 points in 12 channels with an embedding of 48, its
  channel statistics and the distances to six classes in 64 dimensions, the most.
- text_bytes: .text and .rodata of firmware/lib/core.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from benchmarks.output import finish, parser
from motionloop import wire
from motionloop.model.package import InputSpec, default_channels, input_spec
from motionloop.sample_format import SampleFormat
from motionloop.virtual.motion import LSM9DS1, SyntheticMotion
from motionloop.virtual.wearer import ACTIVITIES, SyntheticWearer
from tests.firmware import build
from tests.firmware.cortexm import machine

BUILD = build.BUILD / "cortexm-benchmark"
RATE_HZ = 50.0
WINDOW = 128
COUNT_INSTRUCTIONS = ["-icount", "shift=0"]


def motions(samples: int) -> Iterator[NDArray[np.int16]]:
    """Raw samples [samples, 6] of each activity, and noise over the whole range."""
    for activity in ACTIVITIES:
        yield SyntheticMotion(SyntheticWearer(1, activity), LSM9DS1, 1).take_samples(samples)[0]
    noise = np.arange(samples * wire.AXES, dtype=np.int64) * 40503 % 65536 - 32768
    yield noise.astype(np.int16).reshape(samples, wire.AXES)


def window_lines(name: str, rate_mhz: int, spec: InputSpec) -> Iterator[str]:
    """A window of each motion in the form that instructions.cpp reads, with the host's answer."""
    accel, gyro = LSM9DS1.format.accel_ng_per_lsb, LSM9DS1.format.gyro_nrads_per_lsb
    windower = spec.windower(SampleFormat(rate_mhz / 1000, accel, gyro))
    for raw in motions(windower.span):
        points = windower.resample(raw, np.array([len(raw) - 1]))
        blobs = (
            spec.packed_channels(),
            spec.tables,
            raw.astype("<i2").tobytes(),
            windower.channels(points).tobytes(),
        )
        numbers = (rate_mhz, accel, gyro, spec.rate_mhz, spec.window)
        yield " ".join([name, *map(str, numbers), *(blob.hex() or "-" for blob in blobs)])


def count_instructions() -> dict[str, int]:
    """Every figure that instructions.cpp prints; of several with one name, the highest."""
    twelve = input_spec(RATE_HZ, WINDOW)
    six = input_spec(RATE_HZ, WINDOW, channels=default_channels()[: wire.AXES])
    lines = [
        *window_lines("window", 119_000, twelve),
        *window_lines("window_six_linear", 119_000, six),
        *window_lines("window_equal_rate", 50_000, twelve),
    ]
    program = machine.program(
        [build.TESTS / "check.cpp", machine.FOLDER / "instructions.cpp"], BUILD
    )
    (BUILD / "windows.txt").write_text("\n".join(lines) + "\n")
    output = machine.run(program, BUILD, ".", options=COUNT_INSTRUCTIONS)
    figures: dict[str, int] = {}
    for name, count in re.findall(r"^(\w+) (\d+)$", output, re.MULTILINE):
        figures[name] = max(figures.get(name, 0), int(count))
    return figures


def text_bytes() -> int:
    """Code and constants of the core's objects."""
    objects = build.objects(
        machine.COMPILER, build.CORE_SOURCES, machine.SOFTFP_FLAGS, BUILD / "softfp"
    )
    sections = build.run(["arm-none-eabi-size", "-A", *objects])
    sizes = re.findall(r"^\.(?:text|rodata)\S*\s+(\d+)", sections, re.MULTILINE)
    return sum(map(int, sizes))


def main() -> None:
    options = parser(__doc__).parse_args()
    missing = machine.what_is_missing()
    if missing is not None:
        sys.exit(missing)
    try:
        counted = count_instructions()
        figures = {f"instructions_per_{name}": n for name, n in counted.items()}
        compiler = build.run([machine.COMPILER, "-dumpfullversion"]).strip()
        finish(options, {**figures, "text_bytes": text_bytes(), "compiler": f"gcc {compiler}"})
    except build.CommandFailed as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
