"""The ledger: numbered records as JSON files, each there in full or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import TypeAdapter

from activities.adapters.forge.port import Issue, NotFound, PullRequest

Entry = TypeVar("Entry", PullRequest, Issue)


class Ledger(Generic[Entry]):
    """One folder of records; whoever writes holds the forge's lock."""

    def __init__(self, folder: Path, kind: type[Entry], noun: str) -> None:
        self.folder = folder
        self.noun = noun
        self._shape: TypeAdapter[Entry] = TypeAdapter(kind)

    def get(self, number: int) -> Entry:
        """One record; NotFound where there is none."""
        try:
            content = self._path(number).read_bytes()
        except FileNotFoundError:
            raise NotFound(f"There is no {self.noun} {number}.") from None
        return self._shape.validate_json(content)

    def all(self) -> list[Entry]:
        """All records, newest first."""
        return [self.get(number) for number in sorted(self._numbers(), reverse=True)]

    def find(self, wanted: Callable[[Entry], bool]) -> Entry | None:
        """The oldest record of that kind."""
        return next((entry for entry in reversed(self.all()) if wanted(entry)), None)

    def next_number(self) -> int:
        """The number that the next new record gets."""
        return max(self._numbers(), default=0) + 1

    def add(self, entry: Entry) -> Entry:
        """Write a new record; a number is given once."""
        with self._drafted(entry) as draft:
            os.link(draft, self._path(entry.number))  # fails where the number is taken
        self._settle()
        return entry

    def replace(self, entry: Entry) -> Entry:
        """Write a record over its older state."""
        with self._drafted(entry) as draft:
            draft.replace(self._path(entry.number))
        self._settle()
        return entry

    def _path(self, number: int) -> Path:
        return self.folder / f"{number}.json"

    def _numbers(self) -> list[int]:
        return [int(path.stem) for path in self.folder.glob("*.json") if path.stem.isdecimal()]

    def _drafted(self, entry: Entry) -> _Draft:
        self.folder.mkdir(parents=True, exist_ok=True)
        return _Draft(self.folder, self._shape.dump_json(entry, indent=1))

    def _settle(self) -> None:
        """Make the name as durable as the content."""
        handle = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class _Draft:
    """A complete file on disk under a name that nobody reads."""

    def __init__(self, folder: Path, content: bytes) -> None:
        handle, name = tempfile.mkstemp(prefix=".draft-", dir=folder)
        self.path = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(handle)

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_: object) -> None:
        with suppress(FileNotFoundError):
            self.path.unlink()
