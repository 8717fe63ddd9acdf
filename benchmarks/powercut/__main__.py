"""Power cuts at every flash operation of a push, a rollback, a first start, a repair and a spare.

The whole core runs natively under sanitizers, on flash that keeps of the operation under way
nothing, half, noise, or what looks right today and fades (`tests/firmware/ports_model.h`). After
each cut the board must run the old model or the new one, whole, and so it must after it has idled
and started again; then a push must succeed. `invalid` counts the cuts after which that is not so.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

from benchmarks.output import finish, parser
from tests.firmware import build
from tests.firmware.test_native import COMPILER, TEST_FLAGS

_LIVES = ("push", "rollback", "first_start", "spare", "repair")


def main() -> None:
    options = parser(__doc__).parse_args()
    begin_s = time.monotonic()
    sources = [
        *build.CORE_SOURCES,
        build.TESTS / "check.cpp",
        Path(__file__).with_name("powercut.cpp"),
    ]
    program = build.program(COMPILER, sources, TEST_FLAGS, build.BUILD / "powercut")
    said = build.run([program, build.GOLDEN], timeout_s=3600)
    for line in re.findall(r"^invalid: .*$", said, re.MULTILINE):
        print(line)
    counts = {
        life: tuple(map(int, found.groups()))
        for life in _LIVES
        if (found := re.search(rf"^{life} (\d+) (\d+)$", said, re.MULTILINE))
    }
    if len(counts) != len(_LIVES):
        sys.exit(said)
    finish(
        options,
        {
            "cuts": sum(cuts for cuts, _ in counts.values()),
            "invalid": sum(invalid for _, invalid in counts.values()),
            **{f"cuts_{life}": cuts for life, (cuts, _) in counts.items()},
            "seconds": round(time.monotonic() - begin_s, 1),
        },
    )


if __name__ == "__main__":
    main()
