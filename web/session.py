"""Sessions: who is signed in, kept on the server so that signing out is final."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

IDLE = 12 * 3600
LONGEST = 7 * 24 * 3600
"""Seconds until a session ends: unused, and at the latest."""

TABLE = """
CREATE TABLE IF NOT EXISTS session (
    digest TEXT PRIMARY KEY, login TEXT NOT NULL, csrf TEXT NOT NULL,
    created REAL NOT NULL, seen REAL NOT NULL
)
"""


@dataclass(frozen=True)
class Session:
    """`login` is empty before sign-in; `csrf` is the token that this session's forms carry."""

    token: str = field(repr=False)
    login: str = ""
    csrf: str = field(default="", repr=False)


class Sessions:
    """Sessions in one small SQLite file; it holds digests, so that the file opens no session."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        self._clock = clock
        self._lock = threading.Lock()
        self._file = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._file.execute("PRAGMA journal_mode=WAL")
        self._file.execute(TABLE)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def begin(self, login: str = "") -> Session:
        """A new session with an id that nobody has seen before."""
        session = Session(secrets.token_urlsafe(32), login, secrets.token_urlsafe(24))
        now = self._clock()
        row = (_digest(session.token), login, session.csrf, now, now)
        self._run("DELETE FROM session WHERE seen < ? OR created < ?", now - IDLE, now - LONGEST)
        self._run("INSERT INTO session VALUES (?, ?, ?, ?, ?)", *row)
        return session

    def find(self, token: str) -> Session | None:
        """The session of that id, while it lasts."""
        digest, now = _digest(token), self._clock()
        row = self._run("SELECT login, csrf, created, seen FROM session WHERE digest = ?", digest)
        if row is None:
            return None
        login, csrf, created, seen = row
        if now - seen > IDLE or now - created > LONGEST:
            self.end(token)
            return None
        if now - seen > 60:
            self._run("UPDATE session SET seen = ? WHERE digest = ?", now, digest)
        return Session(token, login, csrf)

    def end(self, token: str) -> None:
        """Forget a session."""
        self._run("DELETE FROM session WHERE digest = ?", _digest(token))

    def _run(self, statement: str, *values: str | float) -> tuple[str, str, float, float] | None:
        with self._lock, closing(self._file.execute(statement, values)) as cursor:
            row: tuple[str, str, float, float] | None = cursor.fetchone()
            return row


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
