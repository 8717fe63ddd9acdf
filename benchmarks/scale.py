"""Many hours of recordings: how long a list, the windows and an opening take, and the memory.

Synthetic recordings of half an hour each at 119 Hz, ten people, three activities; for 1, 10 and
100 hours, up to --hours, in one folder that grows:

list_first_s, list_s    `motionloop dataset`, first and again, with the command's start
list_cpu_s              the processor's seconds of the second one, which others' work hardly changes
windows_s, windows      all windows cut in a process of its own
train_s, train_peak_mb  a quick training in a process of its own, and the most memory that it held
open_s                  one of the recordings, opened
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.output import finish, parser
from motionloop.recordings import samples_csv
from motionloop.recordings.recording import SAMPLES_FILE, Recording
from motionloop.recordings.recording_json import Description, RecordedBoard
from motionloop.recordings.segments import Segment
from motionloop.trainer.messages import TrainingRequest
from motionloop.virtual.motion import LSM9DS1, SyntheticMotion
from motionloop.virtual.wearer import SyntheticWearer

_LABELS = ("sitting", "walking", "running")
_PEOPLE = 10
_LENGTH_S = 1800
_PART_S = 60  # of one activity; the same motion of a person comes again and again
_SIZES_H = (1, 10, 100)


def _values_of(person: int) -> list[str]:
    """The values of each line of a minute of each activity."""
    count = round(_PART_S * LSM9DS1.format.rate_hz)
    accel = samples_csv.Decimals(LSM9DS1.format.accel_ng_per_lsb)
    gyro = samples_csv.Decimals(LSM9DS1.format.gyro_nrads_per_lsb)
    lines = []
    for label in _LABELS:
        wearer = SyntheticWearer(person + 1, label)
        raw, _ = SyntheticMotion(wearer, LSM9DS1, person + 1).take_samples(count)
        for row in raw.tolist():
            lines.append(",".join([accel[a] for a in row[:3]] + [gyro[g] for g in row[3:]]))
    return lines


def write_recording(folder: Path, number: int, values: list[str]) -> None:
    """Half an hour: each activity for a minute in turn."""
    count, period_us = round(_LENGTH_S * LSM9DS1.format.rate_hz), 1e6 / LSM9DS1.format.rate_hz
    folder.mkdir(parents=True)
    with (folder / SAMPLES_FILE).open("w") as file:
        file.write(samples_csv.HEADER.decode())
        for first in range(0, count, len(values)):
            file.writelines(
                f"{seq},{round(seq * period_us)},{line}\n"
                for seq, line in zip(
                    range(first, min(first + len(values), count)), values, strict=False
                )
            )
    part_us = round(len(values) / len(_LABELS) * period_us)
    segments = [
        Segment(i * part_us, min((i + 1) * part_us, round((count - 1) * period_us) + 1), label)
        for i in range(-(-_LENGTH_S // _PART_S))
        for label in [_LABELS[i % len(_LABELS)]]
    ]
    Description(
        RecordedBoard("scale", LSM9DS1.format, imu=LSM9DS1.imu.name, synthetic=True),
        folder.name,
        wearer=f"person {number % _PEOPLE}",
        created="2026-11-20T08:00:00+01:00",
        segments=tuple(segments),
        samples=count,
        closed=True,
    ).save(folder)


def _cut(request: TrainingRequest) -> dict[str, Any]:
    from motionloop.recordings.for_training import gather
    from motionloop.training.pipeline import cut

    begin_s = time.monotonic()
    windows, _ = cut(request, gather(request))
    return {"windows_s": round(time.monotonic() - begin_s, 1), "windows": len(windows)}


def _train(request: TrainingRequest) -> dict[str, Any]:
    from motionloop.training.pipeline import train_recordings

    begin_s = time.monotonic()
    train_recordings(request)
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "train_s": round(time.monotonic() - begin_s, 1),
        "train_peak_mb": round(peak_kb / 1024),
    }


def _alone(work: Callable[[TrainingRequest], dict[str, Any]], request: TrainingRequest) -> Any:
    """The result of work in a process of its own, whose memory is its own too."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, (request,))


def _list_s(recordings: Path) -> tuple[float, float]:
    """Seconds of a list: on the clock, and of the processor."""
    begin_s, begin_cpu_s = time.monotonic(), _cpu_of_children_s()
    subprocess.run(
        [sys.executable, "-m", "motionloop", "dataset", str(recordings)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    cpu_s = _cpu_of_children_s() - begin_cpu_s
    return round(time.monotonic() - begin_s, 2), round(cpu_s, 2)


def _cpu_of_children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(recordings: Path, models: Path, hours: int, with_training: bool) -> dict[str, Any]:
    """All figures of the recordings that are there."""
    request = TrainingRequest((str(recordings),), str(models / f"{hours}"), f"{hours} hours")
    begin_s = time.monotonic()
    Recording.open(next(iter(recordings.iterdir())))
    opened_s = round(time.monotonic() - begin_s, 2)
    first_s, _ = _list_s(recordings)
    again_s, cpu_s = _list_s(recordings)
    figures = {
        "list_first_s": first_s,
        "list_s": again_s,
        "list_cpu_s": cpu_s,
        "open_s": opened_s,
    }
    if with_training:
        figures |= _alone(_cut, request) | _alone(_train, request)
    return figures


def main() -> None:
    arguments: argparse.ArgumentParser = parser(__doc__)
    arguments.add_argument("--hours", type=int, default=100)
    arguments.add_argument("--no-training", action="store_true", help="lists and an opening only")
    options = arguments.parse_args()
    values = [_values_of(person) for person in range(_PEOPLE)]
    found: dict[str, Any] = {}
    root = Path(tempfile.mkdtemp(prefix="scale-"))
    try:
        made = 0
        for hours in sorted({*(size for size in _SIZES_H if size < options.hours), options.hours}):
            while made < hours * 3600 // _LENGTH_S:
                folder = root / "recordings" / f"{made:04d}"
                write_recording(folder, made, values[made % _PEOPLE])
                made += 1
            figures = measure(root / "recordings", root / "models", hours, not options.no_training)
            print(f"{hours} hours: {figures}", flush=True)
            found |= {f"{name}_{hours}h": value for name, value in figures.items()}
            found |= figures  # those of the most hours stand under their plain names
    finally:
        shutil.rmtree(root)
    finish(options, {"hours": options.hours} | found)


if __name__ == "__main__":
    main()
