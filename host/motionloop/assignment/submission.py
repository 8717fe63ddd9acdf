"""What a pupil handed in, read with care: a folder that may be broken, huge or hostile.

Each file is read only if it lies inside the pupil's folder, also behind links, and is not larger
than any honest one. What cannot be read is a fault in words; the rest is read all the same.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from motionloop.errors import AssignmentError, MotionLoopError
from motionloop.model.folder import (
    METRICS_FILE,
    PACKAGE_FILE,
    PUSHES_FILE,
    REPORT_FILE,
    stored_pushes,
)
from motionloop.model.package import ModelPackage, unpack_package
from motionloop.recordings.named_split import is_splits_folder
from motionloop.recordings.recording import SAMPLES_FILE, Recording
from motionloop.recordings.recording_json import DESCRIPTION_BACKUP, DESCRIPTION_FILE
from motionloop.safe_files import read_whole
from motionloop.trainer.messages import FIGURES_FILE

RECORDINGS, MODELS, EVALUATIONS = "recordings", "models", "evaluations"
_MOST_FOLDERS = 200
_MOST_TEXT_BYTES = 1 << 20
_MOST_JSON_BYTES = 1 << 24
_MOST_REPORT_BYTES = 1 << 25
_MOST_SAMPLES_BYTES = 1 << 26  # three hours at 119 Hz
_MOST_BYTES = 1 << 29  # of all samples together
T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TrainedModel:
    """A model's folder. `pushes` are those noted in it."""

    folder: Path
    metrics: dict[str, Any]
    package_bytes: bytes
    package: ModelPackage
    pushes: list[dict[str, Any]]


@dataclass(frozen=True)
class Evaluated:
    """An evaluation's folder: evaluation.json, as bytes too, and its page; None without one."""

    folder: Path
    figures: dict[str, Any]
    content: bytes
    page: str | None


