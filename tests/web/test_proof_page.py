"""The page that verifies a process, and the record that can be taken away."""

from __future__ import annotations

from temporalio.client import Client, WorkflowHistory

from tests.web.case import Case
from tests.web.fake import FakeProcesses
from tests.web.past import recorded
from tests.web.proof.recorded import checked, twice_lived
from tests.web.visitor import Visitor
from web.proof.line import lines_of
from workflows.reading.history import read


async def show(processes: FakeProcesses, history: WorkflowHistory) -> str:
    """The address of a process with that history."""
    process = (await read(history)).process
    assert process
    processes.cases.append(Case(process.id, process.run, process, process.begun, history=history))
    return f"/processes/{process.key}/{process.run}"


async def test_a_process_is_verified_on_its_page_and_signatures_are_listed(
    client: Client, visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await show(processes, (await twice_lived(client))[0])
    html = (await visitor.get(f"{at}/proof")).text
    assert "Genuine" in html
    data = await visitor.data(f"{at}/proof")
    assert data["genuine"] is True
    assert [(act["action"], act["by"]) for act in data["acts"]][:3] == [
        ("start", "grace"),
        ("answer", "ada"),
        ("rerun", "grace"),
    ]
    assert f"{at}/proof" in (await visitor.get(at)).text


async def test_the_record_that_is_taken_away_is_genuine(
    client: Client, visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await show(processes, (await twice_lived(client))[1])
    answer = await visitor.get(f"{at}/export.jsonl")
    assert answer.headers["content-type"] == "application/jsonl"
    assert "attachment" in answer.headers["content-disposition"]
    assert (await checked(answer.content)).genuine
    assert [line.kind for line in lines_of(answer.content)][-2:] == ["seal", "end"]


async def test_a_history_that_was_rewritten_is_not_genuine(
    client: Client, visitor: Visitor, processes: FakeProcesses
) -> None:
    history, _ = await twice_lived(client)
    rewritten = WorkflowHistory.from_json(history.workflow_id, history.to_json())
    for event in rewritten.events:
        accepted = event.workflow_execution_update_accepted_event_attributes
        for payload in accepted.accepted_request.input.args.payloads:
            payload.data = payload.data.replace(b"Not sure.", b"Sure, no.")
    at = await show(processes, rewritten)
    html = (await visitor.get(f"{at}/proof")).text
    assert "Not genuine" in html
    assert "is not what was signed" in html


async def test_what_was_recorded_before_signatures_is_said_to_be_so(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at, _ = await recorded(processes, "1.0/happy.json")
    html = (await visitor.get(f"{at}/proof")).text
    assert (await visitor.data(f"{at}/proof"))["genuine"] is False
    assert "before there were signatures" in html
    assert "Undecided" in html
    assert "Nobody has signed anything" in html
