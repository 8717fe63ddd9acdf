"""What can go wrong, as types. Each message says what happened, to what, and what to do.

Raised anywhere, caught once: at the command line and in the studio's session.
"""

from __future__ import annotations

from pathlib import Path

from motionloop.wire import Opcode, Status


class MotionLoopError(Exception):
    """Base of every error a user can meet. `str(error)` is fit to be shown as it is."""


class NoAdapterError(MotionLoopError):
    """This computer's Bluetooth cannot be used now: `what` is the cause, `advice` what to do."""

    def __init__(self, what: str, advice: str) -> None:
        super().__init__(
            f"Bluetooth cannot be used: {what}. {advice} Without any board, "
            "`motionloop virtual-board` starts one."
        )
        self.what, self.advice = what, advice


class BluetoothBusyError(NoAdapterError):
    """The adapter is busy, or does not answer."""


class BoardNotFoundError(MotionLoopError):
    """No board, or not the one asked for, is in range."""


class AmbiguousBoardError(MotionLoopError):
    """More than one board answers to the name."""


class WireVersionError(MotionLoopError):
    """Board and host were built from different wire definitions."""


class LinkLostError(MotionLoopError):
    """The radio link broke and did not come back in time."""


class BoardRefusedError(MotionLoopError):
    """The board answered a command with a status other than OK.

    `opcode`, `status` and `detail` are the reply's own (see wire.Status for the detail).
    """

    def __init__(self, message: str, opcode: Opcode, status: Status, detail: int) -> None:
        super().__init__(message)
        self.opcode, self.status, self.detail = opcode, status, detail


class RecordingError(MotionLoopError):
    """A recording folder is missing a file, is torn, or says something impossible."""

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message)
        self.path = path


class DiskFullError(RecordingError):
    """The disk took no more samples; what was written before stays readable."""


class TrainingDataError(MotionLoopError):
    """The recordings are not enough to train on: too short, one label, one session."""


class PackageError(MotionLoopError):
    """A model package is corrupt, or a model cannot become one."""


class DataFileError(MotionLoopError):
    """A data file to import or replay cannot be read."""
