"""The pages name what is there: files, links, commands, rooms, layers, bytes."""

from __future__ import annotations

import math
import re
import struct
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from importlib.util import find_spec
from pathlib import Path

import pytest

from motionloop import _core, wire
from motionloop.commands.parser import COMMANDS
from motionloop.model.package import unpack_package

ROOT = Path(__file__).parents[1]
HOST = ROOT / "host/motionloop"
CORE = ROOT / "firmware/lib/core"
TOP = [
    path.name
    for path in ROOT.iterdir()
    if path.is_dir()
    and (path.name in (".ci", ".github") or path.name[0] != ".")
    and path.name not in ("build", "models", "recordings", "evaluations", "studies", "backbones")
]
FILES = [
    str(path.relative_to(ROOT))
    for name in TOP
    for path in (ROOT / name).rglob("*")
    if path.is_file() and path.suffix not in (".pyc", ".so")
]
FILES += [path.name for path in ROOT.iterdir() if path.is_file()]
FILES += ["models/README.md", "recordings/README.md", "models/make_builtin.py"]
PAGES = [ROOT / name for name in sorted(FILES) if name.endswith(".md")]
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text()
PROTOCOL = (ROOT / "docs/protocol.md").read_text()

# This one names another commit's files.
MADE_BEFORE = ROOT / "tests/compatibility/a9d3fac/README.md"


def of(pages: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", pages, ids=lambda page: str(page.relative_to(ROOT)))


pages = of(PAGES)


# --- what is read of a page ---------------------------------------------------------------
def in_backticks(text: str) -> list[str]:
    """What stands in backticks, without blocks of code."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))


def section(title: str, text: str = ARCHITECTURE) -> str:
    """The part of a page below that heading, without the parts below headings of its own level."""
    found = re.search(rf"^(#+) {re.escape(title)}\n(.*?)(?=^\1 |\Z)", text, flags=re.M | re.S)
    assert found, f"no section {title!r}"
    return found[2]


def rows(text: str) -> list[list[str]]:
    """The cells of all tables, without their heads."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    kept = [
        line
        for line, following in zip(lines, [*lines[1:], ""], strict=True)
        if not re.match(r"\|[-:| ]+\|$", line) and not re.match(r"\|[-:| ]+\|$", following)
    ]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in kept]


def number(text: str) -> int:
    return int(text.replace(",", ""), 0)


