"""Which processes wait for the person who looks: a help to find them; acting asks anew."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from activities.adapters.people.port import People
from web.door.fault import NotFound
from web.door.port import Door
from web.person.auth import accepted_upstream
from workflows.domain.actor import DESIGNER, INITIATOR, Actor
from workflows.reading.row import Row
from workflows.reading.stranded import PHASE

AT_ONCE = 20
"""Processes that one drawing of the board looks up; the next one goes on with the others."""

A_MINUTE, MOST = 60.0, 120
"""So many in that time for all who look, so that GitHub's limit is left to those who act."""

PATIENCE = 1.5
"""Seconds that a board waits for that; what is found later is in the next drawing."""

KEPT, NOTHING_KEPT = 300.0, 60.0
"""Seconds for which it is known that somebody has a role in a process, and that they have none."""

HELD = 10_000

log = logging.getLogger("web.waiting")


@dataclass(frozen=True)
class _Accepted:
    """What decides about roles in one process, as it was after a change."""

    upstream: str
    initiator: Actor
    changed: datetime


@dataclass(frozen=True)
class _Known:
    """The roles of one person in one process, as it was after a change; good until `ends`."""

    roles: frozenset[str]
    changed: datetime
    ends: float


class Waiting:
    """Roles in processes, as far as they are known; what is not known is no role."""

    def __init__(
        self, door: Door, people: People, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._door, self._people, self._clock = door, people, clock
        self._accepted: dict[str, _Accepted] = {}
        self._known: dict[tuple[int, str], _Known] = {}
        self._spent: deque[float] = deque()
        self._looking: dict[int, asyncio.Task[None]] = {}

    async def mine(self, rows: Sequence[Row], who: Actor | None) -> list[str]:
        """The runs of those rows that wait for this person."""
        if who is None:
            return []
        asking = [row for row in rows if row.phase in ("waiting", "failing", PHASE)]
        if self._people.by_repository:
            await self._look_up([row for row in asking if _only_inside_tells(row, who)], who)
        return [row.run for row in asking if self._roles(row, who) & set(row.waits_for)]

    def _roles(self, row: Row, who: Actor) -> set[str]:
        """The roles that somebody is known to have in a process."""
        if self._people.by_repository:
            known = self._find(row, who)
            return {*who.roles, *(known.roles if known else ())}
        started = row.initiator.casefold() == who.login.casefold()
        return {*who.roles, *([INITIATOR] if started else [])}

    def _find(self, row: Row, who: Actor) -> _Known | None:
        known = self._known.get((who.id, row.run))
        good = known and self._clock() < known.ends and known.changed == row.changed
        return known if good else None

    async def _look_up(self, rows: Sequence[Row], who: Actor) -> None:
        """Find out about some that are not known; one look at a time for each person."""
        looking = self._looking.get(who.id)
        if looking is None:
            new = [row for row in rows if not self._find(row, who)]
            new.sort(key=lambda row: self._age(row, who))
            if not (new := new[: self._left()]):
                return
            looking = self._looking[who.id] = asyncio.create_task(self._look(new, who))
            looking.add_done_callback(lambda _: self._looking.pop(who.id, None))
        await asyncio.wait({looking}, timeout=PATIENCE)

    def _age(self, row: Row, who: Actor) -> float:
        """Those that were never looked up come first, so that all of them have their turn."""
        known = self._known.get((who.id, row.run))
        return known.ends if known else 0.0

    def _left(self) -> int:
        """How many may be looked up now."""
        now = self._clock()
        while self._spent and self._spent[0] <= now - A_MINUTE:
            self._spent.popleft()
        return min(AT_ONCE, MOST - len(self._spent))

    async def _look(self, rows: Sequence[Row], who: Actor) -> None:
        for row in rows:
            self._spent.append(self._clock())
            roles: frozenset[str] = frozenset()
            try:
                roles = await self._ask(row, who)
            except Exception:  # one process that cannot be read must not keep the others out
                log.exception("whom %s waits for is not known", row.workflow_id)
            if len(self._known) >= HELD:
                self._known.clear()  # asking again is cheap
            ends = self._clock() + (KEPT if roles else NOTHING_KEPT)
            self._known[who.id, row.run] = _Known(roles, row.changed, ends)

    async def _ask(self, row: Row, who: Actor) -> frozenset[str]:
        accepted = await self._read(row)
        found = [INITIATOR] if who.is_same_account(accepted.initiator) else []
        if accepted.upstream:
            found += await self._people.roles(who, accepted.upstream)
        return frozenset(found)

    async def _read(self, row: Row) -> _Accepted:
        """An accepted request never changes; before that a process is read after each change."""
        known = self._accepted.get(row.run)
        if known and (known.upstream or known.changed == row.changed):
            return known
        process = (await self._door.document(row.key, row.run)).process
        if process is None:
            raise NotFound("It cannot be read.")
        found = _Accepted(accepted_upstream(process), process.initiator, row.changed)
        if len(self._accepted) >= HELD:
            self._accepted.clear()
        self._accepted[row.run] = found
        return found


def _only_inside_tells(row: Row, who: Actor) -> bool:
    """Whether it waits for a role that hangs on the process, and for none that is held anyway."""
    wanted = set(row.waits_for)
    return bool(wanted & {DESIGNER, INITIATOR}) and not wanted & set(who.roles)
