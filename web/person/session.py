"""Sessions: who is signed in, kept on the server so that signing out is final."""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workflows.domain.actor import Actor

IDLE = 12 * 3600
LONGEST = 7 * 24 * 3600
"""Seconds until a session ends, as long as anyone may be anyone anyway."""

STRICT_IDLE = 3600
STRICT_LONGEST = 12 * 3600
"""The same where a session proves who somebody is."""

SHAPE = 3
ABOUT = "CREATE TABLE IF NOT EXISTS about (shape INTEGER NOT NULL, realm TEXT NOT NULL)"
TABLE = """
CREATE TABLE IF NOT EXISTS session (
    digest TEXT PRIMARY KEY, account INTEGER NOT NULL, login TEXT NOT NULL, csrf TEXT NOT NULL,
    created REAL NOT NULL, seen REAL NOT NULL, aside TEXT NOT NULL DEFAULT ''
)
"""
NEW = "INSERT INTO session (digest, account, login, csrf, created, seen) VALUES (?, ?, ?, ?, ?, ?)"
FIND = "SELECT account, login, csrf, created, seen FROM session WHERE digest = ?"
TAKE = "UPDATE session SET aside = '' WHERE digest = ? AND aside = ? RETURNING digest"


@dataclass(frozen=True)
class Session:
    """`account` is None before sign-in; `csrf` is the token that this session's forms carry.

    The account's login is as it was at sign-in, and it has no roles: those are asked for anew.
    """

    token: str = field(repr=False)
    account: Actor | None = None
    csrf: str = field(default="", repr=False)


class Sessions:
    """Sessions in one small SQLite file; it holds digests, so that the file opens no session.

    `realm` says who vouches for the accounts: sessions of another realm count for nothing.
    `idle` and `longest` are seconds until a session ends: unused, and at the latest.
    """

    def __init__(
        self,
        path: Path,
        clock: Callable[[], float] = time.time,
        idle: float = IDLE,
        longest: float = LONGEST,
        realm: str = "embedded",
    ) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        self._clock, self._idle, self._longest = clock, idle, longest
        self._lock = threading.Lock()
        self._file = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._file.execute("PRAGMA journal_mode=WAL")
        self._file.execute(ABOUT)
        if self._file.execute("SELECT shape, realm FROM about").fetchall() != [(SHAPE, realm)]:
            # Sessions of another version or realm are lost: people sign in again.
            self._file.execute("DROP TABLE IF EXISTS session")
            self._file.execute("DELETE FROM about")
            self._file.execute("INSERT INTO about VALUES (?, ?)", (SHAPE, realm))
        self._file.execute(TABLE)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def begin(self, account: Actor | None = None) -> Session:
        """A new session with an id that nobody has seen before."""
        who = Actor(account.login, account.id) if account else None
        session = Session(secrets.token_urlsafe(32), who, secrets.token_urlsafe(24))
        now = self._clock()
        named = (who.id, who.login) if who else (0, "")
        row = (_digest(session.token), *named, session.csrf, now, now)
        ended = (now - self._idle, now - self._longest)
        self._run("DELETE FROM session WHERE seen < ? OR created < ?", *ended)
        self._run(NEW, *row)
        return session

    def find(self, token: str) -> Session | None:
        """The session of that id, while it lasts."""
        digest, now = _digest(token), self._clock()
        row = self._run(FIND, digest)
        if row is None:
            return None
        id, login, csrf, created, seen = row
        if now - seen > self._idle or now - created > self._longest:
            self.end(token)
            return None
        if now - seen > 60:
            self._run("UPDATE session SET seen = ? WHERE digest = ?", now, digest)
        return Session(token, Actor(login, id) if login else None, csrf)

    def end(self, token: str) -> None:
        """Forget a session."""
        self._run("DELETE FROM session WHERE digest = ?", _digest(token))

    def end_all(self, account: int) -> None:
        """Forget every session of that account, on whatever machine it was begun."""
        self._run("DELETE FROM session WHERE account = ?", account)

    def put_aside(self, token: str, kept: dict[str, str]) -> None:
        """Keep something with a session, in place of what was kept before."""
        text = json.dumps(kept)
        self._run("UPDATE session SET aside = ? WHERE digest = ?", text, _digest(token))

    def aside(self, token: str) -> dict[str, str]:
        """What is kept; nothing for a session that has ended."""
        row = self._run("SELECT aside FROM session WHERE digest = ?", _digest(token))
        kept: dict[str, str] = json.loads(row[0]) if row and row[0] else {}
        return kept

    def take_aside(self, token: str, kept: dict[str, str]) -> bool:
        """Take exactly that away; False where somebody else was quicker."""
        return self._run(TAKE, _digest(token), json.dumps(kept)) is not None

    def _run(self, statement: str, *values: str | float) -> tuple[Any, ...] | None:
        with self._lock, closing(self._file.execute(statement, values)) as cursor:
            row: tuple[Any, ...] | None = cursor.fetchone()
            return row


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
