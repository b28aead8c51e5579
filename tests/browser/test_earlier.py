"""The slider in a browser: the page follows it, and so does the address."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import People, Served
from tests.web.past import recorded


def test_arrow_keys_move_through_time_and_the_address_follows(site: Served, people: People) -> None:
    url, history = site.do(recorded(site.processes, "1.0/happy.json"))
    page = people.open("", f"{url}?at={len(history.events)}")
    slider = page.locator("#moment")
    expect(page.get_by_role("button", name="Go there")).not_to_be_in_viewport()
    slider.focus()
    page.keyboard.press("Home")
    expect(page.locator("#live")).to_contain_text("moment 1 of")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#live")).to_contain_text("moment 2 of")
    expect(slider).to_be_focused()
    moments = page.locator("a[rel=bookmark]").get_attribute("href")
    assert moments and page.url.endswith(moments)
    page.reload()
    expect(page.locator("#live")).to_contain_text("moment 2 of")
    page.get_by_role("link", name="Back to now").click()
    expect(page).to_have_url(f"{site.url}{url}")
