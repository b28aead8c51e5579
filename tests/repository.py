"""Repositories for tests, made by real git: with files, links, submodules, branches and tags."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests import karla

_PERSON = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in {"NAME": "Kim", "EMAIL": "kim@example.com"}.items()
}
_PLAIN = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}


class Repository:
    """A repository with a work tree; its branch is `main`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> str:
        """Run git here."""
        environment = {"PATH": os.environ["PATH"], **_PERSON, **_PLAIN}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def commit(self, files: Mapping[str, bytes] | None = None, without: str = "") -> str:
        """Write files, take one away, and commit; the commit's full SHA."""
        for path, content in (files or {}).items():
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_bytes(content)
        if without:
            self.git("rm", "--quiet", "--", without)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=Fonts")
        return self.git("rev-parse", "HEAD")

    def link(self, path: str, target: str) -> str:
        """Commit a symbolic link."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).symlink_to(target)
        return self.commit()

    def submodule(self, path: str) -> str:
        """Commit a submodule, without any repository behind it."""
        self.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},{path}")
        self.git("commit", "--quiet", "--message=Module")
        return self.git("rev-parse", "HEAD")

    def published(self, folder: Path) -> Path:
        """A bare copy, as it lies on a server."""
        self.git("clone", "--quiet", "--bare", str(self.folder), str(folder))
        return folder


PAIR = ("Regular", "Bold")
"""Two fonts are quicker to read than four."""


def fonts(version: str = "new", styles: Sequence[str] = PAIR) -> dict[str, bytes]:
    """Karla's fonts by their names in google/fonts; `version` is old or new."""
    get = karla.new if version == "new" else karla.old
    return {f"Karla-{style}.ttf": get(style).read_bytes() for style in styles}


def upstream(version: str = "new", styles: Sequence[str] = PAIR) -> dict[str, bytes]:
    """The files of Karla's upstream repository."""
    return {
        **{f"fonts/ttf/{name}": content for name, content in fonts(version, styles).items()},
        "OFL.txt": karla.licence().read_bytes(),
        "documentation/DESCRIPTION.en_us.html": b"<p>Karla is a grotesque.</p>",
        "README.md": b"# Karla",
    }
