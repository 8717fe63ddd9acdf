"""What would make a useless model is refused, and the cause is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.imports import refusal
from tests.recordings.wrong_files import WRONG, Wrong


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_it_is_refused_with_its_cause(tmp_path: Path, wrong: Wrong) -> None:
    told = refusal(wrong, tmp_path)
    assert told is not None
    assert re.search(wrong.told, told, re.DOTALL), told
