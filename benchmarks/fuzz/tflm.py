"""Runs models that the core accepted under TFLM, in a process that they may end."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tflite_micro import runtime

from motionloop.errors import PackageError
from motionloop.model.inference import Interpreter

_LIMIT_S = 60.0  # for one model, ...
_EACH_S = 0.5  # ... and more for each of the others, which take milliseconds
_ARENA_BYTES = 1 << 22  # no package needs as much
_PROGRESS = "progress.txt"


def run_model(tflite: bytes) -> bool:
    """Whether TFLM prepares the model. ValueError when an answer depends on earlier ones."""
    try:
        prepare_as_a_board(tflite)
        interpreter = Interpreter(tflite)
    except PackageError:
        return False
    rng = np.random.default_rng(1)
    size = int(np.prod(interpreter.input_shape))
    windows = rng.integers(-128, 128, (4, size)).astype(np.int8)
    windows[1:3] = np.array([[-128], [127]])
    first = interpreter.invoke_all_many(windows)
    again = interpreter.invoke_all_many(windows[::-1])[::-1]
    if not np.array_equal(first, again):
        raise ValueError("an answer depends on the windows before")
    return True


def prepare_as_a_board(tflite: bytes) -> None:
    """Have TFLM alone read the model: the wheel's parser, which refuses much, stays out of it.

    PackageError when TFLM refuses the model.
    """
    settings = runtime.InterpreterConfig.kAllocationRecording
    try:
        runtime._runtime.InterpreterWrapper(
            tflite, [], _ARENA_BYTES, 0, runtime._ENUM_TRANSLATOR[settings], 0
        )
    except RuntimeError as error:
        raise PackageError(str(error)) from error


def faults_of(models: Sequence[Path]) -> tuple[int, list[tuple[Path, str]]]:
    """How many models TFLM prepared, and those that ended it, with the reason."""
    prepared, faults, left = 0, list[tuple[Path, str]](), list(models)
    while left:
        progress = left[0].with_name(_PROGRESS)
        progress.write_text("")
        command = [sys.executable, "-m", __name__, *map(str, left)]
        limit_s = _LIMIT_S + _EACH_S * (len(left) - 1)
        try:
            ended = subprocess.run(command, capture_output=True, text=True, timeout=limit_s)
            why = f"ended with {ended.returncode}: {ended.stderr.strip()[-300:]}"
        except subprocess.TimeoutExpired:
            ended, why = None, f"took more than {limit_s:g} s"
        lines = progress.read_text().splitlines()
        prepared += lines.count("prepared")
        if ended is not None and ended.returncode == 0:
            break
        begun = [line for line in lines if line.endswith(".tflite")]
        if not begun:
            raise RuntimeError(why)
        faults.append((Path(begun[-1]), why))
        left = left[len(begun) :]
    return prepared, faults


def _main(files: Sequence[str]) -> None:
    with Path(files[0]).with_name(_PROGRESS).open("a") as progress:
        for file in files:
            print(file, file=progress, flush=True)
            said = "prepared" if run_model(Path(file).read_bytes()) else "refused"
            print(said, file=progress, flush=True)


if __name__ == "__main__":
    _main(sys.argv[1:])
