"""A class's recordings under pseudonyms: equal samples, no names, the same pupil again."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from motionloop.assignment.merge import default_key, merge_class
from motionloop.errors import AssignmentError
from motionloop.recordings.managing import put_in_bin
from motionloop.recordings.named_split import NamedSplit, load_split, splits_folder
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import Video
from motionloop.recordings.sources import read_recordings
from tests.assignment.pupil import write_sessions

pytestmark = pytest.mark.slow

NAMES = ("Ada", "Ben", "Cleo", "Dan")


@pytest.fixture(scope="session")
def a_class(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("class")
    for number, name in enumerate(NAMES, 1):
        write_sessions(folder / name / "recordings", number, f"{name} Secret")
    return folder


@pytest.fixture
def folders(a_class: Path, tmp_path: Path) -> list[Path]:
    shutil.copytree(a_class, tmp_path / "class")
    return [tmp_path / "class" / name for name in NAMES]


def key_of(file: Path) -> dict[str, str]:
    pupils: dict[str, str] = json.loads(file.read_text())["pupils"]
    return pupils


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def test_samples_are_equal_and_names_are_gone(folders: list[Path], tmp_path: Path) -> None:
    first = Recording.open(folders[0] / "recordings/monday")
    first.set_video(Video("ada-secret.mp4", 1.0))
    description = folders[0] / "recordings/monday/recording.json"
    document = json.loads(description.read_text())
    document["notes"] = "Ada Secret was ill"
    document["placement"] = "the pocket of Ada Secret"
    document["board"] |= {"name": "Ada Secret's board", "address": "AA:BB:CC", "note": "Ada Secret"}
    description.write_text(json.dumps(document))
    before = files_in(tmp_path / "class")
    out = tmp_path / "merged"
    merged = merge_class(folders, out, default_key(out))

    assert files_in(tmp_path / "class") == before
    key = key_of(default_key(out))
    assert sorted(key) == ["pupil 01", "pupil 02", "pupil 03", "pupil 04"]
    assert sorted(key.values()) == list(NAMES)
    assert merged.recordings == dict.fromkeys(sorted(key), 2)
    copies = read_recordings(out / "recordings")
    for copy in copies:
        assert copy.path is not None
        number = int(copy.name.rsplit(" ", 1)[1])
        original = (
            tmp_path / "class" / key[copy.wearer] / "recordings" / ("monday", "tuesday")[number - 1]
        )
        assert (copy.path / "samples.csv").read_bytes() == (original / "samples.csv").read_bytes()
        assert copy.segments == Recording.open(original).segments
        assert copy.problems == ()
    for name, content in files_in(out).items():
        for secret in (b"Secret", b"AA:BB", b"monday", b".mp4", *(n.encode() for n in NAMES)):
            assert secret not in content, name
        assert not any(n.lower() in name.lower() for n in (*NAMES, "monday"))


def test_the_key_is_the_teachers_alone_and_a_pupil_keeps_the_pseudonym(
    folders: list[Path], tmp_path: Path
) -> None:
    out = tmp_path / "merged"
    key_file = default_key(out)
    merge_class(folders[:3], out, key_file)
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    first = key_of(key_file)
    shutil.rmtree(folders[0] / "recordings/tuesday")
    merged = merge_class(folders, out, key_file)
    assert {p: n for p, n in key_of(key_file).items() if p != "pupil 04"} == first
    assert key_of(key_file)["pupil 04"] == "Dan"
    ada = next(pseudonym for pseudonym, name in first.items() if name == "Ada")
    assert merged.recordings[ada] == 1
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600


def test_the_order_of_pseudonyms_says_nothing(folders: list[Path], tmp_path: Path) -> None:
    orders = set()
    for number in range(12):
        out = tmp_path / f"merged-{number}"
        merge_class(folders[:3], out, default_key(out))
        orders.add(tuple(key_of(default_key(out)).values()))
    assert len(orders) > 1  # of 6; all twelve alike once in 300 million times


def test_what_cannot_be_read_is_listed_and_the_others_are_merged(
    folders: list[Path], tmp_path: Path
) -> None:
    (folders[0] / "recordings/monday/recording.json").write_text("{")
    shutil.rmtree(folders[1] / "recordings")
    shutil.move(folders[2] / "recordings/monday", tmp_path / "outside")
    (folders[2] / "recordings/monday").symlink_to(tmp_path / "outside")
    merged = merge_class(folders, tmp_path / "merged", tmp_path / "key.json")
    assert sorted(merged.recordings.values()) == [1, 1, 2]
    said = " ".join(merged.left_out)
    assert "Ada:" in said
    assert "not valid JSON" in said
    assert "Ben: there are no recordings." in said
    assert "Cleo: recordings/monday/samples.csv is a link that leads out" in said


def test_two_wearers_in_one_folder_are_said(folders: list[Path], tmp_path: Path) -> None:
    file = folders[0] / "recordings/monday/recording.json"
    file.write_text(file.read_text().replace("Ada Secret", "Eve"))
    merged = merge_class(folders, tmp_path / "merged", tmp_path / "key.json")
    assert len(merged.notes) == 1
    assert "worn by Ada Secret, Eve, merged as one person" in merged.notes[0]


def test_places_that_would_lose_or_give_away_something_are_refused(
    folders: list[Path], tmp_path: Path
) -> None:
    out = tmp_path / "merged"
    with pytest.raises(AssignmentError, match="given away with it"):
        merge_class(folders, out, out / "key.json")
    with pytest.raises(AssignmentError, match="lie in each other"):
        merge_class(folders, folders[0] / "merged", tmp_path / "key.json")
    (out / "recordings" / "own").mkdir(parents=True)
    with pytest.raises(AssignmentError, match="was not made by merge-class"):
        merge_class(folders, out, tmp_path / "key.json")
    twin = tmp_path / "other" / "Ada"
    shutil.copytree(folders[0], twin)
    with pytest.raises(AssignmentError, match="Two pupils' folders are called Ada"):
        merge_class([*folders, twin], tmp_path / "new", tmp_path / "key.json")
    (tmp_path / "key.json").write_text("{")
    with pytest.raises(AssignmentError, match=r"The key .* cannot be used"):
        merge_class(folders, tmp_path / "new", tmp_path / "key.json")


def test_when_nothing_can_be_merged_the_class_before_stays(
    folders: list[Path], tmp_path: Path
) -> None:
    out, key = tmp_path / "merged", tmp_path / "key.json"
    merge_class(folders, out, key)
    before = files_in(out)
    shutil.rmtree(folders[0] / "recordings")
    with pytest.raises(AssignmentError, match="Nothing was merged"):
        merge_class(folders[:1], out, key)
    assert files_in(out) == before


def test_a_named_split_of_the_class_outlives_a_merge(folders: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "merged"
    merge_class(folders[:3], out, default_key(out))
    fixed = NamedSplit("exam", "person", {"pupil 01": ()}, {"pupil 02": ()})
    path = fixed.save(splits_folder(out / "recordings"))
    merge_class(folders, out, default_key(out))
    assert load_split(path) == fixed
    assert len(read_recordings(out / "recordings")) == 8


@pytest.mark.parametrize(
    "pupils",
    [
        {"../../../escaped": "Ada"},
        {"/tmp/escaped": "Ada"},
        {"..": "Ada"},
        {".hidden": "Ada"},
        {"": "Ada"},
        {"x" * 300: "Ada"},
        {"\ud800": "Ada"},
        {"pupil\x1b[2J": "Ada"},
        {"pupil 01": "Ada", "pupil 02": "Ada"},
        {"pupil 01": "Ada", "Pupil-01": "Ben"},
    ],
)
def test_a_key_leads_nowhere_else(
    folders: list[Path], tmp_path: Path, pupils: dict[str, str]
) -> None:
    key = tmp_path / "key.json"
    key.write_text(json.dumps({"format": 1, "pupils": pupils}))
    before = files_in(tmp_path)
    with pytest.raises(AssignmentError, match=r"The key .* cannot be used"):
        merge_class(folders, tmp_path / "a/b/merged", key)
    assert files_in(tmp_path) == before


def test_a_folder_that_is_not_utf_8_is_merged(folders: list[Path], tmp_path: Path) -> None:
    odd = folders[0].rename(folders[0].with_name("Ad\udce9"))
    key = tmp_path / "key.json"
    first = merge_class([odd], tmp_path / "merged", key)
    assert merge_class([odd], tmp_path / "merged", key).recordings == first.recordings


def labelled(folder: Path) -> None:
    copy = next(folder.glob("*-session-1"))
    Recording.open(copy).set_segments([])


def added(folder: Path) -> None:
    shutil.copytree(next(folder.glob("*-session-1")), folder / "mine")


def noted(folder: Path) -> None:
    (folder / "notes.txt").write_text("who moved how")


def binned(folder: Path) -> None:
    put_in_bin(next(folder.glob("*-session-1")))


def linked(folder: Path) -> None:
    (folder / "linked").symlink_to(folder.parent)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (labelled, "-session-1/recording.json"),
        (added, "mine/recording.json"),
        (noted, "notes.txt"),
        (binned, ".bin/"),
        (linked, "linked"),
    ],
)
def test_what_was_changed_in_the_class_is_never_lost(
    folders: list[Path], tmp_path: Path, change: Callable[[Path], None], named: str
) -> None:
    out = tmp_path / "merged"
    merge_class(folders, out, default_key(out))
    change(out / "recordings")
    before = files_in(out)
    with pytest.raises(AssignmentError, match=r"was changed since it was merged") as told:
        merge_class(folders, out, default_key(out))
    assert named in str(told.value)
    assert files_in(out) == before


def test_the_class_of_an_earlier_version_is_never_lost(folders: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "merged"
    merge_class(folders, out, default_key(out))
    (out / "recordings" / "merged.json").rename(out / "merged.json")
    with pytest.raises(AssignmentError, match="by an earlier version, and is not overwritten"):
        merge_class(folders, out, default_key(out))


def test_a_merge_that_was_cut_off_lost_nothing(folders: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "merged"
    merge_class(folders, out, default_key(out))
    labelled(out / "recordings")
    before = files_in(out / "recordings")
    (out / "recordings").rename(out / ".recordings-before")
    with pytest.raises(AssignmentError, match="was changed since it was merged"):
        merge_class(folders, out, default_key(out))
    assert files_in(out / "recordings") == before
