"""Types of the binding in firmware/virtual/core_module.cpp."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

WIRE_HASH: int
FLASH_BYTES: int
SLOT_BYTES: int
ERASE_WORKING: int
ERASE_DONE: int
ERASE_FAILED: int
NOTIFY_REPLY: int
NOTIFY_MOTION: int
NOTIFY_PREDICTION: int

def check_tflite(
    model: bytes, input_bytes: int, output_bytes: int, embedding_bytes: int = 0
) -> tuple[int, int]: ...
def check_package(package: bytes) -> tuple[int, int]: ...
def channel_statistics(windows: NDArray[np.int8]) -> NDArray[np.int8]: ...

class RadioPort(Protocol):
    def notify(self, kind: int, value: bytes, /) -> bool: ...

class FlashPort(Protocol):
    @property
    def memory(self) -> NDArray[np.uint8]: ...
    def erase_page(self, page: int, /) -> int: ...
    def program(self, offset: int, data: bytes, /) -> bool: ...

class ClassifierPort(Protocol):
    def load(self, tflite: bytes, /) -> int: ...
    def invoke(self, window: bytes, /) -> bytes | None: ...

class ClockPort(Protocol):
    def now_us(self) -> int: ...

class Board:
    def __init__(
        self,
        *,
        radio: RadioPort,
        flash: FlashPort,
        classifier: ClassifierPort,
        clock: ClockPort,
        firmware: tuple[int, int, int],
        imu: int,
        flags: int,
        boot_id: int,
        rate_mhz: int,
        accel_ng_per_lsb: int,
        gyro_nrads_per_lsb: int,
        accel_range_mg: int,
        gyro_range_dps: int,
        arena_bytes: int,
        radio_restarts: int = 0,
        ended_by_fault: bool = False,
        first_seq: int = 0,
    ) -> None: ...
    def start(self) -> None: ...
    def step(self) -> bool: ...
    def on_samples(self, samples: NDArray[np.int16], t_us: NDArray[np.int64]) -> None: ...
    def on_link(self, connected: bool) -> None: ...
    def on_command(self, value: bytes) -> None: ...
    def on_model_write(self, value: bytes) -> None: ...
    def info(self) -> bytes: ...
    @property
    def starting(self) -> bool: ...
    @property
    def busy(self) -> bool: ...
    @property
    def label(self) -> int: ...
    @property
    def identifying(self) -> bool: ...

class Rejection:
    def __init__(self, section: bytes, class_count: int, channel_count: int) -> None: ...
    def distances(self, features: NDArray[np.int8]) -> NDArray[np.uint64]: ...

class Windower:
    def __init__(
        self,
        *,
        rate_mhz: int,
        accel_ng_per_lsb: int,
        gyro_nrads_per_lsb: int,
        model_rate_mhz: int,
        window: int,
        channels: bytes,
        tables: bytes,
    ) -> None: ...
    @property
    def span(self) -> int: ...
    def points_to_samples_q16(self, points: int) -> int: ...
    def resample(
        self, samples: NDArray[np.int16], ends: NDArray[np.int64]
    ) -> NDArray[np.int32]: ...
    def channels(self, fixed: NDArray[np.int32]) -> NDArray[np.int8]: ...
