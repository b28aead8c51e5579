"""Somebody without a role, who tries all forms of a process page."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect


def refused(eve: Page, ada: Page, path: str) -> int:
    """Who has no role gets no form, and is refused who sends one all the same; how many of them.

    Both forms of her own and those that were drawn for somebody else.
    """
    eve.goto(path)
    expect(eve.get_by_role("heading", level=1)).to_have_text("Karla")
    expect(eve.locator("form[id^=answer-]")).to_have_count(0)
    before = data(eve, path)
    csrf = data(eve, "/sign-in")["csrf"]
    mine, borrowed = before["offers"]["list"], data(ada, path)["offers"]["list"]
    for offer in (*mine, *borrowed):
        answers = offer["action"] == "answer"
        known = {"answer": ("attempt", "number"), "rerun": ("attempt",), "finalize": ("number",)}
        names = ("interaction", *known.get(offer["action"], ()))
        sent = {name: offer[name] for name in names} | {"csrf": csrf}
        sent |= {"reply": {"decision": "accept"}} if answers else {"reason": "I want to."}
        answer = eve.request.post(offer["url"], data=sent, headers=json_from(eve))
        assert answer.status in (403, 409), (offer, answer.status, answer.text())
    after = data(eve, path)
    whose = {entry["by"]["login"] for entry in entries(after["document"]["process"])}
    assert "eve" not in whose, "a refusal leaves no trace"
    return len(mine)


def entries(process: dict[str, Any]) -> list[dict[str, Any]]:
    tasks = [task for step in process["steps"] for task in step["tasks"]]
    return [entry for task in tasks for entry in task["history"]]


def json_from(page: Page) -> dict[str, str]:
    origin = "/".join(page.url.split("/")[:3])
    return {"Accept": "application/json", "Origin": origin}


def data(page: Page, path: str) -> dict[str, Any]:
    return dict(page.request.get(path, headers={"Accept": "application/json"}).json())
