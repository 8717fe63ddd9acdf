"""A stand-in for the training process: answers each request with what was answered to it then."""

from __future__ import annotations

import json
import sys
from pathlib import Path

MADE = Path(__file__).parent / "a9d3fac"


def main() -> None:
    events = iter((MADE / "events.jsonl").read_text().splitlines())
    print(next(events), flush=True)  # ready
    while sys.stdin.readline():
        for line in events:
            print(line, flush=True)
            if json.loads(line)["event"] in ("result", "error"):
                break


if __name__ == "__main__":
    main()
