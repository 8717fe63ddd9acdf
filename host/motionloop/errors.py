"""The errors that a user can meet. Each message names the event, the object and the remedy.

Any module raises them; the command line and the studio's session catch them.
"""

from __future__ import annotations

from pathlib import Path

from motionloop.language import tr
from motionloop.wire import Opcode, Status


class MotionLoopError(Exception):
    """Base of every error that a user can meet. `str(error)` is a text for the user."""

    exit_status = 1  # of the command line


class OptionsError(MotionLoopError):
    """An option cannot be, or options do not go together. Nothing was begun."""

    exit_status = 2  # as argparse's


class NoAdapterError(MotionLoopError):
    """This computer's Bluetooth cannot be used now.

    Args:
        what: The cause, without a full stop.
        advice: The remedy, as sentences.
    """

    def __init__(self, what: str, advice: str) -> None:
        super().__init__(
            tr(
                "Bluetooth cannot be used: {what}. {advice} Without any board, `motionloop "
                "virtual-board` starts one.",
                what=what,
                advice=advice,
            )
        )
        self.what, self.advice = what, advice


class BluetoothBusyError(NoAdapterError):
    """The adapter is busy, or does not answer."""


class BoardNotFoundError(MotionLoopError):
    """No board is in range, or not the board that the user named."""


class AmbiguousBoardError(MotionLoopError):
    """More than one board answers to the name."""


class WireVersionError(MotionLoopError):
    """Board and host were built from different wire definitions."""


class LinkLostError(MotionLoopError):
    """The radio link broke and did not come back in time."""


class BoardRefusedError(MotionLoopError):
    """The board answered a command with another status than OK.

    Args:
        message: Text for the user.
        opcode: The command.
        status: Of the reply.
        detail: The reply's number, with the meaning in `wire.Status`.
    """

    def __init__(self, message: str, opcode: Opcode, status: Status, detail: int) -> None:
        super().__init__(message)
        self.opcode, self.status, self.detail = opcode, status, detail


class BoardAnswerError(MotionLoopError):
    """The board answers what no board with this program's firmware can answer.

    Args:
        board: The board, in words.
        what: What it answers, as in "a rate of 0 Hz".
    """

    def __init__(self, board: str, what: str) -> None:
        super().__init__(
            tr(
                "{board} answers what cannot be: {what}. Update it with `motionloop flash`; if "
                "that changes nothing, do not trust it.",
                board=board,
                what=what,
            )
        )
        self.what = what


class OtherSamplesError(MotionLoopError):
    """A board that is connected measures with another sensor, rate or scale than before."""


class NotOwnerError(MotionLoopError):
    """The board belongs to another owner, who alone may change it.

    Args:
        message: Text for the user.
        owner_id: Id of the owner's key.
    """

    def __init__(self, message: str, owner_id: bytes) -> None:
        super().__init__(message)
        self.owner_id = owner_id


class OwnerKeyError(MotionLoopError):
    """The user's key cannot be read or written, or is none."""


class RecordingError(MotionLoopError):
    """A recording lacks a file, is torn, or says something impossible.

    Args:
        message: Text for the user.
        path: The file or folder with the fault.
    """

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message)
        self.path = path


class ChangedElsewhereError(RecordingError):
    """What should be changed was changed by another program since it was read; nothing was done."""


class ExistsAlreadyError(RecordingError):
    """There is something of the name of a new file or folder; nothing was overwritten."""


class DiskFullError(RecordingError):
    """The disk has no room; samples that were written before stay readable."""


class TrainingDataError(MotionLoopError):
    """The recordings are not enough to train on: too short, one label, one session."""


class DatasetError(MotionLoopError):
    """What is asked of the recordings together cannot be: nothing fits, or a split would leak."""


class LabelError(MotionLoopError):
    """A label is not there, or cannot have the name that it should get."""


class PackageError(MotionLoopError):
    """A model package is corrupt, or a model cannot become one."""


class DataFileError(MotionLoopError):
    """A data file to import or replay cannot be read."""


class AssignmentError(MotionLoopError):
    """An assignment, or what a pupil handed in, cannot be used."""
