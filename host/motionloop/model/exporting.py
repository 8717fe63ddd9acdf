"""A model for programs of one's own: `motionloop export models/NAME`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from motionloop.model.c_library import write_library
from motionloop.model.folder import models_folder
from motionloop.model.model_card import write_tflite
from motionloop.model.package import load_package, package_file
from motionloop.safe_files import whole_or_nothing


class ModelFormat(StrEnum):
    """What a model can be exported to."""

    C = "c"
    TFLITE = "tflite"


def export_model(
    path: Path, kind: ModelFormat, to: Path, *, overwrite: bool = False
) -> tuple[Path, ...]:
    """Write a model for other programs.

    Args:
        path: The model's folder, or a package file.
        kind: The format.
        to: The folder, which may have other files in it.
        overwrite: Whether files that exist are replaced.

    Returns:
        The new files.

    Raises:
        PackageError: There is no package, or it is damaged.
        RecordingError: A file exists and `overwrite` is false, or the disk failed; nothing is left
            behind.
        DiskFullError: The disk has no room; nothing is left behind.
    """
    package_bytes = load_package(path)
    file = package_file(path).absolute()  # as the folder of its model is
    model = models_folder(file)
    name = file.parent.name if file.parent == model else file.stem
    with whole_or_nothing(to, overwrite) as made:
        if kind is ModelFormat.C:
            write_library(package_bytes, name, made)
        else:
            write_tflite(package_bytes, name, model if file.parent == model else None, made)
        files = sorted(file.relative_to(made) for file in made.rglob("*") if file.is_file())
    return tuple(to / file for file in files)
