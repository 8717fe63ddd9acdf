"""What is said of recordings is in the users' language; what a file keeps of it is in English."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from motionloop import language
from motionloop.recordings.facts import list_facts
from motionloop.recordings.import_preview import notes_of, preview
from motionloop.recordings.importing import write_imported
from motionloop.recordings.recording import SAMPLES_FILE
from motionloop.recordings.recording_json import DESCRIPTION_FILE
from tests.recordings import data_sets
from tests.recordings.made_files import Dialect, motion, table


def other(source: str, comment: str, count: int) -> str:
    """Another language: each text in quotes of its own."""
    return f"«{language.english(source, comment, count)}»"


@pytest.fixture
def spoken() -> Iterator[None]:
    language.speak(other)
    yield
    language.speak(language.english)


def made_by_hand(folder: Path) -> None:
    """A table with a torn line, two lines in the wrong order and one that is there twice."""
    lines = table(motion(), Dialect()).decode().splitlines()
    lines[20] = lines[20].rpartition(",")[0]
    lines[30:32] = [lines[31], lines[30], lines[30]]
    (folder / "walking.csv").write_text("\n".join(lines))


SETS = (
    made_by_hand, data_sets.sensor_logger, data_sets.phyphox,
    data_sets.uci_har, data_sets.hapt, data_sets.motionsense, data_sets.pamap2,
    data_sets.wisdm_phone, data_sets.ku_har, data_sets.npz, data_sets.edge_impulse,
    data_sets.xdf, data_sets.parquet,
)  # fmt: skip


@pytest.mark.parametrize("make", SETS, ids=lambda make: make.__name__)
def test_an_import_is_described_in_the_language_and_written_in_english(
    make: Callable[[Path], object], tmp_path: Path, spoken: None
) -> None:
    files, recordings = tmp_path / "files", tmp_path / "recordings"
    files.mkdir()
    make(files)
    found = preview([files])
    said = [
        *notes_of(found.recordings),
        *(words for c, _ in found.found for _, words in c.left_out),
    ]
    assert said
    assert all(words.startswith("«") and words.endswith("»") for words in said), said
    made = write_imported(found.recordings, recordings)
    assert made.folders
    for folder in made.folders:
        assert "«" not in (folder / DESCRIPTION_FILE).read_text(encoding="utf-8")
    language.speak(language.english)
    again = write_imported(preview([files]).recordings, recordings)
    assert again.there == made.folders  # whatever was spoken then


def test_a_recording_is_listed_in_the_language_of_now(recorded: Path, spoken: None) -> None:
    language.speak(language.english)
    samples = recorded / SAMPLES_FILE
    samples.write_bytes(samples.read_bytes()[:-20])
    ((facts,), _) = list_facts(recorded.parent)
    assert len(facts.problems) > 1
    language.speak(other)
    ((known,), _) = list_facts(recorded.parent)  # of the database
    assert known.problems == tuple(map(language.again, facts.problems)) != facts.problems
