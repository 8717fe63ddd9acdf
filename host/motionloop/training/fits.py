"""Whether a board can hold and run a network, before any time goes into its training."""

from __future__ import annotations

import numpy as np

from motionloop import _core, wire
from motionloop.errors import PackageError
from motionloop.language import tr
from motionloop.model.inference import Interpreter, arena_bytes
from motionloop.model.package import ModelPackage, misfit
from motionloop.training.convert import convert
from motionloop.training.network import ModelConfig, build
from motionloop.windows import WindowSet

_WINDOWS = 16  # to convert with: only shapes matter


def why_not(config: ModelConfig, windows: WindowSet) -> str | None:
    """Why a board is too small or too slow for the network; None if it fits.

    An untrained network is converted, which takes a second or two. The default network and
    narrower ones fit with every input that a board takes, and are not converted.
    """
    if fits_for_certain(config):
        return None
    spec, classes = windows.spec, len(windows.labels)
    model = build(spec.window, len(spec.channels), classes, config, seed=0)
    # A weight takes a byte at least: far too many need no conversion to be known.
    if too_many := misfit(None, model.count_params()):
        return too_many
    inputs = windows.channels(windows.fixed[:_WINDOWS])
    board = convert(model, inputs).board
    golden = np.zeros_like(inputs[:1])
    package = ModelPackage(
        labels=windows.labels,
        input=spec,
        tflite=board,
        golden_inputs=golden,
        golden_outputs=Interpreter(board).invoke_many(golden),
        smoothing=1.0,
    )
    packed = package.pack()
    if too_large := misfit(arena_bytes(board), len(packed)):
        return too_large
    status, detail = _core.check_package(packed)
    return wire.work_fault(detail) if status == wire.Status.TOO_MUCH_WORK else None


def fits_for_certain(config: ModelConfig) -> bool:
    """Whether such a network fits with every input and 16 labels; a test holds it."""
    usual = ModelConfig()
    return (
        config.width <= usual.width
        and config.blocks <= usual.blocks
        and config.stem_stride >= usual.stem_stride
        and config.stem_kernel <= 9
        and config.block_kernel <= 9
    )


def check_fits(config: ModelConfig, windows: WindowSet) -> None:
    """Raise PackageError when a board is too small or too slow for the network."""
    if (fault := why_not(config, windows)) is not None:
        raise PackageError(
            tr(
                "This network does not fit into a board: {fault}. It was not trained. Choose a "
                "smaller `--width` than {width:g}, `--stem-stride 4`, or a shorter `--window`.",
                fault=fault,
                width=config.width,
            )
        )
