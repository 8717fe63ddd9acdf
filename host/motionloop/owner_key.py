"""The user's key: it proves to a board that its owner speaks.

The key lies in a file of the user's configuration folder that only the user can read, from its
first use on. Where the system has a keyring, a copy of it lies there, too, for the day on which the
file is lost. `docs/security.md` says what the key is good for.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import platformdirs
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256

from motionloop import wire
from motionloop.errors import OwnerKeyError
from motionloop.language import tr
from motionloop.safe_files import read_whole, write_new, write_whole

_FILE = "owner.pem"
_SERVICE, _ENTRY = "motionloop", "owner key"  # in the keyring
LARGEST_FILE_BYTES = 64 * 1024  # a key has 400
_CURVE = ec.SECP256R1()
_HALF = 32  # bytes of a coordinate, and of a part of a signature


class OwnerKey:
    """A private key of ECDSA P-256.

    Args:
        private: The key.

    Attributes:
        public: What a board keeps of the key, PUBLIC_KEY_BYTES: x and y.
        key_id: What names the key in packages, KEY_ID_BYTES.
    """

    public: bytes
    key_id: bytes

    def __init__(self, private: ec.EllipticCurvePrivateKey) -> None:
        self._private = private
        numbers = private.public_key().public_numbers()
        self.public = numbers.x.to_bytes(_HALF, "big") + numbers.y.to_bytes(_HALF, "big")
        self.key_id = hashlib.sha256(self.public).digest()[: wire.KEY_ID_BYTES]

    @classmethod
    def make(cls) -> OwnerKey:
        """Draw a new key."""
        return cls(ec.generate_private_key(_CURVE))

    @classmethod
    def from_pem(cls, pem: bytes, pass_phrase: str | None = None) -> OwnerKey:
        """Read a key that `pem` wrote.

        Args:
            pem: The text of the file.
            pass_phrase: What the key was encrypted with; None if it was not.

        Returns:
            The key.

        Raises:
            OwnerKeyError: It is no such key, or the pass phrase is another.
        """
        password = pass_phrase.encode() if pass_phrase is not None else None
        try:
            private = serialization.load_pem_private_key(pem, password)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise OwnerKeyError(
                tr("This is no owner's key, or its pass phrase is another.")
            ) from error
        if not isinstance(private, ec.EllipticCurvePrivateKey) or (
            private.curve.name != _CURVE.name
        ):
            raise OwnerKeyError(tr("This key is of another kind than an owner's (ECDSA P-256)."))
        return cls(private)

    def pem(self, pass_phrase: str | None = None) -> bytes:
        """Write the key as text.

        Args:
            pass_phrase: Encrypts the key; None leaves it open to every reader.

        Returns:
            The text in PKCS #8.
        """
        encryption: serialization.KeySerializationEncryption = serialization.NoEncryption()
        if pass_phrase is not None:
            encryption = serialization.BestAvailableEncryption(pass_phrase.encode())
        return self._private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption
        )

    def sign(self, content: bytes) -> bytes:
        """Sign the SHA-256 of a content.

        Args:
            content: Any bytes.

        Returns:
            r and s, SIGNATURE_BYTES.
        """
        r, s = utils.decode_dss_signature(self._private.sign(content, ec.ECDSA(SHA256())))
        return r.to_bytes(_HALF, "big") + s.to_bytes(_HALF, "big")


def fingerprint(key_id: bytes) -> str:
    """Write a key's id for people, such as "3f9a 12c4 07be 5d21".

    Args:
        key_id: KEY_ID_BYTES.

    Returns:
        Groups of four hexadecimal digits.
    """
    return key_id.hex(" ", 2)


def key_file() -> Path:
    """The file of the user's key; `MOTIONLOOP_RUNTIME_DIR` names another folder."""
    set_by_user = os.environ.get("MOTIONLOOP_RUNTIME_DIR")
    return Path(set_by_user or platformdirs.user_config_dir("motionloop")) / _FILE


