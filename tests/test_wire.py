"""The wire definition, its C++ header and the golden vectors agree."""

from __future__ import annotations

import re
import runpy
import struct
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motionloop import _core, wire
from motionloop.virtual.radio import SERVICE, Property

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests/golden"

RANGES = {
    "B": st.integers(0, 2**8 - 1),
    "H": st.integers(0, 2**16 - 1),
    "I": st.integers(0, 2**32 - 1),
    "i": st.integers(-(2**31), 2**31 - 1),
    "Q": st.integers(0, 2**64 - 1),
}


def contents(cls: type[wire.Layout]) -> st.SearchStrategy[wire.Layout]:
    values = {}
    for f in fields(cls):
        code = f.metadata["code"]
        size = code[:-1]
        values[f.name] = (
            RANGES[code] if not size else st.binary(min_size=int(size), max_size=int(size))
        )
    return st.builds(cls, **values)


layouts = pytest.mark.parametrize("cls", wire.LAYOUTS, ids=lambda cls: cls.__name__)


@layouts
def test_layouts_are_unpadded(cls: type[wire.Layout]) -> None:
    assert struct.calcsize("<" + "".join(f.metadata["code"] for f in fields(cls))) == cls.SIZE
    assert sum(struct.calcsize("<" + f.metadata["code"]) for f in fields(cls)) == cls.SIZE


@given(data=st.data())
def test_layouts_survive_packing(data: st.DataObject) -> None:
    value = data.draw(st.sampled_from(wire.LAYOUTS).flatmap(contents))
    packed = value.pack()
    assert len(packed) == value.SIZE
    assert type(value).unpack(packed) == value
    assert type(value).unpack(b"xyz" + packed + b"more", 3) == value
    with pytest.raises(struct.error):
        type(value).unpack(packed[:-1])


@layouts
def test_fields_lie_behind_each_other(cls: type[wire.Layout]) -> None:
    at = 0
    for f in fields(cls):
        assert cls.offset_of(f.name) == at
        at += struct.calcsize("<" + f.metadata["code"])
    with pytest.raises(ValueError, match="is not in list"):
        cls.offset_of("no such field")


def test_numbers_that_do_not_fit_are_refused() -> None:
    with pytest.raises(struct.error):
        wire.Identify(256).pack()
    with pytest.raises(struct.error):
        wire.SequenceRange(-1, 0).pack()


def test_golden_vectors_are_not_stale() -> None:
    """When this fails: python tests/golden/make_golden.py"""
    made = runpy.run_path(str(GOLDEN / "make_golden.py"))["wire_lines"]()
    assert (GOLDEN / "wire.txt").read_text().splitlines() == list(made)


def test_golden_vectors_unpack_to_their_fields() -> None:
    classes = {cls.__name__: cls for cls in wire.LAYOUTS}
    seen = set()
    for line in (GOLDEN / "wire.txt").read_text().splitlines():
        name, *assignments, equals, packed = line.split(" ")
        assert equals == "="
        value = classes[name].unpack(bytes.fromhex(packed))
        shown = []
        for f in fields(value):
            content = getattr(value, f.name)
            shown.append(f"{f.name}={content.hex() if isinstance(content, bytes) else content}")
        assert shown == assignments
        seen.add(name)
    assert seen == set(classes)


def test_header_is_not_stale() -> None:
    """When this fails: python -m motionloop.wire > firmware/lib/wire/wire_layout.h"""
    assert (ROOT / "firmware/lib/wire/wire_layout.h").read_text() == wire.header()


def test_binding_was_built_from_this_wire() -> None:
    """When this fails: build the package again (make setup)"""
    assert _core.WIRE_HASH == wire.WIRE_HASH


