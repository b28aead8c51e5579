"""What is lost or damaged in the archive never looks whole, and hides nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from temporalio.client import Client

from activities.adapters import store
from activities.upkeep.archive import archive_closed
from tests.activities.upkeep.test_archive import closed
from tests.web.door.test_remembered import forget, visit
from web.door.archive import Archive
from workflows.reading import archived
from workflows.reading.archived import name_of


@pytest.mark.parametrize("lost", ["history", "both"])
async def test_a_damaged_archive_never_looks_whole(client: Client, lost: str) -> None:
    stage = await closed(client)
    await archive_closed(client)
    name = name_of(f"family-pr/{stage.key}", stage.run)
    entry = archived.load(store.read(name))
    gone = {"history": "0" * 64, **({"document": "1" * 64} if lost == "both" else {})}
    archive = Archive()
    archive._entries[name] = type(entry)(**{**entry.__dict__, **gone})
    document = await archive.document(await archive.find(entry.workflow_id, entry.run))
    assert "cannot be read" in document.problem
    assert (document.process is None) == (lost == "both")
    assert document.lost


async def test_a_page_without_a_history_leads_to_no_earlier_moment_and_says_why(
    client: Client, own_state: Path
) -> None:
    stage = await closed(client)
    await archive_closed(client)
    await forget(stage)
    entry = archived.load(store.read(name_of(f"family-pr/{stage.key}", stage.run)))
    path = f"/processes/{stage.key}/{stage.run}"
    async with visit(client, own_state) as visitor:
        whole = (await visitor.get(path)).text
        [kept] = (own_state / "store").rglob(entry.history)
        kept.chmod(0o600)
        kept.write_bytes(kept.read_bytes()[:1000])  # as a full disk leaves it
        html = (await visitor.get(path)).text
        past = await visitor.get(f"{path}?at=12")
        printed = await visitor.get(f"{path}/print")
    for lead in ("?step=", "?at=", "/proof", "/export.jsonl"):
        assert f"{path}{lead}" in whole, lead
        assert f"{path}{lead}" not in html, lead
    assert "Its history is lost" in html
    assert "as it was stored" in html
    assert past.status_code == 404
    assert "what it kept cannot be read" in past.text
    assert "This record is not complete" in printed.text


async def test_an_entry_that_cannot_be_read_hides_no_other(client: Client) -> None:
    stage = await closed(client)
    await archive_closed(client)
    store.publish("archive/family-pr/karla/broken.json", b"{")
    newer = json.loads(store.read(name_of(f"family-pr/{stage.key}", stage.run)))
    newer = {**newer, "format": 2, "run": "newer"}
    store.publish("archive/family-pr/karla/newer.json", json.dumps(newer).encode())
    runs = {row.run for row in await Archive().rows()}
    assert stage.run in runs
    assert "newer" not in runs
