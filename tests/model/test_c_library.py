"""A model as a C library: what it answers, the host's inference answers, to the byte."""

from __future__ import annotations

import ctypes
import shutil
from pathlib import Path

import numpy as np
import pytest

from motionloop import installation, wire
from motionloop.model.c_library import core_files
from motionloop.model.exporting import ModelFormat, export_model
from motionloop.model.inference import Interpreter
from motionloop.model.package import ModelPackage, unpack_package
from motionloop.sample_format import SampleFormat
from tests.firmware import build

pytestmark = pytest.mark.slow

BUILT_IN = build.BUILT_IN
TFLM_FILES = {"classifier.cpp", "mean.cpp", "motionloop_classifier.cpp"}
FORMAT = SampleFormat(119.0, 488_281, 1_065_264)  # the scales of motionloop.h
BUILD = build.BUILD / "c-library"

# The network is run by the caller: the same TFLM that the host's inference has.
CALLER = """
#include <string.h>
#include "motionloop_classifier.h"
extern "C" {
bool (*run_network)(const int8_t* input, uint32_t bytes, int8_t* output, uint32_t length);
}
struct Called final : core::Classifier {
  wire::Status load(const uint8_t*, uint32_t) override { return wire::Status::OK; }
  bool invoke(const int8_t* in, uint32_t bytes, int8_t* out, uint32_t length) override {
    return run_network(in, bytes, out, length);
  }
};
core::Classifier& motionloop_classifier() {
  static Called only;
  return only;
}
"""
PLAIN_C = """
#include <motionloop.h>
int main(void) {
  const int16_t axes[6] = {0, 0, 2048, 0, 0, 0};
  motionloop_answer answer;
  if (motionloop_begin(50000u, MOTIONLOOP_16_G, MOTIONLOOP_2000_DPS) != 0) return 1;
  return motionloop_add_raw(axes, 0u, &answer) ? motionloop_label(answer.label)[0] : 0;
}
"""


class Answer(ctypes.Structure):
    _fields_ = (
        ("label", ctypes.c_uint8),
        ("confidence", ctypes.c_uint8),
        ("raw_label", ctypes.c_uint8),
        ("label_count", ctypes.c_uint8),
        ("probabilities", ctypes.c_int8 * 16),
        ("t_us", ctypes.c_uint32),
    )


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported") / "library"
    export_model(BUILT_IN, ModelFormat.C, folder)
    return folder


@pytest.fixture(scope="module")
def package() -> ModelPackage:
    return unpack_package(BUILT_IN.read_bytes())


Network = ctypes.CFUNCTYPE(
    ctypes.c_bool,
    ctypes.POINTER(ctypes.c_int8),
    ctypes.c_uint32,
    ctypes.POINTER(ctypes.c_int8),
    ctypes.c_uint32,
)


class Library:
    """The compiled library, and the windows that it gave to the network."""

    def __init__(self, path: Path, package: ModelPackage) -> None:
        self.code = ctypes.CDLL(str(path))
        self.code.motionloop_label.restype = ctypes.c_char_p
        self.code.motionloop_error.restype = ctypes.c_char_p
        self.code.motionloop_add.restype = self.code.motionloop_add_raw.restype = ctypes.c_bool
        self.windows: list[bytes] = []
        self.model = Interpreter(package.tflite)

        def run(window: object, size: int, output: object, length: int) -> bool:
            content = ctypes.string_at(window, size)  # type: ignore[arg-type]
            self.windows.append(content)
            outputs = self.model.invoke_all(np.frombuffer(content, np.int8))
            ctypes.memmove(output, outputs[:length].tobytes(), length)  # type: ignore[arg-type]
            return True

        self.run = Network(run)
        ctypes.c_void_p.in_dll(self.code, "run_network").value = ctypes.cast(
            self.run, ctypes.c_void_p
        ).value

    def begin(self) -> int:
        result = self.code.motionloop_begin(
            FORMAT.rate_mhz, FORMAT.accel_ng_per_lsb, FORMAT.gyro_nrads_per_lsb
        )
        self.windows.clear()  # those of the golden check
        return int(result)

    def add(self, values: np.ndarray, t_us: int) -> Answer | None:
        """A sample: int16 steps, or g and degrees per second."""
        answer = Answer()
        if values.dtype == np.int16:
            taken = self.code.motionloop_add_raw(
                (ctypes.c_int16 * 6)(*values.tolist()), t_us, ctypes.byref(answer)
            )
        else:
            accel, gyro = ((ctypes.c_float * 3)(*half) for half in (values[:3], values[3:]))
            taken = self.code.motionloop_add(accel, gyro, t_us, ctypes.byref(answer))
        return answer if taken else None


