"""Signing in with GitHub: who comes back is who left, once, and nothing of it stays behind."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.github.conftest import parts, world
from tests.github.seed import Seeded
from tests.web.github_site import GitHubSite, opened, tell
from web.address import WARNING
from web.github.sign_in import CALLBACK, DENIED, START, STRANGE
from web.person.cookie import HOST, PLAIN

__all__ = ["parts", "world"]


@pytest.fixture
async def site(
    world: Seeded, own_state: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[GitHubSite]:
    tell(world, monkeypatch)
    async with opened(GitHubSite(world, own_state)) as made:
        yield made


async def test_somebody_signs_in_and_comes_back_to_where_they_were(site: GitHubSite) -> None:
    window = site.window()
    asked = (await window.get("/sign-in?next=/new")).text
    assert f'href="{START}?next=%2Fnew"' in asked
    assert WARNING not in asked
    answer = await window.client.get(await site.way_back(window, "grace", "/new"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/new")
    assert "Signed by grace" in (await window.get("/new")).text
    assert "engineer, viewer" in (await window.get("/")).text


async def test_a_session_from_before_sign_in_is_worth_nothing_after_it(site: GitHubSite) -> None:
    window = site.window()
    back = await site.way_back(window, "ada")
    before = window.client.cookies[PLAIN]
    await window.client.get(back)
    after = window.client.cookies[PLAIN]
    assert after != before
    thief = site.window()
    thief.client.cookies.set(PLAIN, before)
    assert "Sign in" in (await thief.get("/new")).text


async def test_the_way_back_works_once_and_in_one_browser_only(site: GitHubSite) -> None:
    window, other = site.window(), site.window()
    await other.client.get(START)
    back = await site.way_back(window, "ada")
    for stranger in (other, site.window()):
        answer = await stranger.get(back)
        assert (answer.status_code, STRANGE[:30] in answer.text) == (400, True)
        assert "Sign in to begin" in (await stranger.get("/new")).text
    wrong = await window.get(back.replace("state=", "state=x"))
    assert wrong.status_code == 400
    assert (await window.client.get(back)).status_code == 303, "a wrong state took nothing away"
    again = await window.get(back)
    assert again.status_code == 400
    assert "Try again" in again.text


async def test_a_stolen_code_signs_nobody_in(site: GitHubSite) -> None:
    """The thief has a way back of their own; the verifier behind the code is another's."""
    victim, thief = site.window(), site.window()
    code = parse_qs(urlsplit(await site.way_back(victim, "ada")).query)["code"][0]
    own = parse_qs(urlsplit(await site.way_back(thief, "eve")).query)
    answer = await thief.get(f"{CALLBACK}?code={code}&state={own['state'][0]}")
    assert answer.status_code == 400
    assert "Sign in to begin" in (await thief.get("/new")).text


async def test_who_says_no_is_not_signed_in(site: GitHubSite) -> None:
    window = site.window()
    left = await window.client.get(START, params={"next": "/new"})
    answer = await window.get(await site.agree(left.headers["location"], "ada", "cancel"))
    assert answer.status_code == 403
    assert DENIED[:20] in answer.text
    assert f'href="{START}?next=%2Fnew"' in answer.text


@pytest.mark.parametrize(
    ("path", "kind", "status"),
    [("/user$", "before", 503), ("/user$", "cut", 503), ("/user$", "primary", 503)],
)
async def test_where_github_breaks_off_it_can_be_tried_again(
    site: GitHubSite, path: str, kind: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    window = site.window()
    back = await site.way_back(window, "ada")
    site.world.faults.add(kind, "GET", path)
    answer = await window.get(back)
    assert (answer.status_code, "Try again" in answer.text) == (status, True)
    assert (await window.client.get(await site.way_back(window, "ada"))).status_code == 303


async def test_an_answer_with_an_error_and_status_200_signs_nobody_in(
    site: GitHubSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = site.window()
    back = await site.way_back(window, "ada")
    site.world.bot.client_secret = "another by now"
    answer = await window.get(back)
    assert answer.status_code == 400
    assert "Try again" in answer.text


async def test_the_way_back_stays_on_this_site(site: GitHubSite) -> None:
    window = site.window()
    answer = await window.client.get(await site.way_back(window, "ada", "//evil.example"))
    assert answer.headers["location"] == "/"


async def test_nothing_of_the_token_stays_behind(
    site: GitHubSite, own_state: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    window = await site.sign_in("ada")
    page = await window.get("/sign-in")
    secrets = [*site.world.handed_out, site.world.bot.client_secret]
    assert any(secret.startswith("ghu_") for secret in secrets)
    held = caplog.text + page.text + str(window.client.cookies)
    held += "".join(file.read_bytes().decode("latin-1") for file in kept(own_state))
    assert not [secret for secret in secrets if secret in held]
    assert "code_verifier:" not in caplog.text


async def test_the_token_is_ended_as_soon_as_it_was_used(site: GitHubSite) -> None:
    await site.sign_in("ada")
    assert any(token.startswith("ghu_") for token in site.world.handed_out)
    assert not site.world.tokens


@pytest.mark.parametrize("kind", ["before", "cut", "secondary"])
async def test_a_token_that_cannot_be_ended_keeps_nobody_out(site: GitHubSite, kind: str) -> None:
    site.world.faults.add(kind, "DELETE", "/token$")
    window = await site.sign_in("ada")
    assert "Signed by ada" in (await window.get("/new")).text


def kept(folder: Path) -> list[Path]:
    """Everything that the site keeps about sessions."""
    files = list(folder.rglob("*.sqlite3*"))
    assert files
    return files


async def test_nobody_chooses_who_they_are_here(site: GitHubSite) -> None:
    window = site.window()
    await window.client.get(START)
    answer = await window.post("/sign-in", {"login": "ada"})
    assert answer.status_code == 405


async def test_signing_out_everywhere_ends_every_session_of_that_account(site: GitHubSite) -> None:
    here, there, other = [await site.sign_in(login) for login in ("ada", "ada", "grace")]
    assert "Signed by ada" in (await there.get("/new")).text
    forged = await here.client.post("/sign-out-everywhere", headers={"Origin": "https://evil"})
    assert forged.status_code == 403
    assert "Signed by ada" in (await there.get("/new")).text
    await here.send("/sign-in", "/sign-out-everywhere")
    for window in (here, there):
        assert "Sign in to begin" in (await window.get("/new")).text
    assert "Signed by grace" in (await other.get("/new")).text


async def test_over_https_the_cookie_is_for_this_host_alone(
    world: Seeded, own_state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(world, monkeypatch, SITE_URL="https://fonts.example", ALLOWED_HOSTS="fonts.example")
    world.bot.callback_urls = (f"https://fonts.example{CALLBACK}",)
    async with opened(GitHubSite(world, own_state, "https://fonts.example")) as site:
        window = site.window()
        answer = await window.client.get(await site.way_back(window, "ada"))
        said = answer.headers["set-cookie"].lower()
        assert said.startswith(HOST.lower() + "=")
        for attribute in ("; secure", "; httponly", "; samesite=lax", "; path=/"):
            assert attribute in said
        assert "domain" not in said
        assert answer.headers["strict-transport-security"].startswith("max-age=")
        out = await window.send("/", "/sign-out")
        assert "secure" in out.headers["set-cookie"].lower()
