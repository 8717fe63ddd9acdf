"""The check after the link, on small images that are wrong in one way each."""

from __future__ import annotations

import runpy
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.firmware.cortexm import machine

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "firmware/check_link.py"
CHECK = runpy.run_path(str(SCRIPT))
FLASH_LIMIT = 720896

LAYOUT = """
ENTRY(_start)
MEMORY { FLASH (rx) : ORIGIN = 0x10000, LENGTH = 0xf0000
         RAM (rwx) : ORIGIN = 0x20000000, LENGTH = 0x40000 }
SECTIONS {
  .text : { *(.text*) *(.rodata*) } > FLASH
  .data : { *(.data*) } > RAM AT > FLASH
  .bss : { *(.bss*) *(COMMON) } > RAM
  .heap (NOLOAD) : { . = ORIGIN(RAM) + LENGTH(RAM) - 0x400; } > RAM
}
"""
CALLED = """
int ended(void);
int reach;
void _start(void) { reach = ended(); }
"""
DEFINED = "int ended(void) { return 1; }"
STAND_IN = """
int __real_ended(void);
int __wrap_ended(void) { return __real_ended() + 1; }
"""


@pytest.fixture(autouse=True)
def tools() -> None:
    if shutil.which("arm-none-eabi-gcc") is None:
        pytest.skip(machine.what_is_missing() or "arm-none-eabi-gcc is missing")


def link(folder: Path, *sources: str) -> Path:
    """One object for each source, linked as an image with a wrap of `ended`."""
    (folder / "layout.ld").write_text(LAYOUT)
    files = [folder / f"{index}.c" for index in range(len(sources))]
    for file, source in zip(files, sources, strict=True):
        file.write_text(source)
    image = folder / "firmware.elf"
    command = ["arm-none-eabi-gcc", "-mcpu=cortex-m4", "-mthumb", "-O1", "-nostdlib"]
    command += ["-ffunction-sections", "-fdata-sections", "-Wl,--gc-sections,--wrap=ended"]
    command += ["-Wl,--no-warn-rwx-segments", "-T", str(folder / "layout.ld"), "-o", str(image)]
    subprocess.run([*command, *map(str, files)], check=True)
    return image


def faults(image: Path) -> list[str]:
    return list(CHECK["faults"](image, ["ended"], FLASH_LIMIT))


def test_an_image_whose_wrap_takes_effect_is_right(tmp_path: Path) -> None:
    assert faults(link(tmp_path, CALLED, DEFINED, STAND_IN)) == []


def test_a_wrap_that_nobody_calls(tmp_path: Path) -> None:
    other = CALLED.replace("ended", "stopped")
    image = link(tmp_path, other, DEFINED.replace("ended", "stopped"), STAND_IN + DEFINED)
    assert faults(image) == ["--wrap=ended takes no effect: nothing in the image refers to it"]


# A call within the file that defines a function is not the linker's to change.
def test_a_call_that_goes_around_the_wrap(tmp_path: Path) -> None:
    around = """
    __attribute__((noinline)) int ended(void) { __asm__ volatile(""); return 1; }
    int twice(void) { return ended() + ended(); }
    """
    called = CALLED.replace("= ended()", "= ended() + twice()").replace(
        "int reach", "int twice(void); int reach"
    )
    found = faults(link(tmp_path, called, around, STAND_IN))
    assert len(found) == 2
    assert all(fault.startswith("--wrap=ended is gone around by the call at") for fault in found)


def test_a_wrapped_variable(tmp_path: Path) -> None:
    called = "extern int ended; int reach; void _start(void) { reach = ended; }"
    stand_in = "int __wrap_ended = 2;"
    assert faults(link(tmp_path, called, "int ended = 1;", stand_in)) == []


def test_an_image_that_leaves_too_little_flash(tmp_path: Path) -> None:
    large = f"const char large[{FLASH_LIMIT * 3 // 4}] = {{1}};"
    called = CALLED.replace("int reach", "extern const char large[]; int reach").replace(
        "= ended()", "= ended() + large[reach]"
    )
    (found,) = faults(link(tmp_path, called, DEFINED, STAND_IN, large))
    assert "less than a quarter of 720896 is free" in found


def test_an_image_that_leaves_too_little_ram(tmp_path: Path) -> None:
    called = CALLED.replace("int reach;", "int reach; char much[180000];").replace(
        "= ended()", "= ended() + much[reach]"
    )
    (found,) = faults(link(tmp_path, called, DEFINED, STAND_IN))
    assert "bytes of RAM are left for the heap" in found


def test_it_reads_the_projects_settings() -> None:
    wraps, flash_limit = CHECK["settings"](ROOT / "platformio.ini")
    assert wraps
    assert flash_limit == FLASH_LIMIT


class Environment:
    """What PlatformIO gives a script, as far as it is used."""

    def __init__(self) -> None:
        self.actions: list[tuple[str, Any]] = []
        self.status: int | None = None

    def AddPostAction(self, target: str, action: Any) -> None:
        self.actions.append((target, action))

    def subst(self, text: str) -> str:
        return text.replace("$PROJECT_DIR", str(ROOT))

    def Exit(self, status: int) -> None:
        self.status = status


def test_a_wrong_image_ends_the_build(tmp_path: Path) -> None:
    env = Environment()
    names = {"Import": lambda name: None, "env": env}
    runpy.run_path(str(SCRIPT), init_globals=names, run_name="SCons.Script")
    ((target, action),) = env.actions
    assert target == "$BUILD_DIR/${PROGNAME}.elf"
    action([link(tmp_path, CALLED, DEFINED, STAND_IN)], [], env)
    assert env.status == 1  # it has none of the project's wraps
