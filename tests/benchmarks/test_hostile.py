"""The program holds against boards and folders of `python -m benchmarks.hostile`.

Every tenth case is tried here, each kind among them; the command tries all.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.hostile import scripted_board
from benchmarks.hostile.all_cases import CASES
from benchmarks.hostile.cases import Case, attempt
from motionloop.studio.boards.board_link import Listener

pytestmark = pytest.mark.slow
SHARE = 10


def test_no_two_cases_have_one_name() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names)


def test_the_ears_of_a_case_hear_all_that_the_window_hears() -> None:
    events = {name for name in vars(Listener) if not name.startswith("_")}
    assert events <= vars(scripted_board._Listener).keys()


@pytest.mark.parametrize("case", CASES[::SHARE], ids=lambda case: case.name)
def test_the_program_holds_against(case: Case, tmp_path: Path) -> None:
    outcome = attempt(case, tmp_path)
    assert outcome.fault is None, outcome.said
