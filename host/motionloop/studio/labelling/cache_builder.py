"""Makes a long recording's cache in a process of its own, so that the window goes on."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal

from motionloop.language import from_json, tr
from motionloop.studio.labelling import sample_cache

_END_WAIT_MS = 1000


class CacheBuilder(QObject):
    """One cache at a time; `start` for another recording gives the one before up."""

    progress = Signal(float)  # share done
    done = Signal(Path)  # of the recording
    failed = Signal(str)  # event and remedy

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._recording = Path()

    def start(self, recording: Path) -> None:
        """Read all of `recording`; `done` or `failed` follows."""
        self.stop()
        self._recording = recording
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._heard)
        self._process.finished.connect(self._ended)
        self._process.errorOccurred.connect(self._broke)
        self._process.start(sys.executable, ["-m", sample_cache.__name__, str(recording)])

    def stop(self) -> None:
        """Stop reading; the unfinished cache is made again next time."""
        process, self._process = self._process, None
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(_END_WAIT_MS)
            process.deleteLater()

    def _heard(self) -> None:
        assert self._process is not None
        if lines := bytes(self._process.readAllStandardOutput().data()).split():
            self.progress.emit(float(lines[-1]))

    def _ended(self, code: int) -> None:
        process, self._process = self._process, None
        assert process is not None
        process.deleteLater()
        if code == 0:
            self.done.emit(self._recording)
        else:
            self.failed.emit(
                _said(process)
                or tr("{recording} could not be read: open it again.", recording=self._recording)
            )

    def _broke(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:  # otherwise it ends as well
            self._ended(1)


def _said(process: QProcess) -> str:
    """The error of a process that ended, in the window's language; what else it said as it is."""
    said = bytes(process.readAllStandardError().data()).decode(errors="replace").strip()
    try:
        return from_json(json.loads(said))
    except ValueError:
        return said
