"""A difference: what changed between two commits, file by file."""

from __future__ import annotations

from activities.adapters.forge.plumbing import git
from activities.adapters.forge.port import FileDiff
from activities.adapters.forge.repository import Repository

MOST_TEXT = 100_000
"""Longest diff of one file, in characters."""

STATES = {"A": "added", "D": "removed"}
NOTHING = "0" * 40


def difference(repository: Repository, before: str, after: str) -> list[FileDiff]:
    """Every file that differs between two commits, sorted by path."""
    command = ("diff-tree", "-r", "-z", "--no-renames", "--no-abbrev", before, after)
    words = git(repository.path, *command).decode(errors="replace").split("\0")
    pairs = zip(words[::2], words[1::2], strict=False)
    return sorted(
        (_file(repository, head.split(" "), path) for head, path in pairs if head),
        key=lambda change: change.path,
    )


def _file(repository: Repository, head: list[str], path: str) -> FileDiff:
    """`head` is `:mode mode blob blob state` of git's raw format."""
    before, after, state = head[2], head[3], head[4]
    old, new = (_content(repository, blob) for blob in (before, after))
    text = "" if _is_binary(old) or _is_binary(new) else _text(repository, before, after, path)
    return FileDiff(
        path,
        STATES.get(state, "changed"),
        text[:MOST_TEXT],
        len(text) > MOST_TEXT,
        None if old is None else len(old),
        None if new is None else len(new),
    )


def _content(repository: Repository, blob: str) -> bytes | None:
    return None if not blob.strip("0") else repository.contents([blob])[0]


def _is_binary(content: bytes | None) -> bool:
    return content is not None and b"\0" in content[:8_000]


def _text(repository: Repository, before: str, after: str, path: str) -> str:
    """A unified diff; a side that is not there is the empty file."""
    empty = git(repository.path, "hash-object", "-w", "--stdin").decode().strip()
    sides = [blob if blob.strip("0") else empty for blob in (before, after)]
    options = ("--no-color", "--no-ext-diff", "--no-textconv", "--unified=3")
    lines = git(repository.path, "diff", *options, *sides).decode(errors="replace").split("\n")
    hunks = [number for number, line in enumerate(lines) if line.startswith("@@")]
    body = lines[hunks[0] :] if hunks else []
    old, new = ("/dev/null" if not b.strip("0") else path for b in (before, after))
    return "\n".join([f"--- {old}", f"+++ {new}", *body]) if body else ""
