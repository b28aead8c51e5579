"""The store: files by the digest of their content; nothing in it is ever changed or deleted."""

from __future__ import annotations

import contextlib
import hashlib
import mimetypes
import re
from functools import cache
from pathlib import Path

import obstore
from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, ObjectStore, from_url

from activities.adapters.settings import settings
from workflows.domain.evidence import File

DIGEST = re.compile(r"[0-9a-f]{64}")
NAME = re.compile(r"[a-z]{3,}(/[A-Za-z0-9_][A-Za-z0-9._~-]*)+")


class Missing(Exception):  # noqa: N818  reads as a sentence: the file is missing
    """The store has no such file."""


class Damaged(Exception):  # noqa: N818  reads as a sentence: the file is damaged
    """The stored content does not have the digest it is filed under."""


def put(content: bytes, name: str) -> File:
    """Keep some content; the same content is kept once, whatever its name."""
    digest = hashlib.sha256(content).hexdigest()
    with contextlib.suppress(AlreadyExistsError):  # what is there is this content
        obstore.put(_backend(), _key(digest), content, mode="create")
    return File(digest, name, len(content), _media_type(name))


def put_path(path: Path) -> File:
    """Keep a file from disk under its own name."""
    return put(path.read_bytes(), path.name)


def get(digest: str) -> bytes:
    """The content of a file. Missing where there is none, Damaged where it was changed."""
    if not DIGEST.fullmatch(digest):
        raise Missing(f"{digest[:80]!r} is no digest")
    try:
        content = bytes(obstore.get(_backend(), _key(digest)).bytes())
    except FileNotFoundError:
        raise Missing(f"The store has no file {digest}.") from None
    if hashlib.sha256(content).hexdigest() != digest:
        raise Damaged(f"The stored file {digest} was changed after it was stored.")
    return content


def holds(digest: str) -> bool:
    """Whether there is such a file; it may have been damaged all the same."""
    if not DIGEST.fullmatch(digest):
        return False
    try:
        obstore.head(_backend(), _key(digest))
    except FileNotFoundError:
        return False
    return True


def publish(name: str, content: bytes) -> bool:
    """Keep some content under a name, for ever; False where the name is taken already.

    `name` is a path such as `keys/1f3a…`, never one that begins like a digest's folder.
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"{name[:80]!r} is no name for the store")
    try:
        obstore.put(_backend(), name, content, mode="create")
    except AlreadyExistsError:
        return False
    return True


def read(name: str) -> bytes:
    """The content under a name. Missing where there is none."""
    if not NAME.fullmatch(name):
        raise Missing(f"{name[:80]!r} is no name")
    try:
        return bytes(obstore.get(_backend(), name).bytes())
    except FileNotFoundError:
        raise Missing(f"The store has nothing under {name}.") from None


def exists(name: str) -> bool:
    """Whether there is something under a name."""
    try:
        obstore.head(_backend(), name)
    except FileNotFoundError:
        return False
    return True


def names(folder: str) -> list[str]:
    """The names below a folder, sorted."""
    pages = obstore.list(_backend(), prefix=folder)
    return sorted(item["path"] for page in pages for item in page)


def _key(digest: str) -> str:
    return f"{digest[:2]}/{digest}"


def _media_type(name: str) -> str:
    known = {".ttf": "font/ttf", ".md": "text/markdown", ".pb": "text/plain"}
    guessed, _ = mimetypes.guess_type(name)
    return known.get(Path(name).suffix) or guessed or "application/octet-stream"


@cache
def _backend() -> ObjectStore:
    if url := settings().store_url:
        return from_url(url)
    folder = settings().state / "store"
    return LocalStore(folder, mkdir=True)
