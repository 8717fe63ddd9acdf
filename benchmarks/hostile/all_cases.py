"""All cases, of boards and of folders."""

from __future__ import annotations

from benchmarks.hostile import boards

CASES = [*boards.CASES]
