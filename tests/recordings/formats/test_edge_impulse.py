"""Files of Edge Impulse, of others: units, labels, people, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cbor2
import numpy as np
import pytest

from motionloop.errors import DataFileError
from motionloop.recordings.importing import read_source, recordings_in
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.recording import Recording

CASES = Path(__file__).parents[2] / "cases/data"


def seconds_of(recordings: list[Recording]) -> dict[str, float]:
    """How long each label is, by the samples."""
    found: dict[str, float] = {}
    for recording in recordings:
        for segment in recording.segments:
            first, end = np.searchsorted(recording.t_us, (segment.start_us, segment.end_us))
            found[segment.label] = found.get(segment.label, 0) + (end - first) / recording.rate_hz
    return found


def acquisition(label: str = "wave", **changes: Any) -> dict[str, Any]:
    """The content of a file: a second at 100 Hz of a board that lies still."""
    names = ["accX", "accY", "accZ", "gyrX", "gyrY", "gyrZ"]
    payload = {
        "device_name": "ac:87:a3:0a:2d:1b",
        "device_type": "NANO33BLE",
        "interval_ms": 10,
        "sensors": [{"name": n, "units": "m/s2" if n[0] == "a" else "dps"} for n in names],
        "values": [[0.0, 0.0, 9.80665, 0.0, 0.0, 90.0]] * 100,
    } | changes
    return {
        "protected": {"ver": "v1", "alg": "none", "iat": 1_700_000_000},
        "signature": "",
        "payload": payload,
    }


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def writing(name: str, document: Any) -> Path:
        path = tmp_path / "set" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        as_cbor = name.endswith(".cbor")
        path.write_bytes(cbor2.dumps(document) if as_cbor else json.dumps(document).encode())
        return path

    return writing


def test_an_export_has_the_seconds_of_each_label_in_g_and_rad_per_s() -> None:
    recordings = recordings_in(CASES / "training")
    assert seconds_of(recordings) == {"sitting": 5.0, "walking": 10.0}
    sitting = recordings[0]
    assert sitting.rate_hz == 50
    assert np.linalg.norm(sitting.accel_g, axis=1).mean() == pytest.approx(1.0, abs=0.03)
    raw = json.loads((CASES / "training/walking.0.json").read_bytes())["payload"]["values"]
    walking = next(r for r in recordings if r.name == "walking.0")
    assert np.allclose(np.degrees(walking.gyro_rad_s), np.array(raw)[:, 3:], atol=0.02)
    assert sitting.description.created.startswith("2023-11-14T22:13:20")


def test_cbor_is_read_as_json_is(write: Callable[..., Path]) -> None:
    as_json = recordings_in(write("a/wave.1.json", acquisition()))[0]
    as_cbor = recordings_in(write("b/wave.1.cbor", acquisition()))[0]
    assert np.array_equal(as_json.raw, as_cbor.raw)
    assert as_cbor.labels == ["wave"]


def test_info_labels_says_labels_and_people(write: Callable[..., Path]) -> None:
    write("training/x1.json", acquisition())
    write("testing/x2.json", acquisition())
    write("testing/x3.json", acquisition())
    write("training/rest.4.json", acquisition())
    labels = [
        {"startIndex": 0, "endIndex": 39, "label": "sit"},
        {"startIndex": 40, "endIndex": 99, "label": "stand"},
    ]
    files = [
        ("training/x1.json", {"type": "label", "label": "hop.skip"}, {"subject": "Ada"}),
        ("testing/x2.json", {"type": "multi-label", "labels": labels}, None),
        ("testing/x3.json", {"type": "unlabeled"}, None),
        ("testing/gone.json", {"type": "label", "label": "hop"}, None),
    ]
    entries = [
        {"path": p, "category": p.split("/")[0], "label": label, "metadata": metadata}
        for p, label, metadata in files
    ]
    info = write("info.labels", {"version": 1, "files": entries})
    recordings = {r.name: r for r in recordings_in(info.parent)}
    assert {name: r.labels for name, r in recordings.items()} == {
        "x1": ["hop.skip"],
        "x2": ["sit", "stand"],
        "x3": [],
        "rest.4": ["rest"],
    }
    assert seconds_of([recordings["x2"]]) == {"sit": 0.4, "stand": 0.6}
    assert recordings["x1"].wearer == "Ada"
    (contents,) = read_source(info.parent)
    assert "1 files of info.labels are missing" in contents.takes[0].notes


def test_channels_are_found_by_name_and_others_said(write: Callable[..., Path]) -> None:
    names = [
        "temp",
        "gyrX",
        "gyrY",
        "gyrZ",
        "Accelerometer x",
        "Accelerometer y",
        "Accelerometer z",
    ]
    sensors = [{"name": name, "units": ""} for name in names]
    row = [21.0, 0.0, 0.0, 1.5, 0.0, 0.0, 1.0]
    path = write("rest.json", acquisition(sensors=sensors, values=[row] * 100))
    (found,) = recordings_in(path, ReadOptions(gyro_unit="rad/s"))
    assert found.accel_g[0] == pytest.approx([0, 0, 1], abs=1e-4)
    assert found.gyro_rad_s[0] == pytest.approx([0, 0, 1.5], abs=1e-4)
    assert any("temp" in note for note in found.description.document["imported"]["notes"])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"interval_ms": 0}, "interval_ms is 0"),
        ({"values": [[1.0, 2.0]]}, "sample 0 has 2 values, for 6 sensors"),
        ({"values": [[1.0] * 6, [1.0] * 5]}, "sample 1 has 5 values, for 6 sensors"),
        ({"values": []}, "no samples"),
        ({"interval_ms": "soon"}, "interval_ms is 'soon', which is no number"),
        ({"values": [[None] * 6]}, "no number"),
        ({"sensors": [{"name": "audio", "units": "wav"}], "values": [1, 2]}, "audio"),
    ],
)
def test_what_is_no_motion_is_refused(
    write: Callable[..., Path], changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(DataFileError, match=words):
        recordings_in(write("wave.1.json", acquisition(**changes)))
