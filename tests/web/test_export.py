"""Exports: whole or not at all, of the written shape, and genuine."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from activities.adapters import public_key
from tests.web.fake import FakeProcesses
from tests.web.past import recorded
from tests.web.visitor import Visitor
from web import export
from web.door.fault import NotFound, Unreachable
from web.proof import schema
from web.proof.verify import verify

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
