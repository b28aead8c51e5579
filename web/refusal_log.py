"""What was refused: it leaves no event in any history, so it is written down in the store."""

from __future__ import annotations

import asyncio
import json
import logging
import time
import uuid
from collections import deque
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from pydantic import TypeAdapter, ValidationError

from activities.adapters import store

log = logging.getLogger("web.refusals")

FOLDER = "refusals"
DAYS = 30
MOST = 200
"""The newest refusals of the last days that a page shows."""

STRANGERS = 30
"""Refusals a minute that are kept of people who are not signed in; more only fill the store."""


@dataclass(frozen=True)
class Refusal:
    """Who was refused what, why and when; never what was typed.

    `action`, `key`, `run` and `task` are those of the address; `status` is HTTP's.
    """

    at: datetime
    login: str
    account: int
    action: str
    key: str
    run: str
    task: str
    status: int
    why: str

    @property
    def name(self) -> str:
        """Where it lies in the store: names sort by time."""
        return f"{FOLDER}/{self.at:%Y-%m-%d}/{self.at:%H-%M-%S-%f}-{uuid.uuid4().hex[:8]}.json"


_REFUSAL: TypeAdapter[Refusal] = TypeAdapter(Refusal)
_writing: set[asyncio.Task[None]] = set()
_strangers: deque[float] = deque(maxlen=STRANGERS)


def note(path: str, login: str, account: int, status: int, why: str) -> None:
    """Write a refusal down without keeping anybody waiting; `path` is a form's address."""
    parts = path.split("/")
    if len(parts) < 5 or parts[1] != "processes" or not (login or _room()):
        return
    task = parts[5] if len(parts) > 5 else ""
    refusal = Refusal(
        datetime.now(UTC), login, account, parts[4], parts[2], parts[3], task, status, why[:500]
    )
    writing = asyncio.get_running_loop().create_task(_write(refusal))
    _writing.add(writing)
    writing.add_done_callback(_writing.discard)


def _room() -> bool:
    now = time.monotonic()
    if len(_strangers) == STRANGERS and now - _strangers[0] < 60:
        return False
    _strangers.append(now)
    return True


async def _write(refusal: Refusal) -> None:
    content = _REFUSAL.dump_json(refusal)
    try:
        await asyncio.to_thread(store.publish, refusal.name, content)
    except Exception:  # the person was told why not; that it is written down is for operators
        log.exception("a refusal could not be written down")


async def written() -> None:
    """Wait until all that was noted is in the store."""
    while _writing:
        await asyncio.gather(*_writing)


def latest(today: date, key: str = "") -> list[Refusal]:
    """The newest refusals, the newest first; of one family, or of all."""
    found: list[Refusal] = []
    for day in range(DAYS):
        for name in reversed(names_of(today - timedelta(days=day))):
            refusal = read(name)
            if refusal and key in ("", refusal.key):
                found.append(refusal)
            if len(found) == MOST:
                return found
    return found


def names_of(day: date) -> list[str]:
    """The names of a day's refusals, sorted by time."""
    return store.names(f"{FOLDER}/{day:%Y-%m-%d}")


def read(name: str) -> Refusal | None:
    """What lies under a name; None, and a line in the log, where that is no refusal."""
    try:
        return _REFUSAL.validate_python(json.loads(store.read(name)))
    except (ValueError, ValidationError, store.Missing) as fault:
        log.error("%s: %s", name, type(fault).__name__)
        return None
