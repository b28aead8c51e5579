"""Sessions that prove who somebody is, and files of an older version."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from web.person.session import STRICT_IDLE, STRICT_LONGEST, Sessions
from workflows.domain.actor import Actor


def test_a_session_that_proves_something_is_short(tmp_path: Path) -> None:
    now = 1_000_000.0
    sessions = Sessions(tmp_path / "s", lambda: now, STRICT_IDLE, STRICT_LONGEST, "github")
    token = sessions.begin(Actor("ada", 7)).token
    for _ in range(12):
        now += 3590
        assert sessions.find(token)
    now += 3590
    assert sessions.find(token) is None, "used all the time, and over after twelve hours"
    token = sessions.begin(Actor("ada", 7)).token
    now += 3601
    assert sessions.find(token) is None
    sessions.close()


def test_sessions_of_another_realm_or_an_older_version_count_for_nothing(tmp_path: Path) -> None:
    old = sqlite3.connect(tmp_path / "s")
    old.execute("CREATE TABLE session (digest TEXT PRIMARY KEY, login TEXT, csrf TEXT)")
    old.execute("INSERT INTO session VALUES ('d', 'ada', 'c')")
    old.commit()
    old.close()
    first = Sessions(tmp_path / "s")
    token = first.begin(Actor("ada", 7)).token
    first.close()
    same = Sessions(tmp_path / "s")
    assert same.find(token)
    same.close()
    other = Sessions(tmp_path / "s", realm="https://github.com")
    assert other.find(token) is None
    other.close()
