"""Nothing of the product leaves this computer unless it was asked to: no address, no name.

`motionloop demo`, which trains, is watched in test_demo.py.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.system.conftest import NetworkWatch

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(sys.platform != "linux", reason="the watch is preloaded by Linux's loader"),
]

ROOT = Path(__file__).parents[2]
MOTIONLOOP = (sys.executable, "-m", "motionloop")
ELSEWHERE = "192.0.2.1"  # of no network (RFC 5737)
NATIVE = f"""
import ctypes, socket, struct
libc = ctypes.CDLL(None)
there = struct.pack("=HH4s8x", socket.AF_INET, socket.htons(9), socket.inet_aton("{ELSEWHERE}"))
plug = libc.socket(socket.AF_INET, socket.SOCK_DGRAM, 0)
assert libc.sendto(plug, b"x", 1, 0, there, len(there)) == -1
"""
SEEN = {
    f"socket.socket(type=socket.SOCK_DGRAM).connect(('{ELSEWHERE}', 9))": "connect 192.0.2.1:9",
    "socket.socket().bind(('', 0))": "bind 0.0.0.0:0",
    "socket.socket(socket.AF_INET6).connect(('2001:db8::1', 9))": "connect 2001:db8::1:9",
    "socket.socket().listen()": "listen 0.0.0.0:0",
    "socket.getaddrinfo('motionloop.invalid', 80)": "getaddrinfo motionloop.invalid",
    "socket.gethostbyname('motionloop.invalid')": "getaddrinfo motionloop.invalid",
    "subprocess.run([sys.executable, '-c', NATIVE], check=True)": "sendto 192.0.2.1:9",
}


@pytest.mark.parametrize(("does", "seen"), SEEN.items(), ids=SEEN.values())
def test_the_watch_sees_and_refuses_all_that_leaves(network_watch, does: str, seen: str) -> None:
    """Else its silence would say nothing: from Python, from C, and from a child."""
    source = f"import socket, subprocess, sys\nNATIVE = {NATIVE!r}\n{does}"
    subprocess.run(
        [sys.executable, "-c", source], env=network_watch.environment, stderr=subprocess.DEVNULL
    )
    assert [line.rpartition(" " + sys.executable)[0] for line in network_watch.beyond] == [seen]


def test_the_watch_lets_all_through_that_stays(network_watch) -> None:
    source = "import socket; s = socket.create_server(('localhost', 0)); "
    source += "socket.create_connection(s.getsockname()).sendall(b'x'); assert s.accept()"
    subprocess.run([sys.executable, "-c", source], env=network_watch.environment, check=True)
    assert network_watch.beyond == []
    assert {line.split()[0] for line in network_watch.here} >= {"bind", "listen", "connect"}


def test_the_commands_stay_on_this_computer(network_watch, tmp_path: Path) -> None:
    def motionloop(*arguments: str, status: int = 0) -> None:
        done = subprocess.run(
            [*MOTIONLOOP, *arguments],
            env=network_watch.environment,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            timeout=120,
        )
        assert done.returncode == status, done.stderr

    board = [*MOTIONLOOP, "virtual-board", "--name", "ML-HERE", "--until-stdin-closes"]
    with subprocess.Popen(
        board,
        env=network_watch.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=tmp_path,
    ) as virtual:
        assert virtual.stdout is not None
        virtual.stdout.readline()
        here = ("--board", "ML-HERE", "--radio", "virtual")
        model = str(ROOT / "models/builtin.mlpkg")
        motionloop("--help")
        motionloop("--version")
        motionloop("scan", "--timeout", "1")  # real boards, too
        motionloop("info", *here)
        motionloop("record", *here, "--label", "walking", "--seconds", "2", "--name", "walk")
        motionloop("push", model, *here)
        motionloop("live", *here, "--shadow", "--seconds", "4")
        motionloop("package", model)
        motionloop("recordings")
        motionloop("dataset")
        motionloop("label", "walk", "--help")
        motionloop("export", "recordings/walk", "--to", "walk.csv", "--format", "csv")
        motionloop("import", "walk.csv")
        motionloop("doctor", "--json", status=1)  # no board on USB
        virtual.communicate(timeout=10)
    assert network_watch.beyond == []
    words = ("scan", "record", "live", "import", "virtual-board")
    assert all(any(f" {word} " in line for line in network_watch.begun.values()) for word in words)
    assert any(line.startswith("connect 127.0.0.1:") for line in network_watch.here)  # the radio


def test_the_first_start_of_the_studio_stays_on_this_computer(
    network_watch, tmp_path: Path
) -> None:
    """Up to a virtual board that streams, and a training process that is warm."""
    home = {name: str(tmp_path) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    environment = {**network_watch.environment, **home, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [*MOTIONLOOP, "studio", "--virtual"], env=environment, cwd=tmp_path
    ) as studio:
        try:
            _until(lambda: _pids(network_watch, " virtual-board "))
            _until(lambda: any(" studio " in line for line in network_watch.here))
            _until(
                lambda: any(
                    _has_tensorflow(p) for p in _pids(network_watch, " motionloop.training.worker")
                )
            )
            studio.send_signal(signal.SIGTERM)
            assert studio.wait(timeout=30) == 128 + signal.SIGTERM
        finally:
            studio.kill()
    assert network_watch.beyond == []


def _pids(watch: NetworkWatch, word: str) -> list[int]:
    return [pid for pid, program in watch.begun.items() if word in program]


def _has_tensorflow(pid: int) -> bool:
    """Whether a process has taken in TensorFlow, and waits for work."""
    try:
        text = Path(f"/proc/{pid}/maps").read_text()
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return "tensorflow" in text and state == "S"


def _until(happened: Callable[[], bool], within_s: float = 60.0) -> None:
    """Wait for another process."""
    end_s = time.monotonic() + within_s
    while not happened():
        assert time.monotonic() < end_s
        time.sleep(0.1)
