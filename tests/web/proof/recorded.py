"""A record of a lively process, written by the site that its people used."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from temporalio.client import Client, WorkflowHistory

from activities.adapters import public_key, secret, signing_key
from activities.adapters.signing_key import pem
from tests.stage import ADA, GRACE, Stage, answer_to
from tests.workflows.record import play
from web.proof.finding import Verdict
from web.proof.line import lines_of, written
from web.proof.record import block, whole
from web.proof.verify import verify

_lived: list[tuple[WorkflowHistory, str]] = []


async def twice_lived(client: Client) -> tuple[WorkflowHistory, WorkflowHistory]:
    """The histories of two processes, lived once for all tests, with the key that signed them."""
    while len(_lived) < 2:
        _keep_key(_lived)
        _lived.append((await lived(client), pem(signing_key.current())))
    _keep_key(_lived)
    return _lived[0][0], _lived[1][0]


def _keep_key(before: list[tuple[WorkflowHistory, str]]) -> None:
    """Every test has a state of its own; the site that was then goes on in it."""
    for _, key in before[:1]:
        secret.create(signing_key.folder() / "0001-first", key)
        public_key.publish(signing_key.current().public)


async def lived(client: Client) -> WorkflowHistory:
    """Answers, a waiver, a re-run, one answer without a worker and one too late; the end."""
    stage = Stage(client, play())
    async with stage.workers():
        await stage.begin()
        await stage.answer("again", verdict="FAILED", reason="Not sure.")
        await stage.rerun("again", "Look again.", by=GRACE)
        await stage.answer("again", verdict="OK")
        asked = await stage.until_asked("check")
    await stage.send(answer_to(asked, ADA, verdict="OK", reason="Known."))
    await stage.send(answer_to(asked, GRACE, verdict="FAILED", reason="Not known."))
    async with stage.workers():
        await stage.answer("sign_off", verdict="OK")
        await stage.until(lambda p: p.ended)
    return await stage.processes.handle(stage.key, stage.run).fetch_history()


async def record_of(*histories: WorkflowHistory) -> bytes:
    """A file as the site exports it."""
    key = signing_key.current()
    return whole([await block(one, public_key.published(), key) for one in histories], key)


async def checked(content: bytes) -> Verdict:
    """Verified with the keys of our store."""
    return await verify(content, public_key.published())


async def reseal(content: bytes, change: Callable[[int, dict[str, Any]], None]) -> bytes:
    """The record as somebody makes it who changes it and can make the site seal it anew."""
    from web.proof.seal import seal  # noqa: PLC0415  only forgers need it

    key = signing_key.current()
    lines: list[bytes] = []
    for line in lines_of(content)[:-2]:
        change(line.number, line.content)
        kind = line.content.pop("line")
        lines.append(written(kind, **json.loads(json.dumps(line.content))))
    return whole([[*lines, seal(lines, key)]], key)