def anchors(page: Path) -> set[str]:
    """What GitHub makes of the headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), flags=re.M)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


# --- names in every page ------------------------------------------------------------------
SOURCE = re.compile(r"[\w./-]+\.(py|pyi|cpp|h|toml|ini|yml|md|ld)")


def named_files(text: str) -> Iterator[str]:
    """Files and folders of the repository in backticks, without examples (NAME)."""
    for name in in_backticks(text):
        is_example = re.search(r"[A-Z]{4}", name) and not name.endswith(".md")
        is_folder = re.fullmatch(r"[\w./-]+", name) and name.split("/")[0] in TOP and "/" in name
        if not is_example and (is_folder or SOURCE.fullmatch(name)):
            yield name


@of([page for page in PAGES if page != MADE_BEFORE])
def test_files_that_a_page_names_are_there(page: Path) -> None:
    for name in named_files(page.read_text()):
        of_folder = (ROOT / name).exists() or (page.parent / name).exists()
        known = any(f"/{file}".endswith(f"/{name}") for file in FILES)
        assert of_folder or known, f"{page.name} names {name}, which is nowhere"


@pages
def test_names_are_defined_in_the_file_that_a_page_gives_for_them(page: Path) -> None:
    """`NAME` in `file`, `NAME` of `file`."""
    given = re.findall(r"`([\w.:]+)(?:\(\))?` (?:in|of) `([\w./-]+\.\w+)`", page.read_text())
    for name, path in given:
        plain = re.split(r"::|\.", name)[-1]
        if path.endswith(".py") and (ROOT / path).is_file():
            defined = rf"^ *(async )?(def|class) {plain}\b|^ *{plain}\b.* = "
            assert re.search(defined, (ROOT / path).read_text(), re.M), f"{name} is not in {path}"
        elif (ROOT / path).is_file():
            assert re.search(rf"\b{plain}\(", (ROOT / path).read_text()), f"{name} is not in {path}"


def test_files_that_the_code_names_are_there() -> None:
    """Pages and modules, in docstrings, comments and messages."""
    for file in FILES:
        if not re.match(r"(host|firmware)/.*\.(py|h|cpp)$", file):
            continue
        for name in re.findall(r"(?<![\w./-])([\w/-]+\.(?:md|py))\b", (ROOT / file).read_text()):
            is_there = any(f"/{known}".endswith(f"/{name}") for known in FILES)
            assert is_there, f"{file} names {name}, which is nowhere"


@pages
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        linked = (page.parent / path).resolve() if path else page
        assert linked.exists(), f"{page.name} links to {target}"
        if anchor:
            assert anchor in anchors(linked), f"{page.name} links to {target}"


@pages
def test_commands_of_a_page_exist(page: Path) -> None:
    text = page.read_text()
    code = "\n".join([*in_backticks(text), *re.findall(r"^```.*?^```", text, flags=re.M | re.S)])
    for command in re.findall(r"(?:^|[\s/])motionloop ([a-z][a-z-]+)", code):
        assert command in COMMANDS, f"{page.name} names motionloop {command}"
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"^make ([a-z]+)", code, flags=re.M):
        assert re.search(rf"^{target}:", makefile, flags=re.M), f"{page.name} names make {target}"
    for module in re.findall(r"python -m ((?:benchmarks|motionloop|tests)[\w.]*)", code):
        assert find_spec(module), f"{page.name} names python -m {module}"


# --- docs/architecture.md -----------------------------------------------------------------
def test_every_room_has_a_line_and_every_line_a_room() -> None:
    described = [
        in_backticks(cells[0])[0] for cells in rows(section("Rooms").split("Beside it")[0])
    ]
    rooms = {f"{path.parent.relative_to(HOST)}/" for path in HOST.glob("*/**/__init__.py")}
    modules = {path.name for path in HOST.glob("*.py")} - {"__init__.py", "__main__.py"}
    assert len(described) == len(set(described))
    assert set(described) == rooms | modules


def test_folders_beside_the_rooms_are_there() -> None:
    described = rows(section("Rooms").split("Beside it")[1])
    assert {name for cells in described for name in in_backticks(cells[0])} == {
        *(f"firmware/{name}/" for name in ("lib/core", "lib/wire", "library", "src", "virtual")),
        *(f"{name}/" for name in TOP if name not in ("firmware", "host", ".ci", ".github")),
        "models/",
        "recordings/",
    }
    parts = {f"{path.parent.name}/{path.name}" for path in CORE.glob("*.cpp")}
    core = next(cells[1] for cells in described if "lib/core" in cells[0])
    assert {f"core/{name}.cpp" for name in in_backticks(core)} <= parts
    tests = next(cells[1] for cells in described if "tests/" in cells[0])
    for name in in_backticks(tests):
        assert (ROOT / "tests" / name).exists() or (ROOT / name).exists()


def test_layers_are_those_that_are_checked() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contract = config["tool"]["importlinter"]["contracts"][0]
    described = [in_backticks(cells[0]) for cells in rows(section("Who imports whom"))]
    assert described == [layer.split(" | ") for layer in contract["layers"]]


def ways() -> Iterator[tuple[str, str]]:
    """Each way's stated number of files, and its table."""
    text = section("Four ways")
    for part in re.split(r"^\*\*", text, flags=re.M)[1:]:
        stated = re.search(r"(\d+) files, before \d+", part)
        assert stated
        yield stated[1], "\n".join(line for line in part.splitlines() if line.startswith("|"))


@pytest.mark.parametrize(("stated", "table"), list(ways()))
def test_a_way_enters_as_many_files_as_it_says(stated: str, table: str) -> None:
    entered = [
        f"{in_backticks(folder)[0]}{name}" for folder, files in rows(table)
        for name in in_backticks(files)
    ]  # fmt: skip
    assert all(name in FILES for name in entered)
    assert len(entered) == len(set(entered)) == int(stated)


@pytest.mark.parametrize("layout", [wire.PackageHeader, wire.Channel, wire.Rejection])
def test_layouts_are_drawn_as_they_are(layout: type[wire.Layout]) -> None:
    text = section("A package in bytes")
    drawn = re.search(rf"^`{layout.__name__}`[^\n]*:\n\n(.*?)\n\n", text, flags=re.M | re.S)
    assert drawn
    at, expected = 0, []
    for f in fields(layout):
        size = struct.calcsize(f"<{f.metadata['code']}")
        expected.append([at, size, f"`{f.name}`"])
        at += size
    assert [[number(o), number(b), name] for o, b, name, _ in rows(drawn[1])] == expected


def test_the_built_in_models_sections_are_drawn_as_they_are() -> None:
    packed = (ROOT / "models/builtin.mlpkg").read_bytes()
    header, made = wire.PackageHeader.unpack(packed), unpack_package(packed)
    assert made.rejection is not None
    golden_bytes = header.window * header.channel_count + header.class_count
    expected = [
        [0, wire.PackageHeader.SIZE],
        [header.labels_offset, header.class_count * wire.LABEL_BYTES],
        [header.channels_offset, header.channel_count * wire.Channel.SIZE],
        [header.tables_offset, header.table_count * wire.THRESHOLDS * 4],
        [header.golden_offset, header.golden_count * golden_bytes],
        [header.rejection_words * wire.FLASH_WORD_BYTES, len(made.rejection.pack())],
        [header.tflite_offset, header.tflite_bytes],
    ]
    table = section("A package in bytes").split("`PackageHeader`:")[0]
    assert [[number(offset), number(size)] for offset, size, _ in rows(table)] == expected


