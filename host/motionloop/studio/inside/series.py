"""The windows to look into, and where they come from. No Qt here.

Each maker may take a while: it runs in a thread of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from motionloop.errors import MotionLoopError
from motionloop.language import tr
from motionloop.model.activations import LayeredModel
from motionloop.model.contents import Channel, channels_of
from motionloop.model.folder import METRICS_FILE, stored_models
from motionloop.model.inference import Int8Array, Interpreter
from motionloop.model.package import ModelPackage, load_package, unpack_package
from motionloop.model.rejection import features
from motionloop.recordings.recording import Recording, open_each
from motionloop.recordings.recording_json import recording_folders
from motionloop.sample_format import SampleFormat
from motionloop.splits import SplitKind, split
from motionloop.studio.inside import MOST
from motionloop.typed_values import OTHER_SHAPE
from motionloop.windows import WindowSet, collect_windows, runs_between, window_ends

if TYPE_CHECKING:
    from motionloop.board.prediction import Prediction
    from motionloop.studio.boards.board_link import BoardLink


@dataclass(frozen=True, eq=False)
class NamedModel:
    """A package, and its name for people."""

    name: str
    package: ModelPackage


@dataclass(frozen=True)
class Place:
    """Where a window comes from, in words; `label` is what a person said it is, if anybody did.
    `answered` are the outputs of the board for this window, where it was heard."""

    words: str
    label: str | None = None
    answered: tuple[int, ...] | None = None


@dataclass(frozen=True, eq=False)
class Series:
    """Windows int8 [k, window, channels] of one source, at least one, and the model that sees them.

    `first` is the one to begin with; `step_s` the time from one to the next.
    """

    title: str
    model_name: str
    package: ModelPackage
    layered: LayeredModel
    channels: tuple[Channel, ...]
    windows: Int8Array
    places: tuple[Place, ...]
    first: int
    step_s: float

    def distance(self, window: int, embedding: Int8Array) -> float | None:
        """Distance to the nearest class, 1 at the limit beyond which a window is unknown; None for
        a model without a rejection."""
        rejection = self.package.rejection
        if rejection is None:
            return None
        both = features(embedding.reshape(1, -1), self.windows[window : window + 1])
        return float(np.sqrt(rejection.distances(both)[0] / max(rejection.threshold, 1)))


def _series(
    title: str,
    model: NamedModel,
    windows: Int8Array,
    places: Sequence[Place],
    first: int,
) -> Series:
    package = model.package
    return Series(
        title,
        model.name,
        package,
        LayeredModel(package.tflite),
        channels_of(package.input),
        windows,
        tuple(places),
        first,
        package.input.hop_s,
    )


def model_at_hand(link: BoardLink | None, models: Path) -> NamedModel:
    """The board's model, or else the newest one of the folder. MotionLoopError without any."""
    if link is not None and link.package is not None:
        return NamedModel(tr("the model of {board}", board=link.name), link.package)
    stored = stored_models(models)
    if not stored:
        raise MotionLoopError(
            tr(
                "There is no model to look into yet. Connect a board that has one, or press "
                "Retrain and flash on the Train page."
            )
        )
    return model_in(stored[0].path)


def model_in(folder: Path) -> NamedModel:
    """The model of a folder. PackageError when it cannot be read."""
    return NamedModel(
        tr("model {name}", name=folder.name), unpack_package(load_package(folder), str(folder))
    )


# --- from a recording -------------------------------------------------------------------------
def of_recording(
    recording: Recording, model: NamedModel, start_us: int, end_us: int, at_us: int
) -> Series:
    """The windows of a stretch of a recording, beginning at the one around `at_us`.

    Raises PackageError when the model cannot have windows of such samples, and MotionLoopError
    when the stretch has none.
    """
    spec = model.package.input
    windower = spec.windower(recording.board.format)
    half_us = int(MOST / 2 * spec.hop_s * 1e6)
    start_us, end_us = max(start_us, at_us - half_us), min(end_us, at_us + half_us)
    windows, places, middles = [], [], []
    longest_s = 0.0
    for begin, stop in runs_between(recording, start_us, end_us):
        longest_s = max(longest_s, (stop - begin) / recording.rate_hz)
        ends = window_ends(windower, spec.hop, 0, stop - begin - 1)
        if len(ends) == 0:
            continue
        fixed = windower.resample(np.ascontiguousarray(recording.raw[begin:stop]), ends)
        windows.append(windower.channels(fixed))
        for end in (begin + ends).tolist():
            first_us, last_us = recording.t_us[[end - windower.span + 1, end]].tolist()
            label = next(
                (
                    segment.label
                    for segment in recording.segments
                    if segment.start_us <= first_us and last_us < segment.end_us
                ),
                None,
            )
            at_s = (first_us - recording.start_us) / 1e6
            places.append(
                Place(tr("{begin:.2f} to {end:.2f} s", begin=at_s, end=at_s + spec.window_s), label)
            )
            middles.append((first_us + last_us) / 2)
    if not windows:
        raise MotionLoopError(
            tr(
                "The chosen stretch has no window for {model}: it lasts {longest_s:.2f} s "
                "without a gap, and a window {window_s:.2f} s. Choose a longer one, or put the "
                "cursor where no label is.",
                model=model.name,
                longest_s=longest_s,
                window_s=spec.window_s,
            )
        )
    first = int(np.argmin(np.abs(np.array(middles) - at_us)))
    return _series(
        tr("Recording {name}", name=recording.name), model, np.concatenate(windows), places, first
    )