def hash_with(old: str, new: str, folder: Path) -> int:
    """WIRE_HASH of a wire.py in which `old` is `new`."""
    text = Path(wire.__file__).read_text()
    assert old in text
    changed = folder / "wire.py"
    changed.write_text(text.replace(old, new, 1))
    value: int = runpy.run_path(str(changed))["WIRE_HASH"]
    return value


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('seconds: int = u8("', 'seconds: int = u16("'),  # another size
        ('seconds: int = u8("', 'minutes: int = u8("'),  # another name
        ('model_id: bytes = raw(8, "zero', 'model_id: bytes = raw(9, "zero'),
        ("RING_SAMPLES = 3600", "RING_SAMPLES = 3601"),
        ("ATT_MTU = 247", "ATT_MTU = 248"),  # by the bytes of a notification
        ("FIXED_POINT_BITS = 16", "FIXED_POINT_BITS = 15"),
        ("STREAM_STOP = 3", "STREAM_STOP = 33"),
        ("    BUSY = 2 ", "    ENGAGED = 2 "),
        ("4d4f5449-4f4e", "4d4f5449-4f4f"),
    ],
)
def test_every_change_of_the_wire_changes_its_hash(old: str, new: str, tmp_path: Path) -> None:
    assert hash_with(old, new, tmp_path) != wire.WIRE_HASH


def test_hash_is_not_changed_by_words(tmp_path: Path) -> None:
    same = hash_with("how long to blink", "for how long to blink", tmp_path)
    newer = hash_with("FIRMWARE_VERSION = (0,", "FIRMWARE_VERSION = (9,", tmp_path)
    counted = hash_with("MAX_RAW = 32767", "MAX_RAW = 32766", tmp_path)
    explained = hash_with("GEOMETRY = 9,", "GEOMETRY = 10,", tmp_path)
    assert same == newer == counted == explained == wire.WIRE_HASH


def test_checks_of_a_model_are_numbers_with_words() -> None:
    assert [check.value for check in wire.ModelCheck] == list(range(len(wire.ModelCheck)))
    assert wire.model_fault(wire.ModelCheck.ORDER) == (
        "an operator reads a tensor that no operator before it has made (check 8). "
        "Train the model again."
    )
    assert "check 77" in wire.model_fault(77)
    assert "Update the program" in wire.model_fault(77)


def test_hash_stays_first_in_info() -> None:
    """A host of any version must find it, to say which side to update."""
    info = wire.Info.unpack(struct.pack("<IBBB", 0x12345678, 1, 2, 3) + bytes(wire.Info.SIZE - 7))
    assert info.wire_hash == 0x12345678
    assert (info.firmware_major, info.firmware_minor, info.firmware_patch) == (1, 2, 3)


def test_every_public_name_is_in_the_header() -> None:
    """A tuple or a float, say, would go into no list and be forgotten."""
    elsewhere = {"FIRMWARE_VERSION", "WIRE_HASH", "CONSTANTS", "ENUMS", "UUIDS", "LAYOUTS", "T"}
    names = {name for name in vars(wire) if name.isupper() and not name.startswith("_")}
    assert sorted([*wire.CONSTANTS, *wire.UUIDS]) == sorted(names - elsewhere)
    classes = {
        v for v in vars(wire).values() if isinstance(v, type) and v.__module__ == wire.__name__
    }
    assert {*wire.ENUMS, *wire.LAYOUTS} == classes - {wire.Layout}
    header = wire.header()
    for name in [*names - elsewhere, *(cls.__name__ for cls in classes - {wire.Layout})]:
        assert re.search(rf"\b{name}\b", header), name


def test_uuids_are_distinct() -> None:
    uuids = [getattr(wire, name) for name in wire.UUIDS]
    assert len({uuid.lower() for uuid in uuids}) == len(uuids) == 7


def test_no_characteristic_takes_writes_and_notifies() -> None:
    """ArduinoBLE echoes each write on such a characteristic."""
    writes = Property.WRITE | Property.WRITE_WITHOUT_RESPONSE
    assert set(SERVICE) == {getattr(wire, n) for n in wire.UUIDS} - {wire.SERVICE_UUID}
    for properties in SERVICE.values():
        assert not (properties & writes and properties & Property.NOTIFY)


def test_notifications_fit_into_a_packet() -> None:
    most = wire.MAX_NOTIFY_BYTES
    assert most >= wire.MotionHeader.SIZE + wire.MAX_PACKET_SAMPLES * wire.SAMPLE_BYTES
    assert most >= wire.PredictionHeader.SIZE + wire.MAX_CLASSES
    assert most >= wire.ReplyHeader.SIZE + wire.Counters.SIZE
    assert most >= wire.ReplyHeader.SIZE + wire.MAX_MODEL_READ_BYTES
    assert wire.ModelChunkHeader.SIZE < wire.MAX_MODEL_WRITE_BYTES
