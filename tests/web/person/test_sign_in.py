"""Signing in and out."""

from __future__ import annotations

from pathlib import Path

import pytest

from activities.adapters.people.embedded import EmbeddedPeople, account
from tests.web.visitor import Visitor
from web.address import WARNING, NotLoopback, check_address
from web.person.auth import acting
from web.person.session import IDLE, LONGEST, Sessions
from web.person.sign_in import local

ADA = account("ada")


async def test_the_warning_is_on_every_page(visitor: Visitor) -> None:
    for path in ("/", "/new", "/sign-in", "/forge/pulls", "/nope"):
        assert WARNING in (await visitor.get(path)).text


async def test_signing_in_makes_a_new_session_and_signing_out_ends_it(visitor: Visitor) -> None:
    await visitor.get("/sign-in")
    before = visitor.client.cookies["family_pr_session"]
    answer = await visitor.sign_in("ada")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    after = visitor.client.cookies["family_pr_session"]
    assert after != before
    assert "Signed by ada" in (await visitor.get("/new")).text
    await visitor.send("/", "/sign-out")
    visitor.client.cookies.set("family_pr_session", after)
    assert "Sign in to begin" in (await visitor.get("/new")).text


@pytest.mark.parametrize("login", ["", "-ada", "ada-", "a" * 40, "a b", "ädä", "<b>", "a/b"])
async def test_only_logins_as_github_has_them(visitor: Visitor, login: str) -> None:
    answer = await visitor.send("/sign-in", "/sign-in", login=login)
    assert answer.status_code == 422
    assert "up to 39" in answer.text


async def test_the_way_back_stays_on_this_site(visitor: Visitor) -> None:
    answer = await visitor.send("/sign-in", "/sign-in", login="ada", next="//evil.example")
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize(
    ("next", "to"),
    [
        ("/new", "/new"),
        ("/processes/karla/1#task-x", "/processes/karla/1#task-x"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/a\r\nb", "/"),
        ("", "/"),
    ],
)
def test_a_page_to_come_back_to(next: str, to: str) -> None:
    assert local(next) == to


async def test_a_login_is_one_account_however_it_is_written() -> None:
    people = EmbeddedPeople()
    assert account("Ada").is_same_account(account("ada"))
    assert (await acting(people, account("Ada"))).roles == ("engineer", "viewer")
    assert (await acting(people, account("mallory"))).roles == ("viewer",)
    assert account("mallory").id > 0


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.1.2.3"])
def test_this_machine_is_an_address_to_serve_on(host: str) -> None:
    check_address(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.2", "example.org", ""])  # noqa: S104  words
def test_no_other_address_is(host: str) -> None:
    with pytest.raises(NotLoopback, match="lets anyone be anyone"):
        check_address(host)


def test_a_session_ends_unused_and_at_the_latest_after_a_week(tmp_path: Path) -> None:
    now = 1_000_000.0
    sessions = Sessions(tmp_path / "s", lambda: now)
    token = sessions.begin(ADA).token
    now += IDLE - 1
    assert sessions.find(token)
    now += IDLE + 1
    assert sessions.find(token) is None
    token = sessions.begin(ADA).token
    for _ in range(LONGEST // (IDLE - 1) + 1):
        now += IDLE - 1
        found = sessions.find(token)
    assert found is None
    sessions.close()


def test_sessions_survive_a_restart_and_their_file_opens_none(tmp_path: Path) -> None:
    first = Sessions(tmp_path / "s")
    session = first.begin(ADA)
    first.close()
    assert not any(session.token.encode() in path.read_bytes() for path in tmp_path.iterdir())
    second = Sessions(tmp_path / "s")
    found = second.find(session.token)
    assert found
    assert (found.account, found.csrf) == (ADA, session.csrf)
    second.close()
    assert (tmp_path / "s").stat().st_mode & 0o077 == 0