@pytest.fixture(scope="module")
def library(exported: Path, package: ModelPackage) -> Library:
    (exported / "src/caller.cpp").write_text(CALLER)
    sources = [p for p in sorted(exported.rglob("src/**/*.cpp")) if p.name not in TFLM_FILES]
    key = build.key_of(*sources, *sorted(exported.rglob("*.h")))
    made = BUILD / f"library-{key}.so"
    flags = [*build.BOARD_FLAGS, "-fPIC", "-shared", f"-I{exported / 'src'}"]
    with build.locked(BUILD):
        if not made.exists():
            for stale in BUILD.glob("library-*"):
                stale.unlink()
            build.run(["g++", *flags, *sources, "-o", made])
    return Library(made, package)


def motion() -> np.ndarray:
    """Ten seconds of walking and then of something wild, raw [n, 6]."""
    generator = np.random.default_rng(1)
    t_s = np.arange(1190) / FORMAT.rate_hz
    swing = np.sin(2 * np.pi * 1.8 * t_s)[:, None]
    values = np.hstack((swing * [400, 300, 200] + [0, 2048, 0], swing * [900, 500, 1500]))
    values[700:] += generator.normal(0, 6000, (490, 6))
    return values.round().clip(-32768, 32767).astype(np.int16)


def test_windows_and_answers_are_those_of_the_host(library: Library, package: ModelPackage) -> None:
    assert library.begin() == 0
    raw = motion()
    windower = package.input.windower(FORMAT)
    span, hop_q16 = windower.span, windower.points_to_samples_q16(package.input.hop)
    smoothed: np.ndarray | None = None
    end_q16 = (span - 1) << 16
    answers, labels = 0, set()
    for i, axes in enumerate(raw):
        answer = library.add(axes, (2**32 - 3_000_000 + round(i * 1e6 / 119)) % 2**32)
        assert (answer is not None) == (i == end_q16 >> 16)
        if answer is None:
            continue
        fixed = windower.resample(raw[: i + 1], np.array([i]))
        window = windower.channels(fixed)[0]
        assert library.windows[-1] == window.tobytes()
        wanted = library.model.invoke(window)
        assert list(answer.probabilities[: answer.label_count]) == wanted.tolist()
        assert answer.raw_label == wanted.argmax()
        # The running mean in whole numbers, as core/predictor has it.
        newest = (wanted.astype(int) + 128) * 256
        weight = round(package.smoothing * 256)
        smoothed = (
            newest if smoothed is None else smoothed + _cut((newest - smoothed) * weight, 256)
        )
        assert answer.confidence == smoothed.max() // 256
        assert answer.label in (smoothed.argmax(), 255)
        labels.add(answer.label)
        end_q16 += hop_q16
        answers += 1
    assert answers == len(library.windows) == 6
    assert {255} < labels  # the wild motion is unknown, the walking is not


