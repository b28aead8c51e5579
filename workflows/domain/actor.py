"""Who acts: a person by GitHub account, or a part of the machine."""

from __future__ import annotations

from dataclasses import dataclass

ENGINEER = "engineer"
DESIGNER = "designer"
INITIATOR = "initiator"
VIEWER = "viewer"
SERVICE = "service"
"""The roles. A service is an outside machine that was handed a callback address."""


@dataclass(frozen=True)
class Actor:
    """Whoever signs an entry.

    `login` is the GitHub login as it was at that time, `id` GitHub's numeric id, which outlives
    a renamed login; the machine's own parts have id 0. `roles` are those held when acting.
    """

    login: str
    id: int = 0
    roles: tuple[str, ...] = ()

    def is_same_account(self, other: Actor) -> bool:
        """Whether both are one account: ids decide, logins only where there is no id."""
        return self.id == other.id if self.id or other.id else self.login == other.login


DISPATCHER = Actor("dispatcher")
OPERATOR = Actor("operator")
SWEEP = Actor("sweep")
