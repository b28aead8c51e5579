"""A subject: real Chromium photographs the font it was given, or says that it did not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from activities.adapters.chromium import face
from activities.adapters.chromium.browser import open_studio
from activities.adapters.chromium.face import Face
from activities.adapters.chromium.sheet import Block, Sheet
from activities.adapters.chromium.subject import NotDrawn, Shot, Subject
from activities.adapters.settings import settings
from tests.typeface import NEW

SHEET = Sheet("text", (Block("Hamburg", 40),))

InStudio = Callable[[Callable[[BrowserContext], object]], object]


@pytest.fixture(scope="module")
def in_studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InStudio]:
    """One browser for all tests here, in a thread of its own: it brings an event loop along."""
    studio = open_studio(settings().chromium, tmp_path_factory.mktemp("studio"))
    with ThreadPoolExecutor(1) as thread:
        context = thread.submit(studio.__enter__).result().context
        yield lambda work: thread.submit(work, context).result()
        thread.submit(studio.__exit__, None, None, None).result()


def _shoot(
    context: BrowserContext, one: Face, sheet: Sheet = SHEET, sabotage: str = "null"
) -> Shot:
    subject = Subject(context, one, [sheet])
    subject.page.evaluate(sabotage)
    return subject.shoot(sheet, {})


def test_a_font_that_draws_is_photographed(in_studio: InStudio) -> None:
    shot = in_studio(lambda context: _shoot(context, face.read(NEW)))
    assert isinstance(shot, Shot)
    assert shot.picture.width == 1200
    assert shot.layout["breaks"] == [[0]]


def test_a_character_that_the_font_does_not_draw_is_found_out(in_studio: InStudio) -> None:
    boasting = replace(face.read(NEW), characters=face.read(NEW).characters | {"א"})
    sheet = Sheet("text", (Block("Hamא", 40),))
    with pytest.raises(NotDrawn, match="1 characters"):
        in_studio(lambda context: _shoot(context, boasting, sheet))


@pytest.mark.parametrize(
    ("sabotage", "found"),
    [
        ("sheet.style.fontFamily = 'serif'", "in its place"),
        ("sheet.style.fontFamily = 'blank'", "drew no glyph"),
        ("sheet.style.color = 'white'", "no ink"),
    ],
)
def test_a_picture_of_anything_else_is_found_out(
    in_studio: InStudio, sabotage: str, found: str
) -> None:
    with pytest.raises(NotDrawn, match=found):
        in_studio(lambda context: _shoot(context, face.read(NEW), sabotage=sabotage))


def test_a_font_that_the_browser_refuses_is_told(in_studio: InStudio, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(NEW.read_bytes()[:20_000])
    with pytest.raises(NotDrawn, match="refused"):
        in_studio(lambda context: _shoot(context, replace(face.read(NEW), path=broken)))


@pytest.mark.parametrize("address", ["https://example.org/", "file:///etc/hostname"])
def test_the_page_reaches_nothing(in_studio: InStudio, address: str) -> None:
    def fetch(context: BrowserContext) -> None:
        page: Page = Subject(context, face.read(NEW), [SHEET]).page
        page.evaluate("address => fetch(address)", address)

    with pytest.raises(Exception, match="Failed to fetch"):
        in_studio(fetch)
