"""What an import would bring, before anything is written: for the command and for the window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from motionloop.errors import DataFileError
from motionloop.language import again, tr
from motionloop.recordings.checks.check import check_recordings
from motionloop.recordings.checks.finding import Finding, Kind, split_findings
from motionloop.recordings.conversion import PROVENANCE, no_gyroscope
from motionloop.recordings.file_count import FileCount, OnFiles, silent
from motionloop.recordings.importing import Contents, read_source, recordings_of_contents
from motionloop.recordings.read_options import AS_THE_FILE_SAYS, ReadOptions
from motionloop.recordings.recording import Recording

# A recording with one of these would make a model that is useless on the body.
REFUSED = (Kind.UNIT, Kind.ROTATION, Kind.GRAVITY)


@dataclass(frozen=True)
class Preview:
    """What was found in some sources.

    Attributes:
        found: What each source holds, with its recordings in memory.
        findings: Of the checks, on all recordings together.
        stopping: Those of the findings that stop the import.
        faults: Of sources that cannot be read.
    """

    found: tuple[tuple[Contents, tuple[Recording, ...]], ...]
    findings: tuple[Finding, ...]
    stopping: tuple[Finding, ...]
    faults: tuple[DataFileError, ...]

    @property
    def recordings(self) -> list[Recording]:
        """Those of all sources."""
        return [recording for _, some in self.found for recording in some]

    @property
    def refused(self) -> frozenset[str]:
        """Names of the recordings that a finding stops."""
        return frozenset(name for finding in self.stopping for name in finding.recordings)

    @property
    def accepted(self) -> list[Recording]:
        """Those that nothing stops."""
        return [recording for recording in self.recordings if recording.name not in self.refused]


def preview(
    sources: Sequence[Path],
    options: ReadOptions = AS_THE_FILE_SAYS,
    despite: Sequence[str] = (),
    on_files: OnFiles = silent,
) -> Preview:
    """Read sources and check what is in them; nothing is written.

    Args:
        sources: Files, folders or zips.
        options: Corrections to what they say.
        despite: Kinds of findings that do not stop the import.
        on_files: Called with the files read and the files found so far, in folders and zips.

    Returns:
        What was found. A source that cannot be read is among the faults.
    """
    found = []
    faults = []
    files = FileCount(on_files)
    for source in sources:
        try:
            for contents in read_source(source, options, files):
                found.append((contents, tuple(recordings_of_contents(contents, options))))
        except DataFileError as error:
            faults.append(error)
    if not faults and not any(some for _, some in found):
        faults.append(
            DataFileError(
                tr("There is no acceleration in these files: name the accelerometer's file, too.")
            )
        )
    findings = check_recordings([recording for _, some in found for recording in some])
    stopping, _ = split_findings(findings, [*despite, *(set(Kind) - set(REFUSED))])
    return Preview(tuple(found), findings, tuple(stopping), tuple(faults))


def notes_of(recordings: Sequence[Recording]) -> list[str]:
    """How units, rate and labels are known, and what was left out; with counts where many agree.

    Args:
        recordings: Imported ones.

    Returns:
        Lines of words, each once.
    """
    counts = Counter(note for recording in recordings for note in _notes(recording))
    return [
        tr("{note} ({count} recordings)", note=note, count=n) if n > 1 else note
        for note, n in counts.items()
    ]


def _notes(recording: Recording) -> list[str]:
    said = recording.description.document.get(PROVENANCE, {})
    # The document is in English, as it will be in the file.
    notes = [again(str(note)) for note in said.get("notes", [])]
    if "accel_unit" in said:
        notes.append(tr("acceleration in {unit}", unit=again(str(said["accel_unit"]))))
    if "gyro_unit" in said:
        unit = again(str(said["gyro_unit"]))
        notes.append(unit if unit == no_gyroscope() else tr("rotation in {unit}", unit=unit))
    return notes
