"""The embedded forge: a bare repository and a ledger in the state folder, for one machine."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from activities.adapters.forge.branch import Branch
from activities.adapters.forge.difference import difference
from activities.adapters.forge.ledger import Ledger
from activities.adapters.forge.lock import locked
from activities.adapters.forge.port import (
    BODY_LIMIT,
    TARGETS,
    TITLE_LIMIT,
    UPSTREAM,
    Comment,
    FamilyFiles,
    Fate,
    FileDiff,
    Issue,
    Message,
    PullRequest,
    Refused,
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
        _check_text(title, body, marker)
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
            head = self.repository.commit_of(pull.branch)
            return Fate(pull.state, head, pull.ended_by, pull.ended_at)

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
        _check_text(title, body, marker)
        if target not in TARGETS:
            raise Refused(f"Issues go to {', '.join(TARGETS)}; not to {target[:80]!r}.")
        if target == UPSTREAM and not repository:
            raise Refused("The upstream repository is not known, so no issue can be filed there.")
        wanted = Issue(0, target, repository, title, body, marker, "open", "", _now())
        return await asyncio.to_thread(self._open_issue, wanted)

    async def issue(self, number: int) -> Issue:
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
        fresh = replace(there, title=wanted.title, body=wanted.body, labels=wanted.labels)
        if fresh == there:
            return there
        said = Comment("Title, description or labels were brought up to date.", wanted.at)
        return self._pulls.replace(replace(fresh, comments=(*there.comments, said)))

    def _open_issue(self, wanted: Issue) -> Issue:
        with locked(self.folder):
            there = self._issues.find(lambda issue: issue.marker == wanted.marker)
            if there:
                return there
            number = self._issues.next_number()
            url = f"{self.site_url}/forge/issues/{number}"
            return self._issues.add(replace(wanted, number=number, url=url))


def _check_text(title: str, body: str, marker: str) -> None:
    """What GitHub would refuse is refused here too."""
    if not title.strip() or len(title) > TITLE_LIMIT or not title.isprintable():
        raise Refused(f"A title is one line of 1 to {TITLE_LIMIT} characters.")
    if len(body) > BODY_LIMIT:
        raise Refused(f"A text is at most {BODY_LIMIT} characters long; this has {len(body)}.")
    if not marker or body.count(marker) != 1:
        raise Refused("The text has to hold its marker exactly once.")


def _now() -> datetime:
    return datetime.now(UTC)
