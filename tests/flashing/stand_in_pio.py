"""A stand-in for PlatformIO's `pio`: prints what it prints, opens the port, fails as it fails.

    stand_in_pio.py SCENARIO run -e nano33ble -t upload --upload-port /dev/...

The texts are PlatformIO 6's, SCons', pyserial's and bossac 1.9.1's own, taken from their sources
and from logs in their issues. STAND_IN_BOARD names a Unix socket where the board behind the port
listens: it is told `bootloader`, `erase` and `reset`, and answers each with a line.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import termios

PAGES = 67
HEADER = """\
Processing nano33ble (platform: nordicnrf52@10.11.0; board: nano33ble; framework: arduino)
--------------------------------------------------------------------------------
"""
INSTALLED = """\
Platform Manager: Installing nordicnrf52 @ 10.11.0
Downloading 0% 10% 20% 30% 40% 50% 60% 70% 80% 90% 100%
Unpacking 0% 10% 20% 30% 40% 50% 60% 70% 80% 90% 100%
Platform Manager: nordicnrf52@10.11.0 has been installed!
Tool Manager: Installing platformio/toolchain-gccarmnoneeabi @ ~1.70201.0
Tool Manager: toolchain-gccarmnoneeabi@1.70201.0 has been installed!
"""
CONFIGURED = """\
Verbose mode can be enabled via `-v, --verbose` option
CONFIGURATION: https://docs.platformio.org/page/boards/nordicnrf52/nano33ble.html
PLATFORM: Nordic nRF52 (10.11.0) > Arduino Nano 33 BLE
LDF: Library Dependency Finder -> https://bit.ly/configure-pio-ldf
Building in release mode
Compiling .pio/build/nano33ble/src/main.cpp.o
Compiling .pio/build/nano33ble/lib1a2/core/board.cpp.o
Archiving .pio/build/nano33ble/lib1a2/libcore.a
"""
LINKED = """\
Linking .pio/build/nano33ble/firmware.elf
Checking size .pio/build/nano33ble/firmware.elf
Advanced Memory Usage is available via "PlatformIO Home > Project Inspect"
RAM:   [====      ]  41.3% (used 108264 bytes from 262144 bytes)
Flash: [====      ]  42.0% (used 302104 bytes from 720896 bytes)
"""
BUILT = """\
Building .pio/build/nano33ble/firmware.bin
Configuring upload protocol...
AVAILABLE: blackmagic, cmsis-dap, jlink, nrfjprog, nrfutil, sam-ba
CURRENT: upload_protocol = sam-ba
Looking for upload port...
"""
SUCCESS = "========================= [SUCCESS] Took 21.20 seconds =========================\n"
FAILED = "========================= [FAILED] Took 3.20 seconds =========================\n"
COMPILER_ERROR = """\
firmware/src/main.cpp: In function 'void setup()':
firmware/src/main.cpp:31:3: error: 'radio' was not declared in this scope
firmware/src/main.cpp:32:9: error: expected ';' before '}' token
*** [.pio/build/nano33ble/src/main.cpp.o] Error 1
"""


def say(text: str) -> None:
    print(text, end="", flush=True)


def fail(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
    say(FAILED)
    sys.exit(1)


def tell_board(what: str) -> None:
    if path := os.environ.get("STAND_IN_BOARD"):
        with socket.socket(socket.AF_UNIX) as board:
            board.connect(path)
            board.sendall(f"{what}\n".encode())
            board.recv(16)


def touch(port: str) -> None:
    """Open and close the port at 1200 baud, as PlatformIO asks a board for its bootloader."""
    try:
        descriptor = os.open(port, os.O_RDWR | os.O_NOCTTY)
    except OSError as error:
        fail(
            f"*** [upload] could not open port {port}: [Errno {error.errno}] {error.strerror}: "
            f"'{port}'"
        )
    attributes = termios.tcgetattr(descriptor)
    attributes[4] = attributes[5] = termios.B1200
    termios.tcsetattr(descriptor, termios.TCSANOW, attributes)
    os.close(descriptor)
    say(f"Forcing reset using 1200bps open/close on port {port}\n")
    tell_board("bootloader")
    say("Waiting for the new upload port...\n")


def write(pages: int) -> None:
    say("Uploading .pio/build/nano33ble/firmware.bin\nErase flash\n\nDone in 0.001 seconds\n")
    tell_board("erase")
    say(f"Write 274316 bytes to flash ({PAGES} pages)\n")
    for page in range(0, pages + 1):
        bars = page * 30 // PAGES
        # bossac rewrites one line; PlatformIO, without a terminal, makes lines of it.
        say(f"\r[{'=' * bars:30}] {page * 100 // PAGES}% ({page}/{PAGES} pages)")


def main(scenario: str, arguments: list[str]) -> None:
    if arguments == ["--version"]:
        say(f"PlatformIO Core, version {scenario}\n")
        return
    *command, port = arguments
    assert command == ["run", "-e", "nano33ble", "-t", "upload", "--upload-port"], command
    assert os.path.isfile("platformio.ini")
    assert os.environ["PLATFORMIO_SETTING_ENABLE_TELEMETRY"] == "no"
    if scenario == "no environment":
        fail("UnknownEnvNamesError: Unknown environment names 'nano33ble'. Valid names are 'uno'")
    say(HEADER)
    if scenario == "no internet":
        say("Platform Manager: Installing nordicnrf52 @ 10.11.0\n")
        fail("HTTPClientError: ")
    if scenario == "first time":
        say(INSTALLED)
    say(CONFIGURED)
    if scenario == "compiler error":
        fail(COMPILER_ERROR)
    if scenario == "undefined reference":
        say("Linking .pio/build/nano33ble/firmware.elf\n")
        fail(
            "/tmp/ccE1.ltrans0.ltrans.o: In function `setup':\n<artificial>:(.text+0x1a): "
            "undefined reference to `start_radio()'\ncollect2: error: ld returned 1 exit status"
        )
    say(LINKED)
    if scenario == "too large":
        fail(
            "Error: The program size (800000 bytes) is greater than maximum allowed (720896 bytes)"
        )
    say(BUILT)
    if scenario == "no port":
        fail(
            "Error: Please specify `upload_port` for environment or use global `--upload-port` "
            "option."
        )
    say(f"Using manually specified: {port}\n")
    if scenario == "busy":
        fail(
            f"*** [upload] could not open port {port}: [Errno 16] Device or resource busy: '{port}'"
        )
    if scenario == "busy on Windows":
        fail(
            "*** [upload] could not open port 'COM3': "
            "PermissionError(13, 'Access is denied.', None, 5)"
        )
    touch(port)
    if scenario == "silent before":
        signal.pause()
    if scenario == "no bootloader":
        fail(
            "Error: Couldn't find a board on the selected port. Check that you have the correct "
            "port selected. If it is correct, try pressing the board's reset button after "
            "initiating the upload."
        )
    if scenario == "no device":
        say("Uploading .pio/build/nano33ble/firmware.bin\n")
        fail(f"No device found on {os.path.basename(port)}\n*** [upload] Error 1")
    if scenario == "other chip":
        say("Uploading .pio/build/nano33ble/firmware.bin\n")
        fail("\nDevice unsupported\n*** [upload] Error 1")
    if scenario == "half way":
        write(29)
        fail("\nSAM-BA operation failed\n*** [upload] Error 1")
    if scenario in ("silent half way", "dies half way"):
        write(29)
        child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
        with open("pid", "w") as pid:
            pid.write(str(child.pid))
        say("\n")
        if scenario == "dies half way":
            os._exit(1)  # and the child goes on
        signal.pause()
    write(PAGES)
    say("\n\nDone in 11.021 seconds\n")
    if scenario == "verify fails":
        say(f"Verify 274316 bytes of flash\n\r[{'=' * 30}] 100% ({PAGES}/{PAGES} pages)\n")
        fail("Verify failed\nPage errors: 3\nByte errors: 900\n*** [upload] Error 2")
    if scenario == "unknown":
        fail("*** [upload] Something new")
    tell_board("reset")
    say(SUCCESS)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
