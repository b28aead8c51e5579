"""What became of a pull request is in a record: sealed, and about this process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from temporalio.client import Client, WorkflowHistory

from activities.adapters import public_key, signing_key
from tests.stage import Stage
from tests.web.proof.recorded import checked, reseal
from tests.workflows.relay import Work
from web.proof.afterwards import SILENT, TOLD, Tell, Told
from web.proof.line import AFTER
from web.proof.record import block, whole
from web.proof.seal import seal
from workflows.domain.actor import Actor
from workflows.domain.mile import LastMile
from workflows.domain.mile import begin as begin_mile
from workflows.domain.sight import Sight
from workflows.reading.document import Document

URL = "https://example.com/1"


async def published(client: Client) -> WorkflowHistory:
    """A process that has come to its pull request."""
    work = Work()
    work.gate.set()
    stage = Stage(client, work.play())
    async with stage.workers():
        await stage.begin()
        await stage.answer("check", verdict="OK")
        await stage.answer("sign", verdict="OK")
        await stage.until(lambda p: p.ended)
    return await stage.processes.handle(stage.key, stage.run).fetch_history()


def merged(document: Document) -> LastMile:
    now = datetime.now(UTC)
    mile = begin_mile(document.key, document.run, 1, URL, "ofl/play", "a" * 40, now)
    mile.see(Sight("merged", "a" * 40, Actor("grace", 2), now, False, False), now)
    return mile


async def tell(document: Document) -> Told:
    return Told(merged(document))


async def record_of(history: WorkflowHistory, tell: Tell | None) -> bytes:
    key = signing_key.current()
    return whole([await block(history, public_key.published(), key, tell)], key)


async def test_it_is_genuine_and_said_to_be_no_more_than_told(client: Client) -> None:
    content = await record_of(await published(client), tell)
    verdict = await checked(content)
    assert verdict.genuine, verdict
    assert TOLD in verdict.notes
    assert verdict.checked["lines about the pull request"] == 2
    verdict = await checked(content.replace(b'"Merged."', b'"Closed."'))
    (finding,) = verdict.findings
    assert f"({AFTER})" in finding.place
    assert "changed after it was sealed" in finding.text


async def test_a_record_from_before_is_genuine_and_says_what_it_does_not_tell(
    client: Client,
) -> None:
    verdict = await checked(await record_of(await published(client), None))
    assert verdict.genuine
    assert SILENT in verdict.notes


async def test_where_it_was_not_known_the_record_says_why(client: Client) -> None:
    async def away(document: Document) -> Told:
        return Told(None, "Temporal does not answer.")

    verdict = await checked(await record_of(await published(client), away))
    assert verdict.genuine
    assert f"{SILENT} Temporal does not answer." in verdict.notes


CHANGES: list[tuple[Callable[[dict[str, Any]], Any], str]] = [
    (lambda after: after.update(key="other"), "after.key"),
    (lambda after: after.update(run="other"), "after.run"),
    (lambda after: after.update(url="https://example.com/2"), "after.url"),
    (lambda after: after.update(station="eaten"), "after"),
    (lambda after: after.pop("number"), "after"),
]


@pytest.mark.parametrize(
    ("change", "place"), CHANGES, ids=lambda c: c if isinstance(c, str) else ""
)
async def test_what_is_about_another_process_is_found_also_when_it_is_sealed(
    client: Client, change: Callable[[dict[str, Any]], Any], place: str
) -> None:
    def forge(number: int, content: dict[str, Any]) -> None:
        if content["line"] == AFTER:
            change(content["after"])

    verdict = await checked(await reseal(await record_of(await published(client), tell), forge))
    (finding,) = verdict.findings
    assert finding.place.endswith(f", {place}")


async def test_a_process_without_a_pull_request_has_no_such_line(client: Client) -> None:
    history = await published(client)
    stopped = Stage(client, Work().play())
    async with stopped.workers():
        await stopped.begin()
        await stopped.until_asked("check")
        await stopped.stop("Enough.")
        await stopped.until(lambda p: p.ended)
    ended = await stopped.processes.handle(stopped.key, stopped.run).fetch_history()
    record = await record_of(ended, tell)
    assert (await checked(record)).genuine
    assert b'{"line":"after"' not in record
    told = next(
        line for line in (await record_of(history, tell)).split(b"\n") if b'"line":"after"' in line
    )
    lines = await block(ended, public_key.published(), signing_key.current())
    forged = [*lines[:-1], told]
    key = signing_key.current()
    verdict = await checked(whole([[*forged, seal(forged, key)]], key))
    assert [finding.text for finding in verdict.findings] == ["this process has no pull request"]
