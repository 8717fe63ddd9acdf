"""Folders of models, packages and settings that are damaged or of somebody else."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from bleak.backends.device import BLEDevice

from benchmarks.hostile.cases import Case
from benchmarks.hostile.damage import NOT_JSON, VALUES, damages, with_value
from benchmarks.hostile.on_disk import command, commands, little_memory, prepare_life
from motionloop import installation, wire
from motionloop.board.finding import FoundBoard
from motionloop.board.pushes import note_push
from motionloop.label_colours import LabelColours
from motionloop.model import folder as models
from motionloop.model.wearing import wearing_check

BUILTIN = installation.root() / "models" / "builtin.mlpkg"
_METRICS = BUILTIN.with_suffix(".json")
_ID = bytes.fromhex(json.loads(_METRICS.read_bytes())["model_id"])
INFO = wire.Info(
    wire_hash=0, firmware_major=0, firmware_minor=1, firmware_patch=0, imu=1, flags=0,
    max_model_write=244, boot_id=7, native_rate_mhz=100_000, accel_ng_per_lsb=122_070,
    gyro_nrads_per_lsb=1_065_264, accel_range_mg=4000, gyro_range_dps=2000, ring_samples=2400,
    slot_bytes=81_920, arena_bytes=65_536, active_slot=0, owner_flags=0, reserved=bytes(2),
    model_version=1, model_id=_ID, previous_model_id=bytes(8), owner_id=bytes(8),
)  # fmt: skip
MODEL = Path("models/first")


def found_board() -> FoundBoard:
    address = "02:4D:4C:00:00:01"
    return FoundBoard("ML-7F3A", address, -50, True, BLEDevice(address, "ML-7F3A", None))


def prepare_model(place: Path) -> None:
    """The user's model, with all that a training leaves beside it."""
    prepare_life(place)
    folder = place / "work" / MODEL
    folder.mkdir(parents=True)
    shutil.copy(BUILTIN, folder / models.PACKAGE_FILE)
    shutil.copy(_METRICS, folder / models.METRICS_FILE)
    (folder / models.VARIANTS_FILE).write_text(json.dumps([{"name": "int8", "accuracy": 0.9}]))
    (folder / models.PUSHES_FILE).write_text("[]")


def look_at(folder: Path) -> str:
    """All that the window and the commands read of a folder of models."""
    for stored in models.stored_models(folder):
        assert stored.words + stored.labels
    models.name_of(folder, _ID)
    list(models.metrics_of(folder, _ID))
    wearing_check(folder, INFO)
    for model in folder.iterdir():
        models.stored_variants(model)
        note_push(model / models.PACKAGE_FILE, found_board(), INFO)
    return commands(
        f"package {MODEL}",
        f"package {MODEL} --json",
        f"export {MODEL} --format tflite --to out",
    )


def _with(name: str, file: str, content: Callable[[bytes], bytes], says: str = "") -> Case:
    def prepare(place: Path) -> None:
        prepare_model(place)
        path = place / "work" / MODEL / file
        path.write_bytes(content(path.read_bytes()))

    def run(place: Path) -> str:
        with little_memory():
            return look_at(Path("models"))

    return Case(f"model folder: {name}", run, says, prepare=prepare)


def _damaged() -> Iterator[Case]:
    json_files = models.METRICS_FILE, models.VARIANTS_FILE, models.PUSHES_FILE
    for file in json_files:
        for name, content in NOT_JSON.items():
            yield _with(f"{file} is {name}", file, lambda _, content=content: content)
    for key in ("labels", "model_id", "int8", "wearing", "data", "training", "split"):
        for name, value in VALUES.items():
            change = with_value(key, value)
            yield _with(f"{key} of metrics.json is {name}", models.METRICS_FILE, change)
    for name, change in damages(BUILTIN.read_bytes()):
        says = "package" if name != "whole" else ""
        yield _with(f"model.mlpkg {name}", models.PACKAGE_FILE, lambda _, c=change: c, says)


def _settings() -> Iterator[Case]:
    """What the program itself keeps: a damaged file costs what was in it, and nothing else."""
    for name, content in NOT_JSON.items():

        def prepare(place: Path, content: bytes = content) -> None:
            (place / "work" / "label-colours.json").write_bytes(content)

        def run(place: Path) -> str:
            colours = LabelColours(Path("label-colours.json"))
            return colours.colour("walking") + colours.colour("sitting")

        yield Case(f"settings: label-colours.json is {name}", run, prepare=prepare)

        def prepare_ini(place: Path, content: bytes = content) -> None:
            (place / "work" / "studio.ini").write_bytes(content)

        yield Case(f"settings: studio.ini is {name}", _preferences, prepare=prepare_ini)
    for name, value in VALUES.items():
        text = json.dumps(value) if value == value else "nan"

        def prepare_values(place: Path, text: str = text) -> None:
            keys = ("wearer", "placement", "labels", "recordings", "models", "activities", "theme")
            lines = "".join(f"{key}={text}\n" for key in keys)
            (place / "work" / "studio.ini").write_text(f"[General]\n{lines}")

        yield Case(f"settings: preferences are {name}", _preferences, prepare=prepare_values)


def _preferences(place: Path) -> str:
    from PySide6.QtCore import QSettings

    from motionloop.studio.preferences import Preferences

    made = Preferences(QSettings("studio.ini", QSettings.Format.IniFormat))
    read = [
        name
        for name in dir(type(made))
        if isinstance(getattr(type(made), name), property) and getattr(made, name) is not None
    ]
    return "" if read else "no preference is read"


def _splits() -> Iterator[Case]:
    for name, content in NOT_JSON.items():

        def prepare(place: Path, content: bytes = content) -> None:
            prepare_life(place)
            (place / "work/recordings/splits").mkdir()
            (place / "work/recordings/splits/fixed.json").write_bytes(content)

        def run(place: Path) -> str:
            return command("dataset", "recordings")

        yield Case(f"splits: a split is {name}", run, "is no split", prepare=prepare)


def _pickled() -> bytes:
    content = io.BytesIO()
    np.savez(content, arr_0=np.array([print], object))
    return content.getvalue()


CASES = [*_damaged(), *_settings(), *_splits()]
