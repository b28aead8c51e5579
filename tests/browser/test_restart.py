"""The site is stopped and started again while people look at its pages."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import People, Served
from tests.web.fake import FakeProcesses
from tests.web.scene import QA, answer, bring


def test_pages_go_on_and_people_stay_signed_in(site: Served, people: People) -> None:
    at = site.do(bring(site.processes, "Karla", *QA))
    page = people.open("ada", f"/processes/{at[0]}/{at[1]}")
    form = page.locator("#form-answer-diff_browsers form")
    form.get_by_label("Reason").fill("The bold is too dark.")
    site.stop()
    expect(page.get_by_text("The connection is lost")).to_be_visible()
    processes = FakeProcesses()
    processes.cases = site.processes.cases
    again = Served(site.folder, processes, site.port)
    try:
        again.do(answer(processes, at, "font_bakery"))
        expect(page.get_by_text("Reported upstream as #12").first).to_be_visible(timeout=15_000)
        expect(page.get_by_text("The connection is lost")).to_be_hidden()
        expect(form.get_by_label("Reason")).to_have_value("The bold is too dark.")
        form.get_by_label("FAILED").check()
        form.get_by_role("button").click()
        expect(page.locator("#task-diff_browsers")).to_contain_text("The bold is too dark.")
    finally:
        people.close()
        again.stop()
