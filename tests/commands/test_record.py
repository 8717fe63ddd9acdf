"""`motionloop record` of one board."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest

from motionloop.commands.parser import build_parser
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import recording_folders
from tests.slow_disk import SlowDisk


@pytest.mark.virtual_time
@pytest.mark.slow
@pytest.mark.parametrize("boards_of", [(), ("--all",)], ids=["one board", "a group"])
async def test_a_disk_that_hangs_loses_nothing_and_stops_no_stream(
    boards, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, boards_of: tuple[str, ...]
) -> None:
    await boards.start(name="b")
    where = "--radio", "virtual", "--recordings", str(tmp_path), "--name", "r", *boards_of
    plan = "--plan", "sitting 3, - 1, walking 3"  # the label changes while the disk hangs
    given = build_parser("record").parse_args(["record", *where, *plan])
    disk = SlowDisk(monkeypatch)
    recording = asyncio.create_task(given.run(given))
    while not recording_folders(tmp_path):  # noqa: ASYNC110, virtual time
        await asyncio.sleep(0.1)
    await disk.hang()
    assert not recording.done()
    await recording
    (folder,) = recording_folders(tmp_path)
    found = Recording.open(folder)
    assert (found.gaps, found.problems) == ((), ())
    assert (np.diff(found.seq) == 1).all()
    assert found.description.closed
    assert found.seconds_per_label == pytest.approx({"sitting": 3.0, "walking": 3.0}, abs=0.3)


@pytest.mark.parametrize(
    ("label", "why"),
    [
        ("-", "a plan would not read '-' as a label"),
        ("unknown", "is the answer where no label fits"),
        ("x" * 300, "longer than the 24 bytes"),
    ],
)
@pytest.mark.parametrize(
    "command", [("record", "--label"), ("label", "r"), ("label", "r", "--events")]
)
def test_a_label_that_cannot_work_is_refused_before_anything_is_done(
    capsys: pytest.CaptureFixture[str], command: tuple[str, ...], label: str, why: str
) -> None:
    with pytest.raises(SystemExit):
        build_parser(command[0]).parse_args([*command, label])
    assert why in capsys.readouterr().err


def test_a_typed_label_has_one_form_of_its_letters() -> None:
    given = build_parser("record").parse_args(["record", "--label", " wa\u0301lk "])
    assert given.label == "w\u00e1lk"
    given = build_parser("label").parse_args(["label", "r", "wa\u0301lk"])
    assert given.label == "w\u00e1lk"
