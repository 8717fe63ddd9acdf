"""Whose a board is, and that it dropped a model, in the window, against virtual boards."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from motionloop import owner_key
from motionloop.board.client import BoardClient
from motionloop.board.link import RadioChoice, find_board
from motionloop.model.folder import PACKAGE_FILE
from motionloop.owner_key import OwnerKey, fingerprint
from motionloop.studio.pages.connect import BoardRow
from tests.studio.conftest import Board, Studio
from tests.system.test_models_that_end_the_board import abort_in_a_process

pytestmark = pytest.mark.system
StartBoard = Callable[..., Board]


def push(board: Board, package: bytes, key: OwnerKey | None = None) -> None:
    """Push from another program, as the user or as the owner of `key`."""

    async def pushed() -> None:
        found = await find_board(board.address, 10.0, RadioChoice.VIRTUAL)
        async with BoardClient(found, key) as client:
            async for _ in client.push(package):
                pass

    asyncio.run(pushed())


def put_model(studio: Studio, package: bytes) -> Path:
    folder = studio.session.models_folder / "golden"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PACKAGE_FILE).write_bytes(package)
    return folder / PACKAGE_FILE


def row_of(studio: Studio) -> BoardRow:
    row = studio.window.page("Connect").row_of(studio.board.address)
    assert isinstance(row, BoardRow)
    return row


def test_a_first_push_makes_the_board_yours_and_says_so(
    studio: Studio, start_board: StartBoard, package: bytes
) -> None:
    said: list[str] = []
    studio.session.notice.connect(said.append)
    studio.connect(start_board("--name", "ML-NEW"))
    row = row_of(studio)
    assert row.owner.isVisible()
    assert row.owner.text() == "nobody's: the first push makes it yours"
    assert row.dropped.isHidden()
    claimed = "ML-NEW is yours now: only your models run on it."
    jobs = studio.session.training
    jobs.push(put_model(studio, package))
    studio.until(lambda: jobs.outcome and not jobs.running)
    studio.until(lambda: row.owner.text() == "yours")
    assert said == [claimed]
    jobs.push(put_model(studio, package))  # what is the user's already becomes it no second time
    studio.until(lambda: jobs.outcome and not jobs.running)
    assert said == [claimed]
    assert studio.failures == []


def test_a_board_stays_nobodys_if_one_chooses_so(
    studio: Studio, start_board: StartBoard, package: bytes
) -> None:
    studio.connect(start_board())
    train, room, row = studio.window.page("Train"), studio.window.page("Room"), row_of(studio)
    studio.window.show_page("Train")
    assert train.claim.isVisible()
    assert train.claim.isChecked()
    train.claim.click()
    assert row.owner.text() == "nobody's: a push leaves it so"
    assert not room.claim.isChecked()  # one answer in the whole window
    jobs, file = studio.session.training, put_model(studio, package)
    jobs.push(file)
    studio.until(lambda: jobs.outcome and not jobs.running)
    jobs.push_to_all([studio.board], file)
    studio.until(lambda: not jobs.running)
    assert studio.board.has_no_owner
    assert owner_key.load() is None
    studio.window.show_page("Room")
    studio.until(room.claim.isVisible)
    room.claim.click()
    assert train.claim.isChecked()
    jobs.push_to_all([studio.board], file)
    studio.until(lambda: not jobs.running and row.owner.text() == "yours")
    room.refresh()
    assert not room.claim.isVisible()
    assert train.claim.isHidden()
    assert studio.failures == []


def test_anothers_board_is_named_so_and_refuses_in_words(
    studio: Studio, start_board: StartBoard, package: bytes
) -> None:
    board, stranger = start_board("--name", "ML-OTHER"), OwnerKey.make()
    push(board, package, stranger)
    studio.connect(board)
    theirs = fingerprint(stranger.key_id)
    assert row_of(studio).owner.text() == f"another's (key id {theirs})"
    jobs, file = studio.session.training, put_model(studio, package)
    for work in (
        lambda: jobs.push(file),
        jobs.rollback,
        lambda: jobs.push_to_all([studio.board], file),
    ):
        studio.failures.clear()
        work()
        studio.until(lambda: studio.failures and not jobs.running)
        (words,) = studio.failures
        assert "ML-OTHER" in words
        assert f"belongs to the owner {theirs}, and your key is" in words
    assert owner_key.load() is None
    assert row_of(studio).owner.text() == f"another's (key id {theirs})"


def test_a_key_that_cannot_be_read_is_told_beside_the_board(
    studio: Studio, start_board: StartBoard, package: bytes
) -> None:
    board = start_board()
    push(board, package)
    key = owner_key.load()
    assert key is not None
    owner_key.key_file().write_text("torn")
    studio.connect(board)
    assert row_of(studio).owner.text() == (
        f"the owner's key id is {fingerprint(key.key_id)}, and your key cannot be read"
    )
    studio.session.training.rollback()
    studio.until(lambda: studio.failures)
    assert "cannot be used" in studio.failures[0]


def test_a_dropped_model_is_told_where_the_model_is_named(
    studio: Studio, start_board: StartBoard, package: bytes, tmp_path: Path
) -> None:
    flash = tmp_path / "board.flash"
    board = start_board("--flash", str(flash))
    push(board, package)
    for _ in range(2):
        board.stop()
        abort_in_a_process(flash.with_name("board.flash.mark"), "inside")
        board = start_board("--flash", str(flash))
    studio.connect(board)
    row, strip = row_of(studio), studio.window.strip
    words = "The last model ended the board twice in a row: the board runs none now."
    assert row.dropped.isVisible()
    assert row.dropped.text() == words
    assert "no model" in row.facts.text()
    strip.refresh()
    assert strip.model.words == "no model on it (one dropped)"
    assert words in strip.model.toolTip()
    # The next model ends the matter.
    jobs = studio.session.training
    jobs.push(put_model(studio, package))
    studio.until(lambda: jobs.outcome and not jobs.running)
    studio.until(row.dropped.isHidden)
    strip.refresh()
    assert "dropped" not in strip.model.words
