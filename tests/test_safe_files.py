"""Files stay where they belong: nothing is written through a link, and one module opens files."""

from __future__ import annotations

import ast
import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from motionloop import safe_files
from motionloop.errors import DiskFullError, RecordingError

SOURCES = Path(safe_files.__file__).parent
# Other places that write, and why no link can lead them elsewhere.
ALLOWED = {
    ("safe_files.py", "*"): "the one place",
    ("cli.py", "os.open"): "the null device",
    ("flashing/serial_ports.py", "os.open"): "a serial port",
    ("training/worker.py", "os.fdopen"): "the pipe to the asking process",
    ("recordings/facts.py", "sqlite3.connect"): "the user's own cache",
    ("training/tuning/study.py", "sqlite3.connect"): "after `check_database`",
    ("training/report.py", "np.savez"): "into memory",
    ("training/backbone.py", "np.savez"): "into memory",
    ("studio/labelling/sample_cache.py", "np.save"): "into memory",
    ("recordings/formats/elan.py", "file.to_file"): "inside `whole_or_nothing`",
    ("training/evaluation/plots.py", "figure.savefig"): "into memory",
    ("training/tuning/plots.py", "figure.savefig"): "into memory",
    ("studio/screenshots.py", "shown.grab().save"): "a developer's tool",
    ("studio/inside/look_inside.py", "picture.save"): "into memory",
    ("recordings/formats/zipped.py", "zipfile.ZipFile"): "a file that safe_files opened",
}
WRITERS = {
    "write_text", "write_bytes", "savez", "savez_compressed", "tofile", "to_file", "savefig",
    "copy", "copy2", "copyfile", "to_csv", "fdopen", "RotatingFileHandler", "FileHandler",
    "FileIO", "mkstemp", "connect", "symlink_to", "hardlink_to", "touch",
}  # fmt: skip
OF_A_MODULE = {"copy": "shutil", "copy2": "shutil", "connect": "sqlite3", "FileIO": "io"}


def writes(call: ast.Call) -> bool:
    """Whether a call opens a file for writing, as far as the source says so."""
    words = ast.unparse(call.func)
    owner, _, name = words.rpartition(".")
    modes = [a.value for a in (*call.args, *(k.value for k in call.keywords)) if is_text(a)]
    if name == "open" and words != "os.open":
        places = call.args[1:] if not owner else call.args[:2]
        texts = [a.value for a in places if is_text(a)]
        texts += [k.value.value for k in call.keywords if k.arg == "mode" and is_text(k.value)]
        return any(set(text) <= set("rwxabt+") and set(text) & set("wxa+") for text in texts)
    if words == "os.open":
        return True
    if words == "zipfile.ZipFile":
        return bool({"w", "a", "x"} & set(modes))
    if words == "np.memmap":
        return False  # of a file that was opened before; by name it is found below
    if name == "save" and call.args:
        return owner == "np" or owner.endswith(("grab()", "picture"))
    return name in WRITERS and owner in (OF_A_MODULE.get(name, owner), "")


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


@pytest.mark.slow
def test_one_module_opens_files_for_writing() -> None:
    found = set()
    for path in sorted(SOURCES.rglob("*.py")):
        name = path.relative_to(SOURCES).as_posix()
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and writes(node):
                found.add((name, ast.unparse(node.func)))
    own = {one for one in found if one[0] == "safe_files.py"}
    assert own, "the walk finds nothing"
    assert found - own - set(ALLOWED) == set()
    assert set(ALLOWED) - found == {("safe_files.py", "*")}, "no longer there"


@pytest.mark.parametrize(
    "source",
    [
        "open(p, 'w')", "p.open('ab')", "open(p, mode='r+')", "p.write_text('')", "os.open(p, 1)",
        "np.savez(p, a)", "shutil.copy(a, b)", "zipfile.ZipFile(p, 'a')", "sqlite3.connect(p)",
        "FileIO(p, 'r+')", "figure.savefig(p)",
    ],
)  # fmt: skip
def test_the_walk_sees_a_write(source: str) -> None:
    call = ast.parse(source, mode="eval").body
    assert isinstance(call, ast.Call)
    assert writes(call)


