"""assignment.toml and answers.md: what a teacher may write, and what a pupil's answer can mean."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from motionloop.assignment.answers import answers_page, numbers_in, read_answers
from motionloop.assignment.start import start_assignment, write_template
from motionloop.assignment.steps import all_commands
from motionloop.assignment.task import TEMPLATE, load_assignment, parse_assignment
from motionloop.errors import AssignmentError
from tests.assignment.pupil import answer


def test_a_pupil_gets_all_but_the_right_choices(tmp_path: Path) -> None:
    teachers = tmp_path / "assignment.toml"
    write_template(teachers)
    start_assignment(tmp_path / "ada", teachers)
    ours, theirs = load_assignment(teachers), load_assignment(tmp_path / "ada/assignment.toml")
    assert [q.right for q in ours.questions if q.kind == "choice"] == [2]
    assert theirs == ours.as_given_out()
    assert {path.name for path in (tmp_path / "ada").iterdir()} == {
        "assignment.toml", "answers.md", "recordings", "models", "evaluations",
    }  # fmt: skip


def test_a_right_choice_that_cannot_be_left_out_is_not_given_out(tmp_path: Path) -> None:
    teachers = tmp_path / "assignment.toml"
    text = TEMPLATE.read_text().split("[[question]]")[0]
    teachers.write_text(
        f'question = [{{kind = "choice", text = "?", choices = ["a", "b"], right = 1, points = 1}}]'
        f"\n{text}"
    )
    assert load_assignment(teachers).questions[0].right == 1
    with pytest.raises(AssignmentError, match="would reach the pupils"):
        start_assignment(tmp_path / "ada", teachers)
    assert not (tmp_path / "ada").exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    start_assignment(tmp_path / "ada")
    (tmp_path / "ada/answers.md").write_text("mine")
    (tmp_path / "ada/assignment.toml").unlink()
    with pytest.raises(AssignmentError, match=r"answers\.md exists already"):
        start_assignment(tmp_path / "ada")
    write_template(tmp_path / "t.toml")
    with pytest.raises(AssignmentError, match="exists already"):
        write_template(tmp_path / "t.toml")
    assert (tmp_path / "ada/answers.md").read_text() == "mine"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("format = 1", "format = 2", "its format is 2"),
        ("seed = 1 ", 'seed = "1" ', "'seed' is '1' (it should be of type int)"),
        ('preset = "quick" ', 'preset = "fast" ', "must be one of quick, thorough"),
        ('splits = ["person", "session"]', 'splits = ["block"]', "may have person, session"),
        ('["sitting", "walking", "running"]', '["a"]', "at least two labels"),
        ('["sitting", "walking", "running"]', '["a", "a"]', "each once"),
        ("right = 2", "right = 9", "question 8: 'right' is 9"),
        ('figure = "kmac"', 'figure = "speed"', "question 6: 'figure' is 'speed'"),
        ("pushed = 2 ", "pushed = -2 ", "'points.pushed' is -2"),
        ("words = 30", "words = 0", "question 9: 'words' is 0"),
    ],
)
def test_an_assignment_that_makes_no_sense_is_refused_in_words(
    old: str, new: str, said: str
) -> None:
    text = TEMPLATE.read_text()
    assert old in text
    with pytest.raises(AssignmentError) as refused:
        parse_assignment(text.replace(old, new).encode(), "mine.toml")
    assert said in str(refused.value)
    assert "mine.toml is not a usable assignment" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("97.8 %", {97.8}),
        ("97,8", {97.8}),
        ("11,560 bytes", {11.56, 11560}),
        ("11 560", {11560}),
        ("1'234'567", {1234567}),
        ("1,234.5", {1234.5}),
        ("1.234,5", {1234.5}),
        ("-3", {-3}),
        ("int8 has 97.8", {97.8}),
        ("many", set()),
    ],
)
def test_what_a_number_can_mean(text: str, numbers: set[float]) -> None:
    assert set(numbers_in(text)) == numbers


def test_the_page_itself_holds_no_answer_and_what_is_written_is_found(tmp_path: Path) -> None:
    assignment = start_assignment(tmp_path / "ada")
    page = (tmp_path / "ada/answers.md").read_text()
    assert page == answers_page(assignment)
    assert set(read_answers(page, assignment).values()) == {""}
    answer(tmp_path / "ada", {1: "93\nwindows", 10: "> quoted"})
    found = read_answers((tmp_path / "ada/answers.md").read_text(), assignment)
    assert (found[1], found[2], found[10]) == ("93\nwindows", "", "> quoted")


def test_the_commands_do_what_is_asked() -> None:
    text = TEMPLATE.read_text().replace('["sitting", "walking", "running"]', "2")
    text = text.replace("seeds = 1 ", "seeds = 3 ").replace("seed = 1 ", "seed = 9 ")
    assert all_commands(parse_assignment(text.encode(), "t")) == [
        *['motionloop record --wearer NAME --plan "LABEL1 45, - 5, LABEL2 45"'] * 2,
        "motionloop recordings",
        "motionloop train --preset quick --seed 9 --name first",
        "motionloop push models/first",
        "motionloop live",
        "motionloop evaluate --seeds 3 --lesson leaky",
        "motionloop check-assignment .",
    ]


def test_an_assignment_that_never_ends_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for endless in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(AssignmentError, match="no file, but a folder, a pipe or a device"):
            start_assignment(tmp_path / "ada", endless)
