"""People judge a family with mouse and keyboard, while others watch."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import People, Served
from tests.web.scene import QA, answer, bring
from workflows.reading.document import Running


def judge(page: Page, task: str, verdict: str, reason: str = "") -> None:
    """Fill in a task's form with the mouse, and send it."""
    form = page.locator(f"#form-answer-{task} form")
    form.get_by_label(verdict, exact=True).check()
    if reason:
        form.get_by_label("Reason").fill(reason)
    form.get_by_role("button").click()


def test_a_family_is_judged_with_the_mouse_to_a_pull_request(site: Served, people: People) -> None:
    page = people.open("kim", "/new")
    page.get_by_label("Family name").fill("Karla")
    page.get_by_label("upgrade").check()
    page.get_by_label("Upstream repository").fill("https://github.com/googlefonts/karla")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Karla")
    page = people.open("ada", "/")
    page.get_by_role("link", name="Karla").click()
    judge(page, "intake", "accept")
    judge(page, "preflight", "OK", "Browsers do not draw it.")
    judge(page, "font_bakery", "OK", "Reported upstream.")
    judge(page, "diff_browsers", "OK", "As the designer wants it.")
    judge(page, "sign_off", "OK")
    expect(page.locator(".head .state")).to_have_text("Done")
    page.get_by_role("link", name="#1 Karla: Version 2.004 added").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Karla: Version 2.004")


def test_somebody_else_sees_a_verdict_at_once(site: Served, people: People) -> None:
    key, run = site.do(bring(site.processes, "Karla", "intake"))
    path = f"/processes/{key}/{run}"
    watcher, board = people.open("", path), people.open("", "/")
    expect(board.locator("tbody")).to_contain_text("Check the package")
    judge(people.open("ada", path), "preflight", "OK", "Browsers do not draw it.")
    expect(watcher.get_by_text("Browsers do not draw it.")).to_be_attached(timeout=2_000)
    expect(watcher.locator("[aria-current=step]")).to_contain_text("Quality assurance")
    expect(board.locator("tbody")).to_contain_text("Quality assurance", timeout=3_000)


def test_a_half_written_form_survives_what_others_do(site: Served, people: People) -> None:
    at = site.do(bring(site.processes, "Karla", *QA))
    page = people.open("ada", f"/processes/{at[0]}/{at[1]}")
    form = page.locator("#form-answer-diff_browsers form")
    form.get_by_label("FAILED").check()
    form.get_by_label("Reason").fill("The bold is too")
    page.locator(".tools > summary").click()
    page.locator("#act-stop summary").click()
    page.get_by_label("Overlay").first.check(force=True)
    form.get_by_label("Reason").focus()
    site.do(answer(site.processes, at, "font_bakery"))
    expect(page.get_by_text("Reported upstream as #12").first).to_be_visible()
    expect(form.get_by_label("Reason")).to_have_value("The bold is too")
    expect(form.get_by_label("Reason")).to_be_focused()
    expect(form.get_by_label("FAILED")).to_be_checked()
    expect(page.get_by_label("Why should it end now?")).to_be_visible()
    expect(page.get_by_label("Overlay").first).to_be_checked()
    page.keyboard.type(" dark.")
    form.get_by_role("button").click()
    expect(page.locator("#task-diff_browsers")).to_contain_text("The bold is too dark.")


def test_what_was_refused_survives_an_update_too(site: Served, people: People) -> None:
    at = site.do(bring(site.processes, "Karla", *QA))
    page = people.open("ada", f"/processes/{at[0]}/{at[1]}")
    form = page.locator("#form-answer-diff_browsers form")
    form.get_by_label("OK", exact=True).check()
    form.get_by_role("button").click()
    expect(page.get_by_role("alert")).to_contain_text("Reason is missing.")
    expect(form.get_by_label("OK", exact=True)).to_be_checked()
    form.get_by_label("Reason").fill("Half a")
    site.do(answer(site.processes, at, "font_bakery"))
    expect(page.get_by_text("Reported upstream as #12").first).to_be_visible()
    expect(form.get_by_label("OK", exact=True)).to_be_checked()
    expect(form.get_by_label("Reason")).to_have_value("Half a")


