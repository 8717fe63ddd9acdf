"""The program holds against boards and folders of `python -m benchmarks.hostile`.

Every tenth case is tried here, each kind among them; the command tries all.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.hostile.all_cases import CASES
from benchmarks.hostile.cases import Case, attempt

pytestmark = pytest.mark.slow
SHARE = 10


def test_no_two_cases_have_one_name() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("case", CASES[::SHARE], ids=lambda case: case.name)
def test_the_program_holds_against(case: Case, tmp_path: Path) -> None:
    outcome = attempt(case, tmp_path)
    assert outcome.fault is None, outcome.said
