"""What people do on the embedded forge's own pages: merge, close, reopen, keep the push lists."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from activities.adapters.forge.embedded import EmbeddedForge
from activities.adapters.forge.ledger import Ledger
from activities.adapters.forge.lock import locked
from activities.adapters.forge.main_branch import MainBranch
from activities.adapters.forge.path import PRODUCTION, SANDBOX
from activities.adapters.forge.port import Author, PullRequest, Refused, Turn

MERGE, CLOSE, REOPEN = "merge", "close", "reopen"
LISTS = {"sandbox": SANDBOX, "production": PRODUCTION}


class Hand:
    """The hands of a person on the embedded forge. Each act can be repeated."""

    def __init__(self, forge: EmbeddedForge) -> None:
        self._forge = forge
        self._pulls = Ledger(forge.folder / "pulls", PullRequest, "pull request")
        self._main = MainBranch(forge.repository)

    async def change(self, number: int, action: str, by: Author) -> PullRequest:
        """Merge, close or reopen; Refused where it is not in the state for that."""
        act = {MERGE: self._merge, CLOSE: self._close, REOPEN: self._reopen}[action]

        def work() -> PullRequest:
            with locked(self._forge.folder):
                return act(self._pulls.get(number), by)

        return await asyncio.to_thread(work)

    async def push_list(self, number: int, name: str, listed: bool, by: Author) -> None:
        """Put a merged pull request's family on a push list, or take it off as pushed."""

        def work() -> None:
            with locked(self._forge.folder):
                pull = self._pulls.get(number)
                if pull.state != "merged":
                    raise Refused(f"The pull request is {pull.state}, so nothing can be pushed.")
                self._main.set_line(LISTS[name], self._directory(pull), pull.url, listed, by)

        await asyncio.to_thread(work)

    async def listed(self, number: int) -> dict[str, bool]:
        """On which push lists a pull request is now."""

        def work() -> dict[str, bool]:
            url = self._pulls.get(number).url
            return {n: self._main.has_line(file, url) for n, file in LISTS.items()}

        return await asyncio.to_thread(work)

    def _directory(self, pull: PullRequest) -> str:
        return self._main.directory_of(pull.branch)

    def _merge(self, pull: PullRequest, by: Author) -> PullRequest:
        if pull.state == "merged":
            return pull
        if pull.state != "open":
            raise Refused(f"The pull request is {pull.state}.")
        self._main.merge(pull.branch, f"Merge pull request {pull.number}\n\n{pull.title}", by)
        return self._end(pull, "merged", by)

    def _close(self, pull: PullRequest, by: Author) -> PullRequest:
        if pull.state == "closed":
            return pull
        if pull.state == "merged":
            raise Refused("The pull request is merged.")
        return self._end(pull, "closed", by)

    def _reopen(self, pull: PullRequest, by: Author) -> PullRequest:
        if pull.state == "merged":
            raise Refused("The pull request is merged.")
        return pull if pull.state == "open" else self._end(pull, "open", by)

    def _end(self, pull: PullRequest, state: str, by: Author) -> PullRequest:
        now, turns = datetime.now(UTC), pull.turns
        if state != "merged":
            turns = (*turns, Turn(len(turns) + 1, state, by, now))
        ended = replace(pull, state=state, ended_by=by, ended_at=now, turns=turns)
        return self._pulls.replace(ended)
