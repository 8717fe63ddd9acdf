"""How far the reading or writing of many files has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from motionloop.recordings.recording import Recording

OnFiles = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Report to nobody."""


def counted(recordings: Sequence[Recording], report: OnFiles) -> Iterator[Recording]:
    """Give recordings out one after the other, to be written.

    Args:
        recordings: All of them.
        report: Called with the number of recordings that are over, and of all.

    Yields:
        Each recording.
    """
    for done, recording in enumerate(recordings):
        report(done, len(recordings))
        yield recording
    report(len(recordings), len(recordings))


class FileCount:
    """Counts the files that were found and those of them that were read.

    Args:
        report: Called with the files read and the files found, whenever one of them changes.
    """

    def __init__(self, report: OnFiles = silent) -> None:
        self._report = report
        self._read = self._found = 0

    def add_found(self, count: int) -> None:
        """Count files that are to be read; an archive has more of them inside.

        Args:
            count: How many more.
        """
        self._found += count
        self._report(self._read, self._found)

    def add_read(self, count: int) -> None:
        """Count files that were read, or left out.

        Args:
            count: How many more.
        """
        self._read += count
        self._report(self._read, self._found)
