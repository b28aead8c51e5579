"""Whether the site is up, for whatever supervises it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Health:
    """The site answers; Temporal is not asked, so that a restart of it does not restart this."""

    ok: bool = True


async def show() -> Health:
    """The site answers."""
    return Health()
