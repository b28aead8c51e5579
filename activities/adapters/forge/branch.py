"""A process's branch: exactly the given files in one family directory, all else as main has it."""

from __future__ import annotations

import tempfile
import time
from contextlib import suppress
from pathlib import Path

from activities.adapters.forge.path import COMMIT, check_branch, check_directory, check_files
from activities.adapters.forge.plumbing import GitRefused, git
from activities.adapters.forge.port import FamilyFiles, Message, NotFound, Refused
from activities.adapters.forge.repository import Repository
from activities.adapters.forge.signature import TRAILER, identity, message_text
from activities.authoring import PassingFault

STALE = 30.0  # seconds; setting a branch takes milliseconds


class Branch:
    """One branch of one process; whoever writes holds the forge's lock."""

    def __init__(self, repository: Repository, name: str, message: Message) -> None:
        self.repository = repository
        self.path = repository.path
        self.name = check_branch(name)
        self.message = message

    def hold(self, directory: str, files: FamilyFiles, base: str = "", moved_from: str = "") -> str:
        """Put the branch into the wanted state, once; its commit."""
        check_directory(directory)
        if moved_from:
            check_directory(moved_from)
        check_files(path for path, _ in files)
        parent = self._main_commit(base)
        families = {moved_from: "", directory: self._write_family(files)}
        head = self._head()
        if head and self._process_of(head) != self.message.process:
            raise Refused(f"Somebody else has worked on {self.name}; it is left as it is.")
        if head and self._is_done(head, families):
            return head
        commit = self._commit(self._with_families(parent, families), parent)
        self._move(commit, head)
        return commit

    def _main_commit(self, base: str) -> str:
        """The commit to build on; Refused where it was never part of main."""
        main = self.repository.commit_of()
        if not base or base == main:
            return main
        if not COMMIT.fullmatch(base):
            raise Refused(f"{base[:80]!r} is no full commit.")
        if not self.repository.is_ancestor(self.repository.commit_of(base), main):
            raise Refused(f"{base} is no commit of the target's main branch.")
        return base

    def _head(self) -> str:
        try:
            return self.repository.commit_of(self.name)
        except NotFound:
            return ""

    def _process_of(self, commit: str) -> str:
        form = f"--format=%(trailers:key={TRAILER},valueonly)"
        return git(self.path, "log", "-1", form, commit).decode().strip()

    def _is_done(self, head: str, families: dict[str, str]) -> bool:
        """Whether the branch already is what is wanted, on some commit of main."""
        parents = git(self.path, "log", "-1", "--format=%P", head).decode().split()
        if len(parents) != 1:
            return False
        if not self.repository.is_ancestor(parents[0], self.repository.commit_of()):
            return False
        wanted = self._with_families(parents[0], families)
        return git(self.path, "rev-parse", f"{head}^{{tree}}").decode().strip() == wanted

    def _write_family(self, files: FamilyFiles) -> str:
        """Write the files; the tree object that holds them. The index is this call's own."""
        lines = []
        for path, content in files:
            blob = git(self.path, "hash-object", "-w", "--stdin", content=content).decode().strip()
            lines.append(f"100644 {blob}\t{path}\0".encode())
        with tempfile.TemporaryDirectory(prefix="family-pr-") as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            update = ("update-index", "-z", "--index-info")
            git(self.path, *update, content=b"".join(lines), extra=index)
            return git(self.path, "write-tree", extra=index).decode().strip()

    def _with_families(self, commit: str, families: dict[str, str]) -> str:
        """The tree of a commit with some family directories replaced; an empty one goes away."""
        tree = f"{commit}^{{tree}}"
        for directory, family in families.items():
            licence, _, name = directory.partition("/")
            if directory:
                folder = self._replaced(self.repository.tree_of(tree, licence), name, family)
                tree = self._replaced(tree, licence, folder)
        return tree

    def _replaced(self, tree: str, name: str, subtree: str) -> str:
        """A tree with one directory set, or without it; empty where nothing is left."""
        lines = git(self.path, "ls-tree", "-z", tree).split(b"\0") if tree else []
        kept = [line for line in lines if line and line.partition(b"\t")[2] != name.encode()]
        kept += [f"040000 tree {subtree}\t{name}".encode()] if subtree else []
        if not kept:
            return ""
        content = b"\0".join([*kept, b""])
        return git(self.path, "mktree", "-z", content=content).decode().strip()

    def _commit(self, tree: str, parent: str) -> str:
        command = ("commit-tree", tree, "-p", parent, "-F", "-")
        signed = identity(self.message.at)
        text = message_text(self.message).encode()
        return git(self.path, *command, content=text, extra=signed).decode().strip()

    def _move(self, commit: str, old: str) -> None:
        """Set the branch, if it is still where it was seen."""
        expected = old or "0" * len(commit)
        self._clear_stale_lock()
        try:
            git(self.path, "update-ref", f"refs/heads/{self.name}", commit, expected)
        except GitRefused as refused:
            raise PassingFault(f"The branch {self.name} cannot be set now: {refused}") from None

    def _clear_stale_lock(self) -> None:
        """A git that was killed while it set this branch leaves its lock behind for ever."""
        left = self.path / "refs" / "heads" / f"{self.name}.lock"
        with suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > STALE:
                left.unlink()
