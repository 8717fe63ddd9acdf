"""The emulated Cortex-M4F that runs the firmware's core: Debian's cross compiler and QEMU."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from tests.firmware import build

COMPILER = "arm-none-eabi-g++"
EMULATOR = "qemu-system-arm"
FOLDER = Path(__file__).parent
LINKER_SCRIPT = FOLDER / "mps2_an386.ld"

_CPU = ["-mcpu=cortex-m4", "-mthumb", "-mfpu=fpv4-sp-d16"]
CORE_FLAGS = [*build.BOARD_FLAGS, *_CPU, "-mfloat-abi=hard"]
# How the Arduino core for the board passes numbers; the rest of its code is the same.
SOFTFP_FLAGS = [*build.BOARD_FLAGS, *_CPU, "-mfloat-abi=softfp"]

# The tools, and whose package of Debian and Ubuntu has them.
_PACKAGES = {
    COMPILER: "gcc-arm-none-eabi libnewlib-arm-none-eabi libstdc++-arm-none-eabi-newlib",
    EMULATOR: "qemu-system-arm",
}


def what_is_missing() -> str | None:
    """Which tools are not installed, and how to install them; None when all are here."""
    missing = [tool for tool in _PACKAGES if shutil.which(tool) is None]
    if not missing:
        return None
    packages = " ".join(_PACKAGES[tool] for tool in missing)
    return f"{' and '.join(missing)} not found: apt install {packages}"


def program(sources: Sequence[Path], folder: Path) -> Path:
    """The core and `sources`, linked for the machine. Raises build.CommandFailed."""
    return build.program(
        COMPILER,
        [*build.CORE_SOURCES, *sources, FOLDER / "startup.cpp"],
        CORE_FLAGS,
        folder,
        ["-nostartfiles", "--specs=rdimon.specs", "--specs=nano.specs", "-T", str(LINKER_SCRIPT)],
        [LINKER_SCRIPT],
    )


def run(program: Path, folder: Path, *arguments: str, options: Sequence[str] = ()) -> str:
    """What a program prints. It runs in `folder`; arguments are single words.

    Raises build.CommandFailed when it does not exit with 0, subprocess.TimeoutExpired.
    """
    words = ",".join(f"arg={word}" for word in (program.name, *arguments))
    return build.run(
        [
            EMULATOR,
            *("-M", "mps2-an386"),
            *("-display", "none", "-monitor", "none", "-serial", "none"),
            *("-semihosting-config", f"enable=on,target=native,{words}"),
            *options,
            *("-kernel", program),
        ],
        folder,
    )
