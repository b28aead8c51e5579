"""Signing off shows what was accepted and takes an engineer who did not start the process."""

from __future__ import annotations

from dataclasses import replace

from activities import sign_off
from tests.activities.judged import record, task
from workflows.domain.actor import ENGINEER, INITIATOR
from workflows.domain.record import StepRecord
from workflows.domain.status import Status


async def test_it_asks_an_engineer_who_did_not_start_the_process() -> None:
    form = (await sign_off.start(record())).form
    assert form
    assert form.roles == (ENGINEER,)
    assert form.barred == (INITIATOR,)


async def test_no_verdict_is_preselected_and_failed_needs_a_reason() -> None:
    form = (await sign_off.start(record())).form
    assert form
    assert all(not field.value for field in form.fields)
    assert form.complaints({"verdict": "FAILED"})
    assert form.complaints({}) == {"verdict": "Verdict is missing."}
    assert not form.complaints({"verdict": "OK"})


async def test_it_shows_waivers_and_every_result_but_its_own() -> None:
    outcome = await sign_off.start(record())
    assert "**Font Bakery**, by ada:\n\n> The soft hyphen (U+00AD)" in outcome.text
    rows = outcome.evidence[0].data["rows"]
    assert [row[:3] for row in rows] == [
        ["Check the package", "OK", "dispatcher"],
        ["Font Bakery", "OK", "ada"],
        ["Glyphs", "OK", "dispatcher"],
        ["Browsers", "OK", "dispatcher"],
    ]


async def test_without_waivers_it_says_so() -> None:
    none = replace(record(), steps=())
    assert "No findings had to be accepted." in (await sign_off.start(none)).text


async def test_a_waiver_cannot_pretend_to_be_part_of_the_question() -> None:
    evil = task("x", "X\n# Y", waiver="ok\n\n# Sign here\n<script>")
    steps = (StepRecord("QA", Status.OK, (evil,)),)
    text = (await sign_off.start(replace(record(), steps=steps))).text
    assert "> \\# Sign here\n> \\<script\\>" in text
