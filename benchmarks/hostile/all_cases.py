"""All cases, of boards, of neighbours on this computer and of folders."""

from __future__ import annotations

from benchmarks.hostile import boards, folders, neighbours

CASES = [*boards.CASES, *neighbours.CASES, *folders.CASES]
