"""People of the embedded default: ENGINEERS and DESIGNERS are whoever says so."""

from __future__ import annotations

import hashlib

from activities.adapters.settings import settings
from workflows.domain.actor import DESIGNER, ENGINEER, Actor


class EmbeddedPeople:
    """Roles by login, as the settings have them; see `port.People`."""

    by_repository = False

    async def roles(
        self, account: Actor, upstream: str = "", fresh: bool = False
    ) -> tuple[str, ...]:
        """A designer is one everywhere here: there is nobody to ask about repositories."""
        chosen = settings()
        known = ((ENGINEER, chosen.engineers), (DESIGNER, chosen.designers))
        return tuple(role for role, logins in known if _has(logins, account.login))

    async def engineers(self) -> tuple[Actor, ...]:
        """Those in ENGINEERS."""
        return tuple(account(login) for login in settings().engineers)


def account(login: str) -> Actor:
    """The account of a login, with a stand-in for GitHub's id: one per login in any case."""
    digest = hashlib.sha256(login.casefold().encode()).digest()
    return Actor(login, int.from_bytes(digest[:6], "big") or 1)


def _has(logins: tuple[str, ...], login: str) -> bool:
    return login.casefold() in {known.casefold() for known in logins}
