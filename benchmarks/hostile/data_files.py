"""Data files to import: damaged, far too large, or made to lead elsewhere."""

from __future__ import annotations

import io
import json
import os
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.hostile.cases import Case
from benchmarks.hostile.damage import NOT_JSON, VALUES, damages
from benchmarks.hostile.on_disk import (
    LIFE,
    commands,
    little_memory,
    opens,
    prepare_life,
    record,
)
from motionloop.recordings.exporting import Format, export
from motionloop.recordings.recording import Recording, open_all

_FLIPS = 2


@cache
def exported() -> dict[Format, bytes]:
    """One good file of each format."""
    files = {}
    with TemporaryDirectory() as name:
        place = Path(name)
        record(place / "life")
        recording = Recording.open(place / "life")
        for kind in Format:
            to = place / (f"{kind}.zip" if kind is Format.ZIP else str(kind))
            first = export([recording], kind, to).files[0]
            files[kind] = (to if kind is Format.ZIP else first).read_bytes()
    return files


def npz(**arrays: np.ndarray) -> bytes:
    content = io.BytesIO()
    count = 200
    whole: dict[str, np.ndarray] = {
        "X": np.random.default_rng(1).normal(size=(count, 6)),
        "y": np.zeros(count, np.int64),
        "session": np.zeros(count, np.int64),
        "label_names": np.array(["walking"]),
        "rate_hz": np.array(100.0),
    }
    np.savez_compressed(content, **{**whole, **arrays})
    return content.getvalue()


