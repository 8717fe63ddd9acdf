"""Transfer learning: an own head on a pretrained backbone, first alone, then with all of it."""

from __future__ import annotations

from dataclasses import replace

from motionloop.errors import TrainingDataError
from motionloop.language import tr
from motionloop.splits import Split
from motionloop.training.backbone import Backbone, body_layers
from motionloop.training.progress import OnProgress, as_stage, silent
from motionloop.training.train import TrainConfig, Trained, train
from motionloop.windows import WindowSet

# An untrained head would spoil the backbone's weights, so the head is trained alone first; then
# everything, at a rate that refines instead of starting over.
HEAD_SHARE = 0.25
_FINE_TUNING_RATE = 0.1


def fine_tune(
    windows: WindowSet,
    split: Split,
    config: TrainConfig,
    backbone: Backbone,
    on_progress: OnProgress = silent,
) -> Trained:
    """Fit the backbone to the windows of `split.train`, with a new head for their labels.

    The frozen part and the fine-tuning together make as many steps as `config` gives a training
    from scratch; the network is the backbone's. Raises TrainingDataError when `windows` are cut
    otherwise than those of the pretraining.
    """
    if not backbone.sees_windows_of(windows.spec):
        spec = backbone.spec
        raise TrainingDataError(
            tr(
                "The backbone knows windows of {window} points at {rate_hz} Hz and {count} "
                "channels, not these. Use `--window {window} --rate-hz {rate_hz}`, or "
                "pretrain another one.",
                window=spec.window,
                rate_hz=f"{spec.rate_hz:g}",
                count=len(spec.channels),
            )
        )
    config = replace(config, model=backbone.config)
    model = backbone.with_head(len(windows.labels), config.seed)
    body = body_layers(model)

    for layer in body:
        layer.trainable = False  # batch normalization keeps its statistics then, too
    head = train(windows, split, config.part(HEAD_SHARE), as_stage("head", on_progress), model)
    for layer in body:
        layer.trainable = True
    rate = config.learning_rate * _FINE_TUNING_RATE
    rest = replace(config.part(1 - HEAD_SHARE), learning_rate=rate)
    tuned = train(windows, split, rest, on_progress, model)
    return replace(
        tuned,
        config=config,
        epochs=head.epochs + tuned.epochs,
        steps=head.steps + tuned.steps,
        seconds=head.seconds + tuned.seconds,
        loss=head.loss + tuned.loss,
    )
