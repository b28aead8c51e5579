"""Every page, light and dark, wide and narrow: axe finds nothing, and nothing sticks out."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import People, Served
from tests.web.case import Case
from tests.web.gallery import LONG, hang
from tests.web.past import recorded
from tests.web.scene import bring, fill
from tests.web.stranded import strand
from tests.web.succession import replaced
from tests.web.swept import sweep
from web import refusal_log
from workflows.domain.request import family_key

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RUN = "axe.run(document, {iframes: false}).then(found => found.violations)"
HAPPY = "/processes/happy/01a20bf3-ea7d-7ecd-afbc-61ce38bb8980"
SITE = [
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
]
PROCESSES = [
    "/processes/intertight",  # a request
    "/processes/karla",  # findings, pictures, two forms
    "/processes/rubik",  # failing
    "/processes/vollkorn",  # failed and reported
    "/processes/librecaslontext",  # done
    "/processes/anton",  # stopped
    "/processes/firasans",  # at work
]
RARE = [
    "/refusals",
    "/sweep",
    "/processes/failing/01a20bf3-ecb5-7a1d-8096-82b29d8d878f/attempts/get",
    f"{HAPPY}?at=33",  # recorded, as it was
    f"{HAPPY}/print",
    "/processes/vollkorn attempts/font_bakery",  # two attempts with evidence
    "/processes/begun_anew",
    "/processes/begun_in_vain",  # could not begin
    f"{HAPPY}/proof",
    f"/processes/{family_key(LONG)}",  # long words, hostile texts, overtaken attempts
    "/processes/bitter",  # continues another: earlier answers to confirm
    "/processes/restarted",  # is to be replaced
    "/processes/waiting",  # an answer waits for the dispatcher
    "/processes/oldstandard",  # from the archive
    "/processes/unreadable",  # in part
    "/processes/waystill",  # its pull request: a reminder
    "/processes/wayforeign",  # a commit of somebody else's
    "/processes/wayclosed",
    "/processes/waylive",
]
PAGES = [*SITE, *PROCESSES, *RARE]


@pytest.fixture
def shown(site: Served) -> Served:
    """A site with every scene."""
    site.do(fill(site.processes))
    site.do(hang(site.processes))
    site.do(recorded(site.processes, "1.0/happy.json"))
    site.do(recorded(site.processes, "1.0/failing.json"))
    site.do(recorded(site.processes, "1.1/begun_anew.json"))
    site.do(recorded(site.processes, "1.1/begun_in_vain.json"))
    site.do(replaced(site.processes, site.do(bring(site.processes, "Alegreya", "intake"))))
    site.do(strand(site.processes, "Cabin"))
    sweep(site.processes)
    site.do(refuse(site.processes.cases[1]))
    return site


async def refuse(case: Case) -> None:
    """Engineers see on the process's page, and on that of all, what was refused in it."""
    for task, why in (("", "The reason is missing."), ("font_bakery", "Another was faster. " * 9)):
        path = f"/processes/{case.process.key}/{case.run}/{'answer' if task else 'stop'}/{task}"
        refusal_log.note(path.rstrip("/"), "mallory", 99, 409, why)
    refusal_log.note(path, "", 0, 403, "Sign in to do that.")
    await refusal_log.written()


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found = page.evaluate(RUN)
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def sticks_out(page: Page, width: int) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [f"is {wide} px wide"] if wide > width else []


def go(page: Page, path: str) -> None:
    """To that page, and on to what lies below the address that it led to."""
    first, _, below = path.partition(" ")
    page.goto(first)
    if below:
        page.goto(f"{page.url}/{below}")


def open_all(page: Page) -> None:
    """Show what is folded away, so that it is looked at too."""
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")


@pytest.mark.parametrize(
    ("theme", "width", "login", "pages"),
    [
        ("light", 1280, "ada", PAGES),
        ("dark", 390, "ada", PAGES),
        ("light", 390, "", [*SITE, *PROCESSES[:3]]),
        ("dark", 1280, "kim", PROCESSES[:3]),
    ],
)
def test_axe_finds_nothing_and_nothing_sticks_out(
    shown: Served, people: People, theme: str, width: int, login: str, pages: list[str]
) -> None:
    size = {"width": width, "height": 800}
    page = people.open(login, "/", color_scheme=theme, viewport=size)
    found = []
    for path in pages:
        go(page, path)
        open_all(page)
        found += [f"{path} {one}" for one in violations(page) + sticks_out(page, width)]
    assert found == []


@pytest.mark.parametrize("width", [320, 768])
def test_no_page_scrolls_sideways_on_other_screens(
    shown: Served, people: People, width: int
) -> None:
    page = people.open("ada", "/", viewport={"width": width, "height": 800})
    found = []
    for path in PAGES:
        go(page, path)
        open_all(page)
        found += [f"{path} {one}" for one in sticks_out(page, width)]
    assert found == []


def test_what_is_touched_is_large_enough(shown: Served, people: People) -> None:
    phone = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
    page = people.open("ada", "/processes/karla", **phone)
    small = page.evaluate(
        """[...document.querySelectorAll(`button, [role=button], label.option, .views label,
            summary, .site nav a`)].filter(one => one.getClientRects().length)
            .map(one => [one.textContent.trim(), one.getBoundingClientRect().height])
            .filter(([, height]) => height < 28)"""
    )
    assert small == []


def test_the_current_question_is_one_key_away(shown: Served, people: People) -> None:
    page = people.open("ada", "/processes/karla")
    page.get_by_role("link", name="Font Bakery", exact=True).first.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#form-answer-font_bakery")
    top = page.locator("#form-answer-font_bakery").bounding_box()
    assert top and 0 <= top["y"] < 400


def test_an_empty_board_is_looked_at_too(people: People) -> None:
    page = people.open("", "/")
    assert violations(page) == []


def test_before_and_after_stand_at_the_same_height(shown: Served, people: People) -> None:
    page = people.open("ada", "/processes/karla", viewport={"width": 1280, "height": 800})
    tops = page.evaluate(
        """[...document.querySelectorAll('.sides')].map(pair =>
            ['.before', '.after'].map(side => pair.querySelector(`${side} small`)
            .getBoundingClientRect().top))"""
    )
    assert tops
    assert [before for before, _ in tops] == [after for _, after in tops]