def npz_with_header(header: str, size: int = 0) -> bytes:
    """An .npz whose X says of itself whatever it likes."""
    text = header.encode().ljust(118) + b"\n"
    member = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + bytes(size)
    content = io.BytesIO(npz())
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(made := io.BytesIO(), "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, member if entry.filename == "X.npy" else old.read(entry))
    return made.getvalue()


def zipped(**more: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in more.items():
            archive.writestr(name, text)
    return content.getvalue()


def with_entry(name: str, text: bytes = b"evil\n", mode: int = 0o100644) -> bytes:
    """A zip of a good recording, with one entry more."""
    content = io.BytesIO(exported()[Format.ZIP])
    with zipfile.ZipFile(content, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of one name twice
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        archive.writestr(entry, text)
    return content.getvalue()


@cache
def bomb() -> bytes:
    """Half a gigabyte of zeros."""
    content = io.BytesIO()
    piece = bytes(1 << 24)
    with (
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("motion.csv", "w", force_zip64=True) as file,
    ):
        for _ in range(32):
            file.write(piece)
    return content.getvalue()


def many_entries(count: int) -> bytes:
    """A zip whose directory lists one file very often."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}.csv", b"")
    return content.getvalue()


def encrypted() -> bytes:
    content = bytearray(zipped(**{"motion.csv": b"t,x,y,z\n0,0,0,1\n"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    return bytes(content)


def laughs() -> bytes:
    """Entities of entities: a gigabyte of text in a kilobyte."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "laugh">{levels}]>'
        "<ANNOTATION_DOCUMENT><TIME_ORDER/><TIER>&l9;</TIER></ANNOTATION_DOCUMENT>"
    ).encode()


def outside() -> bytes:
    return (
        b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "../kept/thesis.txt">]>'
        b"<ANNOTATION_DOCUMENT><TIER TIER_ID='&x;'>&x;</TIER></ANNOTATION_DOCUMENT>"
    )


def xdf_chunk(length: int, tag: int, content: bytes) -> bytes:
    return b"\x08" + struct.pack("<Q", length) + struct.pack("<H", tag) + content


def parquet_bomb() -> bytes:
    import polars

    content = io.BytesIO()
    count = 20_000_000
    zeros = polars.zeros(count, polars.Float64, eager=True)
    polars.DataFrame({"t_us": zeros, "ax": zeros, "ay": zeros, "az": zeros}).write_parquet(
        content, compression="zstd"
    )
    return content.getvalue()


_FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "npz: Python objects": ("a.npz", lambda: npz(label_names=np.array([print, len], object))),
    "npz: objects in X": ("a.npz", lambda: npz(X=np.array([[{}] * 6] * 200, object))),
    "npz: not a number": ("a.npz", lambda: npz(X=np.full((200, 6), np.nan))),
    "npz: infinite": ("a.npz", lambda: npz(X=np.full((200, 6), np.inf))),
    "npz: 1e308": ("a.npz", lambda: npz(X=np.full((200, 6), 1e308))),
    "npz: times of 2^63": ("a.npz", lambda: npz(t_us=np.full(200, 2**63, np.uint64))),
    "npz: a rate of 1e-300": ("a.npz", lambda: npz(rate_hz=np.array(1e-300))),
    "npz: labels beyond their names": ("a.npz", lambda: npz(y=np.full(200, 7))),
    "npz: no sample": ("a.npz", lambda: npz(X=np.zeros((0, 6)), y=np.zeros(0, np.int64))),
    "npz: labels of escapes": ("a.npz", lambda: npz(label_names=np.array(["\x1b[2J"]))),
    "npz: labels of half characters": ("a.npz", lambda: npz(label_names=np.array(["\ud800"]))),
    "npz: a billion samples, it says": (
        "a.npz",
        lambda: npz_with_header("{'descr': '<f8', 'fortran_order': False, 'shape': (10**9, 6)}"),
    ),
    "npz: three billion texts of no length, it says": (
        "a.npz",
        lambda: npz_with_header("{'descr': '<U0', 'fortran_order': False, 'shape': (3000000000,)}"),
    ),
    "npz: 10^30 samples, it says": (
        "a.npz",
        lambda: npz_with_header(
            "{'descr': '<f8', 'fortran_order': False, 'shape': (1" + "0" * 30 + ", 6)}"
        ),
    ),
    "npz: below zero samples": (
        "a.npz",
        lambda: npz_with_header("{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 6)}"),
    ),
    "npz: a header that is code": ("a.npz", lambda: npz_with_header("__import__('os').abort()")),
    "npz: a header that ends": ("a.npz", lambda: npz_with_header("{'descr': (")),
    "npz: a type of itself": (
        "a.npz",
        lambda: npz_with_header("{'descr': [('a', '|O')], 'fortran_order': 0, 'shape': (1,)}"),
    ),
    "npz: a bomb": ("a.npz", lambda: bomb_of_arrays()),
    "zip: a bomb": ("a.zip", bomb),
    "zip: bombs in it": ("a.zip", lambda: zipped(**{f"{n}.zip": bomb() for n in range(3)})),
    "zip: a path upwards": ("a.zip", lambda: with_entry("../../kept/thesis.txt")),
    "zip: a path from the root": ("a.zip", lambda: with_entry("/tmp/evil-of-a-zip.txt")),
    "zip: a link": ("a.zip", lambda: with_entry("life/torn.txt", b"../../kept/x", 0o120777)),
    "zip: a link to a folder": ("a.zip", lambda: with_entry("more", b"../kept", 0o120777)),
    "zip: a device": ("a.zip", lambda: with_entry("zero.csv", b"", 0o020666)),
    "zip: a name of escapes": ("a.zip", lambda: with_entry("\x1b[2Jx.csv")),
    "zip: a name of 300 characters": ("a.zip", lambda: with_entry("x" * 300 + ".csv")),
    "zip: one name twice": ("a.zip", lambda: with_entry("life/samples.csv")),
    "zip: a file in place of a folder": ("a.zip", lambda: with_entry("life")),
    "zip: encrypted": ("a.zip", encrypted),
    "zip: 120,000 files": ("a.zip", lambda: many_entries(120_000)),
    "zip: no file": ("a.zip", lambda: zipped()),
    "zip: only a name": ("a.zip", lambda: b"PK\x03\x04"),
    "elan: laughs": ("a.eaf", laughs),
    "elan: a file from elsewhere": ("a.eaf", outside),
    "elan: nested deeply": ("a.eaf", lambda: b"<a>" * 100_000),
    "xdf: a chunk of 2^60 bytes": ("a.xdf", lambda: b"XDF:" + xdf_chunk(2**60, 2, b"")),
    "xdf: a chunk of no byte": ("a.xdf", lambda: b"XDF:" + xdf_chunk(0, 2, b"")),
    "xdf: laughs": ("a.xdf", lambda: b"XDF:" + xdf_chunk(len(laughs()) + 2, 1, laughs())),
    "xdf: the mark alone": ("a.xdf", lambda: b"XDF:"),
    "parquet: the mark alone": ("a.parquet", lambda: b"PAR1"),
    "parquet: both marks": ("a.parquet", lambda: b"PAR1" + b"\xff" * 8 + b"PAR1"),
    "parquet: 20 million zeros": ("a.parquet", parquet_bomb),
    "csv: 100,000 columns": ("a.csv", lambda: b"t,x,y,z" + b",c" * 100_000 + b"\n0,0,0,1\n"),
    "csv: one line of 50 MB": ("a.csv", lambda: b"t,x,y,z\n" + b"1," * 25_000_000),
    "csv: an open quote": ("a.csv", lambda: b't,x,y,z\n"0,0,0,1\n' + b"1,0,0,1\n" * 10_000),
    "csv: numbers of 400 digits": ("a.csv", lambda: b"t,x,y,z\n" + (b"1" * 400 + b",0,0,1\n") * 9),
    "csv: times that are no number": ("a.csv", lambda: b"t,x,y,z\n" + b"nan,0,0,1\n" * 99),
    "csv: one time": ("a.csv", lambda: b"t,x,y,z\n" + b"5,0,0,1\n" * 99),
    "csv: times to infinity": ("a.csv", lambda: b"t,x,y,z\n1,0,0,1\n1e308,0,0,1\n-1e308,0,0,1\n"),
    "csv: nulls": ("a.csv", lambda: b"t,x,y,z\n" + b"\0" * 10_000),
    "cbor: nested deeply": ("a.cbor", lambda: b"\x81" * 100_000),
    "cbor: a text of 2^60 bytes": ("a.cbor", lambda: b"\xa1\x7b" + struct.pack(">Q", 2**60)),
    "cbor: a list of 2^60": ("a.cbor", lambda: b"\x9b" + struct.pack(">Q", 2**60)),
}


