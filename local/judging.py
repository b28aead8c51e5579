"""Judging without a person: how the demo answers what a process asks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx

from local.person import Json, Person

WAIVERS = {
    "preflight": "U+00AD SOFT HYPHEN is dropped on purpose: browsers never draw it.",
    "font_bakery": "Looked at each finding; none of them is new to readers of the family.",
    "diff_glyphs": "The changes are those that the release notes announce.",
    "diff_browsers": "Looked at every picture: better spacing, nothing is broken.",
}
FAULT = "The demo was asked to fail here: the italics lean too far."
PATIENCE = 1200


def reply_to(form: Json, task: str, verdict: str) -> dict[str, str]:
    """Fill in a form: what is there already stays, everything is accepted with its reason."""
    chosen = {"decision": "accept", "where": "google/fonts", "verdict": "OK"}
    reply = {field["name"]: field["value"] for field in form["fields"] if field["value"]}
    names = {field["name"] for field in form["fields"]}
    reply |= {name: value for name, value in chosen.items() if name in names}
    if "reason" in names:
        reply["reason"] = WAIVERS.get(task, "Looked at everything; it is good.")
    if task == "sign_off" and verdict == "FAILED":
        reply |= {"verdict": "FAILED", "reason": FAULT}
    return reply


async def judge(judge: Person, url: str, verdict: str, say: Callable[[str], None]) -> Json:
    """Answer everything until the process has ended; the process as data."""
    told = 0
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                page = await judge.get(url)
            except httpx.TransportError:  # the site is being restarted
                await asyncio.sleep(0.5)
                continue
            process = page["document"]["process"]
            lines = _lines(process)
            for line in lines[told:]:
                say(line)
            told = len(lines)
            if process and process["ended"]:
                return dict(process)
            await _act(judge, page, verdict)
            await asyncio.sleep(0.5)


async def _act(judge: Person, page: Json, verdict: str) -> None:
    for offer in page["offers"]["list"]:
        if offer["refused"]:
            continue
        if offer["action"] == "answer":
            await judge.answer(offer, reply_to(offer["form"], offer["task"], verdict))
        elif offer["action"] == "finalize" and _may_close(page, verdict):
            step = _current(page["document"]["process"])
            await judge.finalize(offer, step["title"], _reason(step))


def _may_close(page: Json, verdict: str) -> bool:
    """Close a failing step when nothing in it is pending any more."""
    tasks = _current(page["document"]["process"])["tasks"]
    return all(task["history"][-1]["status"] != "PENDING" for task in tasks)


def _current(process: Json) -> Json:
    steps = [s for s in (*process["steps"], *process["on_failure"]) if not s["verdict"]]
    begun = [step for step in steps if step["tasks"][0]["attempt"]]
    return dict(begun[0])


def _reason(step: Json) -> str:
    failed = [t for t in step["tasks"] if t["history"][-1]["status"] == "FAILED"]
    return str(failed[0]["history"][-1]["text"])[:1000]


def _lines(process: Json | None) -> list[str]:
    """One line per entry that is a result, in the order of the clock."""
    if not process:
        return []
    entries = [
        (entry["at"], f"{entry['status']:<7} {entry['title']} ({entry['by']['login']})")
        for step in (*process["steps"], *process["on_failure"])
        for task in step["tasks"]
        for entry in task["history"]
        if entry["status"] != "PENDING" or entry["form"]
    ]
    return [line for _, line in sorted(entries)]