def load() -> OwnerKey | None:
    """Read the user's key.

    Returns:
        The key; None if this user has none yet.

    Raises:
        OwnerKeyError: The file cannot be read, or is no key.
    """
    file = key_file()
    try:
        return OwnerKey.from_pem(read_whole(file, LARGEST_FILE_BYTES))
    except (OSError, OwnerKeyError) as error:
        # A link to a place that is not there now, such as a stick, is a key all the same: a new one
        # in its place could not be written, and would own boards from then on.
        if not isinstance(error, FileNotFoundError) or file.is_symlink():
            raise OwnerKeyError(
                tr(
                    "Your key {file} cannot be used ({error}). Bring it back from a copy or your "
                    "other computer. Without any copy, move the file away: a new key is made, and "
                    "your boards must be reset over USB (docs/security.md).",
                    file=file,
                    error=error,
                )
            ) from error
        kept = _from_keyring()
    if kept is not None:
        store(kept)
    return kept


def load_or_make() -> OwnerKey:
    """Read the user's key, and make one at its first use.

    Returns:
        The key.

    Raises:
        OwnerKeyError: The file cannot be read or written, or is no key.
    """
    found = load()
    if found is not None:
        return found
    made = OwnerKey.make()
    if not _create(key_file(), made.pem()):  # another program was faster
        again = load()
        return again if again is not None else made
    _into_keyring(made)
    return made


def store(key: OwnerKey) -> None:
    """Make a key the user's, in place of the one before.

    Args:
        key: The key.

    Raises:
        OwnerKeyError: The file cannot be written.
    """  # noqa: DOC501, `_not_written` makes it
    file = key_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, key.pem(), 0o600)
    except OSError as error:
        raise _not_written(file, error) from error
    _into_keyring(key)


def bring_in(key: OwnerKey, replace: bool = False) -> None:
    """Make a key from another computer the user's.

    Args:
        key: The key.
        replace: Whether it may take the place of another key. The other key then stays beside it,
            in a file that is named by its id.

    Raises:
        OwnerKeyError: The user has another key, or a file cannot be read or written.
    """
    file = key_file()
    other = load()
    if other is None and _create(file, key.pem()):
        _into_keyring(key)
        return
    other = other or load()  # another program was faster
    if other is None or other.key_id == key.key_id:
        return
    if not replace:
        raise OwnerKeyError(
            tr(
                "You have another key, {other}, in {file}. With {key} in its place the boards of "
                "{other} would take you for a stranger. If you want that, use --replace: your "
                "key is kept beside the new one.",
                other=fingerprint(other.key_id),
                key=fingerprint(key.key_id),
                file=file,
            )
        )
    _create(file.with_name(f"owner-{other.key_id.hex()}.pem"), other.pem())
    store(key)


def _create(file: Path, content: bytes) -> bool:
    """Create a file that only the user can read, whole or not at all; False if there is one."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_new(file, content, 0o600)  # which never replaces another program's key
    except FileExistsError:
        return False
    except OSError as error:
        raise _not_written(file, error) from error
    return True


def _not_written(file: Path, error: OSError) -> OwnerKeyError:
    return OwnerKeyError(
        tr(
            "Your key cannot be written to {file} ({error}). Give yourself the right to write "
            "there, and make room on the disk.",
            file=file,
            error=error,
        )
    )


def _keyring() -> Any:
    """The library of the extra `keyring`, or None; a folder of one's own has no part in it."""
    if os.environ.get("MOTIONLOOP_RUNTIME_DIR"):
        return None
    try:
        import keyring
    except ImportError:
        return None
    return keyring


def _from_keyring() -> OwnerKey | None:
    library = _keyring()
    if library is not None:
        with suppress(library.errors.KeyringError, OwnerKeyError):
            text = library.get_password(_SERVICE, _ENTRY)
            return OwnerKey.from_pem(text.encode()) if text else None
    return None


def _into_keyring(key: OwnerKey) -> None:
    library = _keyring()
    if library is not None:
        with suppress(library.errors.KeyringError):  # there is none here, or it is locked
            library.set_password(_SERVICE, _ENTRY, key.pem().decode())
