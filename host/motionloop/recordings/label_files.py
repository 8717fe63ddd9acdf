"""Labels that another program made, for a recording that is there."""

from __future__ import annotations

from pathlib import Path

from motionloop.errors import DataFileError
from motionloop.language import tr
from motionloop.recordings.data_file import DataFile
from motionloop.recordings.formats import elan, label_studio
from motionloop.recordings.formats.carried import Labels
from motionloop.recordings.recording import Recording


def is_label_file(source: DataFile) -> bool:
    """Whether a file holds labels alone, by what it begins with."""
    return elan.is_eaf(source.head) or label_studio.is_label_studio(source.head)


def read_label_file(
    path: Path, recording: Recording, tier: str | None = None, time_unit: str | None = None
) -> Labels:
    """Read labels from a file, which is recognised by its content.

    Args:
        path: An .eaf of ELAN, or a JSON export of Label Studio.
        recording: The recording that they are of.
        tier: The tier of an .eaf; by default the only one that is not empty.
        time_unit: Of the times of Label Studio: s, ms, us, ns or samples; by default what fits.

    Returns:
        Segments inside the recording, and in words what was left out or taken for granted.

    Raises:
        DataFileError: The file is of another kind, damaged, or does not fit the recording.
    """
    source = DataFile(path)
    if elan.is_eaf(source.head):
        return elan.read_labels(path, recording, tier)
    whole = source.content()
    if label_studio.is_label_studio(whole):
        return label_studio.read_labels(path, recording, time_unit)
    raise DataFileError(
        tr(
            "{path} holds no labels that are read here: give an .eaf of ELAN, or an export of "
            "Label Studio as JSON. Motion with labels in it is imported.",
            path=path,
        )
    )
