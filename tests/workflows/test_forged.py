"""What is sent straight to Temporal, as its command line does, counts for nobody."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from activities.adapters.public_key import key_id
from activities.adapters.signing_key import SigningKey
from activities.authoring import VERDICT, Outcome, ask
from tests.stage import ADA, GRACE, Play, Stage, answer_to, find, new_id, task
from web.door.processes import workflow_id
from web.door.signer import Signer
from workflows.domain.message import AnyMessage, Stop
from workflows.domain.status import Status


async def _ask() -> Outcome:
    return ask("Is it good?", *VERDICT)


def stage_of(client: Client) -> Stage:
    return Stage(client, Play({"One": (task("one", _ask), task("two", _ask))}))


async def refusal(stage: Stage, message: AnyMessage) -> ApplicationError:
    """How the dispatcher refuses an update that did not come through the site."""
    for _ in range(100):
        why = await refused_at_once(stage, message)
        if why.type != "unknown key":
            return why
        await asyncio.sleep(0.05)  # the dispatcher looks for the key
    return why


async def refused_at_once(stage: Stage, message: AnyMessage) -> ApplicationError:
    handle = stage.processes.handle(stage.key, stage.run)
    with pytest.raises(WorkflowUpdateFailedError) as caught:
        await handle.execute_update("act", message)
    assert isinstance(caught.value.cause, ApplicationError)
    return caught.value.cause


async def signed(stage: Stage, message: AnyMessage) -> AnyMessage:
    """As the site signs it for this process now."""
    id = workflow_id(stage.key)
    return await Signer().message(id, stage.run, message, await stage.process())


async def test_an_update_in_anothers_name_is_refused_and_leaves_no_event(client: Client) -> None:
    stage = stage_of(client)
    async with stage.workers():
        await stage.begin()
        asked = await stage.until_asked("one")
        before = (await stage.document()).events
        why = await refusal(stage, answer_to(asked, ADA, verdict="OK"))
        assert (why.type, "not signed by the site" in why.message) == ("forbidden", True)
        assert (await stage.document()).events == before


async def test_a_signature_is_good_for_its_own_words_person_and_question(client: Client) -> None:
    stage = stage_of(client)
    async with stage.workers():
        await stage.begin()
        one, two = await stage.until_asked("one"), await stage.until_asked("two")
        good = await signed(stage, answer_to(one, ADA, verdict="OK"))
        other = answer_to(two, ADA, verdict="OK")
        for changed in (
            replace(good, by=GRACE),
            replace(good, by=replace(ADA, roles=("engineer", "designer"))),
            replace(answer_to(one, ADA, verdict="FAILED", reason="no"), signature=good.signature),
            replace(other, signature=good.signature),
            replace(other, id=good.id, signature=good.signature),
        ):
            why = await refusal(stage, changed)
            assert (why.type, "not right" in why.message) == ("forbidden", True)
        assert find(await stage.process(), "one").status is Status.PENDING


async def test_a_signature_is_not_good_for_another_attempt_or_run(client: Client) -> None:
    stage = stage_of(client)
    async with stage.workers():
        await stage.begin()
        old = await signed(stage, answer_to(await stage.until_asked("one"), verdict="OK"))
        await stage.rerun("one")
        again = answer_to(await stage.until_asked("one", attempt=2), id=old.id, verdict="OK")
        assert (await refusal(stage, old)).type == "conflict"
        assert (
            "not right" in (await refusal(stage, replace(again, signature=old.signature))).message
        )
        await stage.stop()
        await stage.until(lambda p: p.ended)
        await stage.begin()
        await stage.until_asked("one")
        assert "not right" in (await refusal(stage, old)).message


async def test_a_signature_about_what_was_overtaken_is_refused(client: Client) -> None:
    stage = stage_of(client)
    async with stage.workers():
        await stage.begin()
        asked = await stage.until_asked("one")
        await stage.rerun("one")
        again = await stage.until_asked("one", attempt=2)
        assert again.history[-2].signed
        blind = answer_to(again, verdict="OK")
        id = workflow_id(stage.key)
        unaware = await Signer().message(id, stage.run, blind, None)
        why = await refusal(stage, unaware)
        assert (why.type, "acted on this meanwhile" in why.message) == ("conflict", True)
        assert asked.attempt == 1


async def test_a_key_that_was_not_published_signs_nothing(client: Client) -> None:
    private = Ed25519PrivateKey.generate()
    own = SigningKey(key_id(private.public_key().public_bytes_raw()), private)
    stage = stage_of(client)
    async with stage.workers():
        await stage.begin()
        asked = await stage.until_asked("one")
        signer = Signer(lambda: own)
        signer._published.add(own.id)
        message = await signer.message(
            workflow_id(stage.key), stage.run, answer_to(asked, verdict="OK"), await stage.process()
        )
        assert (await refused_at_once(stage, message)).type == "unknown key"
        await stage.processes.handle(stage.key, stage.run).signal("act_later", message)
        process = await stage.until(lambda p: p.log)
    assert "is not one of the site's" in process.log[0].text


async def test_a_forged_signal_leaves_a_line_in_nobodys_name(client: Client) -> None:
    stage = stage_of(client)
    async with stage.workers():
        await stage.begin()
        asked = await stage.until_asked("one")
        handle = stage.processes.handle(stage.key, stage.run)
        await handle.signal("act_later", answer_to(asked, ADA, verdict="OK"))
        process = await stage.until(lambda p: p.log)
    [line] = process.log
    assert line.by.login == "dispatcher"
    assert line.text.startswith("Arrived in the name of “ada”, not counted, because:")
    assert find(process, "one").status is Status.PENDING


async def test_a_forged_message_before_the_definition_does_not_count_either(client: Client) -> None:
    stage = stage_of(client)
    await stage.begin()
    handle = stage.processes.handle(stage.key, stage.run)
    await handle.signal("act_later", Stop(new_id(), ADA, "Not ada."))
    async with stage.workers():
        process = await stage.until(lambda p: p.log)
        assert not process.ended
    assert "not signed by the site" in process.log[0].text


@pytest.mark.parametrize("name", ["act_later", "supersede", "restart", "nothing"])
@pytest.mark.parametrize("sent", [(), (None,), ("x",), ({},), ({}, {}), (1, 2, 3)], ids=str)
async def test_a_signal_of_any_shape_breaks_no_dispatcher(
    client: Client, name: str, sent: tuple[object, ...]
) -> None:
    stage = stage_of(client)
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("one")
        await stage.processes.handle(stage.key, stage.run).signal(name, args=sent)
        await stage.answer("one", verdict="OK")
        process = await stage.until(lambda p: find(p, "one").status is Status.OK)
    lines = [line.text for line in process.log]
    assert len(lines) == (name == "act_later")
    assert all("cannot be read here" in line for line in lines)
    assert process.wanted is None