def constants(path: Path) -> dict[str, int]:
    """The uint32_t constants of a C++ header: numbers, names of others, and products of these."""
    values = {"wire::FLASH_PAGE_BYTES": wire.FLASH_PAGE_BYTES}
    for name, text in re.findall(r"constexpr uint32_t (\w+) = ([^;]+);", path.read_text()):
        values[name] = math.prod(
            values[part] if part in values else int(part, 0) for part in text.split(" * ")
        )
    return values


def test_the_flash_is_drawn_as_it_is() -> None:
    layout = constants(CORE / "flash_layout.h")
    start = constants(ROOT / "firmware/src/slot_flash.h")["kStart"]
    page, slot = layout["kPageBytes"], layout["kSlotBytes"]
    journal = layout["kJournalPage"] * page
    free = journal + 2 * page
    whole = layout["kFlashPages"] * page
    expected = [[i * slot, start + i * slot, slot] for i in range(layout["kSlots"])]
    expected += [[journal + i * page, start + journal + i * page, page] for i in range(2)]
    expected.append([free, start + free, whole - free])
    flash = section("The flash in bytes")
    table = flash.split("A journal record")[0]
    assert [[number(cell) for cell in cells[:3]] for cells in rows(table)] == expected
    assert (whole, slot) == (_core.FLASH_BYTES, _core.SLOT_BYTES)
    assert f"{whole:,} bytes" in flash


def test_a_journal_record_is_drawn_as_it_is() -> None:
    sizes = {"uint32_t": 4, "uint8_t": 1}
    source = (CORE / "journal.cpp").read_text()
    record = re.search(r"struct Record \{(.*?)\};", source, flags=re.S)
    assert record
    at, expected = 0, []
    for kind, name, count in re.findall(r"(uint\d+_t) (\w+)(?:\[([\w:]+)\])?;", record[1]):
        times = getattr(wire, count.removeprefix("wire::"), None) or int(count or 1)
        expected.append([at, times * sizes[kind], f"`{name}`"])
        at += times * sizes[kind]
    table = section("The flash in bytes").split("A journal record")[1]
    assert [[number(o), number(b), name] for o, b, name, _ in rows(table)] == expected


# --- docs/protocol.md ---------------------------------------------------------------------
def test_every_status_is_described() -> None:
    described = [(number(value), name.strip("`")) for value, name, _ in
                 rows(section("Statuses", PROTOCOL))]  # fmt: skip
    assert described == [(status.value, status.name) for status in wire.Status]


# --- docs/glossary.md ---------------------------------------------------------------------
TERMS = re.findall(r"^### (.+)$", section("Terms", (ROOT / "docs/glossary.md").read_text()), re.M)
FOR_USERS = [
    ROOT / "README.md",
    *(page for page in PAGES if page.parent == ROOT / "docs"
      and page.stem not in ("architecture", "glossary", "index", "mutants")),
]  # fmt: skip


def prose_of(page: Path) -> str:
    """The page without headings, tables, and what stands in backticks."""
    plain = re.sub(r"^```.*?^```|`[^`\n]+`", "", page.read_text(), flags=re.M | re.S)
    return "\n".join(line for line in plain.splitlines() if line[:1] not in ("#", "|"))


@pytest.mark.parametrize("term", TERMS)
@of(FOR_USERS)
def test_a_term_is_linked_where_a_page_first_uses_it(page: Path, term: str) -> None:
    text = prose_of(page)
    links = [found.span() for found in re.finditer(r"\[[^\]]*\]\([^)\s]*\)", text)]
    used = re.search(rf"(?<!label )\b{term}s?\b", text, flags=re.I)
    if used and not any(begin < used.start() < end for begin, end in links):
        context = text[max(0, used.start() - 40) : used.end() + 40]
        pytest.fail(f"{page.name}: no link to glossary.md at {context!r}")


# --- docs/api -----------------------------------------------------------------------------
def test_the_api_has_all_public_modules() -> None:
    public = re.search(
        r"^PUBLIC := \$\(addprefix (\S+),(.*)\)", (ROOT / "Makefile").read_text(), re.M
    )
    assert public
    folders = [ROOT / f"{public[1]}{name}" for name in public[2].split()]
    files = [file for path in folders for file in (path.rglob("*.py") if path.is_dir() else [path])]
    modules = {".".join(file.relative_to(HOST).with_suffix("").parts) for file in files}
    pages = "".join(page.read_text() for page in (ROOT / "docs/api").glob("*.md"))
    described = re.findall(r"automodule:: motionloop\.(\S+)", pages)
    assert sorted(described) == sorted(m for m in modules if not m.endswith("__init__"))
