"""What a pull request changes, file by file, as GitHub tells it."""

from __future__ import annotations

from activities.adapters.forge.difference import MOST_TEXT
from activities.adapters.forge.github.connection import Connection, Json
from activities.adapters.forge.github.objects import Entry
from activities.adapters.forge.github.trees import Trees
from activities.adapters.forge.port import FileDiff, NotFound
from activities.adapters.github.api import repo_path
from activities.adapters.github.fault import Missing

STATES = {"added": "added", "removed": "removed"}

Sizes = dict[str, Entry]


async def difference(connection: Connection, number: int) -> list[FileDiff]:
    """Every file that the pull request touches, sorted by path."""
    path = repo_path(connection.target, "pulls", number)
    try:
        pull = await connection.github.get(path)
        files = [raw async for raw in connection.github.pages(f"{path}/files")]
    except Missing:
        raise NotFound(f"There is no pull request {number}.") from None
    base, head = pull["base"]["sha"], pull["head"]["sha"]
    span = repo_path(connection.target, "compare", f"{base}...{head}")
    parted = (await connection.github.get(span, per_page=1, page=2))["merge_base_commit"]["sha"]
    before = await _sizes(Trees(connection, connection.target), parted, files)
    after = await _sizes(Trees(connection, connection.head), head, files)
    return sorted((_file(raw, before, after) for raw in files), key=lambda change: change.path)


async def _sizes(trees: Trees, commit: str, files: list[Json]) -> Sizes:
    """The entries of all directories that are touched, by full path."""
    root = (await trees.commit(commit))["tree"]["sha"]
    names = {"/".join(raw["filename"].split("/")[:2]) for raw in files if "/" in raw["filename"]}
    found: Sizes = {}
    for name in sorted(names):
        entries = await trees.files(root, name)
        found |= {f"{name}/{path}": entry for path, entry in entries.items()}
    return found


def _file(raw: Json, before: Sizes, after: Sizes) -> FileDiff:
    """GitHub gives no patch for what is binary, nor for what is very long."""
    path, state = raw["filename"], STATES.get(raw["status"], "changed")
    text = _text(path, state, raw.get("patch", ""))
    old, new = before.get(path), after.get(path)
    return FileDiff(
        path,
        state,
        text[:MOST_TEXT],
        len(text) > MOST_TEXT or bool(raw["changes"] and not text),
        old.size if old else None,
        new.size if new else None,
    )


def _text(path: str, state: str, patch: str) -> str:
    if not patch:
        return ""
    old = "/dev/null" if state == "added" else path
    new = "/dev/null" if state == "removed" else path
    return f"--- {old}\n+++ {new}\n{patch}\n"
