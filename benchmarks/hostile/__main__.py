"""Boards and folders of somebody who means harm: how the program ends.

Each case runs the real program within a time limit: scripted boards behind the real radio port,
and folders, files and links as a stranger would leave them. `tracebacks` counts errors without
words, `endless` cases that had to be broken off, `files_harmed` those after which a file of the
user is changed or a new one cannot be read, `unclear` those whose words are not what the case
expects. Each case is a test, too (tests/benchmarks/test_hostile.py).
"""

from __future__ import annotations

import logging
import os
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.hostile.all_cases import CASES
from benchmarks.hostile.cases import Fault, attempt
from benchmarks.output import finish, parser


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--only", default="", metavar="WORDS", help="cases with it in the name")
    options = arguments.parse_args()
    logging.getLogger("motionloop").setLevel(logging.ERROR)  # each case is full of warnings
    begin_s = time.monotonic()
    chosen = [case for case in CASES if options.only in case.name]
    faults: Counter[Fault] = Counter()
    for case in chosen:
        with tempfile.TemporaryDirectory() as place:
            os.environ["MOTIONLOOP_RUNTIME_DIR"] = f"{place}/run"  # nobody else's boards
            outcome = attempt(case, Path(place).resolve())
        if outcome.fault is not None:
            faults[outcome.fault] += 1
            print(f"{case.name}: {outcome.fault}: {outcome.said}", flush=True)
    finish(
        options,
        {
            "cases": len(chosen),
            "tracebacks": faults[Fault.TRACEBACK],
            "endless": faults[Fault.ENDLESS],
            "files_harmed": faults[Fault.HARMED],
            "unclear": faults[Fault.UNCLEAR],
            "seconds": round(time.monotonic() - begin_s, 1),
        },
    )


if __name__ == "__main__":
    main()
