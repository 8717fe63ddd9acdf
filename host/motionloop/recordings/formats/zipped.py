"""One zip of recordings as they are: nothing is lost, and unpacked it is a folder of recordings.

`importing` unpacks any zip; what is recognised here is the folder of one recording.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from motionloop.errors import DataFileError, RecordingError
from motionloop.language import tr
from motionloop.recordings.data_file import DataFile
from motionloop.recordings.file_names import file_stem
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.recording import SAMPLES_FILE, Recording
from motionloop.recordings.recording_json import DESCRIPTION_FILE
from motionloop.recordings.writer import write_recording
from motionloop.safe_files import open_own

NAME: str = tr("recording of MotionLoop")


def write_archive(recordings: Iterable[Recording], path: Path) -> None:
    """Write recordings into a new archive.

    Args:
        recordings: The recordings.
        path: The .zip file.

    Raises:
        OSError: The disk failed.
        RecordingError: The same, for a recording that is in memory only.
    """
    names: set[str] = set()
    with (
        open_own(path, new=True) as made_file,
        zipfile.ZipFile(made_file, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for recording in recordings:
            with tempfile.TemporaryDirectory() as made:
                folder = recording.path
                if folder is None:
                    folder = Path(made) / "recording"
                    write_recording(recording, folder)
                name = file_stem(recording.path.name if recording.path else recording.name, names)
                for file in (SAMPLES_FILE, DESCRIPTION_FILE):
                    archive.write(folder / file, f"{name}/{file}")


def recognise(source: DataFile) -> bool:
    """Whether a folder is a recording's.

    Args:
        source: A file or a folder.

    Returns:
        Also for a damaged one, so that its fault is told.
    """
    return source.is_folder and (source.path / DESCRIPTION_FILE).is_file()


def read(source: DataFile, options: ReadOptions) -> list[Recording]:
    """Read a recording's folder.

    Args:
        source: The folder.
        options: Not needed: it says all.

    Returns:
        The recording.

    Raises:
        DataFileError: It cannot be read.
    """
    try:
        recording = Recording.open(source.path)
    except RecordingError as error:
        raise DataFileError(str(error)) from error
    recording.path = None  # a copy: the folder of an unpacked zip goes away
    return [recording]
