"""Deliveries: which of GitHub's messages were taken already, so that a repeated one counts once."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

KEPT = 30 * 24 * 3600
"""Seconds; GitHub sends a message again for three days at most."""

TABLE = "CREATE TABLE IF NOT EXISTS delivery (id TEXT PRIMARY KEY, at REAL NOT NULL)"


class Deliveries:
    """The ids of messages, in one small SQLite file."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._clock = clock
        self._lock = threading.Lock()
        self._file = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._file.execute("PRAGMA journal_mode=WAL")
        # What a failing machine forgets may come once more, which does no harm; waiting for its
        # disk at each message would hold up all pages.
        self._file.execute("PRAGMA synchronous=NORMAL")
        self._file.execute(TABLE)

    def take(self, id: str) -> bool:
        """Take a message; False where it was taken before."""
        now = self._clock()
        with self._lock:
            self._file.execute("DELETE FROM delivery WHERE at < ?", (now - KEPT,))
            added = self._file.execute("INSERT OR IGNORE INTO delivery VALUES (?, ?)", (id, now))
            return added.rowcount == 1

    def has(self, id: str) -> bool:
        """Whether a message was taken before."""
        with self._lock:
            found = self._file.execute("SELECT 1 FROM delivery WHERE id = ?", (id,))
            return found.fetchone() is not None

    def give_back(self, id: str) -> None:
        """What was taken could not be done: it may come again."""
        with self._lock:
            self._file.execute("DELETE FROM delivery WHERE id = ?", (id,))

    def close(self) -> None:
        """Close the file."""
        self._file.close()


@dataclass(frozen=True)
class Hook:
    """What taking GitHub's messages needs: a secret, those taken already, the target's name."""

    secret: str = field(repr=False)
    deliveries: Deliveries
    repository: str
