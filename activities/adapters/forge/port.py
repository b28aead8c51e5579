"""The forge: where families live and where pull requests and issues go, whoever runs it.

All functions can be repeated: the same call again finds what the first one made. A fault that is
likely to pass is raised as `authoring.PassingFault`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from activities.adapters.forge.shape import Author as Author
from activities.adapters.forge.shape import Comment as Comment
from activities.adapters.forge.shape import CommitStatus as CommitStatus
from activities.adapters.forge.shape import Fate as Fate
from activities.adapters.forge.shape import FileDiff as FileDiff
from activities.adapters.forge.shape import Issue as Issue
from activities.adapters.forge.shape import Message as Message
from activities.adapters.forge.shape import PullRequest as PullRequest
from activities.adapters.forge.shape import Turn as Turn
from activities.adapters.forge.shape import Write as Write

UPSTREAM = "upstream"
GOOGLE_FONTS = "google/fonts"
DISPATCHER = "dispatcher"
TARGETS = (UPSTREAM, GOOGLE_FONTS, DISPATCHER)
"""Where an issue can go: the family's own repository, google/fonts, this dispatcher's tracker."""

TITLE_LIMIT = 250
BODY_LIMIT = 65_400
"""Longest title and body, in characters: GitHub takes 65,535, some are for our own mark."""

CONTEXT = "family-pr"
"""The name under which a forge shows our commit statuses."""

STATUS_LIMIT = 140
"""Longest text of a commit status, in characters; what is longer is cut."""

UPDATED = "Title or description was brought up to date."
"""What a pull request's comment says when its text was replaced."""

FamilyFiles = Sequence[tuple[str, bytes]]
"""Path inside the family's directory, content."""


class NotFound(Exception):  # noqa: N818  reads as a sentence: the family is not found
    """The forge has no such thing."""


class Refused(Exception):  # noqa: N818  it is an answer: the forge says no
    """The forge does not do this; saying it again does not help."""


class Forge(Protocol):
    """What a family process needs of a forge."""

    @property
    def unsent(self) -> Sequence[Write]:
        """What this forge would have sent so far, were this no dry run; else nothing."""

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
        """Open one pull request for that branch, or bring the one that is there up to date.

        A new title or description is said in one comment; where people have changed them, they
        stay, and the comment says the new ones. Labels are added; those that are there stay.
        """

    async def find_pull_request(self, branch: str, marker: str) -> PullRequest | None:
        """The pull request with that branch or marker, in whatever state it is."""

    async def pull_request(self, number: int) -> PullRequest:
        """One pull request; NotFound where there is none."""

    async def pull_requests(self) -> list[PullRequest]:
        """All pull requests of processes, newest first."""

    async def fate(self, number: int) -> Fate:
        """What became of a pull request; NotFound where there is none."""

    async def text(self, path: str) -> str:
        """A text file of the main branch; empty where there is none."""

    async def diff(self, number: int) -> list[FileDiff]:
        """The files that a pull request touches, sorted by path."""

    async def set_status(self, commit: str, state: str, text: str, url: str) -> None:
        """Say something of a pull request's newest commit, in place of what was said before."""

    async def open_issue(
        self, target: str, title: str, body: str, marker: str, repository: str = ""
    ) -> Issue:
        """File one issue with that marker, or find the one that is there.

        `repository` is the upstream's URL and needed for UPSTREAM.
        """

    async def issue(self, number: int, target: str = DISPATCHER, repository: str = "") -> Issue:
        """One issue; NotFound where there is none. Each place may count from 1."""

    async def issues(self) -> list[Issue]:
        """All issues of processes that the forge can list, newest first."""
