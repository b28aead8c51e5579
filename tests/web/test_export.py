"""Exports: whole or not at all, of the written shape, and genuine."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from activities.adapters import public_key
from tests.web.fake import FakeProcesses
from tests.web.past import recorded
from tests.web.scene import merged
from tests.web.visitor import Visitor
from web import export
from web.door.fault import NotFound, Unreachable
from web.proof import schema
from web.proof.afterwards import TOLD
from web.proof.verify import verify
from workflows.reading.document import Document

SCHEMA = Path(__file__).parents[2] / "docs" / "export.schema.json"


def test_the_documented_schema_is_that_of_the_code() -> None:
    said = "run: python -m web.proof.schema > docs/export.schema.json"
    assert SCHEMA.read_text() == schema.text(), said


async def test_a_process_is_exported_in_the_written_shape_and_nothing_is_found(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    url, history = await recorded(processes, "1.0/happy.json")
    answer = await visitor.get(f"{url}/export.jsonl")
    assert answer.headers["content-type"] == "application/jsonl"
    lines = [json.loads(line) for line in answer.text.splitlines()]
    check = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))
    for line in lines:
        check.validate(line)
    kinds = [line["line"] for line in lines]
    assert kinds.count("event") == len(history.events)
    assert (kinds[0], kinds[-2:]) == ("process", ["seal", "end"])
    verdict = await verify(answer.content, public_key.published())
    assert verdict.findings == []
    assert all("before there were signatures" in why for why in verdict.undecided)


async def published(processes: FakeProcesses) -> str:
    """A recorded process whose pull request was merged; its page."""
    url, _ = await recorded(processes, "1.1/begun_anew.json")
    merged(processes, (url.split("/")[2], url.split("/")[3]))
    mile = processes.cases[-1].after
    assert mile
    mile.url = "https://example.com/1"
    return url


async def test_what_became_of_the_pull_request_is_in_the_export(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    url = await published(processes)
    answer = await visitor.get(f"{url}/export.jsonl")
    lines = [json.loads(line) for line in answer.text.splitlines()]
    check = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))
    for line in lines:
        check.validate(line)
    (told,) = [line for line in lines if line["line"] == "after"]
    assert (told["after"]["station"], told["problem"]) == ("merged", "")
    verdict = await verify(answer.content, None)
    assert TOLD in verdict.notes
    assert not [one for one in verdict.findings if "after" in one.place]
    assert TOLD in (await visitor.data(f"{url}/proof"))["notes"]


async def test_where_that_cannot_be_had_the_export_says_so_and_is_whole(
    visitor: Visitor, processes: FakeProcesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = await published(processes)

    async def away(document: Document) -> None:
        raise Unreachable("Temporal does not answer.")

    monkeypatch.setattr(processes, "after", away)
    answer = await visitor.get(f"{url}/export.jsonl")
    lines = [json.loads(line) for line in answer.text.splitlines()]
    (told,) = [line for line in lines if line["line"] == "after"]
    assert (told["after"], told["problem"]) == (None, "Temporal does not answer.")
    assert lines[-1]["line"] == "end"


async def test_all_processes_are_exported_to_whoever_is_signed_in(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    for name in ("happy", "failing"):
        await recorded(processes, f"1.0/{name}.json")
    assert (await visitor.get("/export.jsonl")).status_code == 403
    await visitor.sign_in("ada")
    answer = await visitor.get("/export.jsonl")
    verdict = await verify(answer.content, public_key.published())
    assert verdict.checked["processes"] == 2
    assert verdict.findings == []


async def test_an_export_that_stops_early_does_not_pass_for_a_whole_one(
    processes: FakeProcesses, tmp_path: Path
) -> None:
    url, _ = await recorded(processes, "1.0/happy.json")
    _, _, key, run = url.split("/")
    got = b""
    with pytest.raises(NotFound):
        async for piece in export.record(processes, [(key, run), ("gone", "run")]):
            got += piece
    verdict = await verify(got, public_key.published())
    assert verdict.findings
    with pytest.raises(NotFound):
        await export.write(processes, tmp_path / "all.jsonl", [(key, run), ("gone", "run")])
    assert not (tmp_path / "all.jsonl").exists()


async def test_all_cannot_be_exported_while_the_open_ones_are_out_of_reach(
    processes: FakeProcesses,
) -> None:
    await recorded(processes, "1.0/happy.json")
    processes.away = "Temporal does not answer."
    with pytest.raises(Unreachable):
        await export.all_runs(processes)


async def test_what_is_not_there_is_not_exported(visitor: Visitor) -> None:
    assert (await visitor.get("/processes/nope/run/export.jsonl")).status_code == 404
