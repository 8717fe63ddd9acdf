"""Builds the guest that runs a real BlueZ: Debian's kernel, and an initramfs of some 11 MB.

Everything comes through apt, from the mirrors that this machine is set up with; nothing is
installed, and no right is needed. The result is kept in build/bluez, in a folder that is named by
the packages' versions and by the sources here, so it is built once.

    python -m tests.bluez.image
"""

from __future__ import annotations

import contextlib
import fcntl
import gzip
import hashlib
import lzma
import os
import platform
import re
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from elftools.elf.dynamic import DynamicSection
from elftools.elf.elffile import ELFFile

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / "build" / "bluez"
KERNEL = "linux-image-amd64"  # of any version: it depends on the newest
PACKAGES = ("bluez", "dbus-daemon", "busybox-static")
PROGRAMS = ("bluetoothd", "dbus-daemon")
APPLETS = (
    "sh",
    "mount",
    "insmod",
    "ip",
    "cat",
    "chmod",
    "kill",
    "mkdir",
    "poweroff",
    "rm",
    "sleep",
    "touch",
)
# Without the last four bluetoothd can make no address for an adapter.
MODULES = ("virtio_pci", "virtio_net", "virtio_rng", "bluetooth", "hci_vhci")
MODULES += ("algif_hash", "algif_skcipher", "cmac", "ecb")
QEMU = "qemu-system-x86_64"


class UnavailableError(Exception):
    """This machine cannot have the guest; the message says why and what would help."""


class OtherArchitectureError(UnavailableError):
    """It never can: the guest's own program is compiled for the machine that it runs on."""


@dataclass(frozen=True)
class Image:
    """What QEMU boots. `versions` are the packages', such as bluez_5.66-1+deb12u2_amd64."""

    kernel: Path
    initramfs: Path
    versions: tuple[str, ...]


def image() -> Image:
    """The guest, built if it is not there yet. UnavailableError says why it cannot be."""
    if platform.machine() not in ("x86_64", "AMD64"):
        raise OtherArchitectureError(
            f"the BlueZ guest is built on x86-64, not on {platform.machine()}"
        )
    needed = {QEMU: "qemu-system-x86", "cc": "gcc", "dpkg-deb": "dpkg", "apt-get": "apt"}
    missing = [package for program, package in needed.items() if shutil.which(program) is None]
    if missing:
        raise UnavailableError(f"the BlueZ guest needs Debian and: apt install {' '.join(missing)}")
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another run may be building it
        return _built()


def _built() -> Image:
    apt = _Apt(CACHE / "apt")
    try:
        versions = apt.versions()
    except _NotKnownError:  # this machine never asked its mirrors, or does not keep the answers
        apt.update()
        versions = apt.versions()
    built = _image(versions)
    if built.initramfs.exists():
        return built
    try:
        packages = apt.download(versions, CACHE / "packages")
    except _NotKnownError:  # it asked long ago, and the mirrors have moved on
        apt.update()
        versions = apt.versions()
        built = _image(versions)
        packages = apt.download(versions, CACHE / "packages")
    for old in CACHE.glob("guest-*"):
        shutil.rmtree(old)
    with tempfile.TemporaryDirectory(dir=CACHE) as work:
        _build(packages, Path(work), built)
    return built


def _image(versions: Sequence[str]) -> Image:
    sources = [HERE / name for name in ("guest.c", "init.sh", "bus.conf", "image.py")]
    key = hashlib.sha256("\n".join(versions).encode())
    for source in sources:
        key.update(source.read_bytes())
    folder = CACHE / f"guest-{key.hexdigest()[:16]}"
    return Image(folder / "vmlinuz", folder / "initramfs.gz", tuple(versions))


# --- packages -----------------------------------------------------------------------------------
class _NotKnownError(UnavailableError):
    """apt's lists lack a package, or name one that the mirror has no more."""


