"""What the site reads of the embedded forge, to show it."""

from __future__ import annotations

from typing import Any, Protocol


class ForgeReader(Protocol):
    """The reading half of `activities.adapters.forge`; see there for the shapes."""

    async def pull_requests(self) -> list[Any]:
        """All pull requests, newest first."""

    async def diff(self, number: int) -> list[Any]:
        """The files that a pull request touches."""

    async def issues(self) -> list[Any]:
        """All issues, newest first."""
