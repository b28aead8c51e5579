"""Git's own names: the SHA that a file or a tree has wherever it is stored.

With them we know what GitHub has to answer before we ask, so that looking needs no writing and
another tree than the judged one is noticed before there is a commit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FILE = "100644"
FOLDER = "040000"


@dataclass(frozen=True)
class Entry:
    """What a tree holds under one path: mode (`100644`), SHA, size in bytes where it is a file."""

    mode: str
    sha: str
    size: int | None = None


def blob_sha(content: bytes) -> str:
    """The SHA of a file's content."""
    return _sha("blob", content)


def tree_sha(entries: Mapping[str, Entry]) -> str:
    """The SHA of a tree, from its direct entries by name; empty where there are none."""
    if not entries:
        return ""
    # Git sorts a folder as if its name ended with a slash.
    ordered = sorted(entries, key=lambda name: f"{name}/" if _is_folder(entries[name]) else name)
    return _sha("tree", b"".join(_line(name, entries[name]) for name in ordered))


def family_sha(files: Iterable[tuple[str, str]]) -> str:
    """The SHA of a directory with exactly these files: path inside it, blob SHA."""
    entries: dict[str, Entry] = {}
    folders: dict[str, list[tuple[str, str]]] = {}
    for path, blob in files:
        name, _, rest = path.partition("/")
        if rest:
            folders.setdefault(name, []).append((rest, blob))
        else:
            entries[name] = Entry(FILE, blob)
    entries |= {name: Entry(FOLDER, family_sha(inside)) for name, inside in folders.items()}
    return tree_sha(entries)


def _is_folder(entry: Entry) -> bool:
    return entry.mode == FOLDER


def _line(name: str, entry: Entry) -> bytes:
    head = f"{entry.mode.removeprefix('0')} {name}\0".encode()
    return head + bytes.fromhex(entry.sha)


def _sha(kind: str, content: bytes) -> str:
    head = f"{kind} {len(content)}\0".encode()
    return hashlib.sha1(head + content, usedforsecurity=False).hexdigest()
