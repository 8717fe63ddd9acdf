"""Options that several commands share, and what they mean."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from motionloop.errors import DatasetError
from motionloop.model import input_defaults
from motionloop.model.package import LEAST_SMOOTHING, Axes
from motionloop.recordings.checks.finding import REFUSED
from motionloop.recordings.managing import About
from motionloop.recordings.plan import new_label
from motionloop.recordings.recording_json import LONGEST_BRIDGE_MS
from motionloop.recordings.where import KEYS, Where
from motionloop.safe_files import is_file_name
from motionloop.trainer.messages import SMOOTHING, TrainingRequest

RECORDINGS = Path("recordings")
MODELS = Path("models")
_FASTEST_HZ = 1e5  # far more than any sensor of motion measures
_WIDEST = 8.0  # far more than any board has room for


def add_recordings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--recordings",
        type=Path,
        default=RECORDINGS,
        metavar="FOLDER",
        help="where the recordings are (default: recordings)",
    )


def add_models(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--models",
        type=Path,
        default=MODELS,
        metavar="FOLDER",
        help="where the models are (default: models)",
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """--json: answers for programs, by `print_json`."""
    parser.add_argument(
        "--json",
        action="store_true",
        help="print one line of JSON; what is said to people goes to stderr",
    )


def above_zero(text: str) -> float:
    """A number of seconds, hertz or times."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return number


