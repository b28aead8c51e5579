"""A google/fonts to try things on: somebody else's commits on its main branch, by plain git."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

SOMEBODY = {
    "GIT_AUTHOR_NAME": "Somebody",
    "GIT_AUTHOR_EMAIL": "somebody@example.org",
    "GIT_COMMITTER_NAME": "Somebody",
    "GIT_COMMITTER_EMAIL": "somebody@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
}


def run(folder: Path, *arguments: str) -> str:
    """Plain git, as a person uses it."""
    command = ["git", "-C", str(folder), *arguments]
    environment = os.environ | SOMEBODY
    done = subprocess.run(command, check=True, capture_output=True, env=environment)
    return done.stdout.decode().strip()


def commit_to_main(
    repository: Path,
    families: Mapping[str, Sequence[tuple[str, bytes]]],
    branch: str = "main",
    links: Mapping[str, str] | None = None,
) -> str:
    """Push a commit in which each directory has exactly these files; the commit."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        run(Path(folder), "clone", "--quiet", "--branch", branch, str(repository), "clone")
        for directory, files in families.items():
            if (clone / directory).exists():
                run(clone, "rm", "-r", "--quiet", directory)
            for path, content in files:
                (clone / directory / path).parent.mkdir(parents=True, exist_ok=True)
                (clone / directory / path).write_bytes(content)
        for path, to in (links or {}).items():
            (clone / path).symlink_to(to)
        run(clone, "add", "--all", "--force")
        run(clone, "commit", "--quiet", "--message", "Work of somebody else")
        run(clone, "push", "--quiet", "origin", f"HEAD:{branch}")
        return run(clone, "rev-parse", "HEAD")
