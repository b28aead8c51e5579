"""The site's private keys: one given by the environment, or several kept where only we read them.

A new key signs only when whoever checks has had the time to learn of it. Old ones stay.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from activities.adapters import public_key
from activities.adapters.secret import create
from activities.adapters.settings import settings

SETTLED = 30.0
"""Seconds from a key's publication until it signs, where there is an older one."""


class NoKey(Exception):  # noqa: N818  reads as a sentence: there is no key
    """SITE_SIGNING_KEY holds no Ed25519 key; the message never quotes it."""


@dataclass(frozen=True)
class SigningKey:
    """A private key that can be used, and the id of its public half."""

    id: str
    private: Ed25519PrivateKey = field(repr=False)

    def sign(self, content: bytes) -> str:
        """The signature in hexadecimal."""
        return self.private.sign(content).hex()

    @property
    def public(self) -> bytes:
        """The public half: 32 bytes."""
        return self.private.public_key().public_bytes_raw()


def current(clock: Callable[[], float] = time.time) -> SigningKey:
    """The key that signs now; the first time, one is made and published. NoKey, OSError."""
    if given := settings().site_signing_key:
        return _given(given)
    kept = _kept()
    if not kept:
        make()
        kept = _kept()  # somebody else's may have come first
    settled = [path for path in kept if clock() - path.stat().st_mtime >= SETTLED]
    return _read(settled[-1] if settled else kept[0])


def every() -> list[SigningKey]:
    """All keys that have signed here or will, oldest first; NoKey where one is damaged."""
    if given := settings().site_signing_key:
        return [_given(given)]
    return [_read(path) for path in _kept()]


def make() -> SigningKey:
    """Make the next key: it is published first, and only then kept."""
    made = generate()
    public_key.publish(made.public)
    create(folder() / f"{len(_kept()) + 1:04d}-{made.id}", pem(made))
    return made


def generate() -> SigningKey:
    """A key that nobody knows yet."""
    private = Ed25519PrivateKey.generate()
    return SigningKey(public_key.key_id(private.public_key().public_bytes_raw()), private)


def pem(key: SigningKey) -> str:
    """The private key as text, for a file that nobody else reads."""
    content = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return content.decode("ascii")


def _given(given: str) -> SigningKey:
    content = given if "-----BEGIN" in given else Path(given).read_text()
    return _loaded(content.replace("\\n", "\n"), "SITE_SIGNING_KEY")


def _read(path: Path) -> SigningKey:
    return _loaded(path.read_text(), f"secrets/signing/{path.name}")


def _loaded(content: str, name: str) -> SigningKey:
    try:
        private = load_pem_private_key(content.encode(), password=None)
    except (ValueError, TypeError):
        raise NoKey(f"{name} is no PEM of a private key.") from None
    if not isinstance(private, Ed25519PrivateKey):
        raise NoKey(f"{name} is not an Ed25519 key.")
    return SigningKey(public_key.key_id(private.public_key().public_bytes_raw()), private)


def _kept() -> list[Path]:
    """Our keys, oldest first."""
    return sorted(path for path in folder().iterdir() if "." not in path.name)


def folder() -> Path:
    """Where our keys are kept, one file for each; only we can read it."""
    found = settings().state / "secrets" / "signing"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    found.chmod(0o700)  # an earlier umask may have been looser
    return found
