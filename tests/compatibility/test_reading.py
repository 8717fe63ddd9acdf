"""Files and messages that an earlier commit made are still read, and read as that commit read them.

Each folder here holds what one commit made; its README.md says what, and how.
"""

from __future__ import annotations

import copy
import gzip
import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from motionloop import _core, errors, wire
from motionloop.board.client import BoardClient
from motionloop.board.link import RadioChoice, find_board
from motionloop.model import package, wearing
from motionloop.model.folder import metrics_of, stored_models, stored_variants
from motionloop.model.inference import Interpreter
from motionloop.recordings import sources
from motionloop.recordings.recording import Recording
from motionloop.recordings.writer import recover
from motionloop.trainer import client, messages
from motionloop.trainer.client import Trainer
from motionloop.trainer.messages import (
    EvaluationRequest,
    TrainingFailedError,
    TrainingRequest,
    TuneRequest,
    VariantsRequest,
)

MADE = Path(__file__).parent / "a9d3fac"
DATA = "walks.npz"
EXPECTED = json.loads((MADE / "expected.json").read_text())
ARRAYS = np.load(MADE / "expected.npz")
MODEL_ID = bytes.fromhex(EXPECTED["package"]["model_id"])

REQUESTS = [json.loads(line) for line in (MADE / "requests.jsonl").read_text().splitlines()]
EVENTS = [json.loads(line) for line in (MADE / "events.jsonl").read_text().splitlines()]
TRAINING = TrainingRequest(
    (DATA,), "models/walks", "walks", window=64, hop=32, smoothing=0.5, width=0.25
)


def plain(values: Iterable[Any]) -> list[dict[str, Any]]:
    return [vars(value) for value in values]


def assert_holds(read: Any, written: Any) -> None:
    """That all of `written` was read. What was not known then may be there too."""
    if isinstance(written, dict):
        for key, value in written.items():
            assert_holds(read[key], value)
    elif isinstance(written, list):
        for part, value in zip(read, written, strict=True):
            assert_holds(part, value)
    else:
        assert json.loads(json.dumps(read)) == written


# --- recordings ---------------------------------------------------------------------------
def test_a_recording() -> None:
    recording = Recording.open(MADE / "recordings/stairs")
    expected = EXPECTED["recording"]
    board = expected["board"]
    description = recording.description
    assert (recording.name, recording.wearer) == (expected["name"], expected["wearer"])
    assert (description.placement, description.created) == (
        expected["placement"],
        expected["created"],
    )
    assert (recording.board.name, recording.board.address) == (board["name"], board["address"])
    assert (recording.board.imu, recording.board.boot_id) == (board["imu"], board["boot_id"])
    assert recording.board.firmware == board["firmware"]
    assert recording.synthetic is board["synthetic"]
    assert recording.rate_hz == board["rate_hz"]
    assert plain(recording.segments) == expected["segments"]
    assert plain(recording.used_segments) == expected["used_segments"]
    assert plain(recording.gaps) == expected["gaps"]
    assert vars(recording.trim) == expected["trim"]
    assert vars(description.video) == expected["video"]
    assert vars(recording.quality) == expected["quality"]
    assert list(recording.problems) == expected["problems"] == []
    for name in ("seq", "t_us", "raw", "accel_g", "gyro_rad_s"):
        np.testing.assert_array_equal(getattr(recording, name), ARRAYS[name])


def test_a_recordings_other_keys_stay_when_it_is_changed(tmp_path: Path) -> None:
    folder = shutil.copytree(MADE / "recordings/stairs", tmp_path / "stairs")
    recording = Recording.open(folder)
    recording.set_segments(recording.segments[:1])
    before = json.loads((MADE / "recordings/stairs/recording.json").read_text())
    after = json.loads((folder / "recording.json").read_text())
    assert after == {**before, "segments": before["segments"][:1]}
    assert json.loads((folder / "recording.json.bak").read_text()) == before


def test_a_backup_is_a_recordings_description_too(tmp_path: Path) -> None:
    folder = shutil.copytree(MADE / "recordings/stairs", tmp_path / "stairs")
    shutil.copy(folder / "recording.json.bak", folder / "recording.json")
    recording = Recording.open(folder)
    assert plain(recording.segments) == EXPECTED["recording"]["segments"]
    assert recording.description.video is None  # what the last change added


