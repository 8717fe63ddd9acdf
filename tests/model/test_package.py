"""Model packages: what is packed is read back, and nothing damaged is taken."""

from __future__ import annotations

import math
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from motionloop import _core, wire
from motionloop.errors import PackageError
from motionloop.model.folder import PACKAGE_FILE
from motionloop.model.inference import Interpreter
from motionloop.model.package import (
    INPUT_SCALE,
    ChannelSpec,
    Compander,
    InputSpec,
    ModelPackage,
    check_input,
    default_channels,
    input_spec,
    load_package,
    misfit,
    model_id,
    package_labels,
    unpack_package,
)
from motionloop.sample_format import SampleFormat
from motionloop.trainer.messages import SMOOTHING

GOLDEN = Path(__file__).parents[1] / "golden" / PACKAGE_FILE
DATA = GOLDEN.read_bytes()
PACKAGE = unpack_package(DATA)
assert PACKAGE.rejection is not None
REJECTION = PACKAGE.rejection
CRC_AT = wire.PackageHeader.offset_of("crc32")
COVERED = wire.PackageHeader.offset_of("signature")  # the CRC-32 covers everything from here


def sealed(data: bytes | bytearray) -> bytes:
    """`data` with a right checksum."""
    total = min(int.from_bytes(data[8:12], "little"), len(data))
    crc = zlib.crc32(bytes(data[COVERED:total]))
    return bytes(data[:CRC_AT]) + crc.to_bytes(4, "little") + bytes(data[COVERED:])


def test_golden_package_is_whole() -> None:
    assert _core.check_package(DATA) == (wire.Status.OK, 0)
    assert PACKAGE.labels == ("still", "slow", "fast")
    assert PACKAGE.input == input_spec(50.0, 32, 16)
    assert PACKAGE.smoothing == 0.5
    assert len(REJECTION.pack()) < 2_000
    assert len(DATA) < 20_000


def test_golden_package_gives_its_golden_outputs() -> None:
    outputs = Interpreter(PACKAGE.tflite).invoke_many(PACKAGE.golden_inputs)
    np.testing.assert_array_equal(outputs, PACKAGE.golden_outputs)


def test_unpacked_package_packs_to_the_same_bytes() -> None:
    assert PACKAGE.pack() == DATA


@pytest.mark.slow
@given(
    labels=st.lists(
        st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=6),
        min_size=3,
        max_size=3,
        unique=True,
    ),
    hop=st.integers(1, wire.MAX_WINDOW),
    golden=st.integers(1, 4),
    smoothing=st.integers(1, 256),
    version=st.integers(0, 2**32 - 1),
    signature=st.binary(min_size=64, max_size=64),
    key_id=st.binary(min_size=8, max_size=8),
)
@settings(max_examples=20)
def test_packing_loses_nothing(
    labels: list[str],
    hop: int,
    golden: int,
    smoothing: int,
    version: int,
    signature: bytes,
    key_id: bytes,
) -> None:
    labels = [label.replace("\0", "0") for label in labels]
    if len(set(labels)) < 3:
        return
    rng = np.random.default_rng(golden)
    made = replace(
        PACKAGE,
        labels=tuple(labels),
        input=replace(PACKAGE.input, hop=hop),
        golden_inputs=rng.integers(-128, 128, (golden, 32, 12)).astype(np.int8),
        golden_outputs=rng.integers(-128, 128, (golden, 3)).astype(np.int8),
        smoothing=smoothing / 256,
        version_counter=version,
        signature=signature,
        key_id=key_id,
    )
    back = unpack_package(made.pack())
    for name in ("labels", "input", "tflite", "smoothing", "version_counter"):
        assert getattr(back, name) == getattr(made, name)
    assert (back.signature, back.key_id) == (signature, key_id)
    np.testing.assert_array_equal(back.golden_inputs, made.golden_inputs)
    np.testing.assert_array_equal(back.golden_outputs, made.golden_outputs)


def test_a_package_may_be_without_a_rejection() -> None:
    data = replace(PACKAGE, rejection=None).pack()
    assert wire.PackageHeader.unpack(data).rejection_words == 0
    assert unpack_package(data).rejection is None
    assert len(data) < len(DATA)


def test_a_malformed_rejection_is_refused() -> None:
    at = wire.PackageHeader.unpack(DATA).rejection_words * 4
    for offset, value in ((0, 0), (0, 255), (1, 0), (1, 255)):
        damaged = bytearray(DATA)
        damaged[at + offset] = value
        assert _core.check_package(sealed(damaged)) == (wire.Status.BAD_PACKAGE, at)
    with pytest.raises(PackageError, match="BAD_SHAPE"):
        unpack_package(
            replace(PACKAGE, rejection=replace(REJECTION, embedding_size=8, weights=fewer())).pack()
        )


