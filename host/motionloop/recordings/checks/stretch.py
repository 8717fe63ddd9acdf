"""The checks of samples as they come from a board."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from motionloop.language import tr
from motionloop.recordings.checks.check import check_stretch
from motionloop.recordings.checks.finding import Finding
from motionloop.sample_format import SampleFormat

STRETCH_S = 10.0  # enough to judge units and gravity by


class StretchCheck:
    """Checks each ten seconds of a board's stream.

    Args:
        samples: Rate and scales of the board's samples.
    """

    def __init__(self, samples: SampleFormat) -> None:
        self._samples = samples
        self._raw: list[NDArray[np.int16]] = []
        self._t_us: list[NDArray[np.int64]] = []
        self._findings: tuple[Finding, ...] = ()

    @property
    def warning(self) -> str | None:
        """What is wrong with the last whole stretch, in words; None if nothing is."""
        return " ".join(map(str, self._findings)) or None

    def add_samples(self, raw: NDArray[np.int16], t_us: NDArray[np.int64]) -> None:
        """Take samples in.

        Args:
            raw: Samples [n, 6].
            t_us: Device times [n] in microseconds.
        """
        if not len(t_us):
            return
        if self._t_us and t_us[0] <= self._t_us[-1][-1]:  # the board restarted
            self._raw.clear()
            self._t_us.clear()
        self._raw.append(raw)
        self._t_us.append(t_us)
        if t_us[-1] - self._t_us[0][0] < STRETCH_S * 1e6:
            return
        found = check_stretch(np.concatenate(self._raw), np.concatenate(self._t_us), self._samples)
        cure = tr(
            "No model answers rightly from such samples: check the board's sensor and firmware, or "
            "the recording that it replays."
        )
        self._findings = tuple(replace(finding, cure=cure) for finding in found)
        self._raw.clear()
        self._t_us.clear()