def test_a_recording_that_was_cut_off(tmp_path: Path) -> None:
    folder = shutil.copytree(MADE / "recordings/cut-off", tmp_path / "cut-off")
    cut = Recording.open(folder)
    assert plain(cut.segments) == EXPECTED["cut_off"]["segments"]
    # The facts; what to do about them may be said in other words.
    facts = [problem.partition(":")[0] for problem in cut.problems]
    assert facts == [problem.partition(":")[0] for problem in EXPECTED["cut_off"]["problems"]]
    np.testing.assert_array_equal(cut.seq, ARRAYS["cut_seq"])
    whole = recover(folder)
    assert whole.description.closed
    np.testing.assert_array_equal(whole.seq, ARRAYS["cut_seq"])


def test_a_data_file() -> None:
    found = sources.read_recordings(MADE / DATA)
    shown = [[r.name, r.wearer, plain(r.segments)] for r in found]
    assert shown == EXPECTED["data_file"]
    np.testing.assert_array_equal(
        np.concatenate([recording.raw[::10] for recording in found]), ARRAYS["data_raw"]
    )


# --- models -------------------------------------------------------------------------------
def test_a_package() -> None:
    packed = package.load_package(MADE / "models/walks")
    made, expected = package.unpack_package(packed), EXPECTED["package"]
    assert made.pack() == packed
    assert list(made.labels) == expected["labels"]
    assert made.input.rate_mhz == expected["rate_mhz"]
    assert (made.input.window, made.input.hop) == (expected["window"], expected["hop"])
    assert plain(made.input.channels) == expected["channels"]
    assert made.input == package.input_spec(rate_hz=50, window=64, hop=32)
    assert (made.smoothing, made.version_counter) == (0.5, expected["version_counter"])
    assert len(made.tflite) == expected["tflite_bytes"]
    assert package.model_id(packed) == MODEL_ID
    np.testing.assert_array_equal(made.golden_inputs, ARRAYS["golden_inputs"])
    np.testing.assert_array_equal(made.golden_outputs, ARRAYS["golden_outputs"])
    rejection = made.rejection
    assert rejection is not None
    assert rejection.threshold == expected["threshold"]
    np.testing.assert_array_equal(rejection.means, ARRAYS["rejection_means"])
    np.testing.assert_array_equal(rejection.shifts, ARRAYS["rejection_shifts"])
    np.testing.assert_array_equal(rejection.weights, ARRAYS["rejection_weights"])
    interpreter = Interpreter(made.tflite)
    np.testing.assert_array_equal(
        interpreter.invoke_many(made.golden_inputs), ARRAYS["golden_outputs"]
    )


def test_a_models_folder() -> None:
    (model,) = stored_models(MADE / "models")
    assert (model.words, model.labels) == ("walks  100.0%", "rest, walk")
    (metrics,) = metrics_of(MADE / "models", MODEL_ID)
    assert metrics == model.metrics
    worn = wearing.find_wearing(MADE / "models", MODEL_ID)
    assert worn is not None
    assert {label: list(axis) for label, axis in worn.directions.items()} == EXPECTED["wearing"]


def test_a_models_variants() -> None:
    variants = stored_variants(MADE / "models/walks")
    names = ["base, float32", "base, int8", "pruned, float32", "pruned, int8"]
    assert [variant["name"] for variant in variants] == names
    for variant in variants:
        assert_holds(asdict(messages.Variant(**variant)), variant)
    pushed = package.load_package(MADE / "models/walks" / variants[-1]["package"])
    assert package.unpack_package(pushed).labels == ("rest", "walk")


@pytest.mark.virtual_time
async def test_the_flash_of_a_board_that_two_models_were_pushed_to(
    boards: Any, package: bytes, tmp_path: Path
) -> None:
    """`package`, the golden one, was the first of them."""
    flash = tmp_path / "board.flash"
    flash.write_bytes(gzip.decompress((MADE / "board.flash.gz").read_bytes()))
    board = await boards.start(flash=flash)
    async with BoardClient(await find_board(board.address, 10.0, RadioChoice.VIRTUAL)) as connected:
        assert connected.info.model_id == MODEL_ID
        assert await connected.labels() == ("rest", "walk")
        assert await connected.read_package() == (MADE / "models/walks/model.mlpkg").read_bytes()
        assert await connected.rollback() == wire.PackageHeader.unpack(package).model_id


@pytest.mark.training
def test_a_backbone() -> None:
    from motionloop.training import backbone

    loaded = backbone.load(MADE / "backbone")
    expected = EXPECTED["backbone"]
    assert asdict(loaded.config) == expected["model"]
    assert (loaded.spec.window, len(loaded.spec.channels)) == (
        expected["window"],
        expected["channels"],
    )
    for i, weights in enumerate(loaded.weights):
        np.testing.assert_array_equal(weights, ARRAYS[f"backbone_{i}"])
    assert f"backbone_{len(loaded.weights)}" not in ARRAYS.files


