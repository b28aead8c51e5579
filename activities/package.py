"""A package: the files of one family as google/fonts holds them, by digest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from activities.adapters import store
from workflows.domain.evidence import File


@dataclass(frozen=True)
class PackagedFile:
    """A file and its place in the family's directory, e.g. `article/ARTICLE.en_us.html`."""

    path: str
    file: File


@dataclass(frozen=True)
class Package:
    """One state of a family. A family that the target does not have yet has no files.

    `directory` is its place in google/fonts, e.g. `ofl/karla`. `repository` and `commit` (full
    SHA) say where the files were taken from: upstream, or for the older state the target.
    """

    family: str
    directory: str
    repository: str = ""
    commit: str = ""
    files: tuple[PackagedFile, ...] = field(default=())

    @property
    def digest(self) -> str:
        """SHA-256 over all paths and contents: equal packages have equal digests."""
        lines = sorted(f"{packaged.file.digest} {packaged.path}\n" for packaged in self.files)
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    @property
    def fonts(self) -> tuple[PackagedFile, ...]:
        """The TTF files at the top of the directory."""
        return tuple(f for f in self.files if f.path.endswith(".ttf") and "/" not in f.path)

    def find(self, path: str) -> File | None:
        """The file at that path, if the package has one."""
        return next((packaged.file for packaged in self.files if packaged.path == path), None)

    def unpack(self, folder: Path) -> list[Path]:
        """Write all files below `folder`; the paths written, in the package's order."""
        written = []
        for packaged in self.files:
            path = folder / packaged.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(store.get(packaged.file.digest))
            written.append(path)
        return written
