"""Sign a model package for the boards of an owner."""

from __future__ import annotations

import zlib
from dataclasses import replace

from motionloop import wire
from motionloop.owner_key import OwnerKey

_CRC_FROM = wire.PackageHeader.offset_of("signature")
_SIGNED_FROM = wire.PackageHeader.offset_of("key_id")


def sign_package(package_bytes: bytes, key: OwnerKey, counter: int) -> bytes:
    """Sign a package; a signature that it has is replaced.

    A package that is damaged stays so: the board finds it out by the checksum.

    Args:
        package_bytes: The package.
        key: The owner's key.
        counter: Larger than that of the owner's last package on the board.

    Returns:
        The package with the owner's key id, counter and signature, of the same size.
    """
    if len(package_bytes) < wire.PackageHeader.SIZE:
        return package_bytes
    header = wire.PackageHeader.unpack(package_bytes)
    end = max(header.total_bytes, wire.PackageHeader.SIZE)
    body, more = package_bytes[wire.PackageHeader.SIZE : end], package_bytes[end:]
    damage = header.crc32 ^ _crc(header, body)
    header = replace(header, key_id=key.key_id, version_counter=counter)
    header = replace(header, signature=key.sign((header.pack() + body)[_SIGNED_FROM:]))
    header = replace(header, crc32=_crc(header, body) ^ damage)
    return header.pack() + body + more


def is_same_package(header_bytes: bytes, package_bytes: bytes) -> bool:
    """Whether a package is the one behind a header, but for its signature.

    Args:
        header_bytes: The header of a package that may have been signed since.
        package_bytes: The whole package.

    Returns:
        True if all is the same but signature, key id, counter and checksum.
    """
    signed = wire.PackageHeader.unpack(header_bytes)
    header = replace(
        wire.PackageHeader.unpack(package_bytes),
        signature=signed.signature,
        key_id=signed.key_id,
        version_counter=signed.version_counter,
    )
    crc = _crc(header, package_bytes[wire.PackageHeader.SIZE : header.total_bytes])
    return replace(header, crc32=crc) == signed


def _crc(header: wire.PackageHeader, body: bytes) -> int:
    return zlib.crc32((header.pack() + body)[_CRC_FROM:])
