"""The GitHub forge: fits the port, one connection per call."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import httpx

from activities.adapters.forge.check import check_target, check_text
from activities.adapters.forge.github import difference, family, fate, status
from activities.adapters.forge.github.branch import Branch
from activities.adapters.forge.github.connection import Connection
from activities.adapters.forge.github.issue import Issues
from activities.adapters.forge.github.pull import Pulls
from activities.adapters.forge.port import (
    DISPATCHER,
    CommitStatus,
    FamilyFiles,
    Fate,
    FileDiff,
    Issue,
    Message,
    NotFound,
    PullRequest,
    Refused,
    Write,
)
from activities.adapters.github.api import GitHub
from activities.adapters.github.fault import Denied, Missing, Unprocessable
from activities.adapters.github.setting import github_settings


class GitHubForge:
    """Fits the port `Forge`. `transport` replaces the network in tests."""

    def __init__(self, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._transport = transport
        self._writes: list[Write] | None = [] if github_settings().dry_run else None

    @property
    def unsent(self) -> Sequence[Write]:
        """See the port."""
        return tuple(self._writes or ())

    async def find_family(self, name: str) -> str | None:
        """See the port."""
        async with self._connected() as connection:
            return await family.find_family(connection, name)

    async def family_files(
        self, directory: str, at: str = ""
    ) -> tuple[str, list[tuple[str, bytes]]]:
        """See the port."""
        async with self._connected() as connection:
            return await family.family_files(connection, directory, at)

    async def branch_with(
        self,
        directory: str,
        files: FamilyFiles,
        branch: str,
        message: Message,
        base: str = "",
        moved_from: str = "",
    ) -> str:
        """See the port."""
        async with self._connected() as connection:
            made = Branch(connection, branch, message)
            return await made.hold(directory, files, base, moved_from)

    async def open_pull_request(
        self, branch: str, title: str, body: str, labels: Sequence[str], marker: str
    ) -> PullRequest:
        """See the port."""
        check_text(title, body, marker)
        async with self._connected() as connection:
            return await Pulls(connection).open(branch, title, body, labels, marker)

    async def find_pull_request(self, branch: str, marker: str) -> PullRequest | None:
        """See the port."""
        async with self._connected() as connection:
            return await Pulls(connection).find(branch, marker)

    async def pull_request(self, number: int) -> PullRequest:
        """See the port."""
        async with self._connected() as connection:
            return await Pulls(connection).get(number)

    async def pull_requests(self) -> list[PullRequest]:
        """See the port."""
        async with self._connected() as connection:
            return await Pulls(connection).all()

    async def fate(self, number: int) -> Fate:
        """See the port."""
        async with self._connected() as connection:
            return await fate.fate(connection, number)

    async def text(self, path: str) -> str:
        """See the port."""
        async with self._connected() as connection:
            return await family.text(connection, path)

    async def diff(self, number: int) -> list[FileDiff]:
        """See the port."""
        async with self._connected() as connection:
            return await difference.difference(connection, number)

    async def set_status(self, commit: str, state: str, text: str, url: str) -> None:
        """See the port."""
        async with self._connected() as connection:
            await status.set_status(connection, CommitStatus(commit, state, text, url))

    async def open_issue(
        self, target: str, title: str, body: str, marker: str, repository: str = ""
    ) -> Issue:
        """See the port."""
        check_text(title, body, marker)
        check_target(target, repository)
        async with self._connected() as connection:
            return await Issues(connection).open(target, title, body, marker, repository)

    async def issue(self, number: int, target: str = DISPATCHER, repository: str = "") -> Issue:
        """See the port."""
        async with self._connected() as connection:
            return await Issues(connection).get(number, target, repository)

    async def issues(self) -> list[Issue]:
        """See the port."""
        async with self._connected() as connection:
            return await Issues(connection).all()

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[Connection]:
        """GitHub's refusals become the port's; PassingFault passes through."""
        chosen = github_settings()
        home = chosen.head_repository or chosen.repository
        async with GitHub(self._transport) as github:
            try:
                yield Connection(github, chosen.repository, home, self._writes)
            except (Denied, Unprocessable) as said:
                raise Refused(str(said)) from None
            except Missing as said:
                raise NotFound(str(said)) from None
