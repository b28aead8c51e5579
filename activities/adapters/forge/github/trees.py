"""Trees: what a commit holds, read directory by directory."""

from __future__ import annotations

from collections.abc import Mapping

from activities.adapters.forge.github.connection import Connection, Json
from activities.adapters.forge.github.objects import FOLDER, Entry, tree_sha
from activities.adapters.forge.path import COMMIT
from activities.adapters.forge.port import NotFound, Refused
from activities.adapters.github.api import repo_path
from activities.adapters.github.fault import Missing, Unprocessable


class Trees:
    """Reads one repository. Directories are read one by one: all of google/fonts is too long."""

    def __init__(self, connection: Connection, repository: str) -> None:
        self.github = connection.github
        self.repository = repository

    async def find_branch(self, name: str) -> str:
        """The commit that a branch stands for; empty where there is no such branch."""
        path = repo_path(self.repository, "git/ref", f"heads/{name}")
        try:
            return str((await self.github.get(path))["object"]["sha"])
        except Missing:
            return ""

    async def commit(self, at: str) -> Json:
        """A commit by branch or full SHA: `sha`, `tree`, `parents`, `message`."""
        sha = at if COMMIT.fullmatch(at) else await self.find_branch(at)
        try:
            if sha:
                return await self.github.get(repo_path(self.repository, "git/commits", sha))
        except (Missing, Unprocessable):
            pass
        raise NotFound(f"The target has no branch or commit {at[:120]!r}.")

    async def entries(self, tree: str, whole: bool = False) -> dict[str, Entry]:
        """What a tree holds, by path; `whole` with all that is below it, folders left out."""
        query = {"recursive": "1"} if whole else {}
        found = await self.github.get(repo_path(self.repository, "git/trees", tree), **query)
        if found["truncated"]:
            raise Refused("The directory holds more files than GitHub lists.")
        return {
            line["path"]: Entry(line["mode"], line["sha"], line.get("size"))
            for line in found["tree"]
            if not (whole and line["type"] == "tree")
        }

    async def directory(self, root: str, path: str) -> str:
        """The tree of a directory below a root tree; empty where there is none."""
        tree = root
        for name in path.split("/"):
            entry = (await self.entries(tree)).get(name)
            if entry is None or entry.mode != FOLDER:
                return ""
            tree = entry.sha
        return tree

    async def files(self, root: str, path: str) -> dict[str, Entry]:
        """All that a directory holds, by path inside it; nothing where it is not there."""
        tree = await self.directory(root, path)
        return await self.entries(tree, whole=True) if tree else {}

    async def with_families(self, root: str, families: Mapping[str, str]) -> str:
        """The SHA of a root tree with some family directories set, or taken away (empty)."""
        top, folders = await self.entries(root), {}
        for directory, family in families.items():
            licence, _, name = directory.partition("/")
            if licence not in folders:
                there = top.get(licence)
                folders[licence] = await self.entries(there.sha) if there else {}
            folders[licence].pop(name, None)
            if family:
                folders[licence][name] = Entry(FOLDER, family)
        for licence, folder in folders.items():
            top.pop(licence, None)
            if sha := tree_sha(folder):
                top[licence] = Entry(FOLDER, sha)
        return tree_sha(top)

    async def has_ancestor(self, older: str, newer: str) -> bool:
        """Whether `older` is part of the history of `newer`; both are full commits."""
        path = repo_path(self.repository, "compare", f"{older}...{newer}")
        try:
            # The second page leaves out the files; nothing of what is listed is needed.
            found = await self.github.get(path, per_page=1, page=2)
        except Missing:
            return False
        return found["status"] in ("ahead", "identical")
