"""The variants of a small trained model: what is measured of them, and what stays beside it."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from benchmarks.hostile.damage import with_value
from motionloop.cli import main
from motionloop.errors import DataFileError, DatasetError, TrainingDataError
from motionloop.model import package
from motionloop.model.folder import stored_models, stored_variants
from motionloop.model.inference import Interpreter, arena_bytes
from motionloop.model.model_card import write_tflite
from motionloop.recordings.content_hash import content_hash
from motionloop.recordings.named_split import NamedSplit, splits_folder
from motionloop.recordings.sources import read_recordings
from motionloop.trainer.messages import TrainingRequest, VariantsRequest

pytestmark = [
    pytest.mark.training,
    # The optimization toolkit compares TensorFlow's version in an outdated way.
    pytest.mark.filterwarnings("ignore:distutils Version classes:DeprecationWarning"),
]


@pytest.fixture(scope="module")
def model(
    data_file: Path, split_of_one: NamedSplit, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A model's folder, trained in a second, and tested as a named split says."""
    from motionloop.training.pipeline import train_recordings
    from motionloop.training.train import PRESETS, TrainConfig

    folder = tmp_path_factory.mktemp("models") / "walks"
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(PRESETS, "quick", TrainConfig(epochs=4, min_steps=40))
        request = TrainingRequest(
            (str(data_file),),
            str(folder),
            "walks",
            width=0.5,
            smoothing=0.25,
            named_split=split_of_one.name,
        )
        train_recordings(request)
    return folder


@pytest.fixture(scope="module")
def told():
    """The progress and the variants that `made` reported."""
    return [], []


@pytest.fixture(scope="module")
def made(model, told):
    """Its variants by name, of the method that needs no toolkit, which takes its time."""
    from motionloop.training.variants.compare_model import compare_model

    request = VariantsRequest(str(model), methods=("structurally pruned",))
    result = compare_model(request, told[0].append, told[1].append)
    return {variant.name: variant for variant in result.variants}


def test_the_base_is_the_model_itself(model, made):
    metrics = json.loads((model / "metrics.json").read_text())
    assert made["base, int8"].accuracy == metrics["int8"]["accuracy"]
    assert made["base, float32"].accuracy == metrics["base"]["accuracy"]
    assert made["base, int8"].bytes == metrics["size"]["tflite_bytes"]
    assert round(made["base, int8"].macs / 1000, 1) == metrics["size"]["kmac"]
    assert made["base, float32"].full_bytes == (model / "base.tflite").stat().st_size
    assert not made["base, float32"].fits


def test_fewer_channels_mean_fewer_bytes_less_arena_and_work(made):
    whole, pruned = made["base, int8"], made["structurally pruned, int8"]
    assert pruned.macs <= whole.macs / 2
    for figure in ("bytes", "full_bytes", "gzip", "arena", "latency_ms_estimate"):
        assert getattr(pruned, figure) < getattr(whole, figure)
    assert pruned.accuracy > 0.9
    assert pruned.fits


def test_each_variant_lies_beside_the_model_and_can_be_pushed(model, made):
    for variant in made.values():
        tflite = (model / variant.file).read_bytes()
        assert len(tflite) == variant.full_bytes
        if variant.package is None:
            continue
        unpacked = package.unpack_package(package.load_package(model / variant.package))
        assert unpacked.labels == ("rest", "walk")
        assert len(unpacked.tflite) == variant.bytes
        assert arena_bytes(unpacked.tflite) == variant.arena
        np.testing.assert_array_equal(
            Interpreter(tflite).invoke_many(unpacked.golden_inputs), unpacked.golden_outputs
        )


def test_the_model_and_its_variants_smooth_as_asked(model, made):
    metrics = json.loads((model / "metrics.json").read_text())
    assert metrics["smoothing"] == metrics["request"]["smoothing"] == 0.25
    assert "the newest window counts 25.0 % of the answer" in (model / "report.html").read_text()
    variants = [model / variant.package for variant in made.values() if variant.package]
    for path in (model, *variants):
        assert package.unpack_package(package.load_package(path)).smoothing == 0.25


def test_the_model_and_its_variants_are_tested_as_the_named_split_says(model, split_of_one, made):
    metrics = json.loads((model / "metrics.json").read_text())
    split = metrics["split"]
    assert (split["kind"], split["name"], split["held_out"]) == (
        "person",
        "second",
        ["walks subject 1"],
    )
    assert not any("split" in finding for finding in metrics["data"]["findings"])
    assert list(metrics["int8"]["person_accuracy"]) == ["walks subject 1"]
    assert "split &#x27;second&#x27;, held out by person" in (model / "report.html").read_text()