def fewer() -> NDArray[np.int8]:
    """The golden rejection's weights for an embedding of 8: the model gives more."""
    channels = REJECTION.weights[:, REJECTION.embedding_size :]
    return np.concatenate([REJECTION.weights[:, :8], channels], axis=1)


def test_model_id_names_the_content() -> None:
    signed = replace(PACKAGE, signature=b"s" * 64, version_counter=7).pack()
    other = replace(PACKAGE, labels=("still", "slow", "quick")).pack()
    assert model_id(signed) == model_id(DATA)
    assert model_id(other) != model_id(DATA)


def test_tflite_is_aligned_in_flash() -> None:
    for labels in (("a", "b", "c"), ("still", "slow", "fast")):
        header = wire.PackageHeader.unpack(replace(PACKAGE, labels=labels).pack())
        assert header.tflite_offset % 16 == 0
        assert header.total_bytes == header.tflite_offset + header.tflite_bytes


def changed_input(**changes: object) -> InputSpec:
    return replace(PACKAGE.input, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"labels": ("one",)}, "1 labels"),
        ({"labels": tuple(map(str, range(17)))}, "17 labels"),
        ({"labels": ("a", "b", "é" * 13)}, "longer than 24 bytes"),
        ({"labels": ("a", "b", "a")}, "twice"),
        ({"input": changed_input(window=0)}, "window of 0"),
        ({"input": changed_input(window=513)}, "window of 513"),
        ({"input": changed_input(hop=0)}, "hop of 0"),
        ({"input": changed_input(channels=())}, "channels"),
        ({"input": changed_input(window=400)}, "4800 input bytes"),
        ({"input": changed_input(tables=PACKAGE.input.tables * 5)}, "companders"),
        ({"golden_inputs": np.empty((0, 32, 12), np.int8)}, "golden"),
        ({"rejection": replace(REJECTION, means=REJECTION.means[:, :2])}, "other classes"),
        ({"rejection": replace(REJECTION, embedding_size=1)}, "other classes or channels"),
        ({"smoothing": 0.0}, "smoothing"),
        ({"smoothing": 0.999 / 256}, "smoothing"),
        ({"smoothing": 1.1}, "smoothing"),
    ],
)
def test_packages_outside_the_format_are_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(PackageError, match=message):
        replace(PACKAGE, **changes).pack()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"labels": ("a", "b"), "rejection": None},
        {"labels": tuple(map(str, range(16))), "rejection": None},
        {"labels": ("a", "b", "é" * 12)},
        {"input": changed_input(window=1)},
        {"input": changed_input(window=512, channels=PACKAGE.input.channels[:8])},
        {"input": changed_input(window=341)},  # 4092 of 4096 input bytes
        {"input": changed_input(hop=1)},
        {"input": changed_input(hop=512)},
        {"input": changed_input(channels=PACKAGE.input.channels[:1])},
        {"input": changed_input(channels=(*PACKAGE.input.channels, *PACKAGE.input.channels[:4]))},
        {"input": changed_input(tables=PACKAGE.input.tables * 4)},
        {
            "golden_inputs": np.zeros((255, 32, 12), np.int8),
            "golden_outputs": np.zeros((255, 3), np.int8),
        },
        {"smoothing": 1 / 256},
        {"smoothing": 1.0},
    ],
)
def test_packages_at_the_edge_of_the_format_are_packed(changes: dict[str, object]) -> None:
    made = replace(PACKAGE, **{"rejection": None} | changes)  # type: ignore[arg-type]
    header = wire.PackageHeader.unpack(made.pack())
    assert header.class_count == len(made.labels)
    assert (header.smoothing + 1) / 256 == made.smoothing
    assert header.golden_count == len(made.golden_inputs)


def test_one_golden_window_too_many_is_refused() -> None:
    windows = np.zeros((256, 32, 12), np.int8)
    with pytest.raises(PackageError, match="golden"):
        replace(PACKAGE, golden_inputs=windows, golden_outputs=windows[:, 0, :3]).pack()


def test_a_package_counts_from_1_and_is_not_signed_unless_asked() -> None:
    plain = ModelPackage(
        PACKAGE.labels,
        PACKAGE.input,
        PACKAGE.tflite,
        PACKAGE.golden_inputs,
        PACKAGE.golden_outputs,
        SMOOTHING,
    )
    back = unpack_package(plain.pack())
    assert (back.smoothing, back.version_counter, back.rejection) == (SMOOTHING, 1, None)
    assert (back.signature, back.key_id) == (bytes(64), bytes(8))


