"""What a board must refuse, tried on the real core with TFLM behind it.

Packages: each byte of a sound one changed in turn; cut anywhere, and with broken limits under a
right checksum; sound ones around hostile models, which would end TFLM, take too long or expand in a
reader. Strangers: each command that changes a board, claims and packages, signed by another key,
over another challenge, for something else or not at all, cut, longer, and with each byte changed.
Replays: whatever an owner sent once, again, and counters that somebody between puts into the
board's answers. `accepted` counts those that the board takes, or is changed by, or that lock its
owner out; `crashes` counts those that end the board's process.
"""

from __future__ import annotations

import time

from benchmarks.output import finish, parser
from benchmarks.refuse.attempts import try_all
from benchmarks.refuse.sources import SOURCES


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