def test_the_model_names_the_data_that_it_was_trained_on(model, data_file):
    metrics = json.loads((model / "metrics.json").read_text())
    expected = content_hash(read_recordings(data_file))
    assert metrics["data"]["sha256"] == expected
    assert expected in (model / "report.html").read_text()
    write_tflite((model / "model.mlpkg").read_bytes(), "walks", model, model / "card")
    assert expected in (model / "card/README.md").read_text()


def test_the_window_finds_all_that_it_shows(model, made, told):
    columns = pytest.importorskip("motionloop.studio.results.variants_table").columns()
    stored = stored_variants(model)
    assert [variant["name"] for variant in stored] == list(made) == [v.name for v in told[1]]
    assert all(column[0] in variant for variant in stored for column in columns)
    assert [found.path for found in stored_models(model.parent)] == [model]


def test_progress_names_the_method(told, made):
    assert told[0][0].stage == "windows"
    assert (told[0][-1].stage, told[0][-1].done) == ("structurally pruned", told[0][-1].total)


def test_other_recordings_than_the_models_are_refused(model, data_file, split_of_one, tmp_path):
    from motionloop.training.variants.compare_model import compare_model

    with np.load(data_file) as arrays:
        shorter = dict(arrays.items())
    keep = np.arange(len(shorter["y"])) % 3200 < 2400
    for name in ("X", "y", "subject", "session"):
        shorter[name] = shorter[name][keep]
    path = tmp_path / data_file.name
    np.savez(path, **shorter)
    with pytest.raises(DatasetError, match="no split 'second'"):
        compare_model(VariantsRequest(str(model), (str(path),)), lambda _: None, lambda _: None)
    split_of_one.save(splits_folder(path))
    with pytest.raises(TrainingDataError, match="have changed since"):
        compare_model(VariantsRequest(str(model), (str(path),)), lambda _: None, lambda _: None)


def test_the_command_shows_them_and_what_to_push(model, made, tmp_path, capsys):
    copy = shutil.copytree(model, tmp_path / "copy")
    main(["variants", str(copy), "--only", "base"])
    assert stored_variants(copy) == stored_variants(model)[:2]
    shown = capsys.readouterr().out
    assert made["base, int8"].why.split(":")[0] in shown
    assert f"motionloop push '{copy / made['base, int8'].package}'" in shown


def test_a_method_that_there_is_not_is_answered_with_those_that_there_are(model):
    from motionloop.training.variants.compare_model import compare_model

    with pytest.raises(TrainingDataError, match=r"no variant best: choose .*clustered"):
        compare_model(
            VariantsRequest(str(model), methods=("best",)), lambda _: None, lambda _: None
        )


@pytest.mark.parametrize("gone", ["base.npz", "metrics.json"])
def test_a_folder_without_what_is_needed_is_said(model, gone, tmp_path):
    from motionloop.training.variants.compare_model import compare_model

    copy = shutil.copytree(model, tmp_path / "copy")
    (copy / gone).unlink()
    with pytest.raises(DataFileError, match="Train one again"):
        compare_model(VariantsRequest(str(copy)), lambda _: None, lambda _: None)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("request", []),
        ("request.where", 5),
        ("request.recordings", None),
        ("request.named_split", ["second"]),
        ("request.axes", "none"),
        ("request.window", 10**6),
        ("labels", None),
        ("data.sessions", [[]]),
        ("split", []),
        ("split.kind", "luck"),
        ("split.held_out", None),
        ("split.windows_train_test", 3),
        ("training", []),
        ("training.steps", 0),
        ("training.batch", 0),
        ("training.learning_rate", float("nan")),
        ("training.model", None),
        ("training.model.width", 10**400),
        ("training.model.width", 1e6),  # would fill the memory
        ("training.augment", []),
        ("training.augment.noise_low", -1),
    ],
)
def test_metrics_with_another_value_are_said_too(model, path, value, tmp_path):
    from motionloop.training.variants.compare_model import compare_model

    shutil.copy(model / "base.npz", tmp_path)
    changed = with_value(path, value)((model / "metrics.json").read_bytes())
    (tmp_path / "metrics.json").write_bytes(changed)
    with pytest.raises(DataFileError, match="Train one again"):
        compare_model(VariantsRequest(str(tmp_path)), lambda _: None, lambda _: None)
