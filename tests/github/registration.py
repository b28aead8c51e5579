"""GitHub Apps as their owners register them, and where they are installed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from tests.github.account import Account

PERMISSIONS = {
    "contents": "write",
    "issues": "write",
    "members": "read",
    "metadata": "read",
    "pull_requests": "write",
    "statuses": "write",
}
EVENTS = ("pull_request", "issues", "push")


@dataclass(eq=False)
class App:
    """A GitHub App: who it is, how it proves that, where its messages go."""

    id: int
    slug: str
    owner: Account
    bot: Account
    client_id: str
    client_secret: str
    private_key: str  # PEM
    at: datetime
    callback_urls: tuple[str, ...] = ()
    webhook_url: str = ""
    webhook_secret: str = ""
    permissions: dict[str, str] = field(default_factory=lambda: dict(PERMISSIONS))
    events: tuple[str, ...] = EVENTS


@dataclass(eq=False)
class Installation:
    """An App in an account; `repositories` are ids, None means all of the account's."""

    id: int
    app: App
    account: Account
    at: datetime
    repositories: set[int] | None = None
    permissions: dict[str, str] = field(default_factory=lambda: dict(PERMISSIONS))
    suspended_at: datetime | None = None
