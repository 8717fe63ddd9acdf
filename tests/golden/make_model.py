"""Makes the models here, for the tests that run one without TensorFlow, out of made-up motion:
int8.tflite, board.tflite (the same, stripped) and model_io.npz (what they compute); and
small.tflite, whose activations take less of the arena than their planning.

    python tests/golden/make_model.py
"""

from pathlib import Path

import numpy as np

from motionloop.model.inference import Interpreter
from motionloop.model.package import input_spec
from motionloop.splits import split_people
from motionloop.training.convert import convert
from motionloop.training.fit import fit
from motionloop.training.network import ModelConfig, build
from motionloop.training.train import TrainConfig
from motionloop.windows import WindowSet

HERE = Path(__file__).parent
PACES_HZ = (0.0, 0.5, 1.0, 1.7, 2.3, 3.0)
WINDOWS = 40  # of each pace and person

rng = np.random.default_rng(1)
spec = input_spec()
t_s = np.arange(spec.window)[:, np.newaxis] / spec.rate_hz
phases = rng.uniform(0, 2 * np.pi, (2, len(PACES_HZ), WINDOWS, 1, 6))
paces = np.array(PACES_HZ)[:, np.newaxis, np.newaxis, np.newaxis]
motion = 0.3 * np.sin(2 * np.pi * paces * t_s + phases) * (paces > 0)
motion += rng.normal(0, 0.02, motion.shape)
fixed = np.rint(motion * 2**16).astype(np.int32).reshape(-1, spec.window, 6)
label = np.tile(np.repeat(np.arange(len(PACES_HZ)), WINDOWS), 2)
person = np.repeat(["ada", "ben"], len(label) // 2)
windows = WindowSet(
    spec,
    tuple(f"{p} Hz" for p in PACES_HZ),
    fixed,
    label,
    person,
    person,
    label,
    True,
    np.zeros(len(label)),
)

split = split_people(windows, ["ben"])
fitted = fit(windows, split, TrainConfig(min_steps=100, max_steps=100))
inputs = windows.channels(fixed[split.test[::15]])
outputs = Interpreter(fitted.converted.int8).invoke_many(inputs)
(HERE / "int8.tflite").write_bytes(fitted.converted.int8)
(HERE / "board.tflite").write_bytes(fitted.converted.board)
np.savez_compressed(HERE / "model_io.npz", inputs=inputs, outputs=outputs)

small = build(window=32, channels=6, classes=3, config=ModelConfig(width=0.25), seed=1)
(HERE / "small.tflite").write_bytes(convert(small, inputs[:, :32, :6]).board)
