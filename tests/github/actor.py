"""Who is asking, and what they may do with a repository."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.github.account import Account
from tests.github.registration import App, Installation
from tests.github.repository import Repository

LEVELS = ("none", "read", "write", "admin")


@dataclass(frozen=True)
class Actor:
    """`kind` is anonymous, app (by its JWT), client (an App by its secret), installation or user.

    `permissions` None: all that the person may do. `repositories` None: all of them.
    """

    kind: str = "anonymous"
    account: Account | None = None
    app: App | None = None
    installation: Installation | None = None
    permissions: Mapping[str, str] | None = None
    repositories: frozenset[int] | None = None

    @property
    def key(self) -> str:
        """Under which the rate limits count this one."""
        number = self.installation.id if self.installation else getattr(self.account, "id", 0)
        return f"{self.kind}/{number or getattr(self.app, 'id', 0)}"

    @property
    def who(self) -> Account:
        """The account in whose name things are made."""
        assert self.account
        return self.account

    def given(self, repository: Repository) -> bool:
        """Whether the token was made for this repository."""
        if self.installation and repository.owner is not self.installation.account:
            return False
        return self.repositories is None or repository.id in self.repositories

    def sees(self, repository: Repository) -> bool:
        """Whether the repository exists for this one."""
        if not repository.private:
            return True
        if self.kind == "installation":
            return self.given(repository)
        may = self.kind == "user" and repository.may(self.account, "read")
        return may and self.given(repository)

    def holds(self, permission: str, level: str) -> bool:
        """Whether the token carries the permission."""
        if self.permissions is None:
            return self.kind == "user"
        held = self.permissions.get(permission, "read" if permission == "metadata" else "none")
        return LEVELS.index(held) >= LEVELS.index(level)

    def may(self, repository: Repository, permission: str, level: str, role: str) -> bool:
        """Whether token and person together allow it on this repository."""
        if not self.holds(permission, level) or not self.given(repository):
            return False
        return self.kind == "installation" or repository.may(self.account, role)

    def pushes(self, repository: Repository) -> bool:
        """Whether this one may write to the repository."""
        return self.may(repository, "contents", "write", "write")
