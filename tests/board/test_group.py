"""Several boards at once: one plan on one clock, and each board's loss is its own."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest

from motionloop.board import clock_watch
from motionloop.board.group import Change, Group, Member, changes_of, member_folder
from motionloop.board.recorder import Step
from motionloop.errors import LinkLostError
from motionloop.recordings.clock import utc_us
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.recordings.writer import RecordingWriter
from motionloop.sample_format import SampleFormat

pytestmark = pytest.mark.slow

PLAN = [Step("sitting", 5.0), Step(None, 2.0), Step("walking", 4.0)]


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """UTC goes with the event loop's time that jumps."""
    monkeypatch.setattr(clock_watch, "_utc_offset_s", lambda: 1_790_000_000.0)


async def member(boards, folder: Path, **options: object) -> Member:
    board = await boards.start(**options)
    client = await boards.client(board)
    described = RecordedBoard.from_info(client.info, board.name, board.address)
    writer = RecordingWriter.create(folder / board.name, described, name="s", session="one")
    return Member(client, writer)


def test_a_plan_has_its_moments() -> None:
    assert changes_of(PLAN, 1.0, 100.0) == [
        Change(100.0, None),
        Change(101.0, "sitting"),
        Change(106.0, None),
        Change(108.0, None),
        Change(109.0, "walking"),
        Change(113.0, None),
    ]


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("left foot", "s-left-foot"),
        ("../../x", "s-x"),
        ("..\\x:*?", "s-x"),
        ("a\n\tb", "s-a-b"),
        ("...", "s-recording"),
    ],
)
def test_a_name_from_the_air_is_a_plain_part_of_a_folders_name(
    tmp_path: Path, name: str, folder: str
) -> None:
    board = RecordedBoard(name, SampleFormat(119.0, 1, 1), "C0:00:00:00:00:01")
    assert member_folder(tmp_path / "s", board) == tmp_path / folder
    (tmp_path / folder).mkdir()
    assert member_folder(tmp_path / "s", board) == tmp_path / f"{folder}-C00000000001"


@pytest.mark.virtual_time
async def test_labels_of_two_boards_change_at_the_same_moments(boards, tmp_path: Path) -> None:
    first = await member(boards, tmp_path, name="left", drift_ppm=90.0)
    await asyncio.sleep(3.7)  # its clock is another one
    second = await member(boards, tmp_path, name="right", drift_ppm=-90.0)
    await Group([first, second], PLAN, 1.0).record()
    edges = []
    for name in ("left", "right"):
        recording = Recording.open(tmp_path / name)
        assert recording.problems == ()
        assert (recording.name, recording.description.session) == ("s", "one")
        assert [segment.label for segment in recording.segments] == ["sitting", "walking"]
        bounds_us = np.array([[s.start_us, s.end_us] for s in recording.segments]).ravel()
        edges.append(utc_us(recording.description.clock, bounds_us) / 1e6)
    # A period of 8.4 ms is the grain of it.
    assert np.abs(edges[0] - edges[1]).max() < 0.015
    assert np.diff(edges[0]) == pytest.approx([5.0, 3.0, 4.0], abs=0.02)


@pytest.mark.virtual_time
async def test_a_lost_board_ends_no_other_recording(boards, tmp_path: Path) -> None:
    stays = await member(boards, tmp_path, name="stays")
    goes = await member(boards, tmp_path, name="goes")
    (board,) = [board for board in boards._running if board.name == "goes"]
    group = Group([stays, goes], [Step("walking", 60.0)])
    recording = asyncio.create_task(group.record())
    await asyncio.sleep(10.0)
    await boards.stop(board)
    await recording
    assert stays.error is None
    assert isinstance(goes.error, LinkLostError)
    whole, broken = (Recording.open(tmp_path / name) for name in ("stays", "goes"))
    assert whole.quality.duration_s > 60
    assert 5 < broken.quality.duration_s < 11
    assert broken.problems == ()  # it is closed
    assert [segment.label for segment in broken.segments] == ["walking"]


@pytest.mark.virtual_time
async def test_a_link_that_comes_back_keeps_the_labels_where_they_were(
    boards, tmp_path: Path
) -> None:
    members = [await member(boards, tmp_path, name=name) for name in ("calm", "shaky")]
    (board,) = [board for board in boards._running if board.name == "shaky"]
    group = Group(members, [Step("sitting", 4.0), Step("walking", 8.0)])
    recording = asyncio.create_task(group.record())
    for one in members:
        await one.ready()
    await asyncio.sleep(3.7)
    board.disconnect()  # while the label changes
    await recording
    starts = []
    for name in ("calm", "shaky"):
        found = Recording.open(tmp_path / name)
        second_us = np.array([found.segments[1].start_us])
        starts.append(utc_us(found.description.clock, second_us)[0] / 1e6)
    assert starts[0] == pytest.approx(starts[1], abs=0.015)
    assert members[1].client.reconnects == 1


@pytest.mark.virtual_time
async def test_an_interruption_closes_all_recordings(boards, tmp_path: Path) -> None:
    members = [await member(boards, tmp_path, name=name) for name in ("one", "two")]
    recording = asyncio.create_task(Group(members, [Step("walking", float("inf"))]).record())
    await asyncio.sleep(5.0)
    recording.cancel()
    await asyncio.gather(recording, return_exceptions=True)
    for name in ("one", "two"):
        found = Recording.open(tmp_path / name)
        assert found.problems == ()
        (segment,) = found.segments
        assert segment.end_us == found.end_us
