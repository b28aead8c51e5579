"""An outside service does a task's work and reports it, signed."""

from __future__ import annotations

import json
import time

import httpx
import pytest

from activities.adapters.secret import callback_key
from activities.authoring import SERVICE, VERDICT, ask
from tests.web.fake import FakeProcesses
from tests.web.scene import bring
from tests.web.visitor import Visitor
from web.callback import sign
from workflows.domain.status import Status

GOOD = b'{"verdict": "OK", "reason": "412 pictures"}'


@pytest.fixture
async def path(processes: FakeProcesses) -> str:
    processes.script["preflight.start"] = lambda *_: ask("At work.", *VERDICT, roles=(SERVICE,))
    key, run = await bring(processes, "Karla", "intake")
    return f"{key}/{run}/preflight/1/1"


async def report(
    visitor: Visitor, path: str, body: bytes = GOOD, key: str = "", age: int = 0
) -> httpx.Response:
    """Send as a service does: no cookie, no Origin."""
    now = str(int(time.time()) - age)
    headers = {"X-Timestamp": now, "X-Signature-256": sign(key or callback_key(path), now, body)}
    return await visitor.client.post(f"/callbacks/{path}", content=body, headers=headers)


async def test_a_signed_report_counts_and_only_once(
    visitor: Visitor, processes: FakeProcesses, path: str
) -> None:
    answer = await report(visitor, path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    entry = processes.cases[0].process.steps[2].tasks[0].history[-1]
    assert (entry.status, entry.by.login) == (Status.OK, "service")
    assert (await report(visitor, path)).status_code == 409


async def test_what_is_forged_old_or_unfit_is_refused(visitor: Visitor, path: str) -> None:
    assert (await report(visitor, path, key="guessed")).status_code == 403
    assert (await report(visitor, path, age=301)).status_code == 403
    assert (await report(visitor, path, b"no json")).status_code == 422
    assert (await report(visitor, path, b'{"verdict": "MAYBE"}')).status_code == 422
    assert (await report(visitor, path, b"x" * 64_001)).status_code == 413
    other = path.removesuffix("1/1") + "2/1"
    assert (await report(visitor, other)).status_code == 409
    assert (await report(visitor, "nope/run/preflight/1/1")).status_code == 404


async def test_the_page_says_that_a_service_answers(visitor: Visitor, path: str) -> None:
    await visitor.sign_in("ada")
    html = (await visitor.get("/processes/karla")).text
    assert "An outside service answers this" in html
    assert json.loads((await report(visitor, path, key="x")).text)["error"]
