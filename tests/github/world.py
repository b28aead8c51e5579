"""Everything that this GitHub knows: accounts, repositories, Apps, tokens, time."""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.github import key
from tests.github.account import Account, Team
from tests.github.fault import Faults
from tests.github.grant import Code, UserToken
from tests.github.limit import Limits
from tests.github.outbox import Outbox
from tests.github.plumbing import Plumbing
from tests.github.record import RECORD, Record
from tests.github.registration import App, Installation
from tests.github.repository import Label, Repository

BOT_ADDRESS = "{id}+{login}@users.noreply.github.com"


@dataclass
class World:
    """One GitHub. `folder` holds its git repositories, `url` is its address for everything."""

    folder: Path
    url: str = "http://github.test"
    ahead: timedelta = timedelta()  # how far its clock is ahead of ours
    accounts: dict[int, Account] = field(default_factory=dict)
    teams: list[Team] = field(default_factory=list)
    repositories: dict[int, Repository] = field(default_factory=dict)
    moved: dict[str, int] = field(default_factory=dict)  # former full names, lower-cased
    apps: dict[int, App] = field(default_factory=dict)
    installations: dict[int, Installation] = field(default_factory=dict)
    tokens: dict[str, UserToken] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    revoked: set[str] = field(default_factory=set)
    handed_out: list[str] = field(default_factory=list)  # every token, and claims that were taken
    limits: Limits = field(default_factory=Limits)
    faults: Faults = field(default_factory=Faults)
    outbox: Outbox = field(default_factory=Outbox)
    record: Record = field(default_factory=lambda: RECORD)
    lock: threading.RLock = field(default_factory=threading.RLock)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(70_000_001, 7))

    def now(self) -> datetime:
        """The time here, in whole seconds."""
        return (datetime.now(UTC) + self.ahead).replace(microsecond=0)

    def next_id(self) -> int:
        """A number that nothing else has."""
        return next(self.numbers)

    def account(
        self, login: str, kind: str = "User", name: str = "", email: str | None = None
    ) -> Account:
        """Add a person or an organization."""
        made = Account(self.next_id(), login, kind, name or login.title(), email)
        self.accounts[made.id] = made
        return made

    def organization(self, login: str, *owners: Account) -> Account:
        """Add an organization with its owners."""
        made = self.account(login, "Organization")
        made.owners = {owner.id for owner in owners}
        return made

    def team(self, organization: Account, slug: str, *members: Account) -> Team:
        """Add a team with its members."""
        team = Team(self.next_id(), organization, slug, {m.id: "member" for m in members})
        self.teams.append(team)
        return team

    def repository(
        self, full_name: str, source: Path | None = None, *, private: bool = False, **roles: str
    ) -> Repository:
        """Add a repository, empty or with all of `source`; `roles`: login and role_name."""
        owner_login, _, name = full_name.partition("/")
        owner = self.find_account(owner_login) or self.organization(owner_login)
        path = self.folder / "repositories" / f"{owner.login}+{name}.git"
        git = Plumbing.copied(source, path) if source else Plumbing.create(path)
        made = Repository(self.next_id(), owner, name, git, self.now(), private)
        for login, role in roles.items():
            account = self.find_account(login)
            assert account, f"nobody is called {login}"
            made.roles[account.id] = role
        self.repositories[made.id] = made
        return made

    def label(self, repository: Repository, name: str, color: str = "ededed") -> Label:
        """Add a label to a repository."""
        made = Label(self.next_id(), name, color)
        repository.labels[name.lower()] = made
        return made

    def app(self, slug: str, owner: Account, **details: object) -> App:
        """Register an App with a key pair of its own."""
        number = self.next_id()
        bot = self.account(f"{slug}[bot]", "Bot")
        made = App(
            id=number,
            slug=slug,
            owner=owner,
            bot=bot,
            client_id=f"Iv23li{number:014}",
            client_secret=key.secret(40),
            private_key=key.private_pem(slug),
            at=self.now(),
        )
        for name, value in details.items():
            setattr(made, name, value)
        self.apps[made.id] = made
        return made

    def install(self, app: App, account: Account, *repositories: Repository) -> Installation:
        """Install an App in an account, for some repositories or for all."""
        chosen = {repository.id for repository in repositories} or None
        number = self.next_id()
        made = Installation(number, app, account, self.now(), chosen, dict(app.permissions))
        self.installations[made.id] = made
        return made

    def find_account(self, login: str) -> Account | None:
        """An account by its login, in any case."""
        login = login.lower()
        return next((a for a in self.accounts.values() if a.login.lower() == login), None)

    def find_repository(self, owner: str, name: str) -> Repository | None:
        """A repository by its name of today, in any case."""
        wanted = f"{owner}/{re.sub(r'[.]git$', '', name)}".lower()
        found = (r for r in self.repositories.values() if r.full_name.lower() == wanted)
        return next(found, None)

    def rename(self, repository: Repository, name: str) -> None:
        """Give a repository another name; the former one leads to it."""
        self.moved[repository.full_name.lower()] = repository.id
        repository.name = name

    def covers(self, installation: Installation, repository: Repository) -> bool:
        """Whether an installation was given that repository."""
        mine = repository.owner is installation.account
        chosen = installation.repositories
        return mine and (chosen is None or repository.id in chosen)

    def installation_for(self, app: App, repository: Repository) -> Installation | None:
        """Where an App got that repository."""
        own = (i for i in self.installations.values() if i.app is app)
        return next((i for i in own if self.covers(i, repository)), None)