class _Apt:
    """apt with this machine's sources. `update` keeps its lists in a folder of ours."""

    def __init__(self, own: Path) -> None:
        self._own = own
        # As if nothing were installed: the whole closure of libraries is asked for.
        nothing = own / "status"
        own.mkdir(exist_ok=True)
        nothing.touch()
        self._options = ["-o", f"Dir::State::status={nothing}", "-o", "APT::Sandbox::User="]
        self._options += ["-o", f"Dir::Cache={own}/cache", "-o", "Debug::NoLocking=true"]
        if (own / "lists").exists():
            self._use_own_lists()

    def update(self) -> None:
        (self._own / "lists" / "partial").mkdir(parents=True, exist_ok=True)
        self._use_own_lists()
        self._run("apt-get", "update", "-qq")

    def versions(self) -> list[str]:
        """File names, without .deb, of the kernel and of all that the packages need."""
        depends = self._run("apt-cache", "depends", "--important", KERNEL)
        kernel = re.search(r"Depends: (linux-image-\S+)", depends)
        if kernel is None:
            raise _NotKnownError(f"apt knows no {KERNEL}: its sources are not Debian's")
        uris = self._run("apt-get", "download", "--print-uris", "-qq", kernel[1])
        options = ("--no-install-recommends", "--print-uris", "-qq", "-y")
        uris += self._run("apt-get", "install", *options, *PACKAGES)
        return sorted(re.findall(r"^'\S+' (\S+)\.deb ", uris, re.MULTILINE))

    def download(self, versions: Sequence[str], folder: Path) -> list[Path]:
        """The packages' files, those fetched before included; apt checks their hashes."""
        folder.mkdir(exist_ok=True)
        wanted = [folder / f"{version}.deb" for version in versions]
        for file in set(folder.iterdir()) - set(wanted):
            file.unlink()
        names = []
        for version in (file.stem for file in wanted if not file.exists()):
            name, number, _ = unquote(version).split("_")
            names.append(f"{name}={number}")
        if names:
            self._run("apt-get", "download", "-qq", *names, folder=folder)
        return wanted

    def _use_own_lists(self) -> None:
        self._options += ["-o", f"Dir::State::lists={self._own}/lists"]

    def _run(self, program: str, *arguments: str, folder: Path | None = None) -> str:
        (self._own / "cache" / "archives" / "partial").mkdir(parents=True, exist_ok=True)
        command = [program, *self._options, *arguments]
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}
        )
        if done.returncode != 0:
            said = done.stderr.strip().splitlines() or ["it said nothing"]
            raise _NotKnownError(f"{program} {arguments[0]} failed: {said[-1]}")
        return done.stdout


# --- image --------------------------------------------------------------------------------------
def _build(packages: Sequence[Path], work: Path, built: Image) -> None:
    root, kernel, made = work / "root", work / "kernel", work / "made"
    made.mkdir()
    for package in packages:
        target = kernel if package.name.startswith("linux-image-") else root
        subprocess.run(["dpkg-deb", "-x", package, target], check=True)
    program = work / "guest"
    compile_it = ["cc", "-O2", "-Wall", "-Wextra", "-static", HERE / "guest.c", "-o", program]
    subprocess.run(compile_it, check=True)

    files: dict[str, bytes] = {
        "init": (HERE / "init.sh").read_bytes(),
        "bin/guest": program.read_bytes(),
        "bin/busybox": _named(root, "busybox").read_bytes(),
        "etc/bus.conf": (HERE / "bus.conf").read_bytes(),
        "etc/machine-id": b"0" * 31 + b"1\n",
        "etc/passwd": b"root:x:0:0:root:/:/bin/sh\n",
        "etc/group": b"root:x:0:\n",
        "etc/bluetooth/main.conf": (root / "etc/bluetooth/main.conf").read_bytes()
        + b"[Policy]\nAutoEnable=true\n",  # as newer versions do by themselves
    }
    for name in PROGRAMS:
        files |= _with_libraries(f"bin/{name}", _named(root, name), root)
    files |= _modules(kernel)
    links = {f"bin/{applet}": "busybox" for applet in APPLETS}
    folders = ["proc", "sys", "dev", "run", "tmp", "var/lib/bluetooth"]
    with gzip.open(made / built.initramfs.name, "wb", compresslevel=1) as out:
        for entry in _archive(files, links, folders):
            out.write(entry)
    shutil.copy(next(kernel.glob("boot/vmlinuz-*")), made / built.kernel.name)
    made.rename(built.initramfs.parent)  # whole or not at all


