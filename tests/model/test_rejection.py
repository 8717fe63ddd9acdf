"""The rejection of unknown activities: its arrays, and the core's decision on them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motionloop.model.rejection import STATISTICS_PER_CHANNEL, Rejection, features


def made(threshold: int = 100) -> Rejection:
    """Of an embedding of 2 and one channel: coordinates are the embedding; classes at 0 and 50."""
    return Rejection(
        2,
        np.array([[1, 0, 0, 0], [0, 1, 0, 0]], np.int8),
        np.zeros(2, np.uint8),
        np.array([[0, 50], [0, 0]], np.int16),
        threshold,
    )


@given(st.integers(1, 8), st.integers(1, 8), st.integers(1, 5), st.integers(1, 4))
def test_packing_loses_nothing(embedding: int, rank: int, classes: int, channels: int) -> None:
    rng = np.random.default_rng(embedding)
    width = embedding + STATISTICS_PER_CHANNEL * channels
    rejection = Rejection(
        embedding,
        rng.integers(-128, 128, (rank, width)).astype(np.int8),
        rng.integers(0, 16, rank).astype(np.uint8),
        rng.integers(-9999, 9999, (rank, classes)).astype(np.int16),
        rng.integers(2**32).item(),
    )
    back = Rejection.unpack(b"before" + rejection.pack(), 6, classes, channels)
    assert (back.class_count, back.channel_count) == (classes, channels)
    assert (back.embedding_size, back.threshold) == (embedding, rejection.threshold)
    assert back.pack() == rejection.pack()


def test_beyond_the_threshold_from_every_class_is_unknown() -> None:
    embeddings = np.array([[0, 0], [10, 0], [11, 0], [8, 7], [50, -10], [25, 0]], np.int8)
    windows = np.zeros((6, 16, 1), np.int8)
    expected = [False, False, True, True, False, True]
    assert made().rejects(embeddings, windows).tolist() == expected
    distances = made().distances(features(embeddings, windows))
    assert distances.tolist() == [0, 100, 121, 113, 100, 625]


def test_features_are_the_embedding_and_two_statistics_a_channel() -> None:
    windows = np.zeros((1, 8, 2), np.int8)
    windows[0, :, 1] = -15
    found = features(np.array([[7, -7]], np.int8), windows)
    assert found.tolist() == [[7, -7, 0, 0, -30, 64]]  # twice the mean; 16 log2(1 + 15)


def test_features_of_another_number_are_an_error() -> None:
    with pytest.raises(ValueError, match="another number"):
        made().distances(np.zeros((1, 3), np.int8))