@dataclass
class Submission:
    """A pupil's folder. `faults` are in words, by the folder or file that they are in; the newest
    model and evaluation come last."""

    folder: Path
    recordings: list[Recording] = field(default_factory=list)
    models: list[TrainedModel] = field(default_factory=list)
    evaluations: list[Evaluated] = field(default_factory=list)
    answers: str = ""
    faults: dict[str, list[str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return printable(self.folder.resolve().name)

    def faults_in(self, part: str) -> list[str]:
        return self.faults.get(part, [])


def is_submission(folder: Path) -> bool:
    """Whether a folder looks like a pupil's own, and not like one that holds several."""
    parts = ("assignment.toml", "answers.md", RECORDINGS, MODELS, EVALUATIONS)
    return any((folder / part).exists() for part in parts)


def read_submission(folder: Path) -> Submission:
    """Read all that can be read."""
    made = Submission(folder)
    most = _MOST_BYTES
    for path in _folders(made, RECORDINGS):
        recording = _kept(made, RECORDINGS, path, partial(_recording, folder, most))
        if recording is not None:
            most -= recording.raw.nbytes
            made.recordings.append(recording)
    for path in _folders(made, MODELS):
        model = _kept(made, MODELS, path, partial(_model, folder))
        made.models += [] if model is None else [model]
    for path in _folders(made, EVALUATIONS):
        evaluated = _kept(made, EVALUATIONS, path, partial(_evaluated, folder))
        made.evaluations += [] if evaluated is None else [evaluated]
    made.models.sort(key=lambda model: str(model.metrics.get("created")))
    made.evaluations.sort(key=lambda evaluated: str(evaluated.figures.get("created")))
    answers = folder / "answers.md"
    text = _kept(made, answers.name, answers, partial(text_inside, folder))
    made.answers = text or ""
    return made


def bytes_inside(root: Path, path: Path, most_bytes: int) -> bytes:
    """The content of a plain file inside `root`. Raises AssignmentError for anything else."""
    check_inside(root, path, most_bytes)
    try:
        return read_whole(path, most_bytes)
    except OSError as error:
        raise AssignmentError(f"{_short(root, path)} cannot be read ({error.strerror}).") from error


def text_inside(root: Path, path: Path) -> str:
    """The text of a file inside `root`. Raises AssignmentError."""
    content = bytes_inside(root, path, _MOST_TEXT_BYTES)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AssignmentError(
            f"{_short(root, path)} is not UTF-8 text: save it as UTF-8."
        ) from error


def check_inside(root: Path, path: Path, most_bytes: int) -> None:
    """Check that a path is a plain file inside `root` of a usual size. Raises AssignmentError."""
    name = _short(root, path)
    try:
        real = path.resolve(strict=True)
        inside = real.is_relative_to(root.resolve())
        plain, size = real.is_file(), real.stat().st_size
    except FileNotFoundError:
        raise AssignmentError(f"{name} is missing.") from None
    except (OSError, RuntimeError) as error:  # also links that lead in a circle
        raise AssignmentError(f"{name} cannot be read ({error}).") from error
    if not inside:
        raise AssignmentError(
            f"{name} is a link that leads out of the folder: put the file itself there."
        )
    if not plain:
        raise AssignmentError(f"{name} is not a file.")
    if size > most_bytes:
        raise AssignmentError(f"{name} has {size:,} bytes; more than {most_bytes:,} are not read.")


def check_recording(root: Path, path: Path, most_bytes: int = _MOST_SAMPLES_BYTES) -> None:
    """Check the files of a recording's folder. Raises AssignmentError."""
    check_inside(root, path / SAMPLES_FILE, min(most_bytes, _MOST_SAMPLES_BYTES))
    check_inside(root, path / DESCRIPTION_FILE, _MOST_JSON_BYTES)
    if (path / DESCRIPTION_BACKUP).exists():
        check_inside(root, path / DESCRIPTION_BACKUP, _MOST_JSON_BYTES)


def subfolders(root: Path, part: str) -> list[Path]:
    """The folders in a part of a pupil's folder, by name. Raises AssignmentError."""
    parent = root / part
    try:
        return _subfolders(root, part, parent)
    except OSError as error:
        raise AssignmentError(f"{part} cannot be read ({error.strerror}).") from error


def _subfolders(root: Path, part: str, parent: Path) -> list[Path]:
    if not parent.exists():
        return []
    if not parent.resolve().is_relative_to(root.resolve()):
        raise AssignmentError(
            f"{part} is a link that leads out of the folder: put the folder there."
        )
    if not parent.is_dir():
        raise AssignmentError(f"{part} is not a folder.")
    found = sorted(
        path
        for path in parent.iterdir()
        if path.is_dir() and path.name[0] != "." and not is_splits_folder(path)
    )
    if len(found) > _MOST_FOLDERS:
        raise AssignmentError(
            f"{part} holds {len(found)} folders; at most {_MOST_FOLDERS} are read."
        )
    return found


def in_words(error: Exception) -> str:
    """An error for a page: the product's own errors as they are, any other with its type."""
    if isinstance(error, MotionLoopError):
        return printable(str(error))
    _log.warning("unexpected in a pupil's folder", exc_info=error)
    return printable(f"{type(error).__name__}: {error}")


def printable(text: str) -> str:
    """The text without what would steer a terminal."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "�" for sign in text)


def _kept(made: Submission, part: str, path: Path, read: Callable[[Path], T]) -> T | None:
    """What `read` makes of the path; None and a fault in words if it cannot."""
    try:
        return read(path)
    except Exception as error:  # whatever a broken file does, the others are read
        made.faults.setdefault(part, []).append(in_words(error))
        return None


def _folders(made: Submission, part: str) -> list[Path]:
    return _kept(made, part, made.folder, lambda root: subfolders(root, part)) or []


def _recording(root: Path, most_bytes: int, path: Path) -> Recording:
    check_recording(root, path, most_bytes)
    return Recording.open(path)


def _model(root: Path, path: Path) -> TrainedModel:
    metrics = _json(bytes_inside(root, path / METRICS_FILE, _MOST_JSON_BYTES), path / METRICS_FILE)
    packed = bytes_inside(root, path / PACKAGE_FILE, _MOST_JSON_BYTES)
    pushes: list[dict[str, Any]] = []
    if (path / PUSHES_FILE).exists():
        check_inside(root, path / PUSHES_FILE, _MOST_JSON_BYTES)
        try:
            pushes = stored_pushes(path)
        except (ValueError, RecursionError) as error:
            raise AssignmentError(
                f"{_short(root, path / PUSHES_FILE)} cannot be used ({error}): push again."
            ) from error
    package = unpack_package(packed, _short(root, path / PACKAGE_FILE))
    return TrainedModel(path, metrics, packed, package, pushes)


def _evaluated(root: Path, path: Path) -> Evaluated:
    content = bytes_inside(root, path / FIGURES_FILE, _MOST_JSON_BYTES)
    page = None
    if (path / REPORT_FILE).exists():
        page = bytes_inside(root, path / REPORT_FILE, _MOST_REPORT_BYTES).decode(errors="replace")
    return Evaluated(path, _json(content, path / FIGURES_FILE), content, page)


def _json(content: bytes, path: Path) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise AssignmentError(f"{path.parent.name}/{path.name} is not JSON ({error}).") from error
    if not isinstance(found, dict):
        raise AssignmentError(f"{path.parent.name}/{path.name} is not a JSON object.")
    return found


def _short(root: Path, path: Path) -> str:
    return printable(str(path.relative_to(root)))
