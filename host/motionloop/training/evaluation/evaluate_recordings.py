"""`motionloop evaluate`: from recordings to evaluation.json and a report to hand in."""

from __future__ import annotations

import json
import platform
import shlex
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from motionloop.errors import TrainingDataError
from motionloop.language import to_json, tr
from motionloop.model.folder import METRICS_FILE, PACKAGE_FILE, REPORT_FILE
from motionloop.model.inference import Interpreter
from motionloop.model.package import load_package, unpack_package
from motionloop.recordings.bridging import bridge
from motionloop.recordings.content_hash import content_hash
from motionloop.recordings.for_training import Gathered
from motionloop.recordings.recording import Recording
from motionloop.safe_files import disk_error, read_json, write_whole
from motionloop.splits import SplitKind, folds, folds_at_random
from motionloop.trainer.messages import FIGURES_FILE, EvaluationRequest, EvaluationResult
from motionloop.trainer.model_input import gather_for, input_of
from motionloop.training.bridged import bridging
from motionloop.training.evaluation import report_page
from motionloop.training.evaluation.crossval import (
    CrossValidation,
    cross_validate,
    judge,
    replay_unseen,
)
from motionloop.training.evaluation.lesson import compare
from motionloop.training.progress import OnProgress, one_step, silent
from motionloop.training.train import PRESETS
from motionloop.typed_values import texts_at, typed_value, value_at
from motionloop.virtual import replay
from motionloop.virtual.replay import Replay
from motionloop.windows import WindowSet, collect_enough, collect_windows, imbalance

_FORMAT = 1
_OPTIONS = {"package": "--model", "named_split": "--split"}  # of fields with another name
_TIMELINES = 3  # recordings shown: those with the most changes of activity, then the worst


def evaluate_recordings(
    request: EvaluationRequest, on_progress: OnProgress = silent
) -> EvaluationResult:
    """Evaluate a request's recordings or model, and write the report.

    Raises RecordingError, DataFileError, TrainingDataError, PackageError, or DiskFullError when
    the report cannot be written.
    """
    started_s = time.monotonic()
    with one_step(tr("windows"), on_progress, {}):
        gathered = gather_for(request)
        recordings = gathered.recordings
    if request.package is None:
        made, lesson = _cross_validated(request, gathered, on_progress)
        seen = None
    else:
        made, lesson = _judged(Path(request.package), recordings, request.bridge_ms), None
        seen = _seen(Path(request.package), made.windows)
    played = [bridge(r, request.bridge_ms).recording for r in _with(recordings, made.windows)]
    replays = replay_unseen(made, played, on_progress)
    figures = _figures(request, made, recordings, replays)
    figures |= {"lesson": lesson, "seen": seen}
    figures["data"]["findings"] = gathered.words()
    figures["notices"] = report_page.notices(figures)
    figures["accuracy_text"] = report_page.accuracy_text(figures)
    figures["words"] = {  # for a window in another language
        "accuracy_text": to_json(figures["accuracy_text"]),
        "notices": [*map(to_json, figures["notices"])],
        "lesson": [*map(to_json, lesson["text"])] if lesson else [],
    }
    figures["seconds"] = round(time.monotonic() - started_s, 1)
    content = json.dumps(figures, indent=1).encode()
    page = report_page.page(figures, _telling(replays), content)
    path = _save(Path(request.folder), content, page)
    return EvaluationResult(str(path), figures)


def _cross_validated(
    request: EvaluationRequest, gathered: Gathered, on_progress: OnProgress
) -> tuple[CrossValidation, dict[str, Any] | None]:
    spec = input_of(request)
    windows = collect_enough(
        gathered.recordings, spec, request.labels, request.bridge_ms, request.skip_short
    )
    kind = gathered.split or (SplitKind(request.split) if request.split else None)
    chosen, config = folds(windows, kind), PRESETS[request.preset]
    seeds = range(1, request.seeds + 1)
    if request.lesson and gathered.split is not None:
        raise TrainingDataError(
            tr(
                "The lesson deals all windows to several folds, and a named split has one: "
                "leave one of them out."
            )
        )
    if request.lesson and chosen[0].kind is SplitKind.BLOCK:
        raise TrainingDataError(
            tr(
                "The lesson compares with an honest split, and these recordings have none: "
                "record each label in a second session first."
            )
        )
    made = cross_validate(windows, chosen, config, seeds, on_progress, request.smoothing)
    if not request.lesson:
        return made, None
    leaky = folds_at_random(windows, len(chosen), seed=1)
    return made, compare(made, cross_validate(windows, leaky, config, seeds, on_progress))


def _judged(
    package_path: Path, recordings: Sequence[Recording], bridge_ms: float
) -> CrossValidation:
    packed = load_package(package_path)
    opened = unpack_package(packed)
    windows = collect_windows(recordings, opened.input, opened.labels, bridge_ms)
    return judge(windows, packed)


