"""Computes the board's predictions again on the host: same samples, same core, same TFLM.

A different byte means that board and host do not run the same program: a defect, never noise.
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

_MOST_WAITING = 1000  # predictions, for samples that are late
_KEPT_DIFFERENCES = 1000


@dataclass(frozen=True)
class ShadowResult:
    """Comparison of a prediction with the host's result for the same window.

    Attributes:
        prediction: The board's prediction.
        input_differs: Whether the model's inputs differ, not only its sums.
        differing_outputs: Number of outputs that differ.
        rejection_differs: Whether only one side finds the activity unknown.
    """

    prediction: Prediction
    input_differs: bool
    differing_outputs: int
    rejection_differs: bool = False

    @property
    def agrees(self) -> bool:
        return not (self.input_differs or self.differing_outputs or self.rejection_differs)


class Shadow:
    """Compares predictions with the host's results for the same windows.

    The caller adds all packets and predictions, in any interleaving. `compared` counts windows
    that were compared; `skipped` counts windows with samples missing on the host or of another
    model, `differing` those that do not agree. `differences` holds the newest of the latter.

    Args:
        package: The board's active package.
        info: The board's Info.

    Raises:
        PackageError: The host cannot run the package.
    """

    def __init__(self, package: ModelPackage, info: wire.Info) -> None:
        self._windower = package.input.windower(SampleFormat.from_info(info))
        self._interpreter = Interpreter(package.tflite)
        self._rejection = package.rejection
        self._model_id = info.model_id
        # Samples seq - span + 1 .. seq of the newest windows.
        self._raw: deque[tuple[int, np.ndarray]] = deque(maxlen=4 * self._windower.span)
        self._waiting: deque[Prediction] = deque()  # at most _MOST_WAITING
        self._begin_seq: int | None = None  # windows that began earlier are not compared
        self.compared = 0
        self.skipped = 0
        self.differing = 0
        self.differences: deque[ShadowResult] = deque(maxlen=_KEPT_DIFFERENCES)

    @property
    def is_reference(self) -> bool:
        """Whether TFLM runs the model; False where TFLM is not published."""
        return self._interpreter.is_reference

    def add_packet(self, packet: Packet) -> list[ShadowResult]:
        """Add samples of the stream.

        Args:
            packet: The next packet in order.

        Returns:
            The comparisons that are now possible.
        """
        if packet.gap is not None or packet.restarted_boot_id is not None:
            self._raw.clear()
        if packet.restarted_boot_id is not None:  # numbers began again: their samples never come
            self.skipped += len(self._waiting)
            self._waiting.clear()
        self._raw.extend(enumerate(packet.raw, packet.seq))
        if self._begin_seq is None or packet.restarted_boot_id is not None:
            self._begin_seq = packet.seq
        return self._compare()

    def add_prediction(self, prediction: Prediction) -> list[ShadowResult]:
        """Add a prediction.

        Args:
            prediction: The next prediction.

        Returns:
            The comparisons that are now possible.
        """
        if len(self._waiting) == _MOST_WAITING:  # for samples that never come
            self._waiting.popleft()
            self.skipped += 1
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
                _differing(outputs, prediction.outputs),
                unknown != prediction.raw_unknown,
            )
            self.compared += 1
            if not comparison.agrees:
                self.differing += 1
                self.differences.append(comparison)
            done.append(comparison)
        return done


def _differing(ours: np.ndarray, theirs: np.ndarray) -> int:
    """Number of outputs that differ; all of them when their numbers do."""
    if len(ours) != len(theirs):
        return max(len(ours), len(theirs))
    return int(np.count_nonzero(ours != theirs))
