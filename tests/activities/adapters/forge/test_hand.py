"""What people do on the embedded forge: merge, close, reopen, keep the push lists."""

from __future__ import annotations

import pytest

from activities.adapters.forge.embedded import EmbeddedForge
from activities.adapters.forge.hand import CLOSE, MERGE, REOPEN, Hand
from activities.adapters.forge.mark import marker
from activities.adapters.forge.port import Author, PullRequest, Refused
from activities.following.look import see
from tests.activities.adapters.forge.conftest import INTER, MESSAGE
from tests.activities.adapters.forge.target import commit_to_main
from workflows.domain.sight import Look, Sight

GRACE = Author("grace", 2)
BRANCH = "family-pr/karla/run-1"
NEW = [("Karla-Regular.ttf", b"\0\1\0\0new"), ("OFL.txt", b"The licence\n")]


async def opened(forge: EmbeddedForge) -> PullRequest:
    await forge.branch_with("ofl/karla", NEW, BRANCH, MESSAGE)
    mark = marker("family-pr/karla", "run-1")
    return await forge.open_pull_request(BRANCH, "Karla", f"Text.\n{mark}", (), mark)


async def sight(forge: EmbeddedForge, pull: PullRequest) -> Sight:
    commit = forge.repository.commit_of(BRANCH)
    return await see(forge, Look(pull.number, pull.url, "ofl/karla", commit, "", False))


async def test_a_merge_brings_the_files_to_main_and_names_who_did_it(
    embedded: EmbeddedForge,
) -> None:
    pull = await opened(embedded)
    before = await sight(embedded, pull)
    commit_to_main(embedded.repository.path, {"ofl/inter": [*INTER, ("more.txt", b"more")]})
    await Hand(embedded).change(pull.number, MERGE, GRACE)
    commit, files = await embedded.family_files("ofl/karla")
    assert files == NEW
    assert len((await embedded.family_files("ofl/inter"))[1]) == 3
    after = await sight(embedded, pull)
    assert (before.state, after.state, after.by.login, after.by.id) == (
        "open",
        "merged",
        "grace",
        2,
    )
    assert after.head == before.head
    await Hand(embedded).change(pull.number, MERGE, Author("ada", 1))
    assert embedded.repository.commit_of() == commit
    assert (await sight(embedded, pull)).by.login == "grace"


async def test_what_others_changed_in_the_same_family_stops_a_merge(
    embedded: EmbeddedForge,
) -> None:
    pull = await opened(embedded)
    commit_to_main(embedded.repository.path, {"ofl/karla": [("Karla-Regular.ttf", b"\0else")]})
    with pytest.raises(Refused, match="cannot be merged"):
        await Hand(embedded).change(pull.number, MERGE, GRACE)
    assert (await embedded.fate(pull.number)).state == "open"


async def test_closed_and_opened_again(embedded: EmbeddedForge) -> None:
    pull = await opened(embedded)
    hand = Hand(embedded)
    states = [(await hand.change(pull.number, how, GRACE)).state for how in (CLOSE, CLOSE, REOPEN)]
    assert states == ["closed", "closed", "open"]
    await hand.change(pull.number, CLOSE, GRACE)
    with pytest.raises(Refused, match="is closed"):
        await hand.change(pull.number, MERGE, GRACE)


async def test_nothing_undoes_a_merge(embedded: EmbeddedForge) -> None:
    pull = await opened(embedded)
    await Hand(embedded).change(pull.number, MERGE, GRACE)
    for action in (CLOSE, REOPEN):
        with pytest.raises(Refused, match="is merged"):
            await Hand(embedded).change(pull.number, action, GRACE)


async def test_push_lists_are_files_that_the_look_reads(embedded: EmbeddedForge) -> None:
    pull = await opened(embedded)
    hand = Hand(embedded)
    with pytest.raises(Refused, match="nothing can be pushed"):
        await hand.push_list(pull.number, "sandbox", True, GRACE)
    await hand.change(pull.number, MERGE, GRACE)
    seen = []
    for name, listed in (("sandbox", True), ("sandbox", False), ("production", True)):
        await hand.push_list(pull.number, name, listed, GRACE)
        now = await sight(embedded, pull)
        seen.append((now.to_sandbox, now.to_production))
    assert seen == [(True, False), (False, False), (False, True)]
    assert await hand.listed(pull.number) == {"sandbox": False, "production": True}
    content = await embedded.text("to_production.txt")
    assert content == f"# Upgrade\nofl/karla # {pull.url}\n"
    assert await embedded.text("to_nowhere.txt") == ""
    assert len((await embedded.family_files("ofl/karla"))[1]) == len(NEW)
