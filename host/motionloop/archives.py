"""Zips and arrays of anybody's: a bomb is noticed before it is unpacked, damage has words."""

from __future__ import annotations

import math
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motionloop.language import tr
from motionloop.safe_files import open_to_read

_MOST_FILES = 100_000
_SMALL_BYTES = 1 << 28  # is unpacked however well it was packed: a column of zeros is no bomb
_BEST_PACKING = 100  # times smaller: tables of motion are packed 3 to 30 times
_LARGEST_BYTES = 1 << 34


def refuse_bomb(
    entries: Iterable[zipfile.ZipInfo], packed_bytes: int, unpacked_bytes: int = 0
) -> int:
    """Find out whether a zip may be unpacked.

    Args:
        entries: Of the zip.
        packed_bytes: Length of the zip, or of the one that it came in.
        unpacked_bytes: What has been unpacked already of the one that it came in.

    Returns:
        The bytes that have been unpacked then.

    Raises:
        ValueError: It holds too many files, or unpacked it becomes far too large.
    """
    listed = list(entries)
    size = unpacked_bytes + sum(entry.file_size for entry in listed)
    if len(listed) > _MOST_FILES:
        raise ValueError(
            tr("it holds {count:,} files, more than {most:,}", count=len(listed), most=_MOST_FILES)
        )
    refuse_size(size, packed_bytes)
    return size


def refuse_size(size: int, packed_bytes: int) -> None:
    """Refuse what becomes far too large.

    Args:
        size: Bytes that a file becomes.
        packed_bytes: Length of the file.

    Raises:
        ValueError: No recordings are packed so well.
    """
    if size > _LARGEST_BYTES or size > max(_SMALL_BYTES, _BEST_PACKING * packed_bytes):
        raise ValueError(
            tr(
                "it is {packed:,} bytes long and would become {size:,}, which no recordings do",
                packed=packed_bytes,
                size=size,
            )
        )


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Read the arrays of an .npz; Python objects, which could run code, are refused.

    Args:
        path: The file.

    Returns:
        The arrays by their names.

    Raises:
        ValueError: The file is no .npz or is damaged; the message says how.
        OSError: The file cannot be read.
    """
    with open_to_read(path) as file:
        try:
            with zipfile.ZipFile(file) as archive:
                entries = archive.infolist()
                refuse_bomb(entries, path.stat().st_size)
                return {_name(entry): _array(archive, entry) for entry in entries}
        except zipfile.BadZipFile as error:
            file.seek(0)
            if file.read(len(np.lib.format.MAGIC_PREFIX)) == np.lib.format.MAGIC_PREFIX:
                raise ValueError(tr("is a single array, not an .npz file")) from error
            raise ValueError(tr("is not an .npz file, or is cut off")) from error
        except (ValueError, OSError):
            raise
        except Exception as error:  # whatever zipfile raises for bytes that nobody wrote
            cause = f"{type(error).__name__}: {error}"
            raise ValueError(tr("is damaged ({cause})", cause=cause)) from error


def _name(entry: zipfile.ZipInfo) -> str:
    return entry.filename.removesuffix(".npy")


def _array(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> NDArray[Any]:
    try:
        with archive.open(entry) as member:
            version = np.lib.format.read_magic(member)
            read_header = (
                np.lib.format.read_array_header_1_0
                if version == (1, 0)
                else np.lib.format.read_array_header_2_0
            )
            shape, _, kind = read_header(member)
            head = member.tell()
        # NumPy counts to the end also what takes no byte, such as texts of length 0.
        least_bytes = math.prod(shape) * max(kind.itemsize, 1)
        if (
            kind.subdtype
            or least_bytes > entry.file_size - head
            or max(shape, default=0) > entry.file_size
        ):
            raise ValueError("its samples are cut off")
        with archive.open(entry) as member:
            made: NDArray[Any] = np.lib.format.read_array(member, allow_pickle=False)
        return made
    except Exception as error:  # NumPy parses the header as Python, and so raises anything
        raise ValueError(
            tr(
                "has an array {name!r} that is damaged or holds Python objects, which are not "
                "loaded because they could run code",
                name=_name(entry),
            )
        ) from error
