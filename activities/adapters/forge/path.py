"""Paths: which names of directories, files and branches the forge takes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from activities.adapters.forge.port import Refused

LICENCES = ("ofl", "apache", "ufl")
DIRECTORY = re.compile(r"(?:ofl|apache|ufl)/[a-z0-9]{1,80}")
BRANCH = re.compile(r"family-pr/[a-z0-9][a-z0-9-]{0,120}/[a-z0-9][a-z0-9-]{0,60}")
COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
MOST_FILES = 2_000

SANDBOX, PRODUCTION = "to_sandbox.txt", "to_production.txt"
"""google/fonts' push lists: what its engineers push to their servers next."""


def check_directory(directory: str) -> str:
    """The directory itself, if it is one that a family can have."""
    if not DIRECTORY.fullmatch(directory):
        raise Refused(f"{directory[:120]!r} is no family directory; an example is ofl/karla.")
    return directory


def check_branch(branch: str) -> str:
    """The branch itself, if it is one that a family process may write."""
    if not BRANCH.fullmatch(branch):
        raise Refused(f"{branch[:120]!r} is no branch of a family process.")
    return branch


def check_files(paths: Iterable[str]) -> None:
    """Refuse paths that leave the directory, hide in it, or collide on some file systems."""
    folders: set[str] = set()
    seen: set[str] = set()
    for path in paths:
        _check_path(path)
        plain = path.casefold()
        if plain in seen:
            raise Refused(f"{path!r} is there twice; upper and lower case count as the same.")
        seen.add(plain)
        parts = plain.split("/")
        folders |= {"/".join(parts[:depth]) for depth in range(1, len(parts))}
    if both := sorted(folders & seen):
        raise Refused(f"{both[0]!r} is a file and a folder at once.")
    if not seen:
        raise Refused("There are no files.")
    if len(seen) > MOST_FILES:
        raise Refused(f"There are more than {MOST_FILES} files.")


def _check_path(path: str) -> None:
    parts = path.split("/")
    wrong = (
        not path.isprintable()
        or len(path.encode(errors="replace")) > 500
        or any(character in path for character in '\\:*?"<>|')
        or any(part in ("", ".", "..") or part.strip() != part for part in parts)
        or any(part.casefold().startswith(".git") for part in parts)
    )
    if wrong:
        raise Refused(f"{path[:120]!r} cannot be the path of a file in a family directory.")
