"""The version: of git, of an sdist's PKG-INFO, or the fallback."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.building import CACHE, ROOT, build, cache_to_ourselves

PREPARE = "from scikit_build_core.build import *; print(prepare_metadata_for_build_wheel('.'))"

pytestmark = pytest.mark.slow


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """As much of the repository as its version needs, without git."""
    folder = tmp_path / "tree"
    folder.mkdir()
    for name in ("pyproject.toml", "CMakeLists.txt", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture
def repository(tree: Path) -> Path:
    git(tree, "init", "--quiet")
    git(tree, "add", ".")
    git(tree, "commit", "--quiet", "--message", "one")
    git(tree, "commit", "--quiet", "--message", "two", "--allow-empty")
    return tree


def version(folder: Path) -> str:
    out = folder.with_name("out")
    shutil.copytree(folder, out)
    done = subprocess.run([sys.executable, "-c", PREPARE], cwd=out, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    name = done.stdout.splitlines()[-1]
    shutil.rmtree(out)
    return name.removeprefix("motionloop-").removesuffix(".dist-info")


def test_a_tree_without_git_is_before_the_first_release(tree: Path) -> None:
    assert version(tree) == "0.1.0.dev0"


def test_before_the_first_tag_commits_are_counted(repository: Path) -> None:
    node = git(repository, "rev-parse", "HEAD")
    found = re.fullmatch(r"0\.1\.0\.dev2\+g(\w+)", version(repository))
    assert found
    assert node.startswith(found[1])


def test_a_tag_is_the_version_and_commits_after_it_are_of_the_next(repository: Path) -> None:
    git(repository, "tag", "v0.3.0")
    assert version(repository) == "0.3.0"
    git(repository, "commit", "--quiet", "--message", "three", "--allow-empty")
    assert version(repository).startswith("0.3.1.dev1+g")


def test_a_shallow_clone_has_a_version(repository: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{repository}", str(clone))
    assert version(clone).startswith("0.1.0.dev1+g")


@pytest.mark.system
def test_an_sdist_and_its_wheel_keep_the_version(sdist: Path, wheel: Path) -> None:
    assert wheel.name.startswith(sdist.name.removesuffix(".tar.gz") + "-")


@pytest.mark.system
def test_another_version_compiles_nothing_again(wheel: Path, tmp_path: Path) -> None:
    with cache_to_ourselves():
        objects = {path: path.stat().st_mtime_ns for path in CACHE.rglob("*.o")}
        other = build(
            CACHE / "source", "wheel", tmp_path / "other", SETUPTOOLS_SCM_PRETEND_VERSION="9.9"
        )
        assert other.name.startswith("motionloop-9.9-")
        assert {path: path.stat().st_mtime_ns for path in CACHE.rglob("*.o")} == objects != {}
