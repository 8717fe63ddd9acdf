"""Each push is noted in the model's folder, and no push fails because of that."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from motionloop.board.client import BoardClient, PushStage
from motionloop.board.pushes import note_push
from motionloop.model.folder import METRICS_FILE, PACKAGE_FILE, PUSHES_FILE, stored_pushes
from motionloop.model.package import model_id

virtual_time = pytest.mark.virtual_time


@pytest.fixture
def model(tmp_path: Path, package: bytes) -> Path:
    """A model's folder with a package and a variant."""
    folder = tmp_path / "models" / "mine"
    (folder / "variants").mkdir(parents=True)
    (folder / METRICS_FILE).write_text("{}")
    (folder / PACKAGE_FILE).write_bytes(package)
    (folder / "variants" / "pruned.mlpkg").write_bytes(package)
    return folder


async def push(client: BoardClient, package: bytes, path: Path) -> None:
    stages = [now.stage async for now in client.push(package, path)]
    assert stages[-1] is PushStage.DONE


@virtual_time
async def test_a_push_is_noted_with_what_the_board_confirmed(
    boards, model: Path, package: bytes
) -> None:
    board = await boards.start()
    client = await boards.client(board)
    await push(client, package, model / PACKAGE_FILE)
    await push(client, package, model / "variants" / "pruned.mlpkg")
    first, second = stored_pushes(model)
    assert first["model_id"] == client.info.model_id.hex()
    assert first["model_id"] == model_id(package).hex()
    assert first["board"]["name"] == board.name
    assert first["board"]["address"] == board.address
    assert (first["board"]["virtual"], first["board"]["emulated"]) == (True, False)
    assert first["utc"].endswith("+00:00")
    assert (first["package"], second["package"]) == (PACKAGE_FILE, "variants/pruned.mlpkg")


@virtual_time
async def test_a_package_from_elsewhere_is_not_noted(
    boards, tmp_path: Path, package: bytes
) -> None:
    file = tmp_path / "alone.mlpkg"
    file.write_bytes(package)
    await push(await boards.client(await boards.start()), package, file)
    assert not (tmp_path / PUSHES_FILE).exists()


@virtual_time
async def test_a_folder_that_cannot_be_written_costs_a_line_of_the_log_and_not_the_push(
    boards, model: Path, package: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (model / PUSHES_FILE).mkdir()  # for root, too, no file can be there
    with caplog.at_level(logging.WARNING):
        client = await boards.client(await boards.start())
        await push(client, package, model / PACKAGE_FILE)
    assert "the push was not noted" in caplog.text


@pytest.mark.parametrize("broken", ["{", "3", "[3]", "[" * 100_000])
@virtual_time
async def test_a_broken_list_is_set_aside_and_a_new_one_begun(
    boards, model: Path, broken: str
) -> None:
    client = await boards.client(await boards.start())
    (model / PUSHES_FILE).write_text(broken)
    note_push(model / PACKAGE_FILE, client.board, client.info)
    assert len(json.loads((model / PUSHES_FILE).read_text())) == 1
    assert (model / f"{PUSHES_FILE}.bak").read_text() == broken
