"""People, organizations and teams."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(eq=False)
class Account:
    """Whoever can own repositories or act; `id` stays when `login` changes."""

    id: int
    login: str
    kind: str = "User"  # or Organization, Bot
    name: str = ""
    email: str | None = None
    owners: set[int] = field(default_factory=set)  # of an organization: its owners' ids


@dataclass(eq=False)
class Team:
    """A team of an organization; `members` maps an account's id to member or maintainer."""

    id: int
    organization: Account
    slug: str
    members: dict[int, str] = field(default_factory=dict)
    invited: set[int] = field(default_factory=set)
