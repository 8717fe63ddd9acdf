"""Cases drawn by chance for what a stranger's bytes reach on a board: `make fuzz MINUTES=10`.

- models: real ones, and networks drawn by chance, changed with their structure in mind (weights,
  scales, zero points, shapes, options, tensor numbers, fields, bytes), for the check of the core.
  Hundreds of those that it accepts run under TFLM in a process of their own, in several orders: no
  answer may depend on the windows before.
- packages: headers and sections changed under a right checksum, for the check of the core.
- store: journals and slots of noise; a package is taken nevertheless.
- board: commands, writes, links, samples, time and power cuts for the whole core.

All of the core runs natively under sanitizers. Whatever ends a process lands in build/fuzz/found
with the command that repeats it. `--seed` and `--rounds` repeat a run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from random import Random

from benchmarks.fuzz.networks import INPUT_BYTES, draw_network
from benchmarks.fuzz.tflm import faults_of
from benchmarks.output import finish, parser
from motionloop.model.package import unpack_package
from tests.firmware import build
from tests.firmware.test_native import COMPILER, TEST_FLAGS

_HERE = Path(__file__).parent
_FOUND = build.BUILD / "fuzz/found"
_OPERATORS_INPUT = 16 * 4  # of operators.tflite
_ROUND = {"models": 300_000, "packages": 50_000, "store": 3_000, "board": 20_000}  # cases
_LIMIT_S = 600.0  # for one of these
_NETWORKS = 24  # drawn for each round
_RUN_SHARE = 1 / 750  # of the models, if the check accepts so many; at least _LEAST_RUN
_LEAST_RUN = 20


def built() -> Path:
    """The native program."""
    flags = [*TEST_FLAGS, "-O2", f"-I{_HERE}"]
    sources = [*build.CORE_SOURCES, build.TESTS / "check.cpp", *sorted(_HERE.glob("*.cpp"))]
    return build.program(COMPILER, sources, flags, build.BUILD / "fuzz")


def make_seeds(folder: Path, seed: int) -> None:
    """The files that the native program begins from; networks are drawn by `seed`."""
    package_bytes = (build.GOLDEN / "model.mlpkg").read_bytes()
    (folder / "model.mlpkg").write_bytes(package_bytes)
    package, chance = unpack_package(package_bytes), Random(seed)
    operators = (build.GOLDEN / "operators.tflite").read_bytes()
    models = [(operators, _OPERATORS_INPUT), (package.tflite, package.golden_inputs[0].size)]
    models += [(draw_network(chance), INPUT_BYTES) for _ in range(_NETWORKS)]
    lines = []
    for number, (tflite, input_bytes) in enumerate(models):
        (folder / f"seed{number}.tflite").write_bytes(tflite)
        lines.append(f"seed{number}.tflite {input_bytes}\n")
    (folder / "seeds.txt").write_text("".join(lines))


def keep(name: str, seed: int, why: str, model: Path | None = None) -> None:
    """Leave what was found, and the command that repeats it."""
    folder = _FOUND / f"{name}-{seed}-{model.stem if model is not None else 'core'}"
    folder.mkdir(parents=True, exist_ok=True)
    command = f"python -m benchmarks.fuzz --only {name} --seed {seed} --rounds 1"
    if model is not None:
        shutil.copy(model, folder)
        command = f"python -m benchmarks.fuzz.tflm {folder / model.name}"
    (folder / "repeat.txt").write_text(f"{command}\n\n{why}\n")
    print(f"found: {folder}: {why.splitlines()[-1] if why else ''}", flush=True)


def one_round(program: Path, name: str, seed: int, figures: dict[str, int]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        make_seeds(folder, seed)
        asked = {"FUZZ": name, "FUZZ_FOLDER": place, "FUZZ_SEED": str(seed)}
        asked["FUZZ_CASES"] = str(_ROUND[name])
        asked["FUZZ_KEPT"] = str(max(round(_ROUND[name] * _RUN_SHARE), _LEAST_RUN))
        try:
            done = subprocess.run(
                [program, folder],
                capture_output=True,
                text=True,
                env=os.environ | asked,
                timeout=_LIMIT_S,
            )
            said = done.stdout + done.stderr
        except subprocess.TimeoutExpired:
            said = f"took more than {_LIMIT_S:g} s"
        counted = re.search(r"^cases (\d+) accepted (\d+)$", said, re.MULTILINE)
        if counted is None or "1 tests, 0 failed" not in said:
            figures["found"] += 1
            keep(name, seed, said[-4000:])
        if counted is not None:
            figures[f"cases_{name}"] += int(counted[1])
            figures[f"accepted_{name}"] += int(counted[2])
        if models := sorted(set(folder.glob("*-*.tflite"))):
            prepared, faults = faults_of(models)
            figures["run_by_tflm"] += prepared
            figures["found"] += len(faults)
            for model, why in faults:
                keep(name, seed, why, model)


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--minutes", type=float, default=10.0, help="how long (default: 10)")
    arguments.add_argument("--rounds", type=int, help="so many instead")
    arguments.add_argument("--seed", type=int, default=1, help="of the first round (default: 1)")
    arguments.add_argument("--only", choices=sorted(_ROUND), help="one of them")
    options = arguments.parse_args()
    program = built()
    begin_s = time.monotonic()
    names = [options.only] if options.only else list(_ROUND)
    figures = {f"{what}_{name}": 0 for name in names for what in ("cases", "accepted")}
    figures |= {"run_by_tflm": 0, "found": 0}
    rounds = 0
    while (
        rounds < options.rounds
        if options.rounds
        else (time.monotonic() - begin_s < options.minutes * 60)
    ):
        for name in names:
            one_round(program, name, options.seed + rounds, figures)
        rounds += 1
    seconds = time.monotonic() - begin_s
    cases = sum(figures[f"cases_{name}"] for name in names)
    finish(
        options,
        {
            "cases": cases,
            **figures,
            "cases_per_hour": round(cases / seconds * 3600),
            "rounds": rounds,
            "seconds": round(seconds, 1),
        },
    )


if __name__ == "__main__":
    main()