@pytest.mark.training
@pytest.mark.filterwarnings("ignore:distutils Version classes:DeprecationWarning")
def test_variants_are_made_of_a_model(tmp_path: Path) -> None:
    """Its float weights, settings and split are read, and its data file again."""
    from motionloop.training.variants.compare_model import compare_model

    folder = shutil.copytree(MADE / "models/walks", tmp_path / "walks")
    before = stored_variants(folder)[:2]
    request = VariantsRequest(str(folder), (str(MADE / DATA),), methods=())
    made = compare_model(request, lambda _: None, lambda _: None)
    exact = ("name", "bytes", "macs", "accuracy", "fits")
    assert [[asdict(variant)[key] for key in exact] for variant in made.variants] == [
        [variant[key] for key in exact] for variant in before
    ]


@pytest.mark.training
def test_a_search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from motionloop.training.tuning.tune import tune

    shutil.copy(MADE / DATA, tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "study").mkdir()
    content = gzip.decompress((MADE / "study.db.gz").read_bytes())
    (tmp_path / "study/study.db").write_bytes(content)
    request = TuneRequest(replace(TRAINING, split="person"), "study", "walks", trials=0)
    found = tune(request, lambda _: None, lambda _: None)
    (said,) = [event for event in EVENTS if "front" in event]
    assert (found.trials, found.pruned) == (said["trials"], said["pruned"]) == (2, 0)
    assert_holds([asdict(trial) for trial in found.front], said["front"])


# --- messages -----------------------------------------------------------------------------
def test_every_request() -> None:
    readers = {"variants": VariantsRequest, "evaluate": EvaluationRequest, "tune": TuneRequest}
    read = []
    for request in REQUESTS:
        document = copy.deepcopy(request)
        task = document.pop("task")
        made = readers.get(task, TrainingRequest).from_json(document)
        read.append(made)
        assert_holds({"task": task, **asdict(made)}, request)
    assert read[0] == TRAINING
    assert {request["task"] for request in REQUESTS} == {
        "train", "variants", "pretrain", "evaluate", "tune",
    }  # fmt: skip


async def ask(trainer: Trainer, request: dict[str, Any]) -> list[Any]:
    """All answers to the request, an error as the last one."""
    document = copy.deepcopy(request)
    task = document.pop("task")
    asking = {
        "train": (trainer.train, TrainingRequest),
        "pretrain": (trainer.pretrain, TrainingRequest),
        "evaluate": (trainer.evaluate, EvaluationRequest),
        "variants": (trainer.variants, VariantsRequest),
        "tune": (trainer.tune, TuneRequest),
    }
    begin, kind = asking[task]
    answers: list[Any] = []
    try:
        async for answer in begin(kind.from_json(document)):
            answers.append(answer)
    except errors.MotionLoopError as error:
        answers.append(error)
    return answers


async def test_every_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The trainer's client hears all of them, from a process that says what was said then."""
    monkeypatch.setattr(client, "WORKER", "tests.compatibility.repeats_answers")
    answers = []
    async with Trainer() as trainer:
        for request in REQUESTS:
            answers += await ask(trainer, request)
    asked = [event for event in EVENTS[1:] if event["event"] != "error"]
    heard = [answer for answer in answers if not isinstance(answer, errors.MotionLoopError)]
    for event, answer in zip(asked, heard, strict=True):
        assert_holds({"event": event["event"], **asdict(answer)}, event)
    kinds = {"Progress", "TrainingResult", "Variant", "VariantsResult", "PretrainResult",
             "EvaluationResult", "Trial", "TuneResult"}  # fmt: skip
    assert {type(answer).__name__ for answer in heard} == kinds


@pytest.mark.parametrize("event", [event for event in EVENTS if event["event"] == "error"])
def test_every_error(event: dict[str, Any]) -> None:
    error = messages.error_from(event)
    expected = event["type"] if event["type"] != "MotionLoopError" else TrainingFailedError.__name__
    assert type(error).__name__ == expected
    assert str(error) == event["message"]
    if isinstance(error, errors.RecordingError):
        assert str(error.path) == event["path"]
    assert messages.error_event(error) == event


def test_the_core_takes_the_package() -> None:
    data = (MADE / "models/walks/model.mlpkg").read_bytes()
    assert _core.check_package(data) == (wire.Status.OK, 0)
