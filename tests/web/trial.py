"""The site over the fake, to be tried by hand: `python -m tests.web.trial [port]`."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from activities.adapters.forge.port import Author, Refused
from activities.adapters.people.embedded import EmbeddedPeople
from activities.adapters.people.port import People
from activities.adapters.people.sign_in import GitHubSignIn
from activities.adapters.upstream import check
from tests.web.fake import FakeProcesses
from tests.web.gallery import hang
from tests.web.past import recorded
from tests.web.scene import fill
from web.app import create_app
from web.github.delivery import Hook
from web.person.session import Sessions
from web.site import Site

SECRET = b"only for trials and tests"


@dataclass(frozen=True)
class Status:
    """As the forge's CommitStatus."""

    commit: str = "5ca1ab1e" * 5
    state: str = "success"
    text: str = "Signed off by ada, 1 finding accepted"
    url: str = "http://127.0.0.1:8000/processes/karla/1"


@dataclass(frozen=True)
class Pull:
    """As the forge's PullRequest."""

    number: int = 1
    title: str = "Karla: Version 2.004 added"
    body: str = (
        "Taken from upstream.\n\n- [x] Font Bakery has no new FAIL\n- [ ] Fonts are hinted\n"
    )
    labels: tuple[str, ...] = ("I Font Upgrade",)
    branch: str = "family-pr/karla"
    base: str = "main"
    state: str = "open"
    at: datetime = datetime(2026, 11, 24, 9, tzinfo=UTC)
    comments: tuple[object, ...] = ()
    status: Status = Status()
    ended_by: Author | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Issue:
    """As the forge's Issue."""

    number: int = 1
    target: str = "google/fonts"
    repository: str = ""
    title: str = "Karla cannot be published"
    body: str = "The package **has no licence**. <script>alert(1)</script>"
    state: str = "open"
    at: datetime = datetime(2026, 11, 24, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Diff:
    """As the forge's FileDiff."""

    path: str
    state: str
    text: str = ""
    cut: bool = False
    before_size: int | None = None
    after_size: int | None = None


@dataclass
class FakeForge:
    """One pull request, one issue."""

    pulls: list[Pull] = field(default_factory=lambda: [Pull()])
    lists: dict[str, bool] = field(default_factory=lambda: {"sandbox": False, "production": False})

    async def pull_requests(self) -> list[Pull]:
        """All of them."""
        return self.pulls

    async def diff(self, number: int) -> list[Diff]:
        """A text and a font."""
        text = '@@ -1,3 +1,3 @@\n name: "Karla"\n-date: "2012-06-18"\n+date: "2026-11-24"\n'
        font = Diff("ofl/karla/Karla-Bold.ttf", "changed", "", False, 90_000, 104_512)
        return [Diff("ofl/karla/METADATA.pb", "changed", text, False, 900, 950), font]

    async def change(self, number: int, action: str, by: Author) -> Pull:
        """Merge, close or reopen."""
        [pull] = self.pulls
        if pull.state == "merged":
            raise Refused("The pull request is merged.")
        state = {"merge": "merged", "close": "closed", "reopen": "open"}[action]
        self.pulls = [replace(pull, state=state, ended_by=by, ended_at=pull.at)]
        return self.pulls[0]

    async def push_list(self, number: int, name: str, listed: bool, by: Author) -> None:
        """Keep it."""
        self.lists[name] = listed

    async def listed(self, number: int) -> dict[str, bool]:
        """As it was kept."""
        return self.lists

    async def issues(self) -> list[Issue]:
        """All of them."""
        return [Issue()]


@dataclass(frozen=True)
class ToGitHub:
    """Who knows the people, and who signs them in."""

    people: People
    provider: GitHubSignIn


def make_app(
    processes: FakeProcesses,
    folder: Path,
    hook: Hook | None = None,
    github: ToGitHub | None = None,
) -> FastAPI:
    """The site over the fake; people sign in with GitHub if a way there is given."""
    sessions = Sessions(folder / "sessions.sqlite3")
    forge, people = FakeForge(), github.people if github else EmbeddedPeople()
    parts = (processes, processes, sessions, SECRET, check, forge, people, hook)
    return create_app(Site(*parts, provider=github.provider if github else None, hands=forge))


async def main(port: int) -> None:
    """Serve until interrupted."""
    processes = FakeProcesses()
    await fill(processes)
    await hang(processes)
    await recorded(processes, "1.0/happy.json")
    await recorded(processes, "1.0/failing.json")
    app = make_app(processes, Path(os.environ["STATE_DIR"]))
    config = uvicorn.Config(app, port=port, timeout_graceful_shutdown=2, log_level="warning")
    await uvicorn.Server(config).serve()


if __name__ == "__main__":
    os.environ.setdefault("STATE_DIR", tempfile.mkdtemp())
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 8900))
