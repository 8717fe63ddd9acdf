"""Train, quantize and measure one model, and make its package."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from motionloop.model import inference
from motionloop.model.inference import Int8Array, Interpreter
from motionloop.model.package import ModelPackage
from motionloop.model.wearing import tilt_between_people_rad
from motionloop.splits import Split
from motionloop.trainer.messages import SMOOTHING
from motionloop.training.augment import AugmentConfig
from motionloop.training.backbone import Backbone
from motionloop.training.convert import REPRESENTATIVE_WINDOWS, Converted, convert
from motionloop.training.fit_rejection import fit_rejection
from motionloop.training.measure import Evaluation, base_answers, evaluate
from motionloop.training.network import macs
from motionloop.training.progress import OnProgress, one_step, silent
from motionloop.training.train import TrainConfig, Trained, train
from motionloop.training.transfer import fine_tune
from motionloop.windows import WindowSet, evenly

_GOLDEN_WINDOWS = 3
MOST_FOR_WEARING = 20_000  # windows of a training that tell how the board was worn
# A label known from fewer sessions is known in too few ways of wearing the board.
_FEW_SESSIONS = 3
_TURNED_SHARE = 0.3
# People who differ by more have put the board on in ways of their own, upside down among them.
_MUCH_TILT_RAD = 0.225
_HALF_TURNED_SHARE = 0.5


@dataclass(frozen=True)
class Fitted:
    """A model with all its measurements on `split.test`."""

    windows: WindowSet
    split: Split
    trained: Trained
    converted: Converted
    base: Evaluation
    int8: Evaluation  # under TFLM, where it is published; see Interpreter.is_reference
    outputs: Int8Array  # [k, classes], of the int8 model for the k windows of `split.test`
    embeddings: Int8Array  # [k, embedding], of the same
    arena_bytes: int | None
    macs: int
    seconds: dict[str, float]  # of each stage


def fit(
    windows: WindowSet,
    split: Split,
    config: TrainConfig,
    on_progress: OnProgress = silent,
    backbone: Backbone | None = None,
) -> Fitted:
    """Train on `split.train`, from a backbone if there is one, quantize, and measure on
    `split.test`."""
    which = split.train
    if split.wearer is not None:
        which = which[windows.person[which] == split.wearer]
    known = windows.take(evenly(which, MOST_FOR_WEARING))
    config = replace(config, augment=varied_as_worn(config.augment, known))
    if backbone is None:
        trained = train(windows, split, config, on_progress)
    else:
        trained = fine_tune(windows, split, config, backbone, on_progress)
    return measured(windows, split, trained, on_progress)


def varied_as_worn(augment: AugmentConfig, known: WindowSet) -> AugmentConfig:
    """`augment` with the variation of wearing in `known`, the training's windows: a new person will
    differ from the people there as they differ from each other."""
    if _fewest_sessions(known) < _FEW_SESSIONS:
        # Else the network would distinguish postures by the board's place on that day.
        augment = replace(augment, any_orientation=_TURNED_SHARE)
    if augment.rotation_rad == 0:  # a comparison may want the windows as they were worn
        return augment
    tilt_rad = tilt_between_people_rad(
        known.motion[:, :, :3].astype(np.float64), known.label, known.person
    )
    if tilt_rad is None or tilt_rad <= _MUCH_TILT_RAD:
        return augment
    return replace(augment, rotation_rad=tilt_rad, half_turned=_HALF_TURNED_SHARE)


def measured(
    windows: WindowSet, split: Split, trained: Trained, on_progress: OnProgress = silent
) -> Fitted:
    """Quantize a trained network and measure it on `split.test`."""
    seconds = {"train": trained.seconds}
    test = windows.take(split.test)
    with one_step("convert", on_progress, seconds):
        chosen = windows.fixed[evenly(split.train, REPRESENTATIVE_WINDOWS)]
        converted = convert(trained.model, windows.channels(chosen))
    with one_step("evaluate", on_progress, seconds):
        inputs = windows.channels(test.fixed)
        base = evaluate(base_answers(trained.model, inputs), test)
        interpreter = Interpreter(converted.board)
        everything = interpreter.invoke_all_many(inputs)
        outputs, embeddings = np.split(everything, [interpreter.class_count], axis=1)
        int8 = evaluate(outputs.argmax(axis=1), test)
    return Fitted(
        windows,
        split,
        trained,
        converted,
        base,
        int8,
        outputs,
        embeddings,
        inference.arena_bytes(converted.board),
        macs(trained.model),
        seconds,
    )


def _fewest_sessions(windows: WindowSet) -> int:
    """The number of sessions of the label with the fewest."""
    labels = np.unique(windows.label)
    return min(len(np.unique(windows.session[windows.label == label])) for label in labels)


def package_of(
    fitted: Fitted, smoothing: float = SMOOTHING, version_counter: int = 1
) -> ModelPackage:
    """The package: the board's .tflite with the windower's settings and golden windows."""
    golden = _golden_inputs(fitted)
    config = fitted.trained.config
    rejection = fit_rejection(
        Interpreter(fitted.converted.board),
        fitted.windows,
        fitted.split,
        fitted.embeddings,
        config.augment,
        config.seed,
    )
    return ModelPackage(
        labels=fitted.windows.labels,
        input=fitted.windows.spec,
        tflite=fitted.converted.board,
        golden_inputs=golden,
        golden_outputs=Interpreter(fitted.converted.board).invoke_many(golden),
        smoothing=smoothing,
        rejection=rejection,
        version_counter=version_counter,
    )


def _golden_inputs(fitted: Fitted) -> Int8Array:
    """Training windows of different labels, so that more than one output is exercised."""
    labels = fitted.windows.label[fitted.split.train]
    _, first = np.unique(labels, return_index=True)
    chosen = fitted.split.train[first[:_GOLDEN_WINDOWS]]
    return fitted.windows.channels(fitted.windows.fixed[chosen])
