"""The embedded forge: a bare repository and a ledger in the state folder, for one machine."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from activities.adapters.forge.branch import Branch
from activities.adapters.forge.check import check_target, check_text
from activities.adapters.forge.difference import difference
from activities.adapters.forge.ledger import Ledger
from activities.adapters.forge.lock import locked
from activities.adapters.forge.port import (
    DISPATCHER,
    STATUS_LIMIT,
    UPDATED,
    Comment,
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
from activities.adapters.forge.repository import MAIN, Repository

REPOSITORY = "google-fonts.git"


class EmbeddedForge:
    """Fits the port `Forge`. Everything lies below `folder`; `site_url` is for links."""

    def __init__(self, folder: Path, site_url: str) -> None:
        self.folder = folder
        self.site_url = site_url.rstrip("/")
        self.repository = Repository(folder / REPOSITORY)
        self._pulls = Ledger(folder / "pulls", PullRequest, "pull request")
        self._issues = Ledger(folder / "issues", Issue, "issue")

    @property
    def unsent(self) -> Sequence[Write]:
        """See the port; here is no dry run."""
        return ()

    async def find_family(self, name: str) -> str | None:
        """See the port."""
        return await asyncio.to_thread(self._ready().find_family, name)

    async def family_files(
        self, directory: str, at: str = ""
    ) -> tuple[str, list[tuple[str, bytes]]]:
        """See the port."""
        return await asyncio.to_thread(self._ready().family_files, directory, at or MAIN)

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
        hold = Branch(self._ready(), branch, message).hold

        def write() -> str:
            with locked(self.folder):
                return hold(directory, files, base, moved_from)

        return await asyncio.to_thread(write)

    async def open_pull_request(
        self, branch: str, title: str, body: str, labels: Sequence[str], marker: str
    ) -> PullRequest:
        """See the port."""
        check_text(title, body, marker)
        self._ready().commit_of(branch)
        wanted = PullRequest(
            0, title, body, tuple(labels), branch, MAIN, marker, "open", "", _now()
        )
        return await asyncio.to_thread(self._open_pull, wanted)

    async def find_pull_request(self, branch: str, marker: str) -> PullRequest | None:
        """See the port."""
        return await asyncio.to_thread(self._find_pull, branch, marker)

    async def pull_request(self, number: int) -> PullRequest:
        """See the port."""
        return await asyncio.to_thread(self._pulls.get, number)

    async def pull_requests(self) -> list[PullRequest]:
        """See the port."""
        return await asyncio.to_thread(self._pulls.all)

    async def fate(self, number: int) -> Fate:
        """See the port."""

        def read() -> Fate:
            pull = self._pulls.get(number)
            head = self.repository.head(pull.branch)
            return Fate(pull.state, head, pull.ended_by, pull.ended_at, pull.turns)

        return await asyncio.to_thread(read)

    async def text(self, path: str) -> str:
        """See the port."""
        return await asyncio.to_thread(self._ready().text, path)

    async def diff(self, number: int) -> list[FileDiff]:
        """See the port."""

        def read() -> list[FileDiff]:
            pull = self._pulls.get(number)
            before, after = self.repository.split(pull.branch)
            return difference(self.repository, before, after)

        return await asyncio.to_thread(read)

    async def open_issue(
        self, target: str, title: str, body: str, marker: str, repository: str = ""
    ) -> Issue:
        """See the port."""
        check_text(title, body, marker)
        check_target(target, repository)
        wanted = Issue(0, target, repository, title, body, marker, "open", "", _now())
        return await asyncio.to_thread(self._open_issue, wanted)

    async def set_status(self, commit: str, state: str, text: str, url: str) -> None:
        """See the port."""
        wanted = CommitStatus(commit, state, text[:STATUS_LIMIT], url)
        await asyncio.to_thread(self._set_status, wanted)

    async def issue(self, number: int, target: str = DISPATCHER, repository: str = "") -> Issue:
        """See the port."""
        return await asyncio.to_thread(self._issues.get, number)

    async def issues(self) -> list[Issue]:
        """See the port."""
        return await asyncio.to_thread(self._issues.all)

    def _ready(self) -> Repository:
        """The repository, begun empty where there is none."""
        if not self.repository.path.exists():
            with locked(self.folder):
                self.repository.make()
        return self.repository

    def _find_pull(self, branch: str, marker: str) -> PullRequest | None:
        return self._pulls.find(lambda pull: marker == pull.marker or branch == pull.branch)

    def _open_pull(self, wanted: PullRequest) -> PullRequest:
        with locked(self.folder):
            there = self._find_pull(wanted.branch, wanted.marker)
            if there is None:
                number = self._pulls.next_number()
                url = f"{self.site_url}/forge/pulls/{number}"
                return self._pulls.add(replace(wanted, number=number, url=url))
            return self._bring_up_to_date(there, wanted)

    def _bring_up_to_date(self, there: PullRequest, wanted: PullRequest) -> PullRequest:
        if there.branch != wanted.branch or there.marker != wanted.marker:
            raise Refused(f"{there.url} belongs to another process or branch.")
        labels = tuple(dict.fromkeys((*there.labels, *wanted.labels)))
        fresh = replace(there, title=wanted.title, body=wanted.body, labels=labels)
        if fresh == there:
            return there
        if (fresh.title, fresh.body) != (there.title, there.body):
            fresh = replace(fresh, comments=(*there.comments, Comment(UPDATED, wanted.at)))
        return self._pulls.replace(fresh)

    def _set_status(self, wanted: CommitStatus) -> None:
        with locked(self.folder):
            for pull in self._pulls.all():
                with suppress(NotFound):  # a branch that somebody has deleted
                    if self.repository.commit_of(pull.branch) == wanted.commit:
                        self._pulls.replace(replace(pull, status=wanted))
                        return
        raise NotFound(f"No pull request has {wanted.commit[:80]!r} as its newest commit.")

    def _open_issue(self, wanted: Issue) -> Issue:
        with locked(self.folder):
            there = self._issues.find(lambda issue: issue.marker == wanted.marker)
            if there:
                return there
            number = self._issues.next_number()
            url = f"{self.site_url}/forge/issues/{number}"
            return self._issues.add(replace(wanted, number=number, url=url))


def _now() -> datetime:
    return datetime.now(UTC)