@pytest.mark.parametrize("source", ["open(p)", "p.open('rb')", "Recording.open(path)", "a.copy()"])
def test_the_walk_leaves_reading_alone(source: str) -> None:
    call = ast.parse(source, mode="eval").body
    assert isinstance(call, ast.Call)
    assert not writes(call)


def link(path: Path, victim: Path) -> None:
    path.symlink_to(victim)


def dangling(path: Path, victim: Path) -> None:
    path.symlink_to(victim.with_name("nothing"))


def second_name(path: Path, victim: Path) -> None:
    path.hardlink_to(victim)


def pipe(path: Path, victim: Path) -> None:
    os.mkfifo(path)


TRAPS = [link, dangling, second_name, pipe]
Trap = Callable[[Path, Path], None]


@pytest.fixture
def victim(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "elsewhere" / "thesis.txt"
    path.parent.mkdir()
    path.write_text("years of work")
    yield path
    assert path.read_text() == "years of work"
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize(
    "write",
    [
        lambda path: safe_files.open_own(path).close(),
        lambda path: safe_files.open_own(path, new=True).close(),
        lambda path: safe_files.add_to_end(path, b"new"),
        lambda path: safe_files.write_new(path, b"new"),
        lambda path: safe_files.make_file(path, b"new"),
        lambda path: safe_files.check_own(path),
        lambda path: safe_files.open_alone(path, to_write=True).close(),
    ],
)
def test_nothing_is_written_where_a_name_leads(
    tmp_path: Path, victim: Path, trap: Trap, write: Callable[[Path], None]
) -> None:
    path = tmp_path / "mine.txt"
    trap(path, victim)
    with pytest.raises(OSError, match=r"link|pipe|exists|No such device"):
        write(path)


@pytest.mark.parametrize("trap", TRAPS)
def test_a_whole_file_takes_the_place_of_whatever_was_there(
    tmp_path: Path, victim: Path, trap: Trap
) -> None:
    path = tmp_path / "mine.txt"
    trap(path, victim)
    safe_files.write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert not path.is_symlink()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["elsewhere", "mine.txt"]


def test_a_link_in_place_of_a_folder_is_refused(tmp_path: Path, victim: Path) -> None:
    (tmp_path / "inside").symlink_to(victim.parent)
    with pytest.raises(OSError, match="nothing is written through links"):
        safe_files.own_folder(tmp_path / "inside")

    def put_files_there() -> None:
        with safe_files.whole_or_nothing(tmp_path, overwrite=True) as made:
            (made / "inside").mkdir(parents=True)
            (made / "inside" / "thesis.txt").write_text("new")

    with pytest.raises(RecordingError, match="nothing is written through links"):
        put_files_there()


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="no file, but a folder, a pipe or a device"):
        safe_files.read_whole(tmp_path / "pipe")
    with pytest.raises(OSError, match="a pipe or a device"):
        safe_files.read_whole(Path("/dev/zero"))


# Files that are read by their names, and why no pipe can be in their place.
READ = {
    ("safe_files.py", "open"): "the one place",
    ("assignment/start.py", "TEMPLATE.read_bytes"): "the program's own",
    ("board/bluetooth.py", "path.read_text"): "of the system",
    ("flashing/platformio.py", "_wire_header(project).read_text"): "the program's own",
    ("flashing/serial_ports.py", "(process / 'comm').read_text"): "of the system",
    ("flashing/serial_ports.py", "comm.read_text"): "of the system",
    ("model/c_library.py", "path.read_bytes"): "the program's own",
    ("model/c_library.py", "example.read_bytes"): "the program's own",
    ("model/c_library.py", "file.read_text"): "the program's own",
}


