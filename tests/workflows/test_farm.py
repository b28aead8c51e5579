"""A farm: an outside service does a task's work and calls back, on the real engine."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from temporalio.client import Client

from activities.adapters.forge.choice import forge
from activities.adapters.people.embedded import EmbeddedPeople
from activities.adapters.secret import site_secret
from activities.adapters.upstream import check
from activities.authoring import SERVICE, Callback, Outcome, ask, choice, text
from tests.stage import Play, Stage, find, task
from web.app import create_app
from web.callback import sign
from web.person.session import Sessions
from web.process.live import Hub
from web.site import Site
from workflows.domain.status import Status


@dataclass
class Farm:
    """Takes jobs as a task hands them out, and finishes them by HTTP."""

    http: httpx.AsyncClient
    jobs: list[Callback] = field(default_factory=list)

    async def finish(
        self, job: Callback, reply: dict[str, str], key: str = "", age: int = 0, path: str = ""
    ) -> int:
        """Call back; the status code of the answer."""
        body = json.dumps(reply).encode()
        now = str(int(time.time()) - age)
        headers = {
            "Content-Type": "application/json",
            "X-Timestamp": now,
            "X-Signature-256": sign(key or job.secret, now, body),
        }
        answer = await self.http.post(path or urlsplit(job.url).path, content=body, headers=headers)
        return answer.status_code


@pytest.fixture
async def farm(client: Client, tmp_path: Path) -> AsyncIterator[Farm]:
    """A farm that reaches the site."""
    stage = Stage(client, Play({}))
    sessions = Sessions(tmp_path / "sessions.sqlite3")
    site = Site(
        stage.processes,
        Hub(stage.processes),
        sessions,
        site_secret(),
        check,
        forge(),
        EmbeddedPeople(),
    )
    transport = httpx.ASGITransport(create_app(site))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as http:
        yield Farm(http)
    sessions.close()


def play(client: Client, farm: Farm) -> Stage:
    async def start(callback: Callback) -> Outcome:
        farm.jobs.append(callback)
        verdict = choice("verdict", "Verdict", "OK", "FAILED")
        said = text("reason", "What it says", required=False)
        return ask("The farm is at work.", verdict, said, roles=(SERVICE,))

    return Stage(client, Play({"Render": (task("render", start),)}))


async def test_a_farm_finishes_a_task(client: Client, farm: Farm) -> None:
    stage = play(client, farm)
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("render")
        assert await farm.finish(farm.jobs[0], {"verdict": "OK", "reason": "412 pictures"}) == 200
        process = await stage.until(lambda p: p.ended)
    last = find(process, "render").history[-1]
    assert (process.status, last.by.login, last.text) == (Status.OK, "service", "412 pictures")


async def test_what_is_forged_old_or_does_not_fit_is_refused(client: Client, farm: Farm) -> None:
    stage = play(client, farm)
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("render")
        [job] = farm.jobs
        fine = {"verdict": "OK"}
        assert await farm.finish(job, fine, key="f" * 64) == 403
        assert await farm.finish(job, fine, age=3600) == 403
        assert await farm.finish(job, {"verdict": "MAYBE"}) == 422
        other = urlsplit(job.url).path.replace("/1/1", "/1/2")
        assert await farm.finish(job, fine, path=other) == 403
        process = await stage.process()
    assert len(find(process, "render").history) == 2


async def test_a_call_that_is_repeated_or_late_is_refused(client: Client, farm: Farm) -> None:
    stage = play(client, farm)
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("render")
        await stage.rerun("render", "The farm was asleep.")
        await stage.until_asked("render", attempt=2)
        old, new = farm.jobs
        assert await farm.finish(old, {"verdict": "OK"}) == 409
        assert await farm.finish(new, {"verdict": "FAILED", "reason": "No."}) == 200
        assert await farm.finish(new, {"verdict": "FAILED", "reason": "No."}) == 409
        process = await stage.process()
    assert [e.status.value for e in find(process, "render").history][-1] == "FAILED"
    assert sum(bool(entry.reply) for entry in find(process, "render").history) == 1


async def test_no_secret_of_a_callback_is_in_the_history(client: Client, farm: Farm) -> None:
    stage = play(client, farm)
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("render")
        history = await stage.processes.handle(stage.key, stage.run).fetch_history()
    content = await asyncio.to_thread(history.to_json)
    payloads = b"".join(event.SerializeToString() for event in history.events)
    assert farm.jobs[0].secret not in content
    assert farm.jobs[0].secret.encode() not in payloads
