"""After a push to the target: everything that is merged and not live yet is looked at, in turn."""

from __future__ import annotations

import asyncio
import logging

from activities.adapters.forge.mark import branch_name
from web.door.port import Door
from workflows.domain.sight import Station

AWAITED = (Station.MERGED, Station.TO_SANDBOX, Station.IN_SANDBOX, Station.TO_PRODUCTION)
"""Where only the push lists tell how it goes on."""

PAUSE = 0.25
"""Seconds between two: each look asks GitHub some three times, and it takes 900 a minute."""

REST = 10.0
"""Seconds after a round until the next; all pushes meanwhile are one."""

log = logging.getLogger("web.github.pushed")


class Pushed:
    """Hints, one round at a time; what is lost with this site the slow look makes up for."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._again = False
        self._round: asyncio.Task[None] | None = None

    def arrived(self) -> None:
        """The push lists may have changed. Many pushes during a round make one round more."""
        self._again = True
        if self._round is None or self._round.done():
            self._round = asyncio.create_task(self._go_round())

    async def _go_round(self) -> None:
        while self._again:
            self._again = False
            try:
                for row in await self._door.rows():
                    if row.after in AWAITED:
                        await self._door.hint(branch_name(row.key, row.run))
                        await asyncio.sleep(PAUSE)
            except Exception:  # a hint is all that is lost
                log.exception("not everything was looked at after a push")
            await asyncio.sleep(REST)
