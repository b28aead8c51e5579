"""The newest refusals, read from the store once each, for the pages of processes."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from web.refusal_log import DAYS, Refusal, names_of, read

log = logging.getLogger("web.refusals")

FRESH = 2.0
"""Seconds for which the names of a day are good; what lies under a name never changes."""

KEPT = 1_000
"""Refusals that are kept in memory; older ones are on the page of all refusals."""


class RefusalMemory:
    """The newest refusals of all processes, also those that other sites have written down."""

    def __init__(self) -> None:
        self._days: dict[date, list[str]] = {}
        self._found: dict[str, Refusal | None] = {}  # by name; None for what cannot be read
        self._looked_at = -FRESH
        self._looking = asyncio.Lock()

    async def of(self, key: str, run: str) -> list[Refusal]:
        """What was refused in one run, the newest first."""
        async with self._looking:
            if time.monotonic() - self._looked_at >= FRESH:
                await self._look_again(datetime.now(UTC).date())
                self._looked_at = time.monotonic()
        return [one for one in self._found.values() if one and (one.key, one.run) == (key, run)]

    async def _look_again(self, today: date) -> None:
        try:
            await asyncio.to_thread(self._look, today)
        except Exception:  # a process is shown also while its refusals cannot be had
            log.exception("refusals cannot be read")

    def _look(self, today: date) -> None:
        before, newest = self._found, islice(self._names(today), KEPT)
        self._found = {name: before[name] if name in before else read(name) for name in newest}

    def _names(self, today: date) -> Iterator[str]:
        """All names, the newest first. Those of a day that is over do not change any more."""
        for ago in range(DAYS):
            day = today - timedelta(days=ago)
            if ago < 2 or day not in self._days:
                self._days[day] = names_of(day)[-KEPT:]
            yield from reversed(self._days[day])
        self._days.pop(today - timedelta(days=DAYS), None)
