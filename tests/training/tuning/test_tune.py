"""The search: its trials, what it leaves out, and that it goes on where it stopped."""

import contextlib
import json
import re
import shutil
import sqlite3
import struct
from dataclasses import replace
from pathlib import Path

import pytest

from motionloop.errors import MotionLoopError, RecordingError
from motionloop.trainer.messages import TrainingRequest, Trial, TuneRequest

pytestmark = pytest.mark.training


@pytest.fixture
def request_(data_file: Path, tiny_quick: None, tmp_path: Path, monkeypatch) -> TuneRequest:
    """Two trials among small networks; one window is more than an input can hold."""
    from motionloop.training.tuning import tune

    small = {
        "architecture": ("cnn", "mobilenet"),
        "width": (0.25,),
        "stem_stride": (4,),
        "rate_hz": (25.0, 100.0),
        "window": (64, 1024),
    }
    monkeypatch.setattr(tune, "SPACE", small)
    training = TrainingRequest((str(data_file),), "", "walks")
    return TuneRequest(training, str(tmp_path), "walks", trials=2)


def searched(request: TuneRequest):
    from motionloop.training.tuning.tune import tune

    told, trials = [], []
    return tune(request, told.append, trials.append), told, trials


def test_a_search_is_gone_on_with(request_, tmp_path):
    first, told, trials = searched(request_)
    assert [trial.number for trial in trials] == [0, 1]
    assert [now.done for now in told] == [0, 50, 100]
    assert (tmp_path / "study.db").exists()

    second, _, more = searched(replace(request_, trials=4))
    assert [trial.number for trial in more] == [2, 3, 4, 5]
    assert (first.trials, second.trials) == (2, 6)
    everyone = trials + more
    for trial in everyone:
        assert trial.settings["rate_hz"] == 25.0  # 100 is more than was recorded at
        if trial.settings["window"] == 1024:
            assert re.match(r"A window of 1024 points .* is an input of \d+ bytes", trial.pruned)
        else:
            assert trial.accuracy > 0.8
            assert trial.macs > 0
            assert trial.arena_bytes > 1000
    assert second.pruned == sum(trial.pruned is not None for trial in everyone)
    # Equal settings are not trained twice, and stand in the front once.
    trained = {trial.settings["architecture"]: trial.macs for trial in everyone if trial.macs}
    assert 1 <= len(second.front) <= len(trained) == len({t.macs for t in everyone if t.macs})
    assert min(trained.values()) in [trial.macs for trial in second.front]
    for plot in second.plots:
        assert Path(plot).read_text().rstrip().endswith("</svg>")
    assert len(second.plots) == 2


def test_other_data_or_choices_make_another_study(request_, monkeypatch):
    from motionloop.training.tuning import tune

    searched(replace(request_, trials=0))
    other = replace(request_.training, split="block")
    with pytest.raises(MotionLoopError, match=r"begun with other recordings.*--study"):
        searched(replace(request_, training=other))
    monkeypatch.setattr(tune, "SPACE", tune.SPACE | {"width": (0.5,)})
    with pytest.raises(MotionLoopError, match=r"begun with other .* choices.*--study"):
        searched(request_)


def test_the_test_of_a_named_split_is_never_looked_at(request_, split_of_one, monkeypatch):
    from motionloop.training.tuning import tune

    seen = []

    def fit(windows, parts, config):
        seen.append(set(windows.person[[*parts.train, *parts.test]].tolist()))
        raise MotionLoopError("enough")

    monkeypatch.setattr(tune, "fit", fit)
    training = replace(request_.training, named_split=split_of_one.name)
    with pytest.raises(MotionLoopError, match="enough"):
        searched(replace(request_, training=training, trials=9))
    assert seen == [{"walks subject 0", "walks subject 2"}]
    with pytest.raises(MotionLoopError, match="begun with other recordings"):
        searched(request_)


def test_an_interrupted_trial_does_not_count(request_, tmp_path):
    from motionloop.training.tuning.study import Study

    study = Study.open(tmp_path, "walks", None, {})
    number, _ = study.ask({"width": (1.0,)}, seed=1)  # and never told how it ended
    again = Study.open(tmp_path, "walks", None, {})
    assert again.trials() == []
    assert again.ask({"width": (1.0,)}, seed=1)[0] == number + 1


@pytest.mark.parametrize("trial", [None, [], {"number": 0}, {"number": 0, "setting": {}}])
def test_a_study_with_trials_of_another_shape_is_said(request_, tmp_path, trial):
    searched(replace(request_, trials=1))
    with contextlib.closing(sqlite3.connect(tmp_path / "study.db")) as database, database:
        database.execute("UPDATE trial_user_attributes SET value_json=?", (json.dumps(trial),))
    with pytest.raises(MotionLoopError, match=r"study 'walks' cannot be opened at .*study\.db"):
        searched(request_)


