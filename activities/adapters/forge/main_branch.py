"""The embedded forge's main branch: merges into it, and the push lists at its root."""

from __future__ import annotations

from datetime import UTC, datetime

from activities.adapters.forge.plumbing import GitRefused, git
from activities.adapters.forge.port import Author, Refused
from activities.adapters.forge.repository import MAIN, Repository
from activities.adapters.forge.signature import identity
from activities.authoring import PassingFault


class MainBranch:
    """Moves main by commits; whoever writes holds the forge's lock."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.path = repository.path

    def merge(self, branch: str, text: str, by: Author) -> str:
        """Merge a branch; the new commit. Refused where both sides changed the same lines."""
        main, head = self.repository.commit_of(), self.repository.commit_of(branch)
        if self.repository.is_ancestor(head, main):
            return main  # merged before, by somebody who was interrupted
        try:
            tree = git(self.path, "merge-tree", "--write-tree", main, head).decode().strip()
        except GitRefused as refused:
            if refused.code == 1:
                raise Refused("It cannot be merged: main has changed the same lines.") from None
            raise
        return self._advance(tree, main, (main, head), text, by)

    def directory_of(self, branch: str) -> str:
        """The family directory that a branch's newest commit changed."""
        head = self.repository.commit_of(branch)
        names = git(self.path, "diff-tree", "-r", "-z", "--name-only", f"{head}^", head).decode()
        found = {"/".join(name.split("/")[:2]) for name in names.split("\0") if "/" in name}
        there = sorted(place for place in found if self.repository.tree_of(head, place))
        if not there:
            raise Refused("The pull request changes no family.")
        return there[0]

    def has_line(self, file: str, url: str) -> bool:
        """Whether a push list names a pull request."""
        return any(_url(line) == url for line in self.repository.text(file).splitlines())

    def set_line(self, file: str, directory: str, url: str, listed: bool, by: Author) -> None:
        """Put the directory on a push list, or take it off."""
        if self.has_line(file, url) == listed:
            return
        lines = self.repository.text(file).splitlines() or ["# Upgrade"]
        lines = [line for line in lines if _url(line) != url]
        lines += [f"{directory} # {url}"] if listed else []
        content = "\n".join([*lines, ""]).encode()
        blob = git(self.path, "hash-object", "-w", "--stdin", content=content).decode().strip()
        main = self.repository.commit_of()
        entries = git(self.path, "ls-tree", "-z", main).split(b"\0")
        kept = [e for e in entries if e and e.partition(b"\t")[2] != file.encode()]
        kept.append(f"100644 blob {blob}\t{file}".encode())
        tree = git(self.path, "mktree", "-z", content=b"\0".join([*kept, b""])).decode().strip()
        text = f"{directory}: {'on' if listed else 'off'} {file}"
        self._advance(tree, main, (main,), text, by)

    def _advance(
        self, tree: str, main: str, parents: tuple[str, ...], text: str, by: Author
    ) -> str:
        named = [word for parent in parents for word in ("-p", parent)]
        signed = identity(datetime.now(UTC)) | {"GIT_AUTHOR_NAME": by.login}
        command = ("commit-tree", tree, *named, "-F", "-")
        commit = git(self.path, *command, content=text.encode(), extra=signed).decode().strip()
        try:
            git(self.path, "update-ref", f"refs/heads/{MAIN}", commit, main)
        except GitRefused as refused:
            raise PassingFault(f"main cannot be set now: {refused}") from None
        return commit


def _url(line: str) -> str:
    return line.partition("#")[2].strip()
