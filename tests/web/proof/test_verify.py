"""A record is genuine or it is not, and then the place is named."""

from __future__ import annotations

import base64
import json
import random
import re
from typing import Any

import pytest
from temporalio.client import Client

from activities.adapters.signing_key import make
from tests.web.proof.recorded import checked, record_of, reseal, twice_lived
from web.proof.line import lines_of
from web.proof.record import block, whole
from web.proof.verify import Unreadable, verify


@pytest.fixture
async def record(client: Client) -> bytes:
    return await record_of((await twice_lived(client))[0])


async def test_a_record_is_genuine(record: bytes) -> None:
    verdict = await checked(record)
    assert (verdict.findings, verdict.undecided) == ([], [])
    assert verdict.genuine
    assert verdict.checked["signatures of people"] >= 5
    assert verdict.checked["entries"] > 12


async def test_two_processes_are_genuine_together_and_neither_can_be_left_out(
    client: Client,
) -> None:
    both = await record_of(*await twice_lived(client))
    assert (await checked(both)).genuine
    first = lines_of(both)
    cut = next(n for n, line in enumerate(first) if line.kind == "seal") + 1
    without = b"".join(line.raw + b"\n" for line in first[cut:])
    assert "is missing" in str((await checked(without)).findings[0])


async def test_every_byte_that_is_changed_is_found_and_its_line_named(record: bytes) -> None:
    chance = random.Random(4)  # noqa: S311  the same bytes each time
    starts = [0, *(m.end() for m in re.finditer(rb"\n", record))]
    for place in [0, len(record) - 1, *chance.sample(range(len(record)), 40)]:
        flipped = bytearray(record)
        flipped[place] ^= 1 << chance.randrange(7)
        number = sum(start <= place for start in starts)
        try:
            verdict = await checked(bytes(flipped))
        except Unreadable:
            pytest.fail(f"byte {place} made it unreadable")
        assert verdict.findings, f"byte {place} in line {number}"
        places = " ".join(finding.place for finding in verdict.findings)
        assert re.search(rf"line ({number}|{number + 1})\b", places), (place, number, places)


async def test_lines_that_are_removed_doubled_or_moved_are_named(record: bytes) -> None:
    lines = record.splitlines(keepends=True)
    for changed, said in (
        ([*lines[:9], *lines[10:]], "line 10: the line that was sealed here is missing"),
        ([*lines[:9], lines[8], *lines[9:]], "line 10 (event 8): this line is not what"),
        ([*lines[:8], lines[9], lines[8], *lines[10:]], "line 9 (event 9): the lines are all"),
        (lines[:-1], "it was cut off"),
        (lines[:-5], "has no seal"),
        ([*lines[:-1], b"{}\n", lines[-1]], "has no seal"),
        ([*lines, lines[-1]], "has no seal"),
    ):
        findings = (await checked(b"".join(changed))).findings
        assert any(said in str(finding) for finding in findings), findings


async def test_what_does_not_follow_from_the_events_is_named_by_its_field(record: bytes) -> None:
    def lie(number: int, content: dict[str, Any]) -> None:
        if document := content.get("document"):
            document["process"]["steps"][1]["tasks"][0]["history"][-1]["waiver"] = "None."

    findings = [str(finding) for finding in (await checked(await reseal(record, lie))).findings]
    assert any("document.process.steps[1].tasks[0].history" in found for found in findings)
    assert any("its hash does not fit" in found for found in findings)
    assert not any("line this was changed" in found for found in findings)


@pytest.mark.parametrize("sent", [None, "rubbish", ["rubbish"], 7, {"verdict": 7}])
async def test_rubbish_where_a_person_signed_is_found_and_breaks_nothing(
    record: bytes, sent: Any
) -> None:
    def lie(number: int, content: dict[str, Any]) -> None:
        for step in content.get("document", {}).get("process", {}).get("steps", []):
            for entry in (entry for task in step["tasks"] for entry in task["history"]):
                if entry["signed"]:
                    entry["signed"]["message"]["reply"] = sent

    findings = [str(finding) for finding in (await checked(await reseal(record, lie))).findings]
    assert any("signed.message.reply" in found for found in findings), findings


def _rewrite(event: dict[str, Any], old: bytes, new: bytes) -> bool:
    """Change the message in an event, as whoever owns Temporal's database can."""
    update = event.get("workflowExecutionUpdateAcceptedEventAttributes", {})
    for payload in (
        update.get("acceptedRequest", {}).get("input", {}).get("args", {}).get("payloads", [])
    ):
        data = base64.b64decode(payload["data"])
        payload["data"] = base64.b64encode(data.replace(old, new)).decode()
        return data != data.replace(old, new)
    return False


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"Look again.", b"Look there."), (b'"login":"grace"', b'"login":"ada"')],
)
async def test_a_message_that_is_rewritten_in_the_history_is_named(
    record: bytes, old: bytes, new: bytes
) -> None:
    changed: list[int] = []

    def rewrite(number: int, content: dict[str, Any]) -> None:
        if (event := content.get("event")) and _rewrite(event, old, new):
            changed.append(int(event["eventId"]))

    verdict = await checked(await reseal(record, rewrite))
    assert changed
    named = [str(finding) for finding in verdict.findings]
    assert any(f"event {changed[0]} (" in name and "not what was signed" in name for name in named)


async def test_a_signature_that_is_taken_away_is_missed(record: bytes) -> None:
    def strip(number: int, content: dict[str, Any]) -> None:
        update = content.get("event", {}).get("workflowExecutionUpdateAcceptedEventAttributes")
        for payload in update["acceptedRequest"]["input"]["args"]["payloads"] if update else []:
            data = json.loads(base64.b64decode(payload["data"]))
            data["signature"] = None
            payload["data"] = base64.b64encode(json.dumps(data).encode()).decode()

    findings = (await checked(await reseal(record, strip))).findings
    assert any("it was counted, and it is not signed" in str(finding) for finding in findings)


async def test_a_record_that_another_site_has_sealed_is_not_ours(client: Client) -> None:
    history, _ = await twice_lived(client)
    ours = await record_of(history)
    other = make()
    foreign = whole([await block(history, {other.id: other.public}, other)], other)
    trusted = {k: v for k, v in _keys(ours).items() if k != other.id}
    findings = (await verify(foreign, trusted)).findings
    assert any(
        "there is no key" in str(finding) and "trust" in str(finding) for finding in findings
    )


async def test_without_trusted_keys_it_is_said_whose_keys_were_used(record: bytes) -> None:
    verdict = await verify(record, None)
    assert verdict.genuine
    assert "with the record's own" in verdict.notes[0]
    assert all(key in verdict.notes[0] for key in _keys(record))


async def test_what_is_no_record_is_unreadable() -> None:
    for content in (b"", b"\n", b"{}\n", b"\x00\xff", b'{"line": 1}\n', b"[]"):
        with pytest.raises(Unreadable):
            await verify(content, None)


def _keys(record: bytes) -> dict[str, bytes]:
    lines = (line.content for line in lines_of(record) if line.kind == "key")
    return {line["id"]: bytes.fromhex(line["public"]) for line in lines}