def test_an_input_says_how_long_and_how_large_it_is() -> None:
    spec = input_spec(50.0, 128, 64)
    assert (spec.rate_hz, spec.window_s, spec.hop_s) == (50.0, 2.56, 1.28)
    assert spec.input_bytes == 128 * 12
    assert input_spec() == spec
    assert input_spec(99.84, 32, 16).rate_mhz == 99_840


def test_sections_lie_aligned_and_one_after_the_other() -> None:
    header = wire.PackageHeader.unpack(DATA)
    offsets = [
        header.labels_offset,
        header.channels_offset,
        header.tables_offset,
        header.golden_offset,
        header.rejection_words * wire.FLASH_WORD_BYTES,
        header.tflite_offset,
    ]
    assert offsets == sorted(offsets)
    assert all(offset % 4 == 0 for offset in offsets)
    assert offsets[0] == header.header_bytes == wire.PackageHeader.SIZE
    assert header.total_bytes == len(DATA)


def test_labels_that_are_no_text_are_told() -> None:
    damaged = bytearray(DATA)
    header = wire.PackageHeader.unpack(DATA)
    damaged[header.labels_offset] = 0xFF
    with pytest.raises(PackageError, match="not UTF-8"):
        package_labels(bytes(damaged), header)


def test_the_built_in_model_smooths_as_a_new_one_does() -> None:
    built_in = Path(__file__).parents[2] / "models/builtin.mlpkg"
    assert unpack_package(built_in.read_bytes()).smoothing == SMOOTHING


@given(cut=st.integers(0, len(DATA) - 1))
def test_truncated_packages_are_refused(cut: int) -> None:
    with pytest.raises(PackageError, match="not a usable model package"):
        unpack_package(DATA[:cut])


@given(at=st.integers(0, len(DATA) - 1), bit=st.integers(0, 7))
def test_packages_with_a_flipped_bit_are_refused(at: int, bit: int) -> None:
    damaged = bytearray(DATA)
    damaged[at] ^= 1 << bit
    with pytest.raises(PackageError):
        unpack_package(bytes(damaged))


LABELS = range(wire.PackageHeader.SIZE, wire.PackageHeader.SIZE + 3 * wire.LABEL_BYTES)
BEFORE_TABLES = wire.PackageHeader.unpack(DATA).tables_offset


@pytest.mark.slow
@given(
    changes=st.lists(
        st.tuples(
            st.integers(COVERED, BEFORE_TABLES - 1).filter(lambda at: at not in LABELS),
            st.integers(0, 255),
        ),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=300)
def test_mutated_packages_with_a_right_checksum_are_read_or_refused(
    changes: list[tuple[int, int]],
) -> None:
    damaged = bytearray(DATA)
    for at, value in changes:
        damaged[at] = value
    # Labels are read where the header says, so they may be no text.
    try:
        package = unpack_package(sealed(damaged))
    except PackageError:
        return
    assert package.golden_inputs.shape[1:] == (package.input.window, len(package.input.channels))


@given(
    at=st.integers(0, len(PACKAGE.tflite) - 1),
    values=st.binary(min_size=1, max_size=8),
)
@settings(max_examples=300)
def test_mutated_models_are_taken_or_refused(at: int, values: bytes) -> None:
    model = PACKAGE.tflite[:at] + values + PACKAGE.tflite[at + len(values) :]
    status, _ = _core.check_tflite(model[: len(PACKAGE.tflite)], PACKAGE.input.input_bytes, 3)
    assert status in set(wire.Status)


def test_package_file_is_found_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / PACKAGE_FILE).write_bytes(DATA)
    assert load_package(tmp_path) == load_package(tmp_path / PACKAGE_FILE) == DATA


def test_package_file_that_is_missing_or_damaged(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"No model package at .*motionloop train"):
        load_package(tmp_path)
    (tmp_path / PACKAGE_FILE).write_bytes(DATA[:-1])
    with pytest.raises(PackageError, match=f"{PACKAGE_FILE} is not a usable"):
        load_package(tmp_path)


# --- channels against a reference in floating point ---------------------------------------
def reference_channels(channels: tuple[ChannelSpec, ...], motion: np.ndarray) -> np.ndarray:
    """int8 [k, window, channels] of motion [k, window, 6] in g and rad/s, as the channels'
    docstrings define them."""
    codes = []
    for channel in channels:
        x = motion[:, :, channel.axis]
        if channel.remove_mean:
            x = x - x.mean(axis=1, keepdims=True)
        if channel.compander is None:
            value = x * channel.scale
        else:
            value = channel.compander.scale * np.arcsinh(channel.compander.gain * x)
        codes.append(np.clip(np.rint(value / INPUT_SCALE), -127, 127))
    return np.stack(codes, axis=-1).astype(np.int8)