def _cut(value: np.ndarray, by: int) -> np.ndarray:
    """Division as C has it, towards 0."""
    return np.sign(value) * (np.abs(value) // by)


def test_a_gap_costs_a_window_and_floats_are_rounded(library: Library) -> None:
    assert library.begin() == 0
    raw = motion()
    unit = np.array(FORMAT.nano_per_lsb) / 1e9 * ([1] * 3 + [180 / np.pi] * 3)
    at = [
        i
        for i, axes in enumerate(raw)
        if library.add(axes * unit, round(i * 1e6 / 119) + (1_000_000 if i >= 400 else 0))
    ]
    assert library.begin() == 0
    whole = [i for i, axes in enumerate(raw) if library.add(axes, round(i * 1e6 / 119))]
    assert {*at} < {*whole}
    assert [i for i in whole if i not in at] == [i for i in whole if 400 <= i < 400 + 305]


def test_labels_and_errors_have_words(library: Library, package: ModelPackage) -> None:
    assert library.begin() == 0
    names = [library.code.motionloop_label(i).decode() for i in range(len(package.labels) + 1)]
    assert names == [*package.labels, "unknown"]
    assert library.code.motionloop_begin(0, 1, 1) == wire.Status.BAD_RATE
    assert b"rate" in library.code.motionloop_error(int(wire.Status.BAD_RATE))
    assert library.code.motionloop_begin(1, 1, 1) == wire.Status.BAD_RATE


def test_it_compiles_for_the_board_and_the_header_for_c(exported: Path, tmp_path: Path) -> None:
    (tmp_path / "main.c").write_text(PLAIN_C)
    strict = ["-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-fsyntax-only"]
    build.run(["gcc", *strict, f"-I{exported / 'src'}", tmp_path / "main.c"])
    if shutil.which("arm-none-eabi-g++") is None:
        pytest.skip("arm-none-eabi-g++ not found: apt install gcc-arm-none-eabi")
    sources = [exported / f"src/{name}.cpp" for name in ("motionloop", "motionloop_model")]
    sources += sorted(exported.glob("src/core/*.cpp"))
    sources = [source for source in sources if source.name not in TFLM_FILES]
    cpu = ["-mcpu=cortex-m4", "-mthumb", "-mfpu=fpv4-sp-d16", "-mfloat-abi=softfp"]
    for source in sources:
        flags = [*build.BOARD_FLAGS, *cpu, f"-I{exported / 'src'}"]
        build.run(["arm-none-eabi-g++", *flags, "-c", source, "-o", tmp_path / "made.o"])


# As much of the Arduino core and the sensor's library as the example uses.
ARDUINO = """
#pragma once
#include <stdint.h>
struct Port {
  void begin(long);
  operator bool();
  template <class T> void print(T);
  template <class T> void println(T);
};
extern Port Serial;
struct Sensor {
  int begin();
  int accelerationAvailable();
  int gyroscopeAvailable();
  int readAcceleration(float&, float&, float&);
  int readGyroscope(float&, float&, float&);
};
extern Sensor IMU;
uint32_t micros();
"""


def test_the_example_is_a_sketch(exported: Path, tmp_path: Path) -> None:
    (tmp_path / "Arduino_BMI270_BMM150.h").write_text(ARDUINO)
    flags = [*build.BOARD_FLAGS, "-fsyntax-only", f"-I{tmp_path}", f"-I{exported / 'src'}"]
    build.run(["g++", *flags, "-x", "c++", exported / "examples/Recognise/Recognise.ino"])
    properties = dict(
        line.split("=", 1) for line in (exported / "library.properties").read_text().splitlines()
    )
    assert {"name", "version", "sentence", "architectures", "includes"} <= {*properties}
    pinned = (installation.root() / "platformio.ini").read_text()
    assert properties["depends"] in pinned


def test_it_has_the_core_files_that_it_includes_and_no_others() -> None:
    names = {path.name for path in core_files(installation.root())}
    assert {"predictor.cpp", "windower.cpp", "wire_layout.h", "flatbuffer.h"} <= names
    assert not {"board.cpp", "streamer.cpp", "journal.cpp"} & names
