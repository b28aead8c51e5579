"""The embedded google/fonts: a bare git repository, read without a checkout."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from activities.adapters.forge.path import COMMIT, LICENCES, check_directory, check_files
from activities.adapters.forge.plumbing import GitRefused, git
from activities.adapters.forge.port import NotFound, Refused
from activities.adapters.forge.signature import identity
from workflows.domain.request import family_key

MAIN = "main"
PLAIN = ("100644", "100755")
BEGINNING = datetime(2010, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class TreeEntry:
    """A line of `git ls-tree -r -z --long`."""

    mode: str
    blob: str
    path: str


class Repository:
    """Reads family directories and diffs."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def make(self) -> None:
        """Begin an empty repository where there is none; call with the lock held."""
        if self.path.exists():
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=self.path.parent))
        try:
            git(draft, "init", "--quiet", "--bare", f"--initial-branch={MAIN}", "--template=")
            tree = git(draft, "mktree").decode().strip()
            root = git(
                draft, "commit-tree", tree, "-m", "An empty collection", extra=identity(BEGINNING)
            )
            git(draft, "update-ref", f"refs/heads/{MAIN}", root.decode().strip())
            draft.rename(self.path)
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def commit_of(self, at: str = MAIN) -> str:
        """The full commit that a branch or commit name stands for; NotFound where none."""
        name = at if COMMIT.fullmatch(at) else f"refs/heads/{at}"
        try:
            found = git(self.path, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        except GitRefused:
            raise NotFound(f"The target has no branch or commit {at[:120]!r}.") from None
        return found.decode().strip()

    def head(self, branch: str) -> str:
        """The newest commit of a branch; empty where somebody has deleted it."""
        try:
            return self.commit_of(branch)
        except NotFound:
            return ""

    def find_family(self, name: str) -> str | None:
        """The directory of a family on main; Refused where two licences have one."""
        commit = self.commit_of()
        places = [f"{licence}/{family_key(name)}" for licence in LICENCES]
        found = [place for place in places if self.tree_of(commit, place)]
        if len(found) > 1:
            raise Refused(f"{name} is in the target twice: {' and '.join(found)}.")
        return found[0] if found else None

    def tree_of(self, commit: str, directory: str) -> str:
        """The tree object of a directory; empty where there is none."""
        listing = git(self.path, "ls-tree", "-z", commit, "--", directory)
        kind = listing.split(b"\t")[0].decode().split(" ")
        return kind[2] if listing and kind[1] == "tree" else ""

    def family_files(self, directory: str, at: str = MAIN) -> tuple[str, list[tuple[str, bytes]]]:
        """The commit read, and every file of a directory."""
        check_directory(directory)
        commit = self.commit_of(at)
        tree = self.tree_of(commit, directory)
        if not tree:
            raise NotFound(f"The target has no directory {directory}.")
        entries = self._entries(tree)
        for entry in entries:
            if entry.mode not in PLAIN:
                raise Refused(f"{directory}/{entry.path} is no plain file, but a link or module.")
        check_files(entry.path for entry in entries)
        contents = self.contents([entry.blob for entry in entries])
        pairs = zip(entries, contents, strict=True)
        return commit, sorted((entry.path, content) for entry, content in pairs)

    def text(self, path: str, at: str = MAIN) -> str:
        """A text file; empty where there is none."""
        listing = git(self.path, "ls-tree", "-z", self.commit_of(at), "--", path)
        kind = listing.split(b"\t")[0].decode().split(" ")
        if not listing or kind[1] != "blob":
            return ""
        return self.contents([kind[2]])[0].decode(errors="replace")

    def _entries(self, tree: str) -> list[TreeEntry]:
        lines = git(self.path, "ls-tree", "-r", "-z", tree).split(b"\0")
        entries = []
        for line in filter(None, lines):
            head, _, path = line.partition(b"\t")
            mode, _, blob = head.decode().split(" ")
            entries.append(TreeEntry(mode, blob, path.decode(errors="replace")))
        return entries

    def contents(self, blobs: list[str]) -> list[bytes]:
        """The contents of blobs, in order."""
        listing = git(self.path, "cat-file", "--batch", content="\n".join([*blobs, ""]).encode())
        contents, start = [], 0
        for _ in blobs:
            end = listing.index(b"\n", start)
            size = int(listing[start:end].split(b" ")[2])
            contents.append(listing[end + 1 : end + 1 + size])
            start = end + 1 + size + 1
        return contents

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether one commit is part of the other's history."""
        try:
            git(self.path, "merge-base", "--is-ancestor", older, newer)
        except GitRefused as refused:
            if refused.code == 1:
                return False
            raise
        return True

    def split(self, branch: str) -> tuple[str, str]:
        """The commit where a branch left main, and its newest."""
        head = self.commit_of(branch)
        base = git(self.path, "merge-base", self.commit_of(), head).decode().strip()
        return base, head
