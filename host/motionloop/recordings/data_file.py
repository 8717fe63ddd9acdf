"""A file or folder of somebody's, looked at before it is read."""

from __future__ import annotations

import codecs
import hashlib
import os
import re
from functools import cached_property
from pathlib import Path

from motionloop.errors import DataFileError
from motionloop.language import tr
from motionloop.safe_files import open_to_read, read_whole

_HEAD_BYTES = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NULLS = re.compile(rb"\0+")
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1f]")


class DataFile:
    """A path with what its content begins with, read once for all formats.

    Args:
        path: A file or a folder.
        root: The folder that the user named, in which the path lies; None for the path itself.
    """

    def __init__(self, path: str | Path, root: Path | None = None) -> None:
        self.path = Path(path)
        self.root = root

    @property
    def is_folder(self) -> bool:
        return self.path.is_dir()

    @cached_property
    def head(self) -> bytes:
        """The first 64 KiB; nothing of a folder. Raises DataFileError."""
        if self.is_folder:
            return b""
        try:
            with open_to_read(self.path) as file:
                return file.read(_HEAD_BYTES)
        except OSError as error:
            raise unreadable(self.path, error) from error

    @cached_property
    def text_head(self) -> str:
        """The first 64 KiB as text; nothing of what is no text. Raises DataFileError."""
        return as_text(self.head)

    @cached_property
    def names(self) -> frozenset[str]:
        """The files in a folder and below, as paths relative to it with "/"; none of a file."""
        if not self.is_folder:
            return frozenset()
        return frozenset(
            path.relative_to(self.path).as_posix()
            for path in self.path.rglob("*")
            if os.path.isfile(path)  # `Path.is_file` raises where the rights are missing
        )

    def inside(self) -> list[Path]:
        """List a folder.

        Returns:
            What lies in it, by name.

        Raises:
            DataFileError: It cannot be read.
        """  # noqa: DOC501, `unreadable` makes it
        try:
            return sorted(self.path.iterdir())
        except OSError as error:
            raise unreadable(self.path, error) from error

    def content(self) -> bytes:
        """Read the whole file.

        Returns:
            Its bytes.

        Raises:
            DataFileError: It cannot be read.
        """  # noqa: DOC501, `unreadable` makes it
        try:
            return read_whole(self.path)
        except OSError as error:
            raise unreadable(self.path, error) from error


def as_text(content: bytes) -> str:
    """Decode text of any of the usual encodings; what is cut off at the end is left out.

    Args:
        content: UTF-8 or UTF-16 with or without a byte order mark, or Windows-1252.

    Returns:
        The text, with a replacement character for NULs in it; nothing for content that is no text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "ignore")
    nulls = content.count(0)
    if nulls:
        even = content[::2].count(0)
        if nulls >= len(content) // 3 and min(even, nulls - even) <= nulls // 10:
            return content.decode("utf-16-be" if even > nulls // 2 else "utf-16-le", "ignore")
        if _CONTROL.search(content):
            return ""
        # A logger that lost its power leaves them in its text: what they stood for is lost.
        content = _NULLS.sub("\N{REPLACEMENT CHARACTER}".encode(), content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(content) - 3:  # a character that the end of the head has cut
            return content[: error.start].decode("utf-8")
        return content.decode("cp1252", "replace")


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's content, hexadecimal."""
    with open_to_read(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unreadable(path: Path, error: OSError) -> DataFileError:
    """The error for a user when a file or folder cannot be read."""
    if isinstance(error, FileNotFoundError):
        return DataFileError(tr("There is no data file {path}: check the path.", path=path))
    return DataFileError(
        tr(
            "{path} cannot be read ({cause}): check the file.",
            path=path,
            cause=error.strerror or error,
        )
    )
