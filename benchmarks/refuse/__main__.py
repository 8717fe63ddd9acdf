"""Packages that a board must refuse: each is pushed to the real core with TFLM behind it.

Each byte of a sound package changed in turn; packages cut anywhere, and with broken limits under a
right checksum; sound packages around hostile models, which would end TFLM, take too long or expand
in a reader. `accepted` counts those that the board takes into use, or after which another model
runs than before; `crashes` counts those that end the board's process.
"""

from __future__ import annotations

import time

from benchmarks.output import finish, parser
from benchmarks.refuse.attempts import try_all
from benchmarks.refuse.packages import SOURCES


def main() -> None:
    options = parser(__doc__).parse_args()
    begin_s = time.monotonic()
    figures = {"tried": 0, "accepted": 0, "crashes": 0}
    for source in SOURCES:
        tried, accepted, crashes = try_all(source)
        for words, names in (("accepted", accepted), ("crash", crashes)):
            for name in names:
                print(f"{words}: {name}", flush=True)
        figures[f"tried_{source}"] = tried
        figures["tried"] += tried
        figures["accepted"] += len(accepted)
        figures["crashes"] += len(crashes)
    finish(options, {**figures, "seconds": round(time.monotonic() - begin_s, 1)})


if __name__ == "__main__":
    main()
