"""The upstream files of a request: one commit, and the content of every file it gives."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from activities.adapters import git
from activities.authoring import progress
from activities.packaging.layout import arrange
from workflows.domain.request import Request


@dataclass(frozen=True)
class Upstream:
    """What was fetched. `files` is path in the family's directory -> (path upstream, content)."""

    repository: str
    commit: git.Commit
    files: dict[str, tuple[str, bytes]]


async def take(request: Request) -> Upstream:
    """Resolve the commit first, then fetch exactly that one and read the files from it.

    Raises git.NotAllowed, git.Faulty, PassingFault and DoesNotFit.
    """
    repository = git.allowed(request.repository)
    progress(0, 4, "Looking up the commit")
    commit = await git.resolve(repository, request.ref)
    with tempfile.TemporaryDirectory(prefix="upstream-") as name:
        folder = Path(name) / "repository"
        progress(1, 4, f"Fetching commit {commit.sha}")
        await git.fetch(repository, commit.sha, folder)
        chosen = arrange(request, await git.tree(folder, commit.sha))
        progress(2, 4, f"Reading {len(chosen)} files")
        files = {
            target: (item.path, await git.read(folder, item)) for target, item in chosen.items()
        }
    return Upstream(repository, commit, files)
