"""One short training, looked at from all sides."""

import errno
import json
from dataclasses import replace

import numpy as np
import pytest

from motionloop import _core, safe_files, wire
from motionloop.errors import DiskFullError, PackageError
from motionloop.model import package, wearing
from motionloop.model.inference import Interpreter
from motionloop.splits import split_people
from motionloop.trainer.messages import SMOOTHING, TrainingRequest

pytestmark = pytest.mark.training


@pytest.fixture(scope="module")
def config():
    from motionloop.training.network import ModelConfig
    from motionloop.training.train import TrainConfig

    return TrainConfig(epochs=1, min_steps=80, model=ModelConfig(width=0.5))


@pytest.fixture(scope="module")
def progress():
    """What the training of `fitted` reported."""
    return []


@pytest.fixture(scope="module")
def fitted(windows, config, progress):
    from motionloop.training.fit import fit

    return fit(windows, split_people(windows, ["cleo"]), config, progress.append)


def test_learns_people_it_never_saw(fitted):
    assert fitted.int8.accuracy > 0.9
    assert abs(fitted.int8.accuracy - fitted.base.accuracy) < 0.05
    assert fitted.int8.person_accuracy.keys() == {"cleo"}


def test_same_seed_gives_the_same_bytes_whatever_is_held_out(windows, config, fitted):
    """Repeatable, and blind to the test split: here that is motion of another kind."""
    from motionloop.training.fit import fit

    other = windows.fixed.copy()
    other[fitted.split.test] = 0
    again = fit(replace(windows, fixed=other), fitted.split, config)
    assert again.converted == fitted.converted
    assert again.int8.accuracy < fitted.int8.accuracy


def test_a_model_on_acceleration_alone_never_looks_at_the_gyroscope(windows, config):
    from motionloop.training.fit import fit, package_of

    spec = package.input_spec(50, 64, 32, package.default_channels(package.Axes.ACCEL))
    known = replace(windows, spec=spec)
    fitted = fit(known, split_people(known, ["cleo"]), config)
    assert fitted.int8.accuracy > 0.9
    made = package.unpack_package(package_of(fitted).pack())  # as the board would check it
    assert {channel.axis for channel in made.input.channels} == {0, 1, 2}
    other = known.fixed.copy()
    other[:, :, 3:] = np.random.default_rng(1).integers(-(2**18), 2**18, other[:, :, 3:].shape)
    np.testing.assert_array_equal(known.channels(other), known.channels(known.fixed))


def test_board_takes_the_stripped_model(fitted, windows):
    status, _ = _core.check_tflite(fitted.converted.board, windows.spec.input_bytes, 3)
    assert status == wire.Status.OK
    assert len(fitted.converted.board) < 0.7 * len(fitted.converted.int8)


def test_stripped_model_computes_the_same(fitted, windows):
    inputs = windows.channels(windows.fixed)
    full, stripped = Interpreter(fitted.converted.int8), Interpreter(fitted.converted.board)
    np.testing.assert_array_equal(full.invoke_many(inputs), stripped.invoke_many(inputs))


def test_calibration_on_weak_motion_keeps_the_input_scale(fitted, windows):
    """The scale must not follow the windows: the board's windower has a fixed one."""
    from motionloop.training.convert import convert

    weak = (windows.channels(windows.fixed[:5]) // 8).astype(np.int8)
    interpreter = Interpreter(convert(fitted.trained.model, weak).board)
    assert (interpreter.input_scale, interpreter.input_zero_point) == (2**-5, 0)


def test_package_carries_golden_windows_of_each_label(fitted):
    from motionloop.training.fit import package_of as make_package

    made = package.unpack_package(make_package(fitted, smoothing=0.5, version_counter=7).pack())
    assert made.labels == ("jog", "rest", "walk")
    assert (made.smoothing, made.version_counter) == (0.5, 7)
    outputs = Interpreter(made.tflite).invoke_many(made.golden_inputs)
    np.testing.assert_array_equal(outputs, made.golden_outputs)
    assert len(np.unique(outputs, axis=0)) > 1


def test_without_a_wish_a_package_smooths_as_a_request_does(fitted):
    from motionloop.training.fit import package_of as make_package

    assert make_package(fitted).smoothing == TrainingRequest((), "", "").smoothing == SMOOTHING


def test_folder_holds_package_metrics_and_report(fitted, tmp_path):
    from motionloop.training import report
    from motionloop.training.fit import package_of as make_package

    packed = make_package(fitted).pack()
    metrics = report.metrics(fitted, "<walks>", packed)
    saved = report.save(tmp_path / "model", fitted, packed, metrics)
    assert package.load_package(tmp_path / "model") == saved.read_bytes() == packed
    read = json.loads((tmp_path / "model" / report.METRICS_FILE).read_text())
    assert read["int8"]["runtime"] == "TFLM"
    assert read["split"]["held_out"] == ["cleo"]
    assert read["split"]["windows_train_test"] == {n: [80, 40] for n in ("jog", "rest", "walk")}
    assert wearing.find_wearing(tmp_path, package.model_id(packed)).directions.keys() == {
        "jog",
        "walk",
    }
    assert read["size"]["tflite_bytes"] == len(fitted.converted.board)
    page = (tmp_path / "model" / report.REPORT_FILE).read_text()
    assert "Synthetic motion" in page
    assert "held out by person: cleo" in page
    assert "<walks>" not in page


def test_model_on_a_full_disk_is_a_typed_error(fitted, tmp_path, monkeypatch):
    from motionloop.training import report
    from motionloop.training.fit import package_of as make_package

    def full(file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(safe_files.os, "fsync", full)
    packed = make_package(fitted).pack()
    with pytest.raises(DiskFullError, match="not saved"):
        report.save(tmp_path, fitted, packed, report.metrics(fitted, "full", packed))


def test_other_input_scale_is_refused(fitted, windows, monkeypatch):
    from motionloop.training import convert

    monkeypatch.setattr(convert, "_SCALE", 2.0**-4)
    monkeypatch.setattr(
        convert, "_representative", lambda w: w[:, np.newaxis].astype(np.float32) / 64
    )
    with pytest.raises(PackageError, match="input scale"):
        convert.convert(fitted.trained.model, windows.channels(windows.fixed))


def test_progress_counts_up_in_each_stage(fitted, progress):
    assert list(dict.fromkeys(p.stage for p in progress)) == ["train", "convert", "evaluate"]
    for stage in ("train", "convert", "evaluate"):
        steps = [p for p in progress if p.stage == stage]
        assert [p.done for p in steps] == list(range(steps[0].total + 1))
        assert steps[-1].remaining_s == 0


def test_a_request_trains_the_default_network_unless_it_says_otherwise():
    """Once the stem's stride went where the number of blocks belongs."""
    from motionloop.training.network import ModelConfig
    from motionloop.training.pipeline import config_of

    assert config_of(TrainingRequest((), "", "")).model == ModelConfig()
    asked = TrainingRequest((), "", "", architecture="cnn", width=0.5, stem_stride=4)
    assert config_of(asked).model == ModelConfig("cnn", width=0.5, stem_stride=4)
