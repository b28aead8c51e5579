"""A closed process is restarted from its page: by mouse, keyboard and phone, once, by who may."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import People, Served
from tests.browser.stranger import data, json_from
from tests.web.fake import FakeProcesses
from tests.web.scene import DONE, QA, answer, bring
from tests.web.somebody import person
from workflows.domain.message import Finalize, Stop

Close = Callable[[FakeProcesses], Coroutine[Any, Any, str]]
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}


async def stopped(processes: FakeProcesses, begun_by: str = "kim") -> str:
    """The page of a process that somebody has stopped."""
    at = await bring(processes, "Karla", *QA, by=begun_by)
    by = person("ada", processes.case(*at).process)
    await processes.act(*at, Stop("stop", by, "The tag is wrong."))
    return f"/processes/{at[0]}/{at[1]}"


async def failed(processes: FakeProcesses) -> str:
    """The page of a process that failed, and was reported."""
    at = await bring(processes, "Karla", *QA)
    await answer(processes, at, "font_bakery", verdict="FAILED", reason="Broken.")
    process = processes.case(*at).process
    assert process.current
    close = Finalize(
        "close", person("ada"), process.current.title, process.current.attempts, "It is broken."
    )
    await processes.act(*at, close)
    await answer(processes, at, "file_issue")
    assert process.ended
    return f"/processes/{at[0]}/{at[1]}"


def unfold(page: Page) -> None:
    page.locator(".tools > summary").click()
    page.locator("#act-restart > summary").click()


def restart(page: Page, reason: str) -> None:
    page.get_by_label("Why begin it anew?").fill(reason)
    page.get_by_role("button", name="Restart the process").click()


def is_next(page: Page, old: str, reason: str) -> str:
    """The page shows the process that continues the old one; its path."""
    expect(page.get_by_text("The process has begun.")).to_be_visible()
    expect(page.locator(".facts")).to_contain_text(f"because: {reason}")
    new = "/".join(page.url.partition("?")[0].split("/")[3:])
    assert f"/{new}" != old
    return f"/{new}"


@pytest.mark.parametrize(
    ("close", "scripts"), [(stopped, True), (failed, False)], ids=["with scripts", "without"]
)
def test_it_is_restarted_and_both_pages_and_the_board_tell(
    site: Served, people: People, close: Close, scripts: bool
) -> None:
    old = site.do(close(site.processes))
    page = people.open("ada", old, java_script_enabled=scripts, **PHONE)
    unfold(page)
    restart(page, "  ")
    expect(page.get_by_role("alert")).to_contain_text("reason is missing")
    restart(page, "The tag was moved.")
    new = is_next(page, old, "The tag was moved.")
    page.locator(".facts").get_by_role("link", name="version 1").click()
    expect(page).to_have_url(site.url + old)
    expect(page.locator("#act-restart")).to_have_count(0)
    page.get_by_role("link", name="the next process").click()
    expect(page).to_have_url(site.url + new)
    page.goto("/")
    expect(page.locator("table.board tbody tr")).to_have_count(1)
    page.get_by_text("1 earlier").click()
    expect(page.locator(".lineage a")).to_have_attribute("href", old)


def test_it_is_restarted_with_the_keyboard_and_whoever_watches_is_led_on(
    site: Served, people: People
) -> None:
    old = site.do(stopped(site.processes))
    watcher = people.open("grace", old)
    page = people.open("ada", old)
    for reached in (".tools > summary", "#act-restart > summary", "#act-restart textarea"):
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("one => document.activeElement.matches(one)", reached):
                break
        page.keyboard.press("Enter" if "summary" in reached else "M")
    page.keyboard.type("oved.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    new = is_next(page, old, "Moved.")
    link = watcher.get_by_role("link", name="the next process")
    expect(link).to_be_visible(timeout=5_000)
    expect(watcher.locator("#act-restart")).to_have_count(0)
    link.click()
    expect(watcher).to_have_url(site.url + new)


def test_two_clicks_count_once_and_a_second_tab_keeps_its_words(
    site: Served, people: People
) -> None:
    old = site.do(stopped(site.processes))
    page = people.open("ada", old)
    other = people.open("grace", old, java_script_enabled=False)
    unfold(page)
    unfold(other)
    page.get_by_label("Why begin it anew?").fill("It was moved.")
    page.get_by_role("button", name="Restart the process").dblclick()
    new = is_next(page, old, "It was moved.")
    assert len(site.processes.cases) == 2
    restart(other, "Mine was slower.")
    expect(other.get_by_role("alert")).to_contain_text("continues this one already")
    expect(other.get_by_role("alert")).to_contain_text("Mine was slower.")
    other.get_by_role("link", name="the next process").click()
    expect(other).to_have_url(site.url + new)
    assert len(site.processes.cases) == 2


def test_nobody_else_and_nothing_with_a_pull_request_is_offered_it(
    site: Served, people: People
) -> None:
    old = site.do(stopped(site.processes, "grace"))
    ada, kim = people.open("ada", old), people.open("kim", old)
    unfold(ada)
    kim.locator(".tools > summary").click()
    expect(kim.locator("#act-restart")).to_have_count(0)
    (offer,) = data(ada, old)["offers"]["list"]
    sent = {
        "interaction": offer["interaction"],
        "reason": "Mine.",
        "csrf": data(kim, "/sign-in")["csrf"],
    }
    refused = kim.request.post(offer["url"], data=sent, headers=json_from(kim))
    assert refused.status == 409
    at = site.do(bring(site.processes, "Rubik", *DONE))
    ada.goto(f"/processes/{at[0]}/{at[1]}")
    expect(ada.locator(".head .state")).to_have_text(re.compile("Done"))
    expect(ada.locator("#act-restart")).to_have_count(0)
