"""A bare git repository behind the stand-in, through git's own plumbing."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SERVED = """
[http]
	receivepack = true
[uploadpack]
	allowFilter = true
	allowAnySHA1InWant = true
"""
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


class GitFault(Exception):  # noqa: N818  git says no; the message is git's own
    """git did not do it."""


@dataclass(frozen=True)
class Entry:
    """One line of a tree: mode (`100644`), type (blob, tree, commit), SHA, path, size."""

    mode: str
    type: str
    sha: str
    path: str
    size: int | None = None


@dataclass(frozen=True)
class Person:
    """Who made a commit, and when (ISO 8601 with a zone)."""

    name: str
    email: str
    date: str


@dataclass(frozen=True)
class Plumbing:
    """The repository at `path`."""

    path: Path

    @classmethod
    def create(cls, path: Path) -> Plumbing:
        """An empty repository with the branch main."""
        path.mkdir(parents=True)
        made = cls(path)
        made.run("init", "--quiet", "--bare", "--initial-branch=main", ".")
        return made.prepared()

    @classmethod
    def copied(cls, source: Path, path: Path) -> Plumbing:
        """A copy of everything, as a fork is one."""
        shutil.copytree(source, path)
        return cls(path).prepared()

    def prepared(self) -> Plumbing:
        """The same, set to serve what GitHub serves."""
        with (self.path / "config").open("a") as config:
            config.write(SERVED)
        return self

    def run(
        self, *arguments: str, feed: bytes = b"", environment: Mapping[str, str] | None = None
    ) -> str:
        """git's output as text; GitFault where it fails."""
        return self.read(*arguments, feed=feed, environment=environment).decode().strip()

    def read(
        self, *arguments: str, feed: bytes = b"", environment: Mapping[str, str] | None = None
    ) -> bytes:
        """git's output as bytes; GitFault where it fails."""
        own = {
            "PATH": os.environ.get("PATH", os.defpath),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        done = subprocess.run(
            ["git", "--git-dir", ".", *arguments],
            cwd=self.path if self.path.is_dir() else self.path.parent,
            env=own | dict(environment or {}),
            input=feed,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise GitFault(done.stderr.decode(errors="replace").strip())
        return done.stdout

    def type_of(self, sha: str) -> str | None:
        """blob, tree, commit or tag; None where there is no such object."""
        try:
            return self.run("cat-file", "-t", sha)
        except GitFault:
            return None

    def blob(self, content: bytes) -> str:
        """Store a file's content; its SHA."""
        return self.run("hash-object", "-w", "--stdin", feed=content)

    def content(self, sha: str) -> bytes:
        """A blob's bytes."""
        return self.read("cat-file", "blob", sha)

    def resolve(self, ref: str) -> str | None:
        """The commit that a branch, tag or SHA means; None where there is none."""
        if ref.startswith("-") or not ref:
            return None
        for name in (f"refs/heads/{ref}", f"refs/tags/{ref}", f"refs/{ref}", ref):
            try:
                return self.run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
            except GitFault:
                continue
        return None

    def entries(self, tree: str, path: str = "", recursive: bool = False) -> list[Entry]:
        """What a tree (or commit) holds; with a path, that one entry."""
        flags = ["-r", "-t"] if recursive else []
        output = self.read(
            "ls-tree", "-z", "--long", "--full-tree", *flags, tree, *filter(None, [path])
        )
        found = []
        for line in output.decode().split("\0")[:-1]:
            head, _, name = line.partition("\t")
            mode, kind, sha, size = head.split()
            found.append(Entry(mode, kind, sha, name, int(size) if size != "-" else None))
        return found

    def refs(self, prefix: str) -> list[tuple[str, str, str]]:
        """Name, type and SHA of the refs that begin so."""
        output = self.run("for-each-ref", "--format=%(refname) %(objecttype) %(objectname)")
        lines = [tuple(line.split(" ")) for line in output.splitlines()]
        return [(name, kind, sha) for name, kind, sha in lines if name.startswith(prefix)]

    def set_ref(self, ref: str, sha: str) -> None:
        """Let a ref (`refs/heads/main`) point to an object."""
        self.run("update-ref", ref, sha)

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether `new` has `old` in its history."""
        try:
            self.run("merge-base", "--is-ancestor", old, new)
        except GitFault:
            return False
        return True

    def fetch(self, source: Plumbing, sha: str) -> None:
        """Bring a commit and its history over; forks share their objects on GitHub."""
        if source.path != self.path and self.type_of(sha) is None:
            self.run("fetch", "--quiet", "--no-tags", str(source.path), sha)
