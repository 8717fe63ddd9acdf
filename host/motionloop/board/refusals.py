"""Why a board refused a command, in words."""

from __future__ import annotations

from motionloop import wire
from motionloop.board import ownership
from motionloop.language import tr


def reason(status: wire.Status, detail: int, arena_bytes: int) -> str:
    """Say why a board refused a command.

    Args:
        status: Of the reply; not OK.
        detail: The reply's number, with the meaning in `wire.Status`.
        arena_bytes: The board's arena.

    Returns:
        A sentence, and what to do.
    """
    match status:
        case wire.Status.BUSY:
            return tr("it is still working on another command. Wait a moment and try again.")
        case wire.Status.NO_MODEL:
            return tr(
                "it holds no model to do that with: too few were pushed. Push one with "
                "`motionloop push`."
            )
        case wire.Status.TOO_LARGE:
            return tr(
                "the package does not fit a slot of {detail} bytes. Train a smaller model "
                "(fewer filters, a shorter window).",
                detail=detail,
            )
        case wire.Status.INCOMPLETE:
            return tr("only {detail} bytes of the package arrived. Push it again.", detail=detail)
        case wire.Status.BAD_CRC:
            return tr("the package arrived damaged. The old model goes on; push it again.")
        case wire.Status.BAD_PACKAGE:
            return tr(
                "the package is malformed at byte {detail}. The old model goes on; train the "
                "model again.",
                detail=detail,
            )
        case wire.Status.BAD_VERSION:
            return tr(
                "format or schema version {detail} is unknown to its firmware. Update the "
                "board with `motionloop flash`.",
                detail=detail,
            )
        case wire.Status.BAD_MODEL:
            return tr(
                "the .tflite is malformed: {fault} The old model goes on.",
                fault=wire.model_fault(detail),
            )
        case wire.Status.BAD_OPERATOR:
            return tr(
                "the model uses operator {detail}, which the firmware does not have. The old "
                "model goes on; use one of MotionLoop's architectures.",
                detail=detail,
            )
        case wire.Status.BAD_SHAPE:
            return tr(
                "the model's input or output is not the {detail} bytes that its package "
                "says. The old model goes on; train the model again.",
                detail=detail,
            )
        case wire.Status.ARENA_TOO_SMALL:
            return tr(
                "the model needs more than the board's arena of {arena} bytes. The old model "
                "goes on; train a smaller one (fewer filters, a shorter window).",
                arena=arena_bytes,
            )
        case wire.Status.BAD_GOLDEN:
            return tr(
                "golden window {detail} gives other outputs on the board than in training. "
                "The old model goes on; update the firmware or train the model again.",
                detail=detail,
            )
        case wire.Status.FLASH_FAILED:
            return tr(
                "its flash failed at {detail:#x}. The old model goes on; restart the board "
                "and push again.",
                detail=detail,
            )
        case wire.Status.BAD_RATE:
            return tr(
                "its windows cannot be made from samples at {detail} mHz. The old model goes "
                "on; train with a rate that the board's sensor covers.",
                detail=detail,
            )
        case wire.Status.BAD_COMMAND:
            return tr(
                "it did not understand a command of {detail} bytes. Update board and program "
                "to the same version.",
                detail=detail,
            )
        case wire.Status.BAD_SIGNATURE:
            return ownership.signature_fault(detail)
        case wire.Status.OWNER_ONLY:
            return ownership.owner_only()
        case wire.Status.TOO_MANY_CHANGES:
            return ownership.too_many_changes(detail)
        case wire.Status.INFERENCE_FAILED:
            return tr(
                "the model did not run on golden window {detail}. The old model goes on; "
                "train the model again.",
                detail=detail,
            )
        case wire.Status.TOO_MUCH_WORK:
            return tr(
                "the model is too much work: {work}. The old model goes on; train a smaller "
                "one (fewer filters, a shorter window).",
                work=wire.work_fault(detail),
            )
        case wire.Status.TOO_SLOW:
            return tr(
                "a golden window took {detail} ms, longer than a board may compute on one. "
                "The old model goes on; train a smaller one (fewer filters, a shorter "
                "window).",
                detail=detail,
            )
        case _:
            return tr("{status} ({detail})", status=status.name, detail=detail)