@pytest.mark.parametrize(
    "channels",
    [
        default_channels(),
        (
            ChannelSpec(0, True, Compander(gain=10.0, scale=1.0)),
            ChannelSpec(5, False, Compander(gain=3.0)),
            ChannelSpec(3, True, scale=-2.5),
        ),
    ],
    ids=["default", "other"],
)
def test_channels_are_what_floating_point_makes_of_them(
    channels: tuple[ChannelSpec, ...],
) -> None:
    spec = input_spec(50.0, 64, 32, channels)
    rng = np.random.default_rng(0)
    scale = 10 ** rng.uniform(-3, 0.8, (40, 1, 6))
    motion = rng.normal(0, 1, (40, 64, 6)) * scale + rng.normal(0, 0.5, (40, 1, 6))
    fixed = np.rint(motion * 2**wire.FIXED_POINT_BITS).astype(np.int32)
    codes = spec.windower(SampleFormat(50.0, 244_000, 1_221_730)).channels(fixed).astype(int)
    expected = reference_channels(channels, fixed / 2**wire.FIXED_POINT_BITS).astype(int)
    difference = np.abs(codes - expected)
    assert difference.max() <= 1
    assert (difference != 0).mean() < 0.01  # values next to a tie


@pytest.mark.parametrize("compander", [Compander(), Compander(gain=1e-3), Compander(gain=1e4)])
def test_compander_thresholds_rise(compander: Compander) -> None:
    thresholds = compander.thresholds()
    assert thresholds.shape == (wire.THRESHOLDS,)
    assert (np.diff(thresholds.astype(np.int64)) >= 0).all()
    assert thresholds[0] > 0


def test_compander_thresholds_are_where_the_code_steps_up() -> None:
    """The smallest magnitudes whose companded value rounds to the code, or beyond."""
    compander = Compander(gain=40.0, scale=0.5)
    for code, threshold in enumerate(compander.thresholds().tolist(), 1):
        for fixed, is_reached in ((threshold - 1, False), (threshold, True)):
            magnitude = fixed / 2**wire.FIXED_POINT_BITS
            value = compander.scale * math.asinh(compander.gain * magnitude) / INPUT_SCALE
            assert (value >= code - 0.5) is is_reached


def test_companders_share_tables() -> None:
    assert input_spec().table_count == 1
    two = input_spec(
        channels=[ChannelSpec(i, True, Compander(gain=10.0 + i % 2)) for i in range(6)]
    )
    assert two.table_count == 2
    assert [channel.table for channel in two.channels] == [0, 1, 0, 1, 0, 1]


def test_windows_that_the_core_cannot_make_are_told_so() -> None:
    with pytest.raises(
        PackageError, match=r"more than 15 times the model.s rate. Choose `--rate-hz 7.94`"
    ):
        input_spec(5.0, 64, 32).windower(SampleFormat(119.0, 244_000, 1_221_730))
    with pytest.raises(PackageError, match="64 points at 1 Hz"):
        input_spec(1.0, 64, 32).windower(SampleFormat(14000.0, 244_000, 1_221_730))
    with pytest.raises(PackageError, match=r"acceleration reaches 262.1 g: .*motionloop import"):
        input_spec().windower(SampleFormat(50.0, 8_000_000, 1_221_730))
    with pytest.raises(PackageError, match=r"rotation reaches 262.1 rad/s: .*motionloop import"):
        input_spec().windower(SampleFormat(50.0, 244_000, 8_000_000))
    with pytest.raises(
        PackageError, match=r"spans 38\d\d samples, .* Choose `--window 48\d` or less"
    ):
        input_spec(16.0, 512, 32).windower(SampleFormat(119.0, 244_000, 1_221_730))


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ((50.0, 400, 64), "400 points and 12 channels is an input of 4800 bytes.*`--window 341`"),
        ((50.0, 0, 64), "`--window` is 0"),
        ((50.0, 128, 0), "`--hop` is 0, and must be from 1 to 512"),
        ((50.0, 128, 513), "`--hop` is 513"),
        ((0.0, 128, 64), "rate is above 0"),
    ],
)
def test_an_input_that_no_board_takes_is_refused_with_the_option(
    spec: tuple[float, int, int], words: str
) -> None:
    with pytest.raises(PackageError, match=words):
        check_input(input_spec(*spec))
    check_input(input_spec(50.0, 341, 512))


def test_a_model_that_does_not_fit_is_told_by_what_it_lacks() -> None:
    slot = _core.SLOT_BYTES
    assert misfit(wire.ARENA_BYTES, slot) is None
    assert misfit(None, slot) is None
    assert misfit(28_016, 1000) == "it needs an arena of 28016 bytes, and a board has 24576"
    both = misfit(28_016, slot + 1)
    assert both is not None
    assert both.endswith(f"board has 24576; {slot + 1} bytes of a slot, and a slot has {slot}")