# --- from a board, live -------------------------------------------------------------------------
def of_live(link: BoardLink, heard: Sequence[Prediction], at: int) -> Series:
    """The windows behind a board's predictions, of which the samples are still here.

    `at` is the index of the chosen prediction. A prediction can arrive before the last samples of
    its window; then the window before it is chosen. MotionLoopError when the samples are gone, or
    the model has not been read yet.
    """
    if link.package is None or link.info is None or link.ring is None:
        raise MotionLoopError(
            tr(
                "The model of {board} is still being read, so there is nothing to look into. "
                "Wait a few seconds and try again.",
                board=link.name,
            )
        )
    windower = link.package.input.windower(SampleFormat.from_info(link.info))
    last_us, last_seq = link.ring.last_us or 0, link.ring.last_seq or 0
    while at > 0 and heard[at].seq_end > last_seq:
        at -= 1
    windows: list[Int8Array] = []
    places, first = [], None
    for index, prediction in enumerate(heard):
        begin = prediction.seq_end - windower.span + 1
        stretch = link.ring.stretch(begin, prediction.seq_end)
        if stretch is None or prediction.model_id != link.info.model_id:
            continue
        if index == at:
            first = len(windows)
        fixed = windower.resample(stretch.raw, np.array([len(stretch.raw) - 1], np.int64))
        windows.append(windower.channels(fixed)[0])
        ago_s = (last_us - prediction.t_us) / 1e6
        words = (
            tr("the newest window")
            if index == len(heard) - 1
            else tr("{seconds:.1f} s before the end", seconds=ago_s)
        )
        places.append(Place(words, None, tuple(prediction.outputs.tolist())))
    if first is None:
        raise MotionLoopError(
            tr(
                "The samples of that moment are not here any more: of {board} the last "
                "{seconds:.0f} s are kept, and those that arrived whole. Choose a later "
                "moment; to look into earlier ones, record.",
                board=link.name,
                seconds=link.ring.seconds,
            )
        )
    model = NamedModel(tr("the model of {board}", board=link.name), link.package)
    return _series(tr("Live: {name}", name=link.name), model, np.array(windows), places, first)


# --- from a training ----------------------------------------------------------------------------
def of_held_out(folder: Path, metrics: dict[str, Any], recordings: Path) -> Series:
    """The windows that a model was tested on, those that it got most wrong first.

    Raises MotionLoopError when the recordings of the test are not there any more, or when the
    metrics, which may have come from anywhere, do not say which they were.
    """
    model = model_in(folder)
    package = model.package
    try:
        sessions = set(metrics["data"]["sessions"])
        # What cannot be read may be a recording of somebody else.
        readable = open_each(recording_folders(recordings)).recordings
        found = [recording for recording in readable if recording.name in sessions]
        held_out = collect_windows(found, package.input, package.labels) if found else None
        test = _tested(held_out, metrics) if held_out is not None else None
    except OTHER_SHAPE as error:
        raise MotionLoopError(
            tr(
                "{file} is damaged: it does not say which windows the model was tested on. Choose "
                "a recording on the Label page and look inside there.",
                file=folder / METRICS_FILE,
            )
        ) from error
    if test is None or len(test) == 0:
        raise MotionLoopError(
            tr(
                "The recordings on which {model} was tested are not in {folder} any more. Put "
                "them back, or choose a recording on the Label page and look inside there.",
                model=model.name,
                folder=recordings,
            )
        )
    windows = test.channels(test.fixed)
    outputs = Interpreter(package.tflite).invoke_many(windows).astype(int)
    right = outputs[np.arange(len(test)), test.label]
    # By how much the best wrong answer is ahead.
    others = outputs.copy()
    others[np.arange(len(test)), test.label] = -129
    order = np.argsort(right - others.max(axis=1), kind="stable")[:MOST]
    begin_us = {recording.name: recording.start_us for recording in found}
    places = []
    for i in order.tolist():
        session = str(test.session[i])
        at_s = (int(test.start_us[i]) - begin_us[session]) / 1e6
        words = tr(
            "{begin:.2f} to {end:.2f} s of {session}",
            begin=at_s,
            end=at_s + package.input.window_s,
            session=session,
        )
        places.append(Place(words, test.labels[int(test.label[i])]))
    return _series(tr("Held-out windows, worst first"), model, windows[order], places, 0)


def _tested(windows: WindowSet, metrics: dict[str, Any]) -> WindowSet:
    """The windows of the test, by what metrics.json says of the split."""
    kind = SplitKind(metrics["split"]["kind"])
    if kind is SplitKind.BLOCK:
        test = split(windows, kind).test
    else:
        of = windows.person if kind is SplitKind.PERSON else windows.session
        test = np.flatnonzero(np.isin(of, metrics["split"]["held_out"]))
    # A personal model is tested on its wearer only.
    people = list(metrics["int8"]["person_accuracy"])
    return windows.take(test[np.isin(windows.person[test], people)])
