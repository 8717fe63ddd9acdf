"""TFLM with a fixed arena, and LiteRT where TFLM is not published (run where it is installed)."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from motionloop.model import inference
from motionloop.model.inference import ArenaTooSmallError, Interpreter, ModelNotPreparedError
from motionloop.model.package import unpack_package

GOLDEN = Path(__file__).parents[1] / "golden"
BOARD = (GOLDEN / "board.tflite").read_bytes()
INT8 = (GOLDEN / "int8.tflite").read_bytes()

needs_tflm = pytest.mark.skipif(find_spec("tflite_micro") is None, reason="no tflite-micro here")
needs_litert = pytest.mark.skipif(
    find_spec("ai_edge_litert") is None, reason="no ai-edge-litert here"
)


@pytest.fixture(scope="module")
def golden() -> tuple[np.ndarray, np.ndarray]:
    with np.load(GOLDEN / "model_io.npz") as arrays:
        return arrays["inputs"], arrays["outputs"]


@pytest.mark.parametrize("model", [BOARD, INT8], ids=["board", "int8"])
def test_golden_windows_give_golden_outputs(model, golden):
    inputs, outputs = golden
    np.testing.assert_array_equal(Interpreter(model).invoke_many(inputs), outputs)
    assert len(np.unique(outputs.argmax(axis=1))) > 1


def test_windows_may_come_flat(golden):
    inputs, outputs = golden
    np.testing.assert_array_equal(Interpreter(BOARD).invoke(inputs[3].reshape(-1)), outputs[3])


def test_tells_shapes_and_quantization():
    interpreter = Interpreter(BOARD)
    assert interpreter.input_shape == (1, 1, 128, 12)
    assert interpreter.class_count == 6
    assert (interpreter.input_scale, interpreter.input_zero_point) == (2**-5, 0)
    assert (interpreter.output_scale, interpreter.output_zero_point) == (2**-8, -128)


def test_windows_of_another_type_are_refused(golden):
    with pytest.raises(TypeError, match="float32"):
        Interpreter(BOARD).invoke(golden[0][0].astype(np.float32))


def test_each_output_is_the_callers_own(golden):
    interpreter = Interpreter(BOARD)
    first = interpreter.invoke(golden[0][0])
    interpreter.invoke(golden[0][1])
    np.testing.assert_array_equal(first, golden[1][0])


def tflm_takes(model: Path, arena_bytes: int) -> bool:
    """Whether TFLM itself starts in such an arena; asked in a process that it may crash."""
    program = (
        "import sys; from tflite_micro import runtime; from pathlib import Path\n"
        "runtime.Interpreter.from_bytes(Path(sys.argv[1]).read_bytes(), None, int(sys.argv[2]))"
    )
    command = [sys.executable, "-c", program, str(model), str(arena_bytes)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@needs_tflm
@pytest.mark.parametrize("name", ["board.tflite", "small.tflite"])
def test_arena_bytes_is_the_smallest_that_tflm_takes(name):
    """Of a small network the planning of activations takes more than the activations."""
    needed = inference.arena_bytes((GOLDEN / name).read_bytes())
    assert needed is not None
    assert tflm_takes(GOLDEN / name, needed)
    assert not tflm_takes(GOLDEN / name, needed - 16)


@needs_tflm
def test_arena_of_just_enough_and_of_too_little(golden):
    needed = inference.arena_bytes(BOARD)
    assert needed is not None
    np.testing.assert_array_equal(Interpreter(BOARD, needed).invoke_many(golden[0]), golden[1])
    with pytest.raises(ArenaTooSmallError, match="smaller variant") as caught:
        Interpreter(BOARD, needed - 1)
    assert (caught.value.needed_bytes, caught.value.arena_bytes) == (needed, needed - 1)


@needs_tflm
@pytest.mark.parametrize("arena_bytes", [1, 100, 2304, 3344, 5600, 6000])
def test_arena_in_which_tflm_crashes_is_refused(arena_bytes):
    """TFLM ends the process with a segmentation fault at many too small sizes."""
    with pytest.raises(ArenaTooSmallError):
        Interpreter(BOARD, arena_bytes)


@pytest.mark.parametrize("model", [b"", b"TFL3", BOARD[:4000], bytes(5000)])
def test_damaged_model_is_refused(model):
    with pytest.raises(ModelNotPreparedError, match="motionloop train"):
        Interpreter(model)


@needs_tflm
def test_float_model_is_refused():
    runtime = Path(inference._tflm.__file__)
    with pytest.raises(ModelNotPreparedError, match="float32, the board takes int8"):
        Interpreter((runtime.parent / "sine_float.tflite").read_bytes())


@needs_tflm
def test_prints_nothing_and_leaves_stderr_alone(capfd):
    Interpreter(BOARD)
    with pytest.raises(ModelNotPreparedError):
        Interpreter(b"")
    assert capfd.readouterr() == ("", "")
    os.write(2, b"still connected")
    assert capfd.readouterr().err == "still connected"


@needs_litert
@pytest.mark.parametrize("model", [BOARD, INT8], ids=["board", "int8"])
def test_litert_runs_what_was_stripped_for_tflm(model, golden):
    inputs, outputs = golden
    litert = inference._LiteRt(model)
    made = np.array([litert.run(window[np.newaxis, np.newaxis])[0][0] for window in inputs])
    np.testing.assert_allclose(made.astype(int), outputs, atol=1)


@needs_litert
def test_litert_is_not_called_the_reference():
    assert Interpreter.is_reference is (find_spec("tflite_micro") is not None)


def test_a_second_output_is_the_embedding_and_leaves_the_first_as_it_is(package):
    made = unpack_package(package)
    interpreter = Interpreter(made.tflite)
    size = interpreter.embedding_size
    assert size > 0
    for window, outputs in zip(made.golden_inputs, made.golden_outputs, strict=True):
        everything = interpreter.invoke_all(window)
        np.testing.assert_array_equal(everything[:3], outputs)
        assert len(everything) == 3 + size
    embeddings = interpreter.embed_many(made.golden_inputs)
    np.testing.assert_array_equal(embeddings[-1], everything[3:])
    assert Interpreter(BOARD).embed_many(np.zeros((2, 128, 12), np.int8)).shape == (2, 0)
