"""A model for other programs: the plain network with its card, and what is refused."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import numpy as np
import pytest

from motionloop.cli import main
from motionloop.errors import PackageError, RecordingError
from motionloop.model.exporting import ModelFormat, export_model
from motionloop.model.inference import Network
from motionloop.model.package import load_package, unpack_package
from tests.firmware.build import BUILT_IN, ROOT

WALKS = ROOT / "tests/compatibility/a9d3fac/models/walks"


def test_the_plain_network_computes_as_the_package_does(tmp_path: Path) -> None:
    files = export_model(BUILT_IN, ModelFormat.TFLITE, tmp_path / "out")
    assert [file.name for file in files] == ["README.md", "builtin.tflite"]
    package = unpack_package(BUILT_IN.read_bytes())
    network = Network(files[1].read_bytes())
    for window, wanted in zip(package.golden_inputs, package.golden_outputs, strict=True):
        assert np.array_equal(network.run(window)[0].ravel(), wanted)


def test_the_card_says_what_the_model_was_made_of(tmp_path: Path) -> None:
    export_model(WALKS, ModelFormat.TFLITE, tmp_path / "out")
    card = (tmp_path / "out/README.md").read_text()
    assert card.startswith("# walks\n\nRecognises rest, walk")
    assert "Windows of 64 points at 50 Hz (1.28 s), one every 32 points" in card
    assert "| 6 | ax | 0.5 asinh(40 x), x in g, less its mean in the window |" in card
    assert "3 sessions of 3 people" in card
    assert "int8 accuracy 100.0% under TFLM on 32 windows" in card
    assert "held out by person: walks subject 0" in card
    assert "| walk | 32 | 16 | 100.0% |" in card
    network = (tmp_path / "out/walks.tflite").read_bytes()
    assert hashlib.sha256(network).hexdigest() in card


def test_a_model_that_is_named_from_here_is_known_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_model(WALKS, ModelFormat.TFLITE, tmp_path / "whole")
    for here, path in ((WALKS.parent, "walks"), (WALKS, "."), (WALKS, "model.mlpkg")):
        monkeypatch.chdir(here)
        to = tmp_path / f"out{len(list(tmp_path.iterdir()))}"
        export_model(Path(path), ModelFormat.TFLITE, to)
        for file in (tmp_path / "whole").iterdir():
            assert (to / file.name).read_bytes() == file.read_bytes()


@pytest.mark.parametrize("kind", ["another model's", "cut off", "empty", "text", "folder"])
def test_a_network_beside_it_that_is_not_the_models_is_not_exported(
    tmp_path: Path, kind: str
) -> None:
    model = shutil.copytree(WALKS, tmp_path / "walks")
    other = (ROOT / "tests/golden/int8.tflite").read_bytes()
    if kind == "folder":
        (model / "int8.tflite").mkdir()
    else:
        contents = {"another model's": other, "cut off": other[:999], "empty": b"", "text": b"no"}
        (model / "int8.tflite").write_bytes(contents[kind])
    export_model(model, ModelFormat.TFLITE, tmp_path / "out")
    network = unpack_package(load_package(model)).tflite
    assert (tmp_path / "out/walks.tflite").read_bytes() == network


def test_a_network_without_its_package_leads_to_the_folder(tmp_path: Path) -> None:
    model = tmp_path / "walks"
    model.mkdir()
    (model / "int8.tflite").write_bytes((ROOT / "tests/golden/int8.tflite").read_bytes())
    with pytest.raises(PackageError, match=r"network alone.*a folder that `motionloop train`"):
        load_package(model / "int8.tflite")
    (model / "model.mlpkg").write_bytes(BUILT_IN.read_bytes())
    with pytest.raises(PackageError, match=f"give the model's folder, {model}"):
        load_package(model / "int8.tflite")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    with pytest.raises(RecordingError, match=r"README\.md exists already"):
        export_model(BUILT_IN, ModelFormat.TFLITE, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


def test_one_model_at_a_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["export", str(BUILT_IN), str(WALKS), "--format", "c", "--to", str(tmp_path / "out")])
    assert "of one model" in capsys.readouterr().err
    main(["export", str(WALKS), "--format", "c", "--to", str(tmp_path / "out")])
    assert (tmp_path / "out/src/motionloop.h").is_file()
