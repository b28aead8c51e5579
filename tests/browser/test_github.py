"""Signing in by a click at the provider's page, in a real browser, across two sites."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from activities.adapters.github.setting import github_settings
from activities.adapters.people.github import GitHubPeople
from activities.adapters.people.sign_in import GitHubSignIn
from activities.adapters.settings import settings
from tests.browser.conftest import People, Served
from tests.browser.test_look import violations
from tests.github.conftest import parts, world
from tests.github.seed import Seeded
from tests.github.serving import served
from tests.web.scene import QA, bring
from tests.web.trial import ToGitHub
from web.github.sign_in import CALLBACK
from workflows.domain.actor import Actor

__all__ = ["parts", "world"]


@pytest.fixture
def site(world: Seeded, own_state: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """The site at localhost, GitHub at 127.0.0.1: to a browser that is another site."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ours = f"http://localhost:{port}"
    with served(world):
        world.bot.callback_urls = (ours + CALLBACK,)
        more = {"TARGET": "embedded", "SITE_URL": ours}
        for name, value in {**world.settings(), **more}.items():
            monkeypatch.setenv(name, value)
        for cached in (settings, github_settings):
            cached.cache_clear()
        github = ToGitHub(GitHubPeople(), GitHubSignIn(ours + CALLBACK))
        made = Served(own_state, port=port, github=github)
        made.url = ours
        yield made
        made.stop()


def sign_in(people: People, login: str, path: str = "/") -> Page:
    """From a page of ours to the provider's, and back to where one was."""
    page = people.open("", path)
    page.get_by_role("link", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Sign in with GitHub").click()
    expect(page).to_have_title("Authorize family-pr")
    page.get_by_label("Sign in as").select_option(login)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(re.compile(re.escape(people.site.url)))
    return page


def test_a_click_at_the_provider_signs_in_and_leads_back(site: Served, people: People) -> None:
    page = sign_in(people, "grace", "/new")
    expect(page).to_have_url(f"{site.url}/new")
    expect(page.get_by_text("Signed by grace")).to_be_visible()
    expect(page.locator("header .who")).to_contain_text("engineer, viewer")
    expect(page.locator(".embedded")).to_have_count(0)
    [cookie] = page.context.cookies(site.url)
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["expires"] == -1
    assert len(cookie["value"]) >= 43
    assert "ghu_" not in str(page.context.storage_state()) + page.content()


def test_who_says_no_can_try_again(site: Served, people: People) -> None:
    page = people.open("", "/sign-in?next=/new")
    page.get_by_role("button", name="Sign in with GitHub").click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("alert")).to_contain_text("nobody is signed in")
    page.get_by_role("button", name="Try again").click()
    page.get_by_role("button", name="Authorize").click()
    expect(page).to_have_url(f"{site.url}/new")


def test_a_link_back_from_somebody_else_signs_nobody_in(site: Served, people: People) -> None:
    page = people.open("", "/")
    page.goto(f"{CALLBACK}?code=stolen&state=guessed")
    expect(page.get_by_role("alert")).to_contain_text("belongs to no sign-in of this browser")
    page.goto("/")
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()


def test_signing_out_everywhere_reaches_the_other_machine(site: Served, people: People) -> None:
    here, there = sign_in(people, "ada"), sign_in(people, "ada")
    here.locator("header .who a").click()
    here.get_by_role("button", name="Sign out everywhere").click()
    expect(here.get_by_role("status")).to_contain_text("on every machine")
    there.reload()
    expect(there.get_by_role("link", name="Sign in", exact=True)).to_be_visible()


def test_who_has_no_role_finds_no_form_and_who_has_one_does(
    site: Served, people: People, world: Seeded
) -> None:
    grace = Actor("grace", world.grace.id)
    at = site.do(bring(site.processes, "Karla", *QA, by=grace))
    path = f"/processes/{at[0]}/{at[1]}"
    eve = sign_in(people, "eve", path)
    expect(eve.locator("header .who")).to_contain_text("eve viewer")
    expect(eve.locator("main form[method=post]")).to_have_count(0)
    expect(eve.get_by_text("eve is: viewer").first).to_be_visible()
    ada = sign_in(people, "ada", path)
    expect(ada.locator("main form[method=post]").first).to_be_attached()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_the_way(
    site: Served, people: People, theme: str, width: int, tmp_path: Path
) -> None:
    options = {"color_scheme": theme, "viewport": {"width": width, "height": 800}}
    page = people.open("", "/sign-in", **options)
    assert violations(page) == []
    assert _sticks_out(page) <= 0
    page.goto(f"{CALLBACK}?code=x&state=y")
    assert violations(page) == []
    page.get_by_role("button", name="Try again").click()
    page.get_by_role("button", name="Authorize").click()
    page.goto("/sign-in")
    expect(page.get_by_role("heading", name="You are signed in")).to_be_visible()
    assert violations(page) == []
    assert _sticks_out(page) <= 0


def _sticks_out(page: Page) -> int:
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(wide))
