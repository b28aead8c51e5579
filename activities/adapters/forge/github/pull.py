"""Pull requests on GitHub: found before they are opened, brought up to date with one comment."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from activities.adapters.forge.github.connection import MAIN, Connection, Json
from activities.adapters.forge.github.said import digest, instead, marked, plain, unmarked
from activities.adapters.forge.github.status import last_status
from activities.adapters.forge.github.trees import Trees
from activities.adapters.forge.github.upload import NEW
from activities.adapters.forge.mark import MARKER
from activities.adapters.forge.port import (
    UPDATED,
    Comment,
    NotFound,
    PullRequest,
    Refused,
)
from activities.adapters.github.api import repo_path
from activities.adapters.github.fault import Missing, Unprocessable
from activities.authoring import PassingFault


class Pulls:
    """The target's pull requests, as far as they are ours."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.github = connection.github
        self.owner, _, self.name = connection.head.partition("/")

    async def find(self, branch: str, marker: str) -> PullRequest | None:
        """That branch's, an open one first; else the one with that marker."""
        path = repo_path(self.connection.target, "pulls")
        query = {"head": f"{self.owner}:{branch}", "state": "all"}
        found = [raw async for raw in self.github.pages(path, **query)]
        if found:
            return shown(min(found, key=lambda raw: (raw["state"] != "open", -raw["number"])))
        async for raw in self.connection.ours(self.connection.target):
            if "pull_request" in raw and marker in (raw["body"] or ""):
                return shown(await self._get(raw["number"]))
        return None

    async def get(self, number: int) -> PullRequest:
        """One, with our comments and the status of its newest commit."""
        raw = await self._get(number)
        status = await last_status(self.connection, raw["head"]["sha"])
        ours = [said async for said in self._comments(number)]
        comments = tuple(Comment(_words(said["body"]), _time(said)) for said in ours)
        return replace(shown(raw), comments=comments, status=status)

    async def all(self) -> list[PullRequest]:
        """Those that bear a process's marker, newest first."""
        return [
            shown(await self._get(raw["number"]))
            async for raw in self.connection.ours(self.connection.target)
            if "pull_request" in raw and MARKER.search(raw["body"] or "")
        ]

    async def open(
        self, branch: str, title: str, body: str, labels: Sequence[str], marker: str
    ) -> PullRequest:
        """Open it, or bring the one that is there up to date."""
        there = await self.find(branch, marker)
        if there is None:
            there = await self._open(branch, title, body, marker)
        if there.branch != branch or there.marker != marker:
            raise Refused(
                f"{there.url} belongs to another process or branch, or its description does not "
                f"name this process any more: it has to hold {marker} as it did."
            )
        await self._bring_up_to_date(there, title, body)
        have = {label.lower() for label in there.labels}
        if missing := [label for label in labels if label.lower() not in have]:
            # What people have put there stays.
            path = repo_path(self.connection.target, "issues", there.number or NEW, "labels")
            await self.connection.write("POST", path, None, labels=missing)
        return await self.get(there.number) if there.number else there

    async def _open(self, branch: str, title: str, body: str, marker: str) -> PullRequest:
        """Open a new one; GitHub has at most one open for a branch, which is the real lock."""
        trees = Trees(self.connection, self.connection.head)
        if self.connection.unsent is None and not await trees.find_branch(branch):
            raise NotFound(f"The target has no branch or commit {branch[:120]!r}.")
        path = repo_path(self.connection.target, "pulls")
        more = {"head": branch, "base": MAIN, "title": title}
        more["body"] = marked(title, body)
        if self.connection.forked:
            more["head"] = f"{self.owner}:{branch}"
            if self.owner.lower() == self.connection.target.partition("/")[0].lower():
                more["head_repo"] = self.name
        try:
            raw = await self.connection.write("POST", path, None, **more)
        except Unprocessable as said:
            if not any("already exists" in code for code in said.codes):
                raise
            if there := await self.find(branch, marker):
                return there
            raise PassingFault(
                f"The pull request is there, but is not listed yet: {said}"
            ) from None
        if raw:
            return shown(raw)
        return PullRequest(0, title, body, (), branch, MAIN, marker, "open", "", datetime.now(UTC))

    async def _bring_up_to_date(self, there: PullRequest, title: str, body: str) -> None:
        """First the comment, then the text: a text that is right needs no comment any more.

        What people have changed stays: then the comment says what the text would.
        """
        if (there.title, plain(there.body)) == (title, plain(body)):
            return
        mark = f"<!-- family-pr:text={digest(title, body)} -->"
        words = instead(title, body) if there.edited else UPDATED
        said = [raw["body"] async for raw in self._comments(there.number)]
        target = self.connection.target
        if not any(mark in text for text in said):
            path = repo_path(target, "issues", there.number, "comments")
            await self.connection.write("POST", path, None, body=f"{words}\n\n{mark}")
        if there.edited:
            return
        path = repo_path(target, "pulls", there.number)
        await self.connection.write("PATCH", path, None, title=title, body=marked(title, body))

    async def _get(self, number: int) -> Json:
        try:
            return await self.github.get(repo_path(self.connection.target, "pulls", number))
        except Missing:
            raise NotFound(f"There is no pull request {number}.") from None

    async def _comments(self, number: int) -> AsyncIterator[Json]:
        """What we said there ourselves, oldest first."""
        login = await self.connection.login()
        path = repo_path(self.connection.target, "issues", number, "comments")
        async for said in self.github.pages(path):
            if (said["user"] or {}).get("login") == login:
                yield said


def shown(raw: Json) -> PullRequest:
    """A pull request as GitHub tells it, without comments and status."""
    body, edited = unmarked(raw["title"], raw["body"] or "")
    marker = MARKER.search(body)
    return PullRequest(
        raw["number"],
        raw["title"],
        body,
        tuple(label["name"] for label in raw["labels"]),
        raw["head"]["ref"],
        raw["base"]["ref"],
        marker[0] if marker else "",
        "merged" if raw["merged_at"] else raw["state"],
        raw["html_url"],
        _time(raw),
        edited=edited,
    )


def _time(raw: Json) -> datetime:
    return datetime.fromisoformat(raw["created_at"])


def _words(text: str) -> str:
    """What readers see of a comment."""
    return re.sub(r"\s*<!--.*?-->\s*", "", text)
