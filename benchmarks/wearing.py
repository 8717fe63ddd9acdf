"""How often a board worn turned is noticed, and how often one worn as in training is suspected.

People are held out in folds; how the others wore the board is learned from their windows, as a
training does. Each recording of a person held out then goes sample by sample through the check that
`motionloop live` makes: once as it is, where a warning counts as an alarm and is listed with its
angle (some seem to have put the phone in upside down or sideways), and turned by 90 and 180 degrees
about two axes across the mean gravity of the training, where it should warn. (Turned about
gravity itself the sensor sees the same gravity: no such check can notice it.) Each recording goes
from its first labelled sample to its last, since before and after it the phone may be in a hand;
one with too little movement to judge counts as not judged. `median_s` is from the first sample on:
HAPT's sessions begin with minutes of sitting and lying. The check's limits were set with these
files in view. No training, no random numbers.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.har import labels_of
from benchmarks.output import finish, parser
from motionloop.model.package import input_spec
from motionloop.model.wearing import Wearing, WearingCheck, learn_wearing
from motionloop.recordings import importing
from motionloop.recordings.recording import Recording
from motionloop.splits import SplitKind, folds
from motionloop.windows import WindowSet, collect_windows

_DATA = Path(__file__).parents[2] / "shared/data"
_FILES = (_DATA / "motionsense_pocket_50hz.npz", _DATA / "hapt_waist_50hz.npz")
_STEP_S = 1.0  # samples given to the check at a time

Matrix = NDArray[np.float64]


def learned(windows: WindowSet, which: NDArray[np.int64]) -> Wearing:
    """How the board was worn in the windows `which`."""
    chosen = windows.take(which)
    made = learn_wearing(chosen.motion[:, :, :3].astype(np.float64), chosen.label, chosen.labels)
    assert made is not None
    return made


def turns(wearing: Wearing, degrees: float) -> list[Matrix]:
    """Rotations [3, 3] by `degrees` about two axes at right angles across gravity."""
    up = np.mean(list(wearing.directions.values()), axis=0)
    across = np.linalg.svd(up[np.newaxis])[2][1:]
    made = []
    for x, y, z in across:
        cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
        angle = np.radians(degrees)
        made.append(np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross)
    return made


def first_warning(
    recording: Recording, wearing: Wearing, turn: Matrix
) -> tuple[float, float] | None:
    """After how many seconds the check warns of the recording turned so, and of what angle in
    degrees; None if it never does, NaN if it never had enough to judge."""
    board = recording.board
    check = WearingCheck(wearing, board.format)
    segments = recording.used_segments
    begin, end = np.searchsorted(recording.t_us, [segments[0].start_us, segments[-1].end_us])
    raw = recording.raw[begin:end].copy()
    raw[:, :3] = np.rint(raw[:, :3] @ turn.T).clip(-32768, 32767)
    step = round(board.format.rate_hz * _STEP_S)
    for at in range(0, len(raw), step):
        check.add_samples(raw[at : at + step])
        if check.turned_deg is not None:
            return (at + step) / board.format.rate_hz, check.turned_deg
    return None if check.judged else (np.nan, np.nan)


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--data", type=Path, nargs="+", default=_FILES, metavar="FILE.npz")
    options = arguments.parse_args()

    begin_s = time.monotonic()
    figures: dict[str, float | int | list[str]] = {}
    for file in options.data:
        recordings = importing.recordings_in(file)
        windows = collect_windows(recordings, input_spec(recordings[0].rate_hz), labels_of(file))
        name = file.stem.split("_")[0]
        alarmed: list[str] = []
        judged = 0
        noticed: dict[int, list[float | None]] = {90: [], 180: []}
        for split in folds(windows, SplitKind.PERSON):
            wearing = learned(windows, split.train)
            for recording in recordings:
                if recording.wearer not in split.held_out:
                    continue
                alarm = first_warning(recording, wearing, np.eye(3))
                if alarm is not None and np.isnan(alarm[0]):
                    continue
                judged += 1
                if alarm is not None:
                    alarmed.append(f"{recording.name}: {alarm[1]:.0f} degrees")
                for degrees, found in noticed.items():
                    warned = [first_warning(recording, wearing, t) for t in turns(wearing, degrees)]
                    found += [None if w is None else w[0] for w in warned]
        figures[f"{name}_judged"] = judged
        figures[f"{name}_of"] = len(recordings)
        figures[f"{name}_alarms"] = round(len(alarmed) / judged, 4)
        figures[f"{name}_alarmed"] = alarmed
        for degrees, found in noticed.items():
            times_s = [at_s for at_s in found if at_s is not None]
            figures[f"{name}_noticed_{degrees}"] = round(len(times_s) / len(found), 4)
            figures[f"{name}_median_s_{degrees}"] = round(float(np.median(times_s)), 1)
    finish(options, figures | {"seconds": round(time.monotonic() - begin_s, 1)})


if __name__ == "__main__":
    main()
