"""Makes a bare git repository whose commits are the same on every machine."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

WHO = "Family PR demo"
ADDRESS = "demo@family-pr.invalid"


@dataclass(frozen=True)
class Repository:
    """A bare repository with the branch `main`."""

    path: Path

    @classmethod
    def create(cls, path: Path) -> Repository:
        """An empty one."""
        path.mkdir(parents=True)
        repository = cls(path)
        repository.git("init", "--quiet", "--bare", "--initial-branch=main", ".")
        return repository

    def commit(self, files: Mapping[str, bytes], message: str, date: str) -> str:
        """Make `files` (content by path) the whole tree of a new commit on main; its SHA.

        `date` is ISO 8601; it is both dates of the commit.
        """
        with tempfile.TemporaryDirectory() as tree:
            for name, content in files.items():
                path = Path(tree, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            self.git("--work-tree", tree, "add", "--all", "--force", ".")
            dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
            self.git("--work-tree", tree, "commit", "--quiet", "-m", message, **dates)
        (self.path / "index").unlink()  # a bare repository needs none
        return self.resolve("main")

    def tag(self, name: str, commit: str) -> None:
        """Give a commit a name for good."""
        self.git("tag", name, commit)

    def resolve(self, ref: str) -> str:
        """The full SHA of a branch's or tag's commit."""
        return self.git("rev-parse", "--verify", f"{ref}^{{commit}}")

    def git(self, *arguments: str, **environment: str) -> str:
        """Run git on this repository, untouched by the person's own settings; its output."""
        own = {
            "PATH": os.environ.get("PATH", os.defpath),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            **{f"GIT_{role}_NAME": WHO for role in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{role}_EMAIL": ADDRESS for role in ("AUTHOR", "COMMITTER")},
        }
        done = subprocess.run(
            ["git", "--git-dir", ".", *arguments],
            cwd=self.path,
            env=own | environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()
