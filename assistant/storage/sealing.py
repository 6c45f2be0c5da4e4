"""Seals what may not be read in the database, with a key that lies beside it in the site's folder."""

import hashlib
import os
import tempfile
import zlib
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from knowledge.errors import PackError

KEY = "journal.key"


class Unsealable(Exception):
    """Something was sealed with another key, or changed since."""


class Seal:
    """Seals and unseals bytes with one key."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(key)
        self._hashing = hashlib.sha256(key).digest()

    @classmethod
    def of(cls, site: Path, *, make: bool = True) -> "Seal":
        """Return the seal of a site; its key is made on first use.

        Raises:
            FileNotFoundError: there is no key, and none shall be made.
            OSError: the key cannot be read or written.
            PackError: the file holds no key.
        """
        file = site / KEY
        if make and not file.exists():
            _make(file)
        try:
            return cls(file.read_bytes().strip())
        except ValueError:
            raise PackError(
                file, "it holds no key", "Restore it, or remove it to start anew"
            ) from None

    def seal(self, content: bytes) -> bytes:
        """Return bytes that only the key opens."""
        return self._fernet.encrypt(zlib.compress(content))

    def unseal(self, sealed: bytes) -> bytes:
        """Return the bytes sealed.

        Raises:
            Unsealable: this key does not open them.
        """
        try:
            return zlib.decompress(self._fernet.decrypt(sealed))
        except (InvalidToken, zlib.error):
            raise Unsealable("sealed with another key; restore journal.key") from None

    def hash(self, content: bytes) -> str:
        """Return a hash that tells nothing to those without the key, not even by trying."""
        return hashlib.blake2b(content, digest_size=32, key=self._hashing).hexdigest()


def _make(file: Path) -> None:
    """Write a new key whole, unless another process was quicker."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".key-")  # of mode 0600
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as key:
            key.write(Fernet.generate_key())
            key.flush()
            os.fsync(key.fileno())
        os.link(aside, file)
    except FileExistsError:
        return
    finally:
        aside.unlink()
