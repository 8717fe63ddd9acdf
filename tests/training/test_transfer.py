"""Backbones: kept whole, fitted to other people, and compared with starting over."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.hostile.damage import with_value
from motionloop.commands.train import transfer_verdict
from motionloop.errors import DataFileError, TrainingDataError
from motionloop.model.package import input_spec, load_package, unpack_package
from motionloop.splits import Split, SplitKind, split_people
from motionloop.trainer.messages import TrainingRequest

pytestmark = pytest.mark.training


@pytest.fixture(scope="module")
def config():
    from motionloop.training.network import ModelConfig
    from motionloop.training.train import TrainConfig

    return TrainConfig(epochs=1, min_steps=80, model=ModelConfig(width=0.5))


@pytest.fixture(scope="module")
def pretrained(windows, config):
    """A network of ada's and ben's motion."""
    from motionloop.training.train import train

    return train(windows, split_people(windows, ["cleo"]), config)


@pytest.fixture(scope="module")
def backbone(windows, pretrained):
    from motionloop.training.backbone import of_model

    return of_model(pretrained.model, pretrained.config.model, windows.spec, {"people": 2})


def test_a_saved_backbone_gives_the_embeddings_of_its_network(
    windows, pretrained, backbone, tmp_path
):
    from motionloop.training import backbone as backbones

    backbones.save(backbone, tmp_path)
    read = backbones.load(tmp_path)
    assert read.figures == {"people": 2}
    assert read.sees_windows_of(replace(windows.spec, hop=5))
    assert not read.sees_windows_of(input_spec(50, 32, 16))
    other = read.with_head(classes=5, seed=9)
    assert other.output_shape == (None, 5)

    import tensorflow as tf

    inputs = windows.channels(windows.fixed)[::10, np.newaxis] / np.float32(32)
    first, second = (
        tf.keras.Model(m.inputs, m.get_layer("embedding").output)(inputs).numpy()
        for m in (pretrained.model, other)
    )
    np.testing.assert_allclose(first, second, rtol=1e-5, atol=1e-6)


def test_from_a_backbone_a_few_windows_and_steps_are_enough(windows, backbone, config):
    """Eight windows of cleo's of each label: too little to begin from nothing with."""
    from motionloop.training.fit import fit

    cleo = np.flatnonzero(windows.person == "cleo")
    few = np.concatenate([cleo[windows.label[cleo] == label][:8] for label in range(3)])
    split = Split(SplitKind.BLOCK, few, np.setdiff1d(cleo, few), (), "cleo")
    short = replace(config, min_steps=16)
    told = []
    tuned = fit(windows, split, short, told.append, backbone)
    assert tuned.trained.steps <= 20
    assert tuned.int8.accuracy > 0.95
    assert tuned.int8.accuracy > fit(windows, split, short).int8.accuracy
    stages = ["head", "train", "convert", "evaluate"]
    assert list(dict.fromkeys(now.stage for now in told)) == stages


def test_the_head_is_trained_alone_first(windows, backbone, config, monkeypatch):
    """While it is, not a weight of the backbone moves; afterwards they do."""
    from motionloop.training import transfer

    moved = []

    def watched(*arguments):
        model = arguments[-1]
        before = [w.copy() for w in model.get_weights()]
        trained = train(*arguments)
        after = model.get_weights()
        moved.append([not np.array_equal(a, b) for a, b in zip(before, after, strict=True)])
        return trained

    train = transfer.train
    monkeypatch.setattr(transfer, "train", watched)
    split = split_people(windows, ["cleo"])
    transfer.fine_tune(windows, split, replace(config, min_steps=8), backbone)
    head, rest = moved
    assert head == [False] * (len(head) - 2) + [True, True]  # kernel and bias of the head
    assert all(rest)


def test_windows_that_the_backbone_never_saw_are_refused(windows, backbone, config):
    from motionloop.training.transfer import fine_tune

    other = replace(windows, spec=replace(windows.spec, rate_mhz=40_000))
    with pytest.raises(TrainingDataError, match="--window 64 --rate-hz 50"):
        fine_tune(other, split_people(other, ["cleo"]), config, backbone)


