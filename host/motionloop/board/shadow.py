"""The board's predictions computed again on the host: same samples, same core, same TFLM.

A differing byte means that board and host do not run the same thing: a defect, never noise.
"""

from __future__ import annotations

import zlib
from collections import deque
from dataclasses import dataclass

import numpy as np

from motionloop import wire
from motionloop.board.packets import Packet
from motionloop.board.prediction import Prediction
from motionloop.model.inference import Interpreter
from motionloop.model.package import ModelPackage
from motionloop.sample_format import SampleFormat


@dataclass(frozen=True)
class ShadowResult:
    """`input_differs`: the window already came out differently, not only the model's sums.
    `rejection_differs`: board and host disagree on whether this window is of an unknown activity.
    """

    prediction: Prediction
    input_differs: bool
    differing_outputs: int
    rejection_differs: bool = False

    @property
    def agrees(self) -> bool:
        return not (self.input_differs or self.differing_outputs or self.rejection_differs)


class Shadow:
    """Compares predictions with what the host computes of the same window.

    Feed it everything that is streamed and predicted, in any interleaving; `compared` windows
    were checked, `skipped` ones had samples missing on the host or came from another model.
    `differences` are the comparisons that found some, oldest first.
    """

    def __init__(self, package: ModelPackage, info: wire.Info) -> None:
        """Raises PackageError when the host cannot run the package."""
        self._windower = package.input.windower(SampleFormat.from_info(info))
        self._interpreter = Interpreter(package.tflite)
        self._rejection = package.rejection
        self._model_id = info.model_id
        # Samples seq - span + 1 .. seq of the newest windows.
        self._raw: deque[tuple[int, np.ndarray]] = deque(maxlen=4 * self._windower.span)
        self._waiting: deque[Prediction] = deque()
        self._begin_seq: int | None = None  # windows that began earlier are not its business
        self.compared = 0
        self.skipped = 0
        self.differences: list[ShadowResult] = []

    @property
    def differing(self) -> int:
        """How many windows came out otherwise."""
        return len(self.differences)

    @property
    def is_reference(self) -> bool:
        """False where TFLM is not published and another interpreter stands in."""
        return self._interpreter.is_reference

    def add_packet(self, packet: Packet) -> list[ShadowResult]:
        """Take streamed samples in; returns the comparisons that they made possible."""
        if packet.gap is not None or packet.restarted_boot_id is not None:
            self._raw.clear()
        if packet.restarted_boot_id is not None:  # numbers began again: these never come up
            self.skipped += len(self._waiting)
            self._waiting.clear()
        self._raw.extend(enumerate(packet.raw, packet.seq))
        if self._begin_seq is None or packet.restarted_boot_id is not None:
            self._begin_seq = packet.seq
        return self._compare()

    def add_prediction(self, prediction: Prediction) -> list[ShadowResult]:
        """Take a prediction in; returns the comparisons that it made possible."""
        self._waiting.append(prediction)
        return self._compare()

    def _compare(self) -> list[ShadowResult]:
        done = []
        while self._waiting and self._raw and self._waiting[0].seq_end <= self._raw[-1][0]:
            prediction = self._waiting.popleft()
            if prediction.model_id != self._model_id:
                self.skipped += 1
                continue
            last = prediction.seq_end - self._raw[0][0]
            first = last - self._windower.span + 1
            if first < 0:
                assert self._begin_seq is not None
                self.skipped += self._raw[0][0] + first >= self._begin_seq
                continue
            samples = np.array([self._raw[i][1] for i in range(first, last + 1)], np.int16)
            fixed = self._windower.resample(samples, np.array([len(samples) - 1], np.int64))
            window = self._windower.channels(fixed)[0]
            everything = self._interpreter.invoke_all(window)
            outputs, embedding = np.split(everything, [self._interpreter.class_count])
            unknown = self._rejection is not None and bool(
                self._rejection.rejects(embedding[np.newaxis], window[np.newaxis])[0]
            )
            comparison = ShadowResult(
                prediction,
                zlib.crc32(window.tobytes()) != prediction.input_crc32,
                int(np.count_nonzero(outputs != prediction.outputs)),
                unknown != prediction.raw_unknown,
            )
            self.compared += 1
            if not comparison.agrees:
                self.differences.append(comparison)
            done.append(comparison)
        return done
