"""The folder of models, and the names of the files in a model's own folder.

Standard library only: the window reads the folder for each refresh.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motionloop.language import number
from motionloop.safe_files import read_json
from motionloop.typed_values import OTHER_SHAPE

PACKAGE_FILE = "model.mlpkg"  # what a board gets
METRICS_FILE = "metrics.json"
REPORT_FILE = "report.html"
BASE_FILE = "base.tflite"  # float32
WEIGHTS_FILE = "base.npz"  # of the float network: training of variants begins with them
INT8_FILE = "int8.tflite"  # with names and all scales; the package holds the stripped one
VARIANTS_FILE = "variants.json"
PUSHES_FILE = "pushes.json"  # which boards have confirmed the model


@dataclass(frozen=True)
class StoredModel:
    """A model's folder with its metrics.

    Attributes:
        path: The folder.
        metrics: Content of metrics.json.
    """

    path: Path
    metrics: dict[str, Any]

    @property
    def words(self) -> str:
        """Name and accuracy in one line."""
        return f"{self.path.name}  {number(self.metrics['int8']['accuracy'], '.1%')}"

    @property
    def labels(self) -> str:
        return ", ".join(self.metrics["labels"])


def stored_models(folder: Path) -> list[StoredModel]:
    """The complete models in `folder`, the newest first; unreadable folders are left out."""
    found = []
    for path in sorted(folder.glob(f"*/{METRICS_FILE}")):
        try:
            made_s = path.stat().st_mtime  # it may be gone since it was listed
            model = StoredModel(path.parent, read_json(path))
            model.words, model.labels  # noqa: B018, has all that is shown
        except (OSError, *OTHER_SHAPE):
            continue
        found.append((made_s, model))
    return [model for _, model in sorted(found, key=lambda timed: timed[0], reverse=True)]


def metrics_of(models: Path, model_id: bytes) -> Iterator[dict[str, Any]]:
    """Find the metrics of a model.

    Args:
        models: Folder of models.
        model_id: The 8 bytes of `package.model_id`.

    Yields:
        Content of metrics.json of each folder that holds this model.
    """
    for file in sorted(models.glob(f"*/{METRICS_FILE}")):
        try:
            metrics = read_json(file)
            if metrics["model_id"] == model_id.hex():
                yield metrics
        except (OSError, *OTHER_SHAPE):
            continue  # the file of another program


def name_of(models: Path, model_id: bytes) -> str:
    """Find the name of a model, or of the variant of a model that was pushed.

    Args:
        models: Folder of models.
        model_id: The 8 bytes of `package.model_id`.

    Returns:
        Such as "walks" or "walks, pruned-int8"; empty for a model from elsewhere.
    """
    for file in sorted(models.glob(f"*/{METRICS_FILE}")):
        folder = file.parent
        try:
            if read_json(file).get("model_id") == model_id.hex():
                return folder.name
            for push in stored_pushes(folder):
                if push["model_id"] == model_id.hex():
                    variant = Path(push["package"])
                    is_model = variant.name == PACKAGE_FILE
                    return folder.name if is_model else f"{folder.name}, {variant.stem}"
        except (OSError, *OTHER_SHAPE):
            continue  # the file of another program
    return ""


def models_folder(package_path: Path) -> Path | None:
    """Find the folder of the model that a package belongs to.

    Args:
        package_path: The package's file, of the model or of one of its variants.

    Returns:
        The model's folder; None for a package from elsewhere.
    """
    for folder in package_path.absolute().parents[:2]:
        if (folder / METRICS_FILE).is_file():
            return folder
    return None


def stored_pushes(model: Path) -> list[dict[str, Any]]:
    """The pushes of the model in folder `model`, as board.pushes noted them, the newest last.

    Args:
        model: A model's folder.

    Returns:
        An entry per push; none when there is no file.

    Raises:
        OSError: The file cannot be read.
        ValueError: The file is not a list of pushes.
    """
    file = model / PUSHES_FILE
    if not file.exists():
        return []
    found = read_json(file)
    if not isinstance(found, list) or not all(isinstance(push, dict) for push in found):
        raise ValueError("it is not a list of pushes")
    return found


def stored_variants(model: Path) -> list[dict[str, Any]]:
    """The measured variants of the model in folder `model`; empty without a measurement."""
    try:
        found = read_json(model / VARIANTS_FILE)
    except (OSError, ValueError):
        return []
    if not isinstance(found, list):  # the file of another program
        return []
    return [variant for variant in found if isinstance(variant, dict)]
