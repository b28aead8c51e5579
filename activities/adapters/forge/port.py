"""The forge: where families live and where pull requests and issues go, whoever runs it.

All functions can be repeated: the same call again finds what the first one made. A fault that is
likely to pass is raised as `authoring.PassingFault`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

UPSTREAM = "upstream"
GOOGLE_FONTS = "google/fonts"
DISPATCHER = "dispatcher"
TARGETS = (UPSTREAM, GOOGLE_FONTS, DISPATCHER)
"""Where an issue can go: the family's own repository, google/fonts, this dispatcher's tracker."""

TITLE_LIMIT = 250
BODY_LIMIT = 65_535
"""Longest title and body, in characters: what GitHub accepts."""

FamilyFiles = Sequence[tuple[str, bytes]]
"""Path inside the family's directory, content."""


class NotFound(Exception):  # noqa: N818  reads as a sentence: the family is not found
    """The forge has no such thing."""


class Refused(Exception):  # noqa: N818  it is an answer: the forge says no
    """The forge does not do this; saying it again does not help."""


@dataclass(frozen=True)
class Author:
    """A person who answers for a commit: login, and the forge's numeric id where it is known."""

    login: str
    id: int = 0


@dataclass(frozen=True)
class Message:
    """What a commit says. `at` makes a repeated commit the same commit; it carries a zone."""

    subject: str
    process: str  # `<workflow id>/<run>`: whose branch this is
    at: datetime
    authors: tuple[Author, ...] = ()


@dataclass(frozen=True)
class Comment:
    """A remark on a pull request or issue."""

    text: str
    at: datetime


@dataclass(frozen=True)
class PullRequest:
    """A pull request into `base`. `branch` holds the proposal, `marker` names its process."""

    number: int
    title: str
    body: str
    labels: tuple[str, ...]
    branch: str
    base: str
    marker: str
    state: str  # open, closed or merged
    url: str
    at: datetime
    comments: tuple[Comment, ...] = field(default=())
    ended_by: Author | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Fate:
    """What became of a pull request: `head` is the newest commit of its branch.

    `by` and `at` tell who merged or closed it and when, where the forge knows.
    """

    state: str  # open, closed or merged
    head: str
    by: Author | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Issue:
    """An issue. `target` is one of TARGETS, `repository` the upstream's URL where it is one."""

    number: int
    target: str
    repository: str
    title: str
    body: str
    marker: str
    state: str  # open or closed
    url: str
    at: datetime


@dataclass(frozen=True)
class FileDiff:
    """A file that a pull request touches.

    `state` is added, changed or removed; `text` a unified diff, empty for binary files and cut
    where `cut` says so; sizes are bytes, None where there is no such side.
    """

    path: str
    state: str
    text: str = ""
    cut: bool = False
    before_size: int | None = None
    after_size: int | None = None


class Forge(Protocol):
    """What a family process needs of a forge."""

    async def find_family(self, name: str) -> str | None:
        """The directory of a family on the main branch (`ofl/karla`), None where it is new."""

    async def family_files(
        self, directory: str, at: str = ""
    ) -> tuple[str, list[tuple[str, bytes]]]:
        """The full commit read, and all files of a directory, sorted by path.

        `at` is a branch or commit; empty: the main branch. NotFound without such a directory,
        Refused where it holds something that is no plain file.
        """

    async def branch_with(
        self,
        directory: str,
        files: FamilyFiles,
        branch: str,
        message: Message,
        base: str = "",
        moved_from: str = "",
    ) -> str:
        """Make `branch` hold exactly `files` in `directory`, all else as in `base`; its commit.

        `base` is a full commit of the main branch; empty: its newest. `moved_from` is a directory
        that goes away with this, such as `apache/karla` for a family that becomes `ofl/karla`.
        A branch that this process already made so is left as it is. Refused where somebody else
        has worked on the branch.
        """

    async def open_pull_request(
        self, branch: str, title: str, body: str, labels: Sequence[str], marker: str
    ) -> PullRequest:
        """Open one pull request for that branch, or bring the one that is there up to date."""

    async def find_pull_request(self, branch: str, marker: str) -> PullRequest | None:
        """The pull request with that branch or marker, in whatever state it is."""

    async def pull_request(self, number: int) -> PullRequest:
        """One pull request; NotFound where there is none."""

    async def pull_requests(self) -> list[PullRequest]:
        """All pull requests, newest first."""

    async def fate(self, number: int) -> Fate:
        """What became of a pull request; NotFound where there is none."""

    async def text(self, path: str) -> str:
        """A text file of the main branch; empty where there is none."""

    async def diff(self, number: int) -> list[FileDiff]:
        """The files that a pull request touches, sorted by path."""

    async def open_issue(
        self, target: str, title: str, body: str, marker: str, repository: str = ""
    ) -> Issue:
        """File one issue with that marker, or find the one that is there.

        `repository` is the upstream's URL and needed for UPSTREAM.
        """

    async def issue(self, number: int) -> Issue:
        """One issue; NotFound where there is none."""

    async def issues(self) -> list[Issue]:
        """All issues, newest first."""
