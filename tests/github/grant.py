"""What a person has handed out: tokens that act for them, and sign-in codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tests.github.account import Account
from tests.github.registration import App


@dataclass(eq=False)
class UserToken:
    """A token that acts as a person.

    `permissions` and `repositories` (ids) narrow it; None leaves it all that the person may.
    """

    account: Account
    permissions: dict[str, str] | None = None
    repositories: set[int] | None = None
    expires: datetime | None = None
    app: App | None = None


@dataclass(eq=False)
class Code:
    """A sign-in code on its way; it works once, with the verifier behind its challenge."""

    app: App
    account: Account
    redirect_uri: str
    challenge: str
    expires: datetime
    used: bool = False