def number_within(least: float, most: float) -> Callable[[str], float]:
    """Takes numbers from `least` to `most`."""

    def number(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(
                f"{text!r} is no number from {least:,.10g} to {most:,.10g}"
            )
        return number

    return number


def rate_hz(text: str) -> float:
    """Samples per second."""
    rate_hz = above_zero(text)
    if rate_hz > _FASTEST_HZ:
        raise argparse.ArgumentTypeError(f"{text!r} is above {_FASTEST_HZ:g} samples per second")
    return rate_hz


def at_least(least: int) -> Callable[[str], int]:
    """Takes whole numbers from `least` on that a computer takes for a seed, too."""

    def whole_number(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = least - 1
        if not least <= number < 2**32:
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {least} on")
        return number

    return whole_number


def new_name(text: str) -> str:
    """The name of something that gets a folder of its own, inside the folder of its kind."""
    if not is_file_name(text):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no name: give words without / and \\, or leave the option away"
        )
    return text


def label(text: str) -> str:
    """A label that a recording gets."""
    try:
        return new_label(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def about(field: str) -> Callable[[str], str]:
    """The type of an option that says what `motionloop edit` changes."""

    def checked(text: str) -> str:
        given: dict[str, Any] = {field: text}
        try:
            return str(About(**given).changes()[field])
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return checked


def add_where(parser: argparse.ArgumentParser) -> None:
    """--where: which of the recordings are meant."""
    parser.add_argument(
        "--where",
        type=_where,
        default=Where(),
        metavar="CONDITIONS",
        help='only these recordings, such as "wearer=ada|ben,placement=wrist"; keys: '
        f"{', '.join(KEYS)}",
    )


def _where(text: str) -> Where:
    try:
        return Where.parse(text)
    except DatasetError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


KINDS = ("person", "session", "block")  # of splits that need no file


def add_split(parser: argparse.ArgumentParser) -> None:
    """--split: who is tested."""
    parser.add_argument(
        "--split",
        metavar="KIND|NAME",
        help="hold out by person, session or block (default: the most honest possible), or as "
        "`dataset --fix-split NAME` has fixed it",
    )


def split_of(options: argparse.Namespace) -> dict[str, Any]:
    """The fields of a request for the option of `add_split`."""
    if options.split is None or options.split in KINDS:
        return {"split": options.split}
    return {"named_split": options.split}


SOURCES = "recordings, folders of them, or any files that `import` reads (default: recordings)"


def add_sources(parser: argparse.ArgumentParser) -> None:
    """RECORDINGS...: the paths of the motion."""
    parser.add_argument(
        "recordings",
        type=Path,
        nargs="*",
        default=[RECORDINGS],
        metavar="RECORDINGS",
        help=SOURCES,
    )


def add_input(parser: argparse.ArgumentParser) -> None:
    """A model's input: the options of `add_window` and of `add_view`."""
    add_window(parser)
    add_view(parser)


def add_window(parser: argparse.ArgumentParser | argparse._ArgumentGroup) -> None:
    """--rate-hz, --window and --hop: how motion is cut."""
    parser.add_argument(
        "--rate-hz",
        type=rate_hz,
        default=input_defaults.RATE_HZ,
        help="of the model (default: %(default)g)",
    )
    parser.add_argument(
        "--window",
        type=at_least(1),
        default=input_defaults.WINDOW,
        help="points (default: %(default)d)",
    )
    parser.add_argument(
        "--hop", type=at_least(1), default=input_defaults.HOP, help="points (default: %(default)d)"
    )


def add_view(parser: argparse.ArgumentParser) -> None:
    """--axes: the sensors that a model looks at; --bridge-ms: the holes that its windows span."""
    parser.add_argument(
        "--axes",
        choices=[axes.value for axes in Axes],
        default=Axes.ALL.value,
        help="accel: a model that needs no gyroscope (default: all six axes)",
    )
    parser.add_argument(
        "--bridge-ms",
        type=_bridge_ms,
        default=0.0,
        metavar="MS",
        help="let a window span holes of missing samples up to this length, on a straight line; "
        "figures and report count them (default: none)",
    )


def _bridge_ms(text: str) -> float:
    try:
        length_ms = float(text)
    except ValueError:
        length_ms = -1.0
    if not 0 <= length_ms <= LONGEST_BRIDGE_MS:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no length of a hole: give milliseconds from 0 to {LONGEST_BRIDGE_MS:g}. "
            "What happened in a longer hole cannot be known"
        )
    return length_ms


def add_smoothing(parser: argparse.ArgumentParser) -> None:
    """--smoothing: how steady the board's answers are."""
    parser.add_argument(
        "--smoothing",
        type=_smoothing,
        default=SMOOTHING,
        metavar="WEIGHT",
        help="of the newest window in the board's answer, up to 1. At 1 each window answers alone; "
        "with less the answer flickers less, and follows a change of activity later "
        "(default: %(default)g)",
    )


def _smoothing(text: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        weight = 0.0
    if not LEAST_SMOOTHING <= weight <= 1:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no weight: give a number from {LEAST_SMOOTHING:.3f} to 1, which is no "
            "smoothing"
        )
    return weight


def add_checks(parser: argparse.ArgumentParser) -> None:
    """--skip-bad, --despite and --rename: what is done about faults of the recordings."""
    add = parser.add_argument
    add("--skip-bad", action="store_true", help="leave out recordings that cannot be read")
    add("--skip-short", action="store_true", help="leave out labels that are too short for a model")
    add(
        "--despite",
        nargs="+",
        default=[],
        choices=[kind.value for kind in REFUSED],
        help="go on although such a fault was found, of which a model would be useless",
    )
    add(
        "--rename",
        nargs="+",
        default=[],
        metavar="OLD=NEW",
        help="take a label for another, here only; `motionloop labels --rename` does it for good",
    )


def checks_of(options: argparse.Namespace) -> dict[str, Any]:
    """The fields of a request for the options of `add_checks`."""
    return {
        "skip_bad": options.skip_bad,
        "skip_short": options.skip_short,
        "despite": tuple(options.despite),
        "rename": tuple(options.rename),
    }


def add_training(parser: argparse.ArgumentParser) -> None:
    """The options of a training: data, length, input and network."""
    add = parser.add_argument
    add_where(parser)
    add_split(parser)
    add("--labels", nargs="+", help="train on these only (default: all found)")
    add_checks(parser)
    add("--preset", choices=["quick", "thorough"], default="thorough")
    add("--seed", type=at_least(0), default=1)
    add_input(parser)
    add("--architecture", choices=["mobilenet", "cnn", "squeezenet"], default="mobilenet")
    add("--width", type=_width, default=1.0, help="times the filters (default: 1)")
    add(
        "--stem-stride",
        type=int,
        choices=[1, 2, 4],
        default=2,
        help="4 takes a third of the work (default: 2)",
    )


def _width(text: str) -> float:
    try:
        width = float(text)
    except ValueError:
        width = 0.0
    if not 0 < width <= _WIDEST:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no width: give a number above 0 and up to {_WIDEST:g}, times which the "
            "usual filters are taken"
        )
    return width


def training_request(options: argparse.Namespace, folder: Path) -> TrainingRequest:
    """The request of the options of `add_training`, with the PATHs in `options.recordings`."""
    return TrainingRequest(
        recordings=tuple(map(str, options.recordings)),
        folder=str(folder),
        name=folder.name,
        preset=options.preset,
        seed=options.seed,
        rate_hz=options.rate_hz,
        window=options.window,
        hop=options.hop,
        axes=options.axes,
        bridge_ms=options.bridge_ms,
        architecture=options.architecture,
        width=options.width,
        stem_stride=options.stem_stride,
        labels=tuple(options.labels) if options.labels else None,
        where=str(options.where),
        **split_of(options),
        **checks_of(options),
    )