def bomb_of_arrays() -> bytes:
    """Half a gigabyte of zeros that says of themselves what they are."""
    content = io.BytesIO(npz())
    header = b"{'descr': '|i1', 'fortran_order': False, 'shape': (%d, 6)}" % ((1 << 29) // 6)
    text = header.ljust(118) + b"\n"
    piece = bytes(1 << 24)
    with (
        zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("more.npy", "w", force_zip64=True) as file,
    ):
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text)
        for _ in range(32):
            file.write(piece)
    return content.getvalue()


def import_it(place: Path) -> str:
    with little_memory():
        return commands("import in --to new", "import in --dry-run --json", "dataset in")


def readable(place: Path) -> None:
    """What was imported can be opened, and what was there, too."""
    opens(place)
    new = place / "work" / "new"
    if new.is_dir() and any(new.iterdir()):
        open_all(new).all_readable()


def _file(name: str, file: str, content: Callable[[], bytes]) -> Case:
    def prepare(place: Path) -> None:
        prepare_life(place)
        folder = place / "work" / "in"
        folder.mkdir()
        (folder / file).write_bytes(content())

    return Case(f"import: {name}", import_it, prepare=prepare, unharmed=readable)


def _damaged() -> Iterator[Case]:
    for kind in Format:
        suffix = {Format.EDGE_IMPULSE: "json", Format.ELAN: "eaf"}.get(kind, str(kind))
        for number, name in enumerate(name for name, _ in damages(b"x" * 4000, _FLIPS)):
            yield _file(
                f"{kind} {name}",
                f"a.{suffix}",
                lambda kind=kind, number=number: [*damages(exported()[kind], _FLIPS)][number][1],
            )
    for number, name in enumerate(name for name, _ in damages(b"x" * 4000, _FLIPS)):
        yield _file(
            f"npz {name}", "a.npz", lambda number=number: [*damages(npz(), _FLIPS)][number][1]
        )


def _json_files() -> Iterator[Case]:
    for name, content in NOT_JSON.items():
        yield _file(f"json: {name}", "a.json", lambda content=content: content)
        yield Case(
            f"labels of a file: {name}",
            lambda place: commands(f"label {LIFE} --from labels.json"),
            prepare=lambda place, content=content: (
                prepare_life(place),
                (place / "work" / "labels.json").write_bytes(content),
            ),
            unharmed=opens,
        )
    for key in ("signature", "payload"):
        for name, value in VALUES.items():

            def content(key: str = key, value: object = value) -> bytes:
                return json.dumps(
                    json.loads(exported()[Format.EDGE_IMPULSE]) | {key: value}
                ).encode()

            yield _file(f"edge impulse: {key} is {name}", "a.json", content)


def _special() -> Iterator[Case]:
    def pipe(place: Path) -> None:
        prepare_life(place)
        (place / "work" / "in").mkdir()
        for name in ("a.csv", "a.npz", "a.zip"):
            os.mkfifo(place / "work" / "in" / name)

    def loop(place: Path) -> None:
        prepare_life(place)
        (place / "work" / "in").mkdir()
        (place / "work" / "in" / "again").symlink_to("..")
        (place / "work" / "in" / "self").symlink_to("self")

    def endless(place: Path) -> None:
        prepare_life(place)
        (place / "work" / "in").mkdir()
        (place / "work" / "in" / "a.csv").symlink_to("/dev/zero")

    def deep(place: Path) -> None:
        prepare_life(place)
        path = place / "work" / "in"
        for _ in range(100):
            path = path / "deeper"
        path.mkdir(parents=True)
        (path / "a.csv").write_bytes(b"t,x,y,z\n0,0,0,1\n")

    for name, prepare in (
        ("pipes", pipe), ("links in a circle", loop), ("a device", endless), ("100 folders", deep)
    ):  # fmt: skip
        yield Case(f"import: {name}", import_it, prepare=prepare, unharmed=readable)


CASES = [
    *(_file(name, file, content) for name, (file, content) in _FILES.items()),
    *_damaged(),
    *_json_files(),
    *_special(),
]
