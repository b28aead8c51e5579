"""Public keys of the site: published in the store once, read by whoever checks a signature."""

from __future__ import annotations

import hashlib
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from activities.adapters import store
from activities.adapters.settings import settings

FOLDER = "keys"
ID = re.compile(r"[0-9a-f]{16}")
SIGNATURE = re.compile(r"[0-9a-f]{128}")
"""The one way to write a signature: another spelling would be a change that nobody notices."""


def key_id(public: bytes) -> str:
    """The name of a key: the first 16 hexadecimal digits of the SHA-256 of its 32 bytes."""
    return hashlib.sha256(public).hexdigest()[:16]


def publish(public: bytes) -> None:
    """Let everybody check what the key signs; what is there already stays."""
    store.publish(f"{FOLDER}/{key_id(public)}", public.hex().encode())


def published() -> dict[str, bytes]:
    """All published keys that are trusted, by id; only those in SITE_KEYS where that is set."""
    found = (name.rpartition("/")[2] for name in store.names(FOLDER))
    known = ((name, public_key(name)) for name in found if ID.fullmatch(name) and trusted(name))
    return {name: public for name, public in known if public}


def public_key(name: str) -> bytes | None:
    """The published key with that id; None where it is missing, damaged or not trusted."""
    if not ID.fullmatch(name) or not trusted(name):
        return None
    try:
        public = bytes.fromhex(store.read(f"{FOLDER}/{name}").decode("ascii"))
    except (store.Missing, ValueError):
        return None
    return public if len(public) == 32 and key_id(public) == name else None


def trusted(name: str) -> bool:
    """Whether a key may sign here: any published one may, unless SITE_KEYS names those that do."""
    return not settings().site_keys or name in settings().site_keys


def verifies(public: bytes, signed: bytes, signature: str) -> bool:
    """Whether the key has made this signature (lower-case hexadecimal) over these bytes."""
    if not SIGNATURE.fullmatch(signature):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(signature), signed)
    except (InvalidSignature, ValueError):
        return False
    return True
