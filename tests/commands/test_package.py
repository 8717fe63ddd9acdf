"""`motionloop package`: what it says of a whole package, and of one that is not."""

from __future__ import annotations

import json
import shutil
import zlib
from pathlib import Path
from typing import Any

import pytest

from motionloop.cli import main
from motionloop.model.folder import PACKAGE_FILE

GOLDEN = Path(__file__).parents[1] / "golden" / PACKAGE_FILE


def as_json(capsys: pytest.CaptureFixture[str], path: Path) -> dict[str, Any]:
    main(["package", str(path), "--json"])
    contents: dict[str, Any] = json.loads(capsys.readouterr().out)
    return contents


def refused(capsys: pytest.CaptureFixture[str], path: Path) -> str:
    """The error in words; the test fails on a traceback, and on output for machines."""
    with pytest.raises(SystemExit) as ended:
        main(["package", str(path), "--json"])
    assert ended.value.code == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    return " ".join(said.err.split())


def test_a_person_sees_every_part(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    main(["package", str(GOLDEN)])
    words = " ".join(capsys.readouterr().out.split())
    contents = as_json(capsys, GOLDEN)
    for part in (
        "still, slow, fast",
        "32 points at 50 Hz (0.64 s)",
        "16 points (0.32 s)",
        "3: gx in rad/s, times 0.5, up to 7.9375",
        "6: ax in g, less its mean, table 0, up to",
        "the newest window counts 0.5",
        "an embedding of 12, in 32 rows",
        "DEPTHWISE_CONV_2D",
        "1 x 1 x 8 x 12",
        contents["crc32"],
        contents["sha256"],
        contents["model_id"],
    ):
        assert part in words
    for part in contents["parts"]:
        assert f"{part['name']} │ {part['offset']} │ {part['bytes']}" in words.replace("  ", " ")


def test_a_models_folder_stands_for_its_package(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shutil.copy(GOLDEN, tmp_path)
    of_folder, of_file = as_json(capsys, tmp_path), as_json(capsys, GOLDEN)
    assert of_folder.pop("file") == str(tmp_path / PACKAGE_FILE)
    assert of_file.pop("file") == str(GOLDEN)
    assert of_folder == of_file


@pytest.mark.parametrize("length", [0, 1, 100, 139, 140, 4000, -1])
def test_a_truncated_package_is_refused_in_words(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, length: int
) -> None:
    file = tmp_path / "cut.mlpkg"
    file.write_bytes(GOLDEN.read_bytes()[:length])
    assert f"{file} is not a usable model package: BAD_PACKAGE" in refused(capsys, file)


def test_what_is_no_package_is_refused_in_words(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert "No model package at" in refused(capsys, tmp_path)
    assert "No model package at" in refused(capsys, tmp_path / "none")
    assert "is not a usable model package" in refused(capsys, Path(__file__))


def test_labels_that_are_no_text_are_refused_in_words(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    data = bytearray(GOLDEN.read_bytes())
    data[140] = 0xFF
    data[12:16] = zlib.crc32(data[16:]).to_bytes(4, "little")
    file = tmp_path / "bytes.mlpkg"
    file.write_bytes(data)
    assert "labels are not UTF-8 text" in refused(capsys, file)
