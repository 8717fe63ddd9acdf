"""The package's section that finds windows of unknown activities.

`firmware/lib/core/rejection.h` decides; `training/fit_rejection.py` computes the statistics.
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
    """Join the features of windows, by which distances are measured.

    Args:
        embeddings: The network's embeddings [k, embedding].
        windows: The network's inputs [k, window, channels].

    Returns:
        Embeddings, then mean and level of each channel [k, embedding + 2 * channels].
    """
    return np.concatenate([embeddings, _core.channel_statistics(windows)], axis=1)


@dataclass(frozen=True, eq=False)
class Rejection:
    """The arrays of `wire.Rejection`.

    A window whose squared distance to every class is more than the threshold is of an unknown
    activity.

    Attributes:
        embedding_size: Features that come from the network's embedding.
        weights: Rows [rank, features]. The first rows whiten a window's features; then come one
            row per class for its evidence, and a row of zeros, whose means alone count.
        shifts: [rank]: a row's sum is divided by 2^shift.
        means: The classes' means [rank, classes] of the rows.
        threshold: The largest squared distance of a known activity.
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
        """Read a section that the core has checked.

        Args:
            data: The package's bytes.
            offset: Begin of the section.
            class_count: Classes of the model.
            channel_count: Input channels of the model.

        Returns:
            The section's arrays.
        """
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
        """Squared distances [k] of windows' features [k, features] to the nearest class."""
        return self._core.distances(features)

    def rejects(self, embeddings: Int8Array, windows: Int8Array) -> NDArray[np.bool_]:
        """Find windows of unknown activities, as the board does.

        Args:
            embeddings: The network's embeddings [k, embedding].
            windows: The network's inputs [k, window, channels].

        Returns:
            Whether each window is of an unknown activity [k].
        """
        return self.distances(features(embeddings, windows)) > self.threshold

    @cached_property
    def _core(self) -> _core.Rejection:
        return _core.Rejection(self.pack(), self.class_count, self.channel_count)