@pytest.mark.parametrize("damage", ["missing", "cut", "other weights", "future"])
def test_what_is_no_backbone_is_said_and_how_to_make_one(backbone, tmp_path, damage):
    from motionloop.training import backbone as backbones

    if damage != "missing":
        backbones.save(backbone, tmp_path)
        weights, description = tmp_path / "backbone.npz", tmp_path / "backbone.json"
        if damage == "cut":
            weights.write_bytes(weights.read_bytes()[:500])
        else:
            content = json.loads(description.read_text())
            if damage == "future":
                content["format"] = 2
            else:
                content["model"]["width"] = 2.0
            description.write_text(json.dumps(content))
    with pytest.raises(DataFileError, match=r"no usable backbone .*`motionloop pretrain`"):
        backbones.load(tmp_path)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("model", []),
        ("model.width", float("inf")),
        ("model.width", 10**400),
        ("model.width", 1e6),  # would fill the memory
        ("model.stem_kernel", 10**6),
        ("model.blocks", None),
        ("model.architecture", ["cnn"]),
        ("input", None),
        ("input.rate_mhz", None),
        ("input.rate_mhz", "50000"),
        ("input.window", 10**6),
        ("input.channels", "00"),
        ("input.channels", 3),
        ("figures", []),
        ("figures.trained_on", None),
        ("figures.trained_on", [[]]),
    ],
)
def test_a_backbone_with_another_value_is_said_too(backbone, tmp_path, path, value):
    from motionloop.training import backbone as backbones

    backbones.save(backbone, tmp_path)
    description = tmp_path / "backbone.json"
    changed = with_value(path, value)(description.read_bytes())
    description.write_bytes(changed)
    with pytest.raises(DataFileError, match=r"no usable backbone .*`motionloop pretrain`"):
        backbones.load(tmp_path)


def test_pretrain_then_train_says_what_the_backbone_brought(
    data_file: Path, tiny_quick: None, tmp_path: Path
):
    from motionloop.training.pipeline import train_recordings
    from motionloop.training.pretrain import pretrain_recordings

    request = TrainingRequest(
        (str(data_file),), str(tmp_path / "backbone"), "walks", preset="quick", width=0.5
    )
    made = pretrain_recordings(request)
    assert (made.figures["people"], made.figures["labels"]) == (2, ["rest", "walk"])
    assert made.figures["split"].startswith("held out by person")

    told = []
    personal = replace(
        request,
        folder=str(tmp_path / "model"),
        wearer="walks subject 1",
        split="block",
        backbone=made.folder,
    )
    metrics = train_recordings(personal, told.append).metrics
    transfer = metrics["transfer"]
    assert transfer["from_backbone"] == metrics["int8"]["accuracy"]
    assert 0 <= transfer["from_scratch"] <= 1
    assert transfer["windows"] == metrics["int8"]["windows"] > 0
    # What the backbone was trained on is no new test; its own held-out person is one.
    was_held_out = "walks subject 1" in made.figures["split"]
    assert all(name.startswith("walks subject 1") for name in transfer["seen"])
    assert bool(transfer["seen"]) is not was_held_out
    assert ("was trained on" in transfer_verdict(transfer)) is not was_held_out
    stages = ["windows", "head", "train", "convert", "evaluate", "compare", "save"]
    assert list(dict.fromkeys(now.stage for now in told)) == stages
    assert unpack_package(load_package(tmp_path / "model")).labels == ("rest", "walk")
    assert "from scratch, without the backbone" in (tmp_path / "model/report.html").read_text()


@pytest.mark.parametrize(
    ("backbone", "scratch", "verdict"),
    [
        (0.95, 0.90, "10 windows more right"),
        (0.90, 0.95, "10 windows fewer right: train without it"),
        (0.905, 0.90, "no difference"),
    ],
)
def test_the_verdict_is_in_words(backbone: float, scratch: float, verdict: str) -> None:
    figures = {"from_backbone": backbone, "from_scratch": scratch, "windows": 200}
    assert verdict in transfer_verdict(figures)
