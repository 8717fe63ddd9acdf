"""Broken and hostile folders end in words, and hide no other pupil's folder."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from motionloop.assignment.grade_page import grade_page, gradebook
from motionloop.assignment.judge import judge, pupils_folders
from motionloop.assignment.submission import read_submission
from motionloop.assignment.task import load_assignment
from motionloop.errors import AssignmentError
from tests.assignment.pupil import ASKED

pytestmark = pytest.mark.slow

TEACHERS = load_assignment(ASKED)
SCRIPT = "<script>alert(1)</script>"
FILES = (
    "answers.md",
    "recordings/monday/recording.json",
    "recordings/monday/samples.csv",
    "models/first/metrics.json",
    "models/first/model.mlpkg",
    "models/first/pushes.json",
    "evaluations/first/evaluation.json",
    "evaluations/first/report.html",
)


def garbage(file: Path) -> None:
    file.write_bytes(b"\xff\x00\x1b[31m" + bytes(range(256)))


def empty(file: Path) -> None:
    file.write_bytes(b"")


def nested(file: Path) -> None:
    file.write_text("[" * 200_000)


def other_json(file: Path) -> None:
    file.write_text('{"int8": 3, "split": [], "data": null, "settings": NaN, "labels": {}}')


def huge(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(1 << 33)  # a hole, which takes no disk


def link_out(file: Path) -> None:
    outside = file.parents[len(file.parts) - 2] / "etc/passwd"
    file.unlink()
    file.symlink_to(outside)


def link_in_a_circle(file: Path) -> None:
    file.unlink()
    file.symlink_to(file)


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)  # reading it would wait for ever


BREAKS = (garbage, empty, nested, other_json, huge, link_out, link_in_a_circle, folder, pipe)


@pytest.mark.parametrize("break_it", BREAKS, ids=lambda how: how.__name__)
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_broken_fails_its_checks_and_no_more(
    pupil: Path, name: str, break_it: Callable[[Path], None]
) -> None:
    break_it(pupil / name)
    verdict = judge(pupil, TEACHERS)
    failed = [check for check in verdict.checks if check.passed is False]
    assert failed
    assert not any("\x1b" in check.found for check in verdict.checks)
    assert len(verdict.checks) == 25
    assert "root:" not in grade_page([verdict])


def test_a_folder_of_recordings_that_is_a_link_leads_nowhere(pupil: Path, tmp_path: Path) -> None:
    shutil.move(pupil / "recordings", tmp_path / "elsewhere")
    (pupil / "recordings").symlink_to(tmp_path / "elsewhere")
    found = judge(pupil, TEACHERS).checks[0].found
    assert "recordings is a link that leads out of the folder" in found


@pytest.mark.parametrize("content", [b"", b"format = 2", b"\xff", b"title = [" * 9, None])
def test_an_assignment_that_cannot_be_used(pupil: Path, content: bytes | None) -> None:
    (pupil / "assignment.toml").unlink()
    if content is not None:
        (pupil / "assignment.toml").write_bytes(content)
    alone = judge(pupil)
    assert [check.name for check in alone.checks] == ["assignment"]
    assert not alone.passed
    given = judge(pupil, TEACHERS)
    assert given.passed
    assert "Its assignment.toml cannot be used" in given.notes[0]


def test_a_pupil_who_asks_less_of_himself_is_judged_by_the_teachers_copy(pupil: Path) -> None:
    file = pupil / "assignment.toml"
    file.write_text(file.read_text().replace("sessions = 2", "sessions = 1"))
    assert judge(pupil, TEACHERS).notes == (
        "Its assignment.toml is another than yours. It was judged by yours.",
    )


def test_one_bad_folder_hides_no_other_and_names_are_text(pupil: Path) -> None:
    bad = pupil.parent / f"=cmd {SCRIPT.replace('/', '_')}"
    shutil.copytree(pupil, bad)
    garbage(bad / "models/first/metrics.json")
    (bad / "answers.md").write_text(f"## 9. x\n\n{SCRIPT}\n\x1b[2J")
    (pupil.parent / "nothing here").mkdir()
    folders = pupils_folders([pupil.parent])
    assert len(folders) == 3
    verdicts = [judge(folder, TEACHERS) for folder in folders]
    assert {v.name: v.passed for v in verdicts}["ada"] is True
    page, table = grade_page(verdicts), gradebook(verdicts)
    assert SCRIPT not in page
    assert "&lt;script&gt;alert(1)" in page
    assert page.count("<article>") == 3
    assert "'=cmd" in table
    assert len(table.splitlines()) == 4


def test_a_folder_that_holds_nobody_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AssignmentError, match="holds none"):
        pupils_folders([tmp_path])
    with pytest.raises(AssignmentError, match="There is no folder"):
        pupils_folders([tmp_path / "gone"])


def test_a_part_that_cannot_be_read_is_told(pupil: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = Path.iterdir

    def refusing(path: Path) -> Iterator[Path]:
        if path.name == "recordings":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refusing)  # nothing is closed to root
    made = read_submission(pupil)
    assert made.faults["recordings"] == ["recordings cannot be read (Permission denied)."]
    assert made.models
