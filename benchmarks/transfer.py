"""Whether a pretrained backbone helps a person who records half a minute of each activity.

The people of each data file are divided: most pretrain a backbone; each of the others records the
first 30 s of each activity and is tested on that activity's later sessions. int8 accuracy under
TFLM there, mean over these people and then over the files:

from_backbone         the file's backbone with an own head, trained alone and then with all of it
from_other_backbone   the same with another file's backbone: other people, another place on the body
from_scratch          a new network from the same windows, in as many steps
with_background       a new network from these windows and those that pretrained the backbone
general               the pretrained network as it is, which knows nothing of the person
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.har import labels_of
from benchmarks.output import finish, parser
from motionloop.model.inference import Interpreter
from motionloop.model.package import input_spec
from motionloop.recordings import importing
from motionloop.splits import PERSONAL_WEIGHT, Split, SplitKind, split_people
from motionloop.training.backbone import Backbone, of_model
from motionloop.training.fit import fit
from motionloop.training.train import PRESETS
from motionloop.windows import WindowSet, collect_windows

_DATA = Path(__file__).parents[2] / "shared/data"
_FILES = (_DATA / "motionsense_pocket_50hz.npz", _DATA / "hapt_waist_50hz.npz")
_RECORDED_S = 30.0

Indices = NDArray[np.int64]
Figures = dict[str, float]


@dataclass(frozen=True)
class Pretrained:
    """What most people of a data file made, and the others, who had no part in it."""

    windows: WindowSet
    known: Indices  # windows of those who had
    others: list[str]
    backbone: Backbone
    general: bytes  # int8 .tflite of the whole network


def pretrain(file: Path, other_count: int) -> Pretrained:
    """A backbone of all but `other_count` people of a data file."""
    recordings = importing.recordings_in(file)
    windows = collect_windows(recordings, input_spec(recordings[0].rate_hz), labels_of(file))
    people = np.random.default_rng(1).permutation(np.unique(windows.person))
    others = people[:other_count].tolist()
    split = split_people(windows, others)
    fitted = fit(windows, split, PRESETS["thorough"])
    trained = fitted.trained
    print(
        f"{file.stem}: a backbone of {len(people) - len(others)} people, "
        f"{fitted.int8.accuracy:.3f} on the others",
        flush=True,
    )
    backbone = of_model(trained.model, trained.config.model, windows.spec, {})
    return Pretrained(windows, split.train, others, backbone, fitted.converted.board)


def first_seconds(windows: WindowSet, person: str, seconds: float) -> tuple[Indices, Indices]:
    """The person's windows in the first `seconds` of each label, and in its later sessions."""
    spec = windows.spec
    count = int((seconds - spec.window_s) / spec.hop_s) + 1
    recorded, later = [], []
    for label in range(len(windows.labels)):
        own = np.flatnonzero((windows.person == person) & (windows.label == label))
        # Sessions are numbered at the end of their names, "... trial 9" before "... trial 10".
        numbers = np.array([int(name.split()[-1]) for name in windows.session[own]])
        own = own[np.lexsort((windows.start_us[own], numbers))]
        recorded.append(own[:count])
        later.append(own[~np.isin(windows.session[own], windows.session[own[:count]])])
    return np.concatenate(recorded), np.concatenate(later)


def personal(person: str, made: Pretrained, elsewhere: Sequence[Backbone]) -> Figures:
    """The accuracies of one person's models; `elsewhere` are the other files' backbones."""
    windows, config = made.windows, PRESETS["quick"]
    recorded, later = first_seconds(windows, person, _RECORDED_S)
    own = Split(SplitKind.SESSION, recorded, later, (), person)
    everyone = replace(own, train=np.concatenate([*[recorded] * PERSONAL_WEIGHT, made.known]))
    test = windows.take(later)
    answers = Interpreter(made.general).invoke_many(windows.channels(test.fixed)).argmax(axis=1)
    others = [fit(windows, own, config, backbone=start).int8.accuracy for start in elsewhere]
    return {
        "from_backbone": fit(windows, own, config, backbone=made.backbone).int8.accuracy,
        **({"from_other_backbone": float(np.mean(others))} if others else {}),
        "from_scratch": fit(windows, own, config).int8.accuracy,
        "with_background": fit(windows, everyone, config).int8.accuracy,
        "general": float(np.mean(answers == test.label)),
    }


def means(figures: Sequence[Figures]) -> Figures:
    return {name: float(np.mean([f[name] for f in figures])) for name in figures[0]}


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--data", type=Path, nargs="+", default=_FILES, metavar="FILE.npz")
    arguments.add_argument("--people", type=int, default=5, help="who get a personal model")
    options = arguments.parse_args()

    begin_s = time.monotonic()
    pretrained = {file.stem: pretrain(file, options.people) for file in options.data}
    of_file: dict[str, Figures] = {}
    for stem, made in pretrained.items():
        elsewhere = [other.backbone for name, other in pretrained.items() if name != stem]
        of_person = []
        for person in made.others:
            of_person.append(personal(person, made, elsewhere))
            listed = ", ".join(f"{name} {value:.3f}" for name, value in of_person[-1].items())
            print(f"{person}: {listed}", flush=True)
        of_file[stem] = means(of_person)
    finish(
        options,
        {name: round(value, 4) for name, value in means(list(of_file.values())).items()}
        | {
            f"{stem}_{name}": round(value, 4)
            for stem, figures in of_file.items()
            for name, value in figures.items()
        }
        | {"seconds": round(time.monotonic() - begin_s, 1)},
    )


if __name__ == "__main__":
    main()
