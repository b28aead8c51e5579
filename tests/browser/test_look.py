"""Every page, light and dark, wide and narrow: axe finds nothing, and nothing sticks out."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import People, Served
from tests.web.past import recorded
from tests.web.scene import fill

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RUN = "axe.run(document, {iframes: false}).then(found => found.violations)"
PAGES = [
    "/",
    "/?show=mine",
    "/?family=nothing",
    "/new",
    "/sign-in",
    "/forge/pulls",
    "/forge/pulls/1",
    "/forge/issues",
    "/forge/issues/1",
    "/nowhere",
    "/processes/intertight",  # a request
    "/processes/karla",  # findings, pictures, two forms
    "/processes/rubik",  # failing
    "/processes/vollkorn",  # failed and reported
    "/processes/librecaslontext",  # done
    "/processes/anton",  # stopped
    "/processes/firasans",  # at work
    "/refusals",
    "/processes/failing/01a20bf3-ecb5-7a1d-8096-82b29d8d878f/attempts/get",
    "/processes/happy?at=33",  # recorded, as it was
    "/processes/happy/01a20bf3-ea7d-7ecd-afbc-61ce38bb8980/proof",
    "/processes/happy/01a20bf3-ea7d-7ecd-afbc-61ce38bb8980/print",
]


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found = page.evaluate(RUN)
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def open_all(page: Page) -> None:
    """Show what is folded away, so that it is looked at too."""
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("login", ["ada", ""])
def test_axe_finds_nothing(site: Served, people: People, theme: str, login: str) -> None:
    site.do(fill(site.processes))
    site.do(recorded(site.processes, "1.0/happy.json"))
    site.do(recorded(site.processes, "1.0/failing.json"))
    page = people.open(login, "/", color_scheme=theme)
    found = []
    for path in PAGES:
        page.goto(path)
        open_all(page)
        found += [f"{path} {one}" for one in violations(page)]
    assert found == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_page_scrolls_sideways(site: Served, people: People, width: int) -> None:
    site.do(fill(site.processes))
    site.do(recorded(site.processes, "1.0/happy.json"))
    page = people.open("ada", "/", viewport={"width": width, "height": 800})
    for path in PAGES:
        page.goto(path)
        open_all(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_what_is_touched_is_large_enough(site: Served, people: People) -> None:
    site.do(fill(site.processes))
    site.do(recorded(site.processes, "1.0/happy.json"))
    phone = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
    page = people.open("ada", "/processes/karla", **phone)
    small = page.evaluate(
        """[...document.querySelectorAll(`button, [role=button], label.option, .views label,
            summary, .site nav a`)].filter(one => one.getClientRects().length)
            .map(one => [one.textContent.trim(), one.getBoundingClientRect().height])
            .filter(([, height]) => height < 28)"""
    )
    assert small == []


def test_an_empty_board_is_looked_at_too(people: People) -> None:
    page = people.open("", "/")
    assert violations(page) == []
