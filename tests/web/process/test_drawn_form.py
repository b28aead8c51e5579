"""A form counts for whom and what it was drawn for, and is never misread."""

from __future__ import annotations

import pytest

from tests.web.fake import FakeProcesses
from tests.web.process.test_act import page_of
from tests.web.scene import bring
from tests.web.visitor import Visitor, hidden_fields
from web.process.interaction import FORMS


async def test_a_form_that_was_drawn_for_somebody_else_is_refused(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla", "intake")
    await visitor.sign_in("grace")
    action = f"{page_of(at)}/answer/preflight"
    hidden = hidden_fields((await visitor.get(page_of(at))).text, action)
    await visitor.sign_in("ada")
    mine = hidden_fields((await visitor.get(page_of(at))).text, action)
    assert mine["interaction"] != hidden["interaction"]
    sent = {**mine, "interaction": hidden["interaction"]}
    answer = await visitor.post(action, {**sent, "reply.verdict": "OK", "reply.reason": "Fine."})
    assert answer.status_code == 409
    assert "drawn for somebody else" in answer.text
    assert processes.case(*at).process.open_task("preflight").form


async def test_a_form_that_an_older_site_drew_is_refused(
    visitor: Visitor, processes: FakeProcesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = await bring(processes, "Karla", "intake")
    await visitor.sign_in("ada")
    action = f"{page_of(at)}/answer/preflight"
    monkeypatch.setattr("web.process.interaction.FORMS", 0)
    hidden = hidden_fields((await visitor.get(page_of(at))).text, action)
    monkeypatch.setattr("web.process.interaction.FORMS", FORMS)
    answer = await visitor.post(action, {**hidden, "reply.verdict": "OK", "reply.reason": "Fine."})
    assert answer.status_code == 409
    assert "Please look again" in answer.text
    assert processes.case(*at).process.open_task("preflight").form


async def test_a_form_of_another_version_is_refused(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla", "intake")
    await visitor.sign_in("ada")
    action = f"{page_of(at)}/answer/preflight"
    hidden = hidden_fields((await visitor.get(page_of(at))).text, action)
    processes.case(*at).process.version += 1
    answer = await visitor.post(action, {**hidden, "reply.verdict": "OK", "reply.reason": "Fine."})
    assert answer.status_code == 409
    assert "Please look again" in answer.text


async def test_a_form_of_another_run_or_attempt_is_refused(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    one, two = await bring(processes, "Karla", "intake"), await bring(processes, "Rubik", "intake")
    await visitor.sign_in("ada")
    hidden = hidden_fields(
        (await visitor.get(page_of(one))).text, f"{page_of(one)}/answer/preflight"
    )
    typed = {"reply.verdict": "OK", "reply.reason": "Fine."}
    answer = await visitor.post(f"{page_of(two)}/answer/preflight", {**hidden, **typed})
    assert answer.status_code == 409
    answer = await visitor.post(
        f"{page_of(one)}/answer/preflight", {**hidden, **typed, "attempt": "2"}
    )
    assert answer.status_code == 409