def test_a_form_that_was_overtaken_gives_way_to_the_new_one(site: Served, people: People) -> None:
    at = site.do(bring(site.processes, "Karla", "intake"))
    path = f"/processes/{at[0]}/{at[1]}"
    page, other = people.open("ada", path), people.open("grace", path)
    page.locator("#act-rerun-preflight-1 summary").click()
    page.get_by_label("Why run it again?").fill("A newer tag.")
    page.get_by_role("button", name="Run again").click()
    expect(other.locator("#task-preflight")).to_contain_text("attempt 2")
    expect(other.locator("#answer-preflight-2-2")).to_be_visible()
    expect(other.locator("#answer-preflight-1-1")).to_have_count(0)
    judge(other, "preflight", "OK", "Fine.")
    expect(page.locator("[aria-current=step]")).to_contain_text("Quality assurance")


def test_progress_is_shown_while_a_tool_runs(site: Served, people: People) -> None:
    site.processes.held.add("font_bakery")
    at = site.do(bring(site.processes, "Karla", *QA))
    page = people.open("", f"/processes/{at[0]}/{at[1]}")
    bar = page.get_by_role("progressbar", name="Progress of Font Bakery")
    expect(bar).to_have_attribute("value", "40")

    async def go_on() -> None:
        case = site.processes.case(*at)
        state = Running("font_bakery", "start", "started", 2, "The worker was lost.", 90, 120, "x")
        case.running["font_bakery"] = state
        await site.processes.tell(case)

    site.do(go_on())
    expect(bar).to_have_attribute("value", "90")
    expect(page.locator("#task-font_bakery")).to_contain_text("Try 2.")
    site.do(site.processes.release("font_bakery"))
    expect(bar).to_have_count(0)
    expect(page.locator("#task-font_bakery")).to_contain_text("2 new")


def test_everything_is_done_with_the_keyboard_alone(site: Served, people: People) -> None:
    at = site.do(bring(site.processes, "Karla", "intake"))
    page = people.open("ada", f"/processes/{at[0]}/{at[1]}")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("To the content")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "reply.verdict":
            break
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Browsers do not draw it.")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Send")
    page.keyboard.press("Enter")
    expect(page.locator("[aria-current=step]")).to_contain_text("Quality assurance")


def test_reading_and_answering_work_without_javascript(site: Served, people: People) -> None:
    at = site.do(bring(site.processes, "Karla", *QA))
    page = people.open("ada", f"/processes/{at[0]}/{at[1]}", java_script_enabled=False)
    judge(page, "font_bakery", "OK", "Reported upstream.")
    judge(page, "diff_browsers", "OK", "As the designer wants it.")
    judge(page, "sign_off", "FAILED", "Not like that.")
    page.locator("summary", has_text="Close the step as failed").click()
    page.get_by_label("Why is this step closed as failed?").fill("It is not ready.")
    page.get_by_role("button", name="Close as failed").click()
    expect(page.locator("[aria-current=step]")).to_contain_text("Report")


def test_pictures_are_compared_in_four_ways(site: Served, people: People) -> None:
    at = site.do(bring(site.processes, "Karla", *QA))
    page = people.open("", f"/processes/{at[0]}/{at[1]}")
    pair = page.locator(".pair").first
    shown = {
        "Side by side": ["before", "after"],
        "Overlay": ["overlay"],
        "Before": ["before"],
        "After": ["after"],
    }
    for view, sides in shown.items():
        pair.get_by_label(view, exact=True).check(force=True)
        for side in ("before", "after", "overlay"):
            expect(pair.locator(f".{side}")).to_be_visible(visible=side in sides)
    image = pair.locator(".after img")
    image.scroll_into_view_if_needed()
    page.wait_for_function(
        "image => image.complete && image.naturalWidth", arg=image.element_handle()
    )


def test_a_foreign_report_is_shown_and_cannot_run_anything(site: Served, people: People) -> None:
    at = site.do(bring(site.processes, "Karla", *QA))
    page = people.open("", f"/processes/{at[0]}/{at[1]}")
    page.get_by_text("Show it here").click()
    frame = page.frame_locator(".report iframe")
    expect(frame.get_by_role("heading", name="Report")).to_be_visible()
    expect(frame.get_by_role("heading", name="Changed by a script")).to_have_count(0)
