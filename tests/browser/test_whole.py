"""Everything that is real at once: Temporal, workers, tools, site, Chromium, a served GitHub."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from local import leak, namespace
from local.example import TAG
from local.github_readback import ReadBack
from local.github_there import GitHubThere
from local.judging import WAIVERS
from local.separate import Separate, separate_set
from local.stand_in import stand_in
from tests.browser.aside import Aside
from tests.browser.conftest import EXPECTED
from tests.browser.stranger import refused

UPSTREAM = "googlefonts/karla"
PATIENCE = 420  # seconds; a busy machine is slow, not wrong


@dataclass(frozen=True)
class Whole:
    """The set, the GitHub it works with, and a loop to ask both from."""

    aside: Aside
    there: GitHubThere
    found: Separate
    temporal: str


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Whole]:
    aside, (site, temporal, console, github) = Aside(), free_ports()
    ports = {"SITE_PORT": site, "TEMPORAL_PORT": temporal, "TEMPORAL_WEB_PORT": console}
    address = f"http://127.0.0.1:{site}"
    with (
        aside.entered(stand_in(tmp_path / "github", int(github), address)) as there,
        aside.entered(separate_set(tmp_path / "set", ports, there.settings)) as found,
    ):
        yield Whole(aside, there, found, temporal)
    aside.stop()


def free_ports() -> list[str]:
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(4)]
    ports = [str(listener.getsockname()[1]) for listener in listeners]
    for listener in listeners:
        listener.close()
    return ports


@pytest.fixture
def windows(browser: Browser) -> Iterator[list[BrowserContext]]:
    opened: list[BrowserContext] = []
    yield opened
    for window in opened:
        window.close()


@pytest.mark.timeout(3 * PATIENCE)
def test_a_family_goes_to_github_by_people_who_signed_in_there(
    whole: Whole, browser: Browser, windows: list[BrowserContext]
) -> None:
    complaints: list[str] = []

    def listen(said: ConsoleMessage) -> None:
        if said.type == "error":
            complaints.append(said.text)

    def somebody(login: str) -> Page:
        window = browser.new_context(base_url=whole.found.site)
        windows.append(window)
        page = window.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", listen)
        sign_in(page, whole.there.url, login)
        return page

    path = begin(somebody("grace"), whole)
    ada, eve = somebody("ada"), somebody("eve")
    assert judge(ada, eve, path) >= 4, "request, package, quality and sign-off ask"
    assert not [said for said in complaints if not any(known in said for known in EXPECTED)]
    whole.aside.do(read_back(whole, path))
    whole.aside.do(nothing_leaks(whole, windows[-1]))
    assert whole.aside.do(whole.there.record())


def sign_in(page: Page, provider: str, login: str) -> None:
    """As a person does: the link, the provider's page, a click, and back again."""
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in with GitHub").click()
    expect(page.get_by_role("heading", name="Authorize family-pr")).to_be_visible()
    assert page.url.startswith(provider)
    page.get_by_label("Sign in as").select_option(login)
    page.get_by_role("button", name="Authorize").click()
    expect(page.get_by_text(login, exact=True).first).to_be_visible()


def begin(page: Page, whole: Whole) -> str:
    """Ask for a repository that is not there, and then for the right one; the process's path."""
    page.goto("/new")
    page.get_by_label("Family name").fill("Karla")
    page.get_by_label("upgrade").check()
    page.get_by_label("Upstream repository").fill("googlefonts/nothing")
    page.get_by_role("button", name="Begin").click()
    wrong = page.locator("#field-new-repository-wrong")
    expect(wrong).to_contain_text("There is no public repository googlefonts/nothing on GitHub")
    address = f"{whole.there.url}/{UPSTREAM}/tree/{TAG}"
    page.get_by_label("Upstream repository").fill(address)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Karla")
    return page.url.removeprefix(whole.found.site).partition("?")[0]


def judge(ada: Page, eve: Page, path: str) -> int:
    """Answer with the mouse whatever is asked, until the process is done; how often eve was
    refused before that."""
    ada.goto(path)
    end, times = time.monotonic() + PATIENCE, 0
    while not ada.locator(".head .state").first.inner_text().startswith("Done"):
        assert time.monotonic() < end, ada.locator("main").inner_text()[-3000:]
        form = ada.locator("form[id^=answer-]").first
        if form.count():
            times += refused(eve, ada, path)
            answer(ada, form)
        ada.wait_for_timeout(300)
    expect(ada.locator('a[href$="/google/fonts/pull/1"]').first).to_be_attached()
    return times


def answer(page: Page, form: Locator) -> None:
    identity = form.get_attribute("id") or ""
    task = identity.removeprefix("answer-").rsplit("-", 2)[0]
    form = page.locator(f"#{identity}")
    form.get_by_label("accept" if task == "intake" else "OK", exact=True).check()
    form.get_by_label("Reason").fill(WAIVERS.get(task, "Looked at everything."))
    form.get_by_role("button").last.click()
    expect(page.locator(f"#{identity}")).to_have_count(0)


async def read_back(whole: Whole, path: str) -> None:
    back = ReadBack(whole.there)
    process: dict[str, Any] = {"ended": {"status": "OK", "text": ""}}
    await back.pull_request(process, whole.found.site + path, (UPSTREAM, TAG))
    await back.close()


async def nothing_leaks(whole: Whole, window: BrowserContext) -> None:
    needles = leak.Needles(await whole.there.secrets())
    assert needles.number > 10
    client = await namespace.connect(f"127.0.0.1:{whole.temporal}")
    for places in (leak.histories(client), leak.files(whole.found.state)):
        number, found = await leak.leaks(needles, places)
        assert number > 20
        assert found == []
