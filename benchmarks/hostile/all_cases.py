"""All cases, of boards, of neighbours on this computer and of folders."""

from __future__ import annotations

from benchmarks.hostile import boards, neighbours

CASES = [*boards.CASES, *neighbours.CASES]