def test_the_front_is_what_nothing_beats(tmp_path):
    from motionloop.training.tuning.study import Study

    study = Study.open(tmp_path, "fronts", None, {})
    figures = [(0.9, 5000, 100), (0.8, 4000, 90), (0.8, 6000, 120), (0.95, 8000, 300)]
    for accuracy, arena, macs in figures:
        number, settings = study.ask({"width": tuple(range(1000))}, seed=1)
        study.tell(Trial(number, settings, accuracy, arena, macs, tflite_bytes=1))
    assert [trial.accuracy for trial in study.front()] == [0.95, 0.9, 0.8]
    assert study.front()[2].arena_bytes == 4000


@pytest.mark.parametrize(
    "storage",
    ["nonsense", "sqlite:////no/such/folder/study.db", "nodatabase://ada:secret@host/tuning"],
)
def test_a_storage_that_cannot_be_reached_is_said_without_its_password(tmp_path, storage):
    from motionloop.training.tuning.study import Study

    with pytest.raises(MotionLoopError, match=r"cannot be opened at .*Check the address") as told:
        Study.open(tmp_path, "walks", storage, {})
    assert "secret" not in str(told.value)


def test_without_optuna_there_is_advice(tmp_path, monkeypatch):
    from motionloop.training.tuning import study

    monkeypatch.setattr(study, "optuna", None)
    with pytest.raises(MotionLoopError, match=r"motionloop\[tune\]"):
        study.Study.open(tmp_path, "walks", None, {})


def test_without_a_limit_there_is_no_search(request_):
    with pytest.raises(MotionLoopError, match="--trials or --minutes"):
        searched(replace(request_, trials=None))


def test_the_database_is_plain_sqlite(tmp_path):
    from motionloop.training.tuning.study import STUDY_FILE, Study

    Study.open(tmp_path, "walks", None, {})
    with sqlite3.connect(tmp_path / STUDY_FILE) as database:
        assert database.execute("SELECT study_name FROM studies").fetchall() == [("walks",)]


def interrupted(folder: Path, names: str = "") -> Path:
    """A study whose search was killed while it wrote; its journal names a file elsewhere, too."""
    from motionloop.training.tuning.study import STUDY_FILE, Study

    made, there = folder.parent / "made", folder / STUDY_FILE
    Study.open(made, "walks", None, {})
    folder.mkdir()
    writing = sqlite3.connect(made / STUDY_FILE, isolation_level=None)
    writing.execute("PRAGMA cache_size = 1")  # the file changes before the end of the change
    writing.execute("BEGIN")
    writing.execute("CREATE TABLE more (text)")
    writing.executemany("INSERT INTO more VALUES (?)", [("x" * 2000,)] * 100)
    for suffix in ("", "-journal"):
        shutil.copy(f"{made / STUDY_FILE}{suffix}", f"{there}{suffix}")
    writing.execute("ROLLBACK")
    writing.close()
    if names:
        name = names.encode()
        with (folder / f"{STUDY_FILE}-journal").open("ab") as journal:
            journal.write(struct.pack(">I", (1 << 30) // 4096 + 1) + name)
            journal.write(struct.pack(">II", len(name), sum(name)))
            journal.write(bytes.fromhex("d9d505f920a163d7"))
    return folder


def test_a_journal_that_names_a_file_elsewhere_deletes_nothing(tmp_path):
    from motionloop.training.tuning.study import Study

    thesis = tmp_path / "thesis.txt"
    thesis.write_text("years of work")
    folder = interrupted(tmp_path / "study", str(thesis))
    with pytest.raises(
        RecordingError, match=r"study\.db-journal .*names files elsewhere.*No study"
    ):
        Study.open(folder, "walks", None, {})
    assert thesis.read_text() == "years of work"


def test_a_search_that_was_killed_while_it_wrote_is_gone_on_with(tmp_path):
    from motionloop.training.tuning.study import STUDY_FILE, Study

    folder = interrupted(tmp_path / "study")
    assert Study.open(folder, "walks", None, {}).trials() == []
    with sqlite3.connect(folder / STUDY_FILE) as database:
        assert not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'more'").fetchall()


@pytest.mark.parametrize("suffix", ["", "-journal", "-wal", "-shm"])
def test_no_link_leads_the_database_elsewhere(tmp_path, suffix):
    from motionloop.training.tuning.study import STUDY_FILE, Study

    folder, elsewhere = tmp_path / "study", tmp_path / "elsewhere"
    Study.open(folder, "walks", None, {})
    elsewhere.write_text("")
    (folder / f"{STUDY_FILE}{suffix}").unlink(missing_ok=True)
    (folder / f"{STUDY_FILE}{suffix}").symlink_to(elsewhere)
    with pytest.raises(RecordingError, match=r"study\.db.* \(it is a link"):
        Study.open(folder, "walks", None, {})


@pytest.mark.parametrize(
    "name", ["a?uri=true&mode=ro", "a#b", "{SCHEMA_VERSION}", "{", "%41", "a:b@c"]
)
def test_the_folder_of_a_study_has_any_name(tmp_path, name):
    from motionloop.training.tuning.study import STUDY_FILE, Study

    study = Study.open(tmp_path / name, "walks", None, {})
    assert (tmp_path / name / STUDY_FILE).stat().st_size
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert study.storage == f"sqlite:///{tmp_path / name / STUDY_FILE}"
