"""What is said to be in a package, against the package."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path

import pytest

from motionloop import wire
from motionloop.model.contents import read_contents
from motionloop.model.folder import PACKAGE_FILE
from motionloop.model.inference import Interpreter
from motionloop.model.package import (
    ChannelSpec,
    Compander,
    ModelPackage,
    input_spec,
    unpack_package,
)

GOLDEN = Path(__file__).parents[1] / "golden" / PACKAGE_FILE
DATA = GOLDEN.read_bytes()
PACKAGE = unpack_package(DATA)


def written(tmp_path: Path, data: bytes | bytearray) -> Path:
    file = tmp_path / "changed.mlpkg"
    file.write_bytes(data)
    return file


def described(tmp_path: Path, package: ModelPackage) -> dict[str, object]:
    return asdict(read_contents(written(tmp_path, package.pack())))


def test_the_parts_are_the_packages_own() -> None:
    contents = read_contents(GOLDEN)
    part = {p.name: DATA[p.offset : p.offset + p.bytes] for p in contents.parts}
    assert part["header"] == DATA[: wire.PackageHeader.SIZE]
    assert part["labels"] == b"".join(x.encode().ljust(24, b"\0") for x in PACKAGE.labels)
    assert part["channels"] == PACKAGE.input.packed_channels()
    assert part["compander tables"] == PACKAGE.input.tables
    assert part["golden windows"].startswith(PACKAGE.golden_inputs[0].tobytes())
    assert part["golden windows"].endswith(PACKAGE.golden_outputs[-1].tobytes())
    assert PACKAGE.rejection is not None
    assert part["rejection"] == PACKAGE.rejection.pack()
    assert part[".tflite"] == PACKAGE.tflite


def test_the_parts_cover_the_file_without_overlap(tmp_path: Path) -> None:
    for data in (DATA, DATA + b"more"):
        contents = read_contents(written(tmp_path, data))
        ends = [(part.offset, part.offset + part.bytes) for part in contents.parts]
        assert all(end == begin for (_, end), (begin, _) in pairwise(ends))
        assert (ends[0][0], ends[-1][1]) == (0, len(data))
    assert contents.parts[-1].name == "behind the package"
    assert (contents.package_bytes, contents.file_bytes) == (len(DATA), len(DATA) + 4)


def test_the_hashes_can_be_computed_again() -> None:
    contents = read_contents(GOLDEN)
    assert contents.sha256 == hashlib.sha256(DATA).hexdigest()
    assert contents.crc32 == f"{zlib.crc32(DATA[16:]):08x}"
    assert contents.model_id == hashlib.sha256(DATA[wire.PackageHeader.SIZE :]).hexdigest()[:16]
    assert contents.model_id_right


def test_a_model_id_that_is_not_the_contents_hash_is_noticed(tmp_path: Path) -> None:
    data = bytearray(DATA)
    data[92] ^= 1  # in model_id
    data[12:16] = zlib.crc32(data[16:]).to_bytes(4, "little")
    contents = read_contents(written(tmp_path, data))
    assert not contents.model_id_right
    assert contents.sha256 != read_contents(GOLDEN).sha256


def test_the_network_is_the_models_own() -> None:
    contents, model = read_contents(GOLDEN), Interpreter(PACKAGE.tflite)
    assert contents.operators[-1].name == "SOFTMAX"
    assert contents.operators[-1].shape == (1, 3)
    assert [o.name for o in contents.operators].count("DEPTHWISE_CONV_2D") == 3
    first = contents.operators[0]
    assert (first.name, first.shape, first.output_bytes) == ("CONV_2D", (1, 1, 16, 4), 64)
    assert first.constant_bytes == 7 * 12 * 4 + 4 * 4  # weights, and int32 biases
    assert sum(o.constant_bytes for o in contents.operators) < contents.tflite_bytes
    assert contents.input_scale == model.input_scale == 2.0**-wire.INPUT_SCALE_BITS
    assert contents.input_bytes == 32 * 12


@pytest.mark.parametrize(
    ("spec", "scale", "largest"),
    [
        (ChannelSpec(0, scale=2.0), 2.0, 127 / 32 / 2),
        (ChannelSpec(4, scale=-0.5), -0.5, 127 / 32 / 0.5),
        (ChannelSpec(2, scale=0.0), 0.0, None),
    ],
)
def test_a_linear_channel_says_its_scale_and_range(
    tmp_path: Path, spec: ChannelSpec, scale: float, largest: float | None
) -> None:
    changed = input_spec(50.0, 32, 16, [spec] * 12)
    contents = read_contents(written(tmp_path, replace(PACKAGE, input=changed).pack()))
    channel = contents.channels[0]
    assert (channel.axis, channel.unit) == (
        ("ax", "g") if spec.axis == 0 else ("gy", "rad/s") if spec.axis == 4 else ("az", "g")
    )
    assert (channel.table, channel.scale) == (None, scale)
    assert channel.largest == (None if largest is None else pytest.approx(largest))
    json.dumps(asdict(contents), allow_nan=False)


def test_a_companded_channel_says_its_table_and_range(tmp_path: Path) -> None:
    compander = Compander(gain=10.0)
    changed = input_spec(50.0, 32, 16, [ChannelSpec(5, True, compander)] * 12)
    contents = read_contents(written(tmp_path, replace(PACKAGE, input=changed).pack()))
    channel = contents.channels[-1]
    assert (channel.axis, channel.remove_mean, channel.table, channel.scale) == (
        "gz",
        True,
        0,
        None,
    )
    assert channel.largest == pytest.approx(compander.thresholds()[-1] / 2**16)


def test_smoothing_signature_and_rejection_are_the_packages(tmp_path: Path) -> None:
    plain = described(tmp_path, replace(PACKAGE, smoothing=1.0, rejection=None, version_counter=9))
    assert (plain["smoothing"], plain["rejection"], plain["version_counter"]) == (1.0, None, 9)
    assert plain["signed"] is False
    signed = described(tmp_path, replace(PACKAGE, signature=bytes(63) + b"s"))
    assert signed["signed"] is True
    assert PACKAGE.rejection is not None
    assert signed["rejection"] == {
        "embedding_size": PACKAGE.rejection.embedding_size,
        "rank": len(PACKAGE.rejection.weights),
        "threshold": PACKAGE.rejection.threshold,
    }