def reads(call: ast.Call) -> bool:
    """Whether a call reads a file by its name, as far as the source says so."""
    words = ast.unparse(call.func)
    name = words.rpartition(".")[2]
    if name == "open" and words == "open":
        return True
    modes = [node.value for node in call.args[:1] if is_text(node)]
    return (name in ("read_text", "read_bytes") and words != "read_text") or (
        name == "open" and any(set(text) <= set("rbt") for text in modes)
    )


@pytest.mark.slow
def test_one_module_opens_files_of_anybodys_for_reading() -> None:
    found = set()
    for path in sorted(SOURCES.rglob("*.py")):
        name = path.relative_to(SOURCES).as_posix()
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and reads(node):
                found.add((name, ast.unparse(node.func)))
    assert found == set(READ)


@pytest.mark.parametrize(
    ("source", "is_one"),
    [
        ("open(p)", True), ("p.open('rb')", True), ("p.read_text()", True),
        ("a.b().read_bytes()", True), ("read_text(p)", False), ("Recording.open(path)", False),
    ],
)  # fmt: skip
def test_the_walk_sees_a_read(source: str, is_one: bool) -> None:
    call = ast.parse(source, mode="eval").body
    assert isinstance(call, ast.Call)
    assert reads(call) == is_one


def test_a_file_is_read_up_to_a_limit(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(bytes(10))
    assert safe_files.read_whole(tmp_path / "file", 10) == bytes(10)
    with pytest.raises(OSError, match="more than 9 bytes"):
        safe_files.read_whole(tmp_path / "file", 9)


def test_of_two_programs_that_make_a_file_one_succeeds(tmp_path: Path) -> None:
    safe_files.write_new(tmp_path / "file", b"one")
    with pytest.raises(FileExistsError):
        safe_files.write_new(tmp_path / "file", b"two")
    assert (tmp_path / "file").read_bytes() == b"one"
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_the_same_on_a_disk_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    test_of_two_programs_that_make_a_file_one_succeeds(tmp_path)


def test_a_place_that_cannot_be_written_is_found_out_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    safe_files.check_folder(tmp_path / "not" / "yet")
    assert not list(tmp_path.iterdir())
    (tmp_path / "file").touch()
    with pytest.raises(RecordingError, match="Nothing was begun"):
        safe_files.check_folder(tmp_path / "file" / "models")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(safe_files.tempfile, "TemporaryFile", full)
    with pytest.raises(DiskFullError, match="Nothing was begun"):
        safe_files.check_folder(tmp_path)


def replaced(folder: Path) -> None:
    with safe_files.whole_or_nothing(folder, overwrite=True) as made:
        (made / "b").mkdir(parents=True)
        for name in ("a", "b/c", "d", "e"):
            (made / name).write_text("new")


def content(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


def test_nothing_is_replaced_where_a_folder_stands_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "own").write_text("old")
    before = content(tmp_path)
    with pytest.raises(RecordingError, match=r"/d is a folder, .*Nothing was written\."):
        replaced(tmp_path)
    assert content(tmp_path) == before


def test_nothing_is_replaced_where_a_file_stands_in_the_way_of_a_folder(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text("old")
    before = content(tmp_path)
    with pytest.raises(RecordingError, match=r"/b .*Nothing was written\."):
        replaced(tmp_path)
    assert content(tmp_path) == before


@pytest.mark.parametrize("links", [True, False])
def test_what_was_replaced_comes_back_when_the_disk_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    for name in ("a", "d", "e"):
        (tmp_path / name).write_text("old")
    before, replace = content(tmp_path), os.replace

    def failing(source: Path, target: Path) -> None:
        if Path(target) == tmp_path / "d" and Path(source).name == "d":
            raise OSError(errno.EIO, "Input/output error", str(source))
        replace(source, target)

    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "replace", failing)
    if not links:
        monkeypatch.setattr(os, "link", refused)
    with pytest.raises(RecordingError, match=r"/d cannot be written .*Nothing was written\."):
        replaced(tmp_path)
    assert content(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "d", "e"]
    monkeypatch.undo()
    replaced(tmp_path)
    assert set(content(tmp_path).values()) == {"new"}
