"""Which windows fit none of a model's activities: the package's section for it.

`firmware/lib/core/rejection.h` has the decision, `training/fit_rejection.py` makes the statistics.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from motionloop import _core, wire

Int8Array = NDArray[np.int8]
STATISTICS_PER_CHANNEL = 2


def features(embeddings: Int8Array, windows: Int8Array) -> Int8Array:
    """What distances are measured on, int8 [k, embedding + 2 * channels]: the embeddings of k int8
    windows [k, window, channels], and the mean and level of their channels."""
    return np.concatenate([embeddings, _core.channel_statistics(windows)], axis=1)


@dataclass(frozen=True, eq=False)
class Rejection:
    """The arrays of wire.Rejection.

    `weights` int8 [rank, features], divided by 2^`shifts` (uint8 [rank]), whiten a window's
    features; behind them are a row for the evidence of each class, and one that is all 0, whose
    means alone count. `means` int16 [rank, classes] are the classes' means there. A window whose
    squared distance to every class is more than `threshold` is of an unknown activity.
    """

    embedding_size: int
    weights: Int8Array
    shifts: NDArray[np.uint8]
    means: NDArray[np.int16]
    threshold: int

    @property
    def class_count(self) -> int:
        return int(self.means.shape[1])

    @property
    def channel_count(self) -> int:
        return int(self.weights.shape[1] - self.embedding_size) // STATISTICS_PER_CHANNEL

    def pack(self) -> bytes:
        """The section's bytes."""
        header = wire.Rejection(self.embedding_size, len(self.weights), bytes(2), self.threshold)
        arrays = (self.means.astype("<i2"), self.shifts, self.weights)
        return header.pack() + b"".join(array.tobytes() for array in arrays)

    @classmethod
    def unpack(cls, data: bytes, offset: int, class_count: int, channel_count: int) -> Self:
        """Read a section that the core has checked."""
        header = wire.Rejection.unpack(data, offset)
        rank = header.rank
        feature_count = header.embedding_size + STATISTICS_PER_CHANNEL * channel_count
        at = offset + wire.Rejection.SIZE
        means = np.frombuffer(data, "<i2", rank * class_count, at)
        shifts = np.frombuffer(data, np.uint8, rank, at + means.nbytes)
        weights = np.frombuffer(data, np.int8, rank * feature_count, at + means.nbytes + rank)
        return cls(
            header.embedding_size,
            weights.reshape(rank, feature_count),
            shifts,
            means.reshape(rank, class_count),
            header.threshold,
        )

    def distances(self, features: Int8Array) -> NDArray[np.uint64]:
        """Squared distances [k] of `features` int8 [k, features] to the nearest class."""
        return self._core.distances(features)

    def rejects(self, embeddings: Int8Array, windows: Int8Array) -> NDArray[np.bool_]:
        """For each of int8 windows [k, window, channels] with their embeddings [k, embedding],
        whether the board finds it unknown."""
        return self.distances(features(embeddings, windows)) > self.threshold

    @cached_property
    def _core(self) -> _core.Rejection:
        return _core.Rejection(self.pack(), self.class_count, self.channel_count)
