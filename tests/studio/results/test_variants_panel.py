"""The table of variants, as it stands in a model's folder."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from motionloop.language import english, joined, speak, to_json, tr
from motionloop.model.folder import VARIANTS_FILE
from motionloop.studio.jobs.model_jobs import ModelJobs
from motionloop.studio.results.variants_panel import VariantsPanel
from motionloop.studio.results.variants_table import words_of
from motionloop.trainer.messages import Variant, VariantsRequest
from tests.studio.conftest import Studio
from tests.studio.pages.test_room import fake_link

FLOAT = Variant(
    "base, float32", 28_676, 29_000, 25_601, 0.975, 0.974, None, 241_000, None, False,
    "The board computes in int8 only.", "variants/base-float32.tflite",
)  # fmt: skip
PRUNED = Variant(
    "pruned, int8", 11_456, 11_900, 7_469, 0.971, 0.97, 8_144, 241_000, 24.2, True,
    "A zero is stored like any number.", "variants/pruned.tflite", "variants/pruned.mlpkg",
)  # fmt: skip


def test_variants_are_compared_and_explained(studio: Studio, tmp_path: Path) -> None:
    panel = VariantsPanel(studio.session)
    panel.show_model(tmp_path)
    assert not panel.measure_button.isHidden()
    assert panel.table.variants.rowCount() == 0

    package = tmp_path / str(PRUNED.package)
    package.parent.mkdir()
    package.touch()
    listed = [asdict(FLOAT), asdict(PRUNED)]
    (tmp_path / VARIANTS_FILE).write_text(json.dumps(listed))
    panel.show_model(tmp_path)
    table = panel.table.variants
    shown = [
        [table.data(table.index(line, column)) for column in range(table.columnCount())]
        for line in range(table.rowCount())
    ]
    assert shown == [
        ["base, float32", "28,676", "25,601", "97.5%", "–", "241", "–", "no"],  # noqa: RUF001
        ["pruned, int8", "11,456", "7,469", "97.1%", "8,144", "241", "24", "yes"],
    ]
    assert panel.why.text() == FLOAT.why
    assert "int8 only" in panel.push_button.toolTip()
    panel.table.setFocus()
    studio.press(Qt.Key.Key_Down, on=panel.table)
    assert panel.why.text() == PRUNED.why
    assert panel.push_button.toolTip().startswith("No board is connected")
    studio.session.current = fake_link(studio.session, 1)
    panel.show_model(tmp_path)
    assert panel.push_button.isEnabled()
    package.unlink()
    panel.show_model(tmp_path)
    assert panel.push_button.toolTip() == "The file of this variant is gone: measure again."
    package.touch()
    studio.session.training.running = "Retraining"
    panel.show_model(tmp_path)
    assert panel.push_button.toolTip().startswith("Wait until the present job is over")
    studio.session.training.running, studio.session.current = "", None

    # Measured again, the chosen one stays chosen.
    (tmp_path / VARIANTS_FILE).write_text(json.dumps([*listed, asdict(PRUNED)]))
    panel.show_model(tmp_path)
    assert panel.table.variant == asdict(PRUNED)
    panel.close()


def test_a_variant_is_said_in_the_language_of_the_window() -> None:
    words = {"name": to_json(joined((tr("pruned"), "int8"), ", ")), "why": to_json(tr("base"))}
    variant = {**asdict(PRUNED), "words": words}
    speak(lambda source, _, __: {"pruned": "ausgedünnt", "base": "Basis"}.get(source, source))
    try:
        assert words_of(variant, "name") == "ausgedünnt, int8"
        assert words_of(variant, "why") == "Basis"
        assert words_of(asdict(PRUNED), "name") == PRUNED.name  # of an older version
    finally:
        speak(english)


def test_a_cancelled_measurement_leaves_the_one_before(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Measuring:
        """Measures one variant, and goes on."""

        async def variants(self, request: VariantsRequest) -> AsyncIterator[Variant]:
            yield PRUNED
            await asyncio.sleep(600)

    async def started(self: ModelJobs) -> Measuring:
        return Measuring()

    monkeypatch.setattr(ModelJobs, "_started_trainer", started)
    (tmp_path / VARIANTS_FILE).write_text(json.dumps([asdict(FLOAT), asdict(PRUNED)]))
    panel, jobs = VariantsPanel(studio.session), studio.session.training
    jobs.changed.connect(lambda: panel.show_model(tmp_path))
    jobs.measure_variants(tmp_path)
    studio.until(lambda: panel.table.variants.rowCount() == 1)
    jobs.cancel()
    studio.until(lambda: not jobs.running)
    assert panel.table.variants.rowCount() == 2
    panel.close()


def test_tab_leaves_the_table(studio: Studio, tmp_path: Path) -> None:
    (tmp_path / VARIANTS_FILE).write_text(json.dumps([asdict(FLOAT), asdict(PRUNED)]))
    panel = VariantsPanel(studio.session)
    panel.show_model(tmp_path)
    panel.show()
    panel.table.setFocus()
    studio.press(Qt.Key.Key_Tab, on=panel.table)
    assert panel.focusWidget() is panel.again_button
    panel.close()
