"""Where a machine is too busy to read a process, that is said, and it is read again."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from contextlib import aclosing

import pytest
from temporalio.client import Client, WorkflowHistory

from activities.adapters import store
from activities.authoring import VERDICT, Outcome, ask
from activities.upkeep.archive import archive_closed
from activities.upkeep.rescue import rescue_all
from tests.activities.upkeep.test_archive import closed
from tests.stage import Play, Stage, task
from tests.web.fake import FakeProcesses
from tests.web.past import recorded
from tests.web.scene import bring
from tests.web.visitor import Visitor, hidden_fields
from web.door.archive import Archive
from web.door.fault import Busy, translated
from web.export import record
from web.process import earlier, live
from web.process.earlier import moments_of
from web.process.live import Hub
from workflows.reading import archived
from workflows.reading.archived import name_of
from workflows.reading.document import Document
from workflows.reading.replay import NotInTime, replay

BEING_READ = "This process is being read"


class Machine:
    """Too busy as long as `busy` says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.busy = True
        real = replay

        async def perhaps(wanted: WorkflowHistory) -> object:
            if self.busy:
                raise NotInTime("[TMPRL1101]")
            return await real(wanted)

        monkeypatch.setattr("workflows.reading.history.replay", perhaps)
        monkeypatch.setattr("workflows.reading.timeline.replay", self._timeline)

    async def _timeline(self, *_: object) -> None:
        raise NotInTime("[TMPRL1101]")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(monkeypatch)


async def asking(client: Client) -> Stage:
    async def question() -> Outcome:
        return ask("Is it good?", *VERDICT)

    stage = Stage(client, Play({"One": (task("one", question),)}))
    async with stage.workers():
        await stage.begin()
        await stage.until_asked("one")
    return stage


class Slow(FakeProcesses):
    """The fake on a busy machine."""

    async def document(self, key: str, run: str) -> Document:
        with translated():
            return await super().document(key, run)


@pytest.fixture
def processes() -> FakeProcesses:
    return Slow()


async def test_a_page_says_that_it_is_being_read_and_looks_again_by_itself(
    visitor: Visitor, processes: FakeProcesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, _ = await recorded(processes, "1.0/happy.json")
    machine = Machine(monkeypatch)
    for page in ("", "?at=9", "/print", "/proof"):
        answer = await visitor.get(url + page)
        assert (answer.status_code, answer.headers["refresh"]) == (503, "3"), page
        assert BEING_READ in answer.text
        assert "Start it again" not in answer.text
    data = await visitor.client.get(url, headers={"Accept": "application/json"})
    assert (data.status_code, data.headers["retry-after"]) == (503, "3")
    machine.busy = False
    answer = await visitor.get(url)
    assert answer.status_code == 200
    assert "refresh" not in answer.headers


async def test_what_was_typed_is_kept_and_not_sent_again_by_itself(
    visitor: Visitor, processes: FakeProcesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    await visitor.sign_in("grace")
    url = "/processes/{}/{}".format(*await bring(processes, "Karla"))
    sent = hidden_fields((await visitor.get(url)).text, f"{url}/stop")

    async def busy(*_: object) -> Document:
        raise Busy

    monkeypatch.setattr(processes, "document", busy)
    answer = await visitor.post(f"{url}/stop", {**sent, "reason": "We wait for a release."})
    assert answer.status_code == 503
    assert "We wait for a release." in answer.text
    assert "It was not taken." in answer.text
    assert "refresh" not in answer.headers


async def test_whoever_watches_sees_it_as_soon_as_it_could_be_read(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = await asking(client)
    monkeypatch.setattr(live, "RETRY", 0.2)
    machine = Machine(monkeypatch)
    asyncio.get_running_loop().call_later(1, setattr, machine, "busy", False)
    async with aclosing(Hub(stage.processes).watch(stage.key, stage.run)) as documents:
        document = await asyncio.wait_for(anext(documents), 60)
    assert document.process
    assert not document.problem


async def test_it_is_neither_archived_nor_exported_nor_rescued_by_halves(
    client: Client, machine: Machine
) -> None:
    machine.busy = False
    stage, open_one = await closed(client), await asking(client)
    machine.busy = True
    name = name_of(f"family-pr/{stage.key}", stage.run)
    faults = (await archive_closed(client)).faults
    assert any(stage.run in fault and "NotInTime" in fault for fault in faults)
    assert name not in store.names(archived.FOLDER)
    with pytest.raises(Busy):
        _ = [piece async for piece in record(stage.processes, [(stage.key, stage.run)])]
    report = await rescue_all(client, {"play": 1})
    assert f"family-pr/{open_one.key} {open_one.run}: could not be read in time" in report.faults
    assert report.number == 0


async def test_what_is_archived_is_shown_as_it_was_stored_meanwhile(
    client: Client, machine: Machine
) -> None:
    machine.busy = False
    stage = await closed(client)
    await archive_closed(client)
    whole = (await stage.document()).process
    archive = Archive()
    entry = await archive.find(f"family-pr/{stage.key}", stage.run)
    machine.busy = True
    document = await archive.document(entry)
    assert document.process == whole
    assert "too busy" in document.problem
    assert not document.lost
    with pytest.raises(Busy):
        await archive.document(type(entry)(**{**entry.__dict__, "document": "1" * 64}))


async def test_a_timeline_that_could_not_be_read_is_not_kept(
    processes: FakeProcesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, past = await recorded(processes, "1.0/failing.json")
    monkeypatch.setattr(earlier, "_timelines", OrderedDict())  # another test may have read it
    with monkeypatch.context() as patch:
        Machine(patch)
        with pytest.raises(Busy):
            await moments_of(past)
    assert len(await moments_of(past)) > 5
