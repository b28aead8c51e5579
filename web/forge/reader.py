"""What the site reads of the embedded forge, and what people do to it there."""

from __future__ import annotations

from typing import Any, Protocol

from activities.adapters.forge.port import Author


class ForgeReader(Protocol):
    """The reading half of `activities.adapters.forge`; see there for the shapes."""

    async def pull_requests(self) -> list[Any]:
        """All pull requests, newest first."""

    async def diff(self, number: int) -> list[Any]:
        """The files that a pull request touches."""

    async def issues(self) -> list[Any]:
        """All issues, newest first."""


class Hands(Protocol):
    """See `activities.adapters.forge.hand`."""

    async def change(self, number: int, action: str, by: Author) -> Any:
        """Merge, close or reopen."""

    async def push_list(self, number: int, name: str, listed: bool, by: Author) -> None:
        """Put its family on a push list, or take it off."""

    async def listed(self, number: int) -> dict[str, bool]:
        """On which push lists it is."""
