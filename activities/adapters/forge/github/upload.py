"""Uploads files and lays them over the commit that was judged: one blob after another, one tree."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Mapping

from activities.adapters.forge.github.connection import Connection, Json
from activities.adapters.forge.github.objects import FILE, Entry, blob_sha
from activities.adapters.forge.github.trees import Trees
from activities.adapters.forge.port import FamilyFiles, Refused
from activities.adapters.github.api import repo_path
from activities.authoring import progress

MOST_BYTES = 25_000_000
"""Largest file; above it GitHub answers that the input was too large, and wants a git push."""

MOST_UPLOADS = 400
"""Most new or changed files; GitHub lets us make some 500 things an hour."""

AT_ONCE = 40
PAUSE = 1.0
"""Seconds between uploads where there are more than AT_ONCE: GitHub takes 80 a minute."""

NEW = "NEW"
"""Stands for a name that only GitHub can give, in what a dry run shows."""

ADVICE = "Open this pull request by hand, with git."


def check_sizes(files: FamilyFiles) -> None:
    """Refuse what GitHub's API does not take, before anything is sent."""
    for path, content in files:
        if len(content) > MOST_BYTES:
            size, most = len(content) / 1e6, MOST_BYTES / 1e6
            raise Refused(
                f"{path} has {size:.0f} MB; by its API GitHub takes {most:.0f} MB. {ADVICE}"
            )


async def write_tree(
    trees: Trees,
    connection: Connection,
    parent: Json,
    families: Mapping[str, str],
    files: FamilyFiles,
) -> str:
    """The tree of `parent` with the files in the last of `families`, and the others taken away."""
    root = parent["tree"]["sha"]
    wanted = await trees.with_families(root, families)
    if wanted == root:
        return wanted
    *left, directory = families
    there = await trees.files(root, directory)
    lines = [_line(directory, path, "") for path in there if path not in dict(files)]
    for place in left:
        lines += [_line(place, path, "") for path in await trees.files(root, place)]
    lines += await _uploaded(connection, directory, files, there)
    path = repo_path(connection.head, "git/trees")
    made = await connection.write("POST", path, {"sha": wanted}, base_tree=root, tree=lines)
    if made["sha"] != wanted:
        raise Refused("GitHub has made another tree than the one that was judged.")
    return wanted


async def _uploaded(
    connection: Connection, directory: str, files: FamilyFiles, there: Mapping[str, Entry]
) -> list[Json]:
    """Lines for what is new or changed; what the target has already is not sent."""
    new = [(p, c) for p, c in files if p not in there or not _is(there[p], c)]
    if len(new) > MOST_UPLOADS:
        raise Refused(
            f"{len(new)} files are new or changed; by its API GitHub takes {MOST_UPLOADS}. {ADVICE}"
        )
    lines = []
    for number, (path, content) in enumerate(new):
        progress(number, len(new), f"Sending {path}")
        if number and len(new) > AT_ONCE:
            await asyncio.sleep(PAUSE)
        lines.append(_line(directory, path, await _blob(connection, content)))
    return lines


def _is(entry: Entry, content: bytes) -> bool:
    return entry.mode == FILE and entry.sha == blob_sha(content)


async def _blob(connection: Connection, content: bytes) -> str:
    path, would = repo_path(connection.head, "git/blobs"), {"sha": blob_sha(content)}
    coded = b64encode(content).decode()
    made = await connection.write("POST", path, would, content=coded, encoding="base64")
    return str(made["sha"])


def _line(directory: str, path: str, blob: str) -> Json:
    """One file of a tree; without a blob it is taken away."""
    return {"path": f"{directory}/{path}", "mode": FILE, "type": "blob", "sha": blob or None}
