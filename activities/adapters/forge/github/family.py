"""Families as the target has them: where they are, and their files."""

from __future__ import annotations

from base64 import b64decode

from activities.adapters.forge.github.connection import MAIN, Connection
from activities.adapters.forge.github.trees import Trees
from activities.adapters.forge.path import (
    BRANCH,
    LICENCES,
    check_directory,
    check_files,
)
from activities.adapters.forge.port import NotFound, Refused
from activities.adapters.github.api import repo_path
from activities.adapters.github.fault import Missing
from workflows.domain.request import family_key

PLAIN = ("100644", "100755")


async def find_family(connection: Connection, name: str) -> str | None:
    """The directory of a family on main; Refused where two licences have one."""
    places = [f"{licence}/{family_key(name)}" for licence in LICENCES]
    found = [place for place in places if await _is_directory(connection, place)]
    if len(found) > 1:
        raise Refused(f"{name} is in the target twice: {' and '.join(found)}.")
    return found[0] if found else None


async def _is_directory(connection: Connection, path: str) -> bool:
    place = repo_path(connection.target, "contents", path)
    try:
        found = await connection.github.get(place, ref=MAIN)
    except Missing:
        return False
    return isinstance(found, list)  # a file is one object


async def family_files(
    connection: Connection, directory: str, at: str
) -> tuple[str, list[tuple[str, bytes]]]:
    """The commit read, and every file of a directory, sorted by path."""
    check_directory(directory)
    trees = Trees(connection, connection.head if BRANCH.fullmatch(at) else connection.target)
    commit = await trees.commit(at or MAIN)
    entries = await trees.files(commit["tree"]["sha"], directory)
    if not entries:
        raise NotFound(f"The target has no directory {directory}.")
    for path, entry in entries.items():
        if entry.mode not in PLAIN:
            raise Refused(f"{directory}/{path} is no plain file, but a link or module.")
    check_files(entries)
    files = [(path, await _content(trees, entries[path].sha)) for path in sorted(entries)]
    return commit["sha"], files


async def text(connection: Connection, path: str) -> str:
    """A text file of the main branch; empty where there is none."""
    place = repo_path(connection.target, "contents", path)
    try:
        found = await connection.github.get(place, ref=MAIN)
    except Missing:
        return ""
    if not isinstance(found, dict) or found["type"] != "file":
        return ""
    trees = Trees(connection, connection.target)
    # GitHub leaves the content out above one megabyte; the blob has it.
    return (await _content(trees, found["sha"])).decode(errors="replace")


async def _content(trees: Trees, blob: str) -> bytes:
    found = await trees.github.get(repo_path(trees.repository, "git/blobs", blob))
    return b64decode(found["content"])
