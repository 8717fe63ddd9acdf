"""The core's crypto port: ECDSA P-256 and random numbers from this computer's libraries."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256

_HALF = 32  # bytes of a coordinate, and of a part of a signature


class Crypto:
    """What micro-ecc and the noise source do on a real board."""

    def verify(self, public_key: bytes, digest: bytes, signature: bytes) -> bool:
        """Whether the key (x, y) made the signature (r, s) of this SHA-256. Takes any bytes."""
        x, y, r, s = (
            int.from_bytes(part[at : at + _HALF], "big")
            for part in (public_key, signature)
            for at in (0, _HALF)
        )
        try:
            key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
            key.verify(
                utils.encode_dss_signature(r, s), digest, ec.ECDSA(utils.Prehashed(SHA256()))
            )
        except (ValueError, InvalidSignature):  # the first: no point of the curve
            return False
        return True

    def draw(self, length: int) -> bytes:
        """Draw so many random bytes."""
        return os.urandom(length)