def _seen(package_path: Path, windows: WindowSet) -> dict[str, Any] | None:
    """The tested sessions that the model was trained on, by the metrics.json beside it; None when
    no such file says it."""
    folder = package_path if package_path.is_dir() else package_path.parent
    if not (folder / PACKAGE_FILE).exists():
        return None
    try:
        metrics = read_json(folder / METRICS_FILE)
        name, known = typed_value(metrics, "name", str), set(texts_at(metrics, "data.sessions"))
        kind = value_at(metrics, "split.kind", str)
        held_out = texts_at(metrics, "split.held_out")
    except (OSError, ValueError):
        return None
    if kind == SplitKind.SESSION:
        known -= set(held_out)
    elif kind == SplitKind.PERSON:
        known -= set(windows.session[np.isin(windows.person, held_out)].tolist())
    tested = set(windows.session.tolist())
    return {"model": name, "trained": sorted(known & tested), "of": len(tested)}


def _with(recordings: Iterable[Recording], windows: WindowSet) -> list[Recording]:
    """The recordings that any of the windows come from."""
    used = set(windows.session.tolist())
    return [r for r in recordings if r.name in used]


def _figures(
    request: EvaluationRequest,
    made: CrossValidation,
    recordings: Sequence[Recording],
    replays: Sequence[Replay],
) -> dict[str, Any]:
    """All of evaluation.json that is the same for a model and for trainings."""
    windows = made.windows
    return {
        "format": _FORMAT,
        "name": request.name,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "settings": {
            "recordings": list(request.recordings),
            "model": request.package,
            "preset": None if request.package else request.preset,
            "seeds": [] if request.package else made.seeds,
            "axes": None if request.package else request.axes,
            "bridge_ms": request.bridge_ms,
            "smoothing": unpack_package(made.results[0].package_bytes).smoothing,
            "command": _command(request),
        },
        "versions": {
            "MotionLoop": version("motionloop"),
            "TensorFlow": version("tensorflow"),
            "NumPy": version("numpy"),
            "Python": platform.python_version(),
        },
        "labels": list(windows.labels),
        "data": {
            "synthetic": windows.synthetic,
            "sessions": len(np.unique(windows.session)),
            "people": np.unique(windows.person).tolist(),
            "windows": len(windows),
            "seconds_per_label": windows.seconds_per_label(),
            "imbalance": imbalance(windows),
            "left_out": windows.left_out,
            "rate_hz": windows.spec.rate_hz,
            "window": windows.spec.window,
            "hop": windows.spec.hop,
            "sha256": content_hash(recordings, windows.labels),
        },
        "bridging": bridging(windows, *made.tested()),
        "split": {
            "kind": made.kind.value,
            "name": made.folds[0].name,
            "optimistic": made.folds[0].optimistic,
            "folds": [
                {
                    "held_out": list(split.held_out),
                    "train": len(split.train),
                    "test": len(split.test),
                    "accuracy": [
                        float(np.mean(r.answers == windows.label[split.test]))
                        for r in made.results
                        if r.split is split
                    ],
                }
                for split in made.folds
            ],
        },
        "int8": {
            **asdict(made.int8),
            "runtime": "TFLM" if Interpreter.is_reference else "LiteRT",
        },
        "base_accuracy": made.base_accuracy,
        "interval": made.interval,
        "group_accuracy": made.group_accuracy,
        "tflite_bytes": max(r.tflite_bytes for r in made.results),
        "loss": [[round(loss, 4) for loss in r.loss] for r in made.results],
        "calibration": asdict(made.calibration),
        "recalibration": asdict(made.recalibration) if made.recalibration else None,
        "replay": asdict(replay.figures(replays)) if replays else None,
    }


def _command(request: EvaluationRequest) -> str:
    """The command line that asks for the same again."""
    words = ["motionloop", "evaluate", *request.recordings]
    for field in fields(EvaluationRequest):
        value, option = getattr(request, field.name), f"--{field.name.replace('_', '-')}"
        if field.name in ("recordings", "folder", "name") or value == field.default:
            continue
        if field.name == "lesson":
            words += [option, "leaky"]
        elif field.name in _OPTIONS:
            words += [_OPTIONS[field.name], value]
        elif value is True:
            words += [option]
        elif isinstance(value, tuple):
            words += [option, *value]
        else:
            words += [option, f"{value}"]
    return shlex.join(words)


def _telling(replays: Sequence[Replay]) -> list[Replay]:
    return sorted(replays, key=lambda r: (-len(r.changes), -r.false_switches))[:_TIMELINES]


def _save(folder: Path, figures: bytes, page: str) -> Path:
    path = folder / FIGURES_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, figures)
        path = folder / REPORT_FILE
        write_whole(path, page.encode())
    except OSError as error:
        raise disk_error(error, path, tr("The report was not saved.")) from error
    return path
