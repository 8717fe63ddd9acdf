"""Small changes of the code, one at a time: do the fast tests notice each?

Cosmic Ray changes one place and runs the fast tests of that module's room. All changes take hours,
so places are drawn, each with one of its changes; the same seed draws the same. The working tree
is left alone: each process works in a copy of it below build/mutants. `[tool.mutants]` in
pyproject.toml names modules and tests; docs/mutants.md the changes that no test can notice.
"""

from __future__ import annotations

import os
import random
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import NamedTuple

import cosmic_ray.commands
from cosmic_ray.modules import find_modules
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.testing import run_tests
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome

from benchmarks.output import finish, parser
from motionloop import _core

ROOT = Path(__file__).parent.parent
COPIES = ROOT / "build" / "mutants"
PACKAGE = Path("host/motionloop")
TEST_TIMEOUT_S, RUN_TIMEOUT_S = 120, 900  # tests that hang have noticed the change
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mutants"]

# Python would ask the editable install for the package before it looks into the copy.
SITECUSTOMIZE = """
import sys
sys.meta_path[:] = [f for f in sys.meta_path if not type(f).__module__.startswith("_editable_")]
"""


class Tried(NamedTuple):
    mutation: MutationSpec
    is_noticed: bool
    diff: str


def room_of(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def tests_of(module: Path) -> list[Path]:
    """The module's own test file first, since it notices most, then the others that use it."""
    inside = module.relative_to(PACKAGE)
    own = Path("tests") / inside.with_name(f"test_{module.name}")
    named = [SETTINGS["tests"].get(str(path), []) for path in (inside, *inside.parents)]
    files = {file for paths in named for path in map(Path, paths) for file in files_of(path)}
    return sorted(files, key=lambda file: (file != own, file))


def command(files: Iterable[Path]) -> str:
    pytest = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider"]
    # A thread ends the whole process: an interrupted test would be tried again by Hypothesis.
    limit = [f"--timeout={TEST_TIMEOUT_S}", "--timeout-method=thread"]
    options = [*limit, "-m", SETTINGS["marks"]]
    return shlex.join([*pytest, *options, *map(str, files)])


def files_of(path: Path) -> list[Path]:
    return [path] if path.suffix else list(path.rglob("test_*.py"))


def all_mutations() -> list[MutationSpec]:
    modules = find_modules([PACKAGE / path for path in SETTINGS["modules"]])
    with (
        tempfile.TemporaryDirectory() as folder,
        use_db(Path(folder) / "session.sqlite", WorkDB.Mode.create) as database,
    ):
        cosmic_ray.commands.init(modules, database, {})
        mutations = [item.mutations[0] for item in database.work_items]
    excluded = re.compile("|".join(SETTINGS["exclude-operators"]))
    return [m for m in mutations if not excluded.fullmatch(m.operator_name)]


def draw(count: int, seed: int) -> list[MutationSpec]:
    """Places with equal chances, then one change of each: `a < b` has seven, `not a` one."""
    places = defaultdict(list)
    for mutation in all_mutations():
        places[mutation.module_path, mutation.start_pos, mutation.end_pos].append(mutation)
    chance = random.Random(seed)
    chosen = chance.sample(sorted(places), min(count, len(places)))
    return [chance.choice(sorted(places[place], key=str)) for place in chosen]


def enter_copy() -> None:
    """Go into a copy of the working tree, which this process and its children import."""
    copy = COPIES / str(os.getpid())
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.check_output(listed, cwd=ROOT, text=True).split("\0"):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    shutil.copy(_core.__file__, copy / PACKAGE)
    (copy / "host" / "sitecustomize.py").write_text(SITECUSTOMIZE)
    os.environ["PYTHONPATH"] = str(copy / "host")
    os.chdir(copy)


def check_unchanged(files: set[Path]) -> None:
    outcome, output = run_tests(command(sorted(files)), RUN_TIMEOUT_S)
    if outcome != TestOutcome.SURVIVED:
        raise SystemExit(f"The tests fail without any change:\n{output}")


def try_out(mutation: MutationSpec) -> Tried:
    result = mutate_and_test([mutation], command(tests_of(mutation.module_path)), RUN_TIMEOUT_S)
    if result.diff is None:
        raise SystemExit(f"Cosmic Ray could not try {mutation}:\n{result.output}")
    return Tried(mutation, result.is_killed, result.diff)


def try_all(mutations: list[MutationSpec], processes: int) -> list[Tried]:
    shutil.rmtree(COPIES, ignore_errors=True)
    files = defaultdict(set)
    for mutation in mutations:
        files[room_of(mutation.module_path)].update(tests_of(mutation.module_path))
    with ProcessPoolExecutor(processes, initializer=enter_copy) as pool:
        list(pool.map(check_unchanged, files.values()))
        tried = []
        for ended in as_completed([pool.submit(try_out, mutation) for mutation in mutations]):
            tried.append(ended.result())
            if not tried[-1].is_noticed:
                print(f"{len(tried)} tried, not noticed:\n{tried[-1].diff}\n", flush=True)
    shutil.rmtree(COPIES)
    return tried


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--count", type=int, default=200, help="how many changes")
    arguments.add_argument("--seed", type=int, default=1, help="which ones")
    arguments.add_argument("--processes", type=int, default=os.cpu_count())
    options = arguments.parse_args()
    os.chdir(ROOT)
    tried = try_all(draw(options.count, options.seed), options.processes)
    rooms = Counter(room_of(t.mutation.module_path) for t in tried)
    noticed = Counter(room_of(t.mutation.module_path) for t in tried if t.is_noticed)
    finish(
        options,
        {
            "tried": rooms.total(),
            "noticed": noticed.total(),
            "noticed_share": round(noticed.total() / rooms.total(), 3),
            "rooms": {room: f"{noticed[room]} of {rooms[room]}" for room in sorted(rooms)},
        },
    )


if __name__ == "__main__":
    main()
