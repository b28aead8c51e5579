"""Secrets: given by the environment, or made once and kept where only we can read them."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from functools import cache
from pathlib import Path

from activities.adapters.settings import settings


@cache
def site_secret() -> bytes:
    """Key for sessions and interaction ids."""
    return _given_or_kept(settings().site_secret, "site")


@cache
def callback_secret() -> bytes:
    """Key from which the keys of callback addresses are derived."""
    return _given_or_kept(settings().callback_secret, "callback")


def callback_key(path: str) -> str:
    """The key that signs what comes back to `path`, one per question of one attempt."""
    return hmac.new(callback_secret(), path.encode(), hashlib.sha256).hexdigest()


def _given_or_kept(given: str, name: str) -> bytes:
    if given:
        return given.encode()
    folder = settings().state / "secrets"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = folder / name
    if not kept.exists():
        create(kept, secrets.token_hex(32))
    return kept.read_bytes()


def create(path: Path, content: str) -> None:
    """Write a file that is either absent or whole; whoever comes first wins."""
    draft = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