def _named(root: Path, name: str) -> Path:
    """The program of that name; packages put them in several folders."""
    return next(
        path for path in sorted(root.rglob(name)) if path.is_file() and os.access(path, os.X_OK)
    )


def _with_libraries(target: str, program: Path, root: Path) -> dict[str, bytes]:
    """The program and all shared libraries that it is linked with, from the same packages."""
    files = {target: program.read_bytes()}
    waiting = [program]
    while waiting:
        with waiting.pop().open("rb") as stream:
            elf = ELFFile(stream)
            names = []
            for segment in elf.iter_segments("PT_INTERP"):
                loader = segment.get_interp_name().lstrip("/")
                files[loader] = _library(root, Path(loader).name).read_bytes()
            for section in elf.iter_sections():
                if isinstance(section, DynamicSection):
                    names += [tag.needed for tag in section.iter_tags("DT_NEEDED")]
        for name in names:
            if f"lib/{name}" not in files:
                library = _library(root, name)
                files[f"lib/{name}"] = library.read_bytes()
                waiting.append(library)
    return files


def _library(root: Path, name: str) -> Path:
    return next(path for path in sorted(root.rglob(name)) if path.resolve().is_file())


def _modules(kernel: Path) -> dict[str, bytes]:
    """The modules and those that they need, and the order to insert them in."""
    there = {
        path.name.partition(".ko")[0].replace("-", "_"): path for path in kernel.rglob("*.ko*")
    }
    inserted: dict[str, bytes] = {}

    def insert(name: str) -> None:
        if name in inserted or name not in there:  # then it is part of the kernel itself
            return
        data = there[name].read_bytes()
        if there[name].suffix == ".xz":
            data = lzma.decompress(data)
        needs = re.search(rb"\0depends=([^\0]*)\0", data)
        for needed in (needs[1].decode() if needs else "").split(","):
            insert(needed.replace("-", "_"))
        inserted[name] = data

    for module in MODULES:
        insert(module)
    files = {f"modules/{name}.ko": data for name, data in inserted.items()}
    order = "".join(f"{name}.ko\n" for name in inserted)
    return files | {"modules/order": order.encode()}


def _archive(
    files: dict[str, bytes], links: dict[str, str], folders: Sequence[str]
) -> Iterator[bytes]:
    """A cpio archive, as the kernel unpacks it: all files may be run, all are root's."""
    parents = {str(parent) for path in (*files, *links, *folders) for parent in Path(path).parents}
    for folder in sorted({*parents, *folders} - {"."}):
        yield _entry(folder, stat.S_IFDIR | 0o755)
    for name, target in links.items():
        yield _entry(name, stat.S_IFLNK | 0o777, target.encode())
    for name, data in files.items():
        yield _entry(name, stat.S_IFREG | 0o755, data)
    yield _entry("TRAILER!!!", 0)


_number = 0


def _entry(name: str, mode: int, data: bytes = b"") -> bytes:
    global _number
    _number += 1
    path = name.encode() + b"\0"
    fields = (_number, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(path), 0)
    head = b"070701" + b"".join(b"%08x" % field for field in fields) + path
    return head + bytes(-len(head) % 4) + data + bytes(-len(data) % 4)


def main() -> None:
    begin_s = time.monotonic()
    try:
        made = image()
    except UnavailableError as error:
        raise SystemExit(f"No guest: {error}") from error
    size = sum(file.stat().st_size for file in CACHE.rglob("*") if file.is_file())
    print(f"{made.initramfs.parent} after {time.monotonic() - begin_s:.1f} s")
    print(f"{made.initramfs.stat().st_size / 1e6:.1f} MB, {size / 1e6:.0f} MB with the packages")
    with contextlib.suppress(StopIteration):
        print(next(v for v in made.versions if v.startswith("bluez_")))


if __name__ == "__main__":
    main()
