"""`motionloop record` of several boards, from its options to what it leaves and prints."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from motionloop.commands.parser import build_parser
from motionloop.errors import MotionLoopError
from motionloop.recordings.recording import Recording

pytestmark = pytest.mark.slow


def options(recordings: Path, *arguments: str):
    where = "--radio", "virtual", "--recordings", str(recordings)
    return build_parser("record").parse_args(["record", *where, *arguments])


@pytest.mark.virtual_time
async def test_all_boards_record_one_plan_into_a_folder_each(
    boards, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("left", "right"):
        await boards.start(name=name)
    plan = "--plan", "sitting 2, - 1, walking 2"
    given = options(tmp_path, "--all", *plan, "--name", "monday", "--wearer", "Ada", "--json")
    await given.run(given)
    found = [Recording.open(tmp_path / f"monday-{name}") for name in ("left", "right")]
    assert {recording.name for recording in found} == {"monday"}
    assert len({recording.description.session for recording in found} - {""}) == 1
    for recording in found:
        assert recording.wearer == "Ada"
        assert [segment.label for segment in recording.segments] == ["sitting", "walking"]
        seconds = recording.seconds_per_label
        assert seconds == pytest.approx({"sitting": 2.0, "walking": 2.0}, abs=0.05)
    said = capsys.readouterr()
    (document,) = map(json.loads, said.out.splitlines())
    assert [one["board"]["name"] for one in document["recordings"]] == ["left", "right"]
    assert [one["session"] for one in document["recordings"]] == [found[0].description.session] * 2
    assert [one["error"] for one in document["recordings"]] == [None, None]
    assert "2 boards on one clock" in said.err


@pytest.mark.virtual_time
async def test_a_board_that_is_lost_is_named_at_the_end(
    boards, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    board = await boards.start(name="goes")
    await boards.start(name="stays")
    given = options(
        tmp_path, "--boards", "goes", "stays", "--label", "rest", "--seconds", "60", "--name", "n"
    )
    recording = asyncio.create_task(given.run(given))
    await asyncio.sleep(12.0)
    await boards.stop(board)
    with pytest.raises(MotionLoopError, match=r"1 of 2 boards did not record.*goes .* come back"):
        await recording
    assert Recording.open(tmp_path / "n-stays").quality.duration_s > 60
    assert "n-goes" in capsys.readouterr().out


@pytest.mark.virtual_time
async def test_one_board_twice_is_refused(boards, tmp_path: Path) -> None:
    board = await boards.start(name="one")
    given = options(tmp_path, "--boards", "one", board.address)
    with pytest.raises(MotionLoopError, match="twice"):
        await given.run(given)


def test_one_board_and_all_boards_exclude_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        options(tmp_path, "--board", "one", "--all")
    assert "not allowed with" in capsys.readouterr().err
