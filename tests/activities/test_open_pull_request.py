"""The pull request holds exactly what was judged, is opened once, and only on what was judged."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial

import pytest

from activities import open_pull_request
from activities.adapters import store
from activities.adapters.forge import branch as forge_branch
from activities.adapters.forge.embedded import EmbeddedForge
from activities.authoring import Outcome, Status
from activities.package import Package
from tests.activities.adapters.forge.target import commit_to_main, run
from tests.activities.adapters.forge.test_kill import (
    KILLED,
    dies_before_step,
    ended,
    forget,
    in_another_process,
)
from tests.activities.judged import BRANCH, NEW, OLD, PLACE, REQUEST, embedded, package, record
from workflows.domain.request import NEW as NEW_FAMILY
from workflows.domain.request import Request


async def opened(
    now: Package | None = None, before: Package | None = None, request: Request = REQUEST
) -> Outcome:
    return await open_pull_request.start(
        request, now or package(NEW), before or package(OLD), record(), PLACE
    )


async def test_its_branch_holds_the_upstream_files_byte_for_byte() -> None:
    target = embedded()
    outcome = await opened()
    assert outcome.status is Status.OK
    _, files = await target.family_files("ofl/karla", BRANCH)
    assert dict(files) == NEW


async def test_later_tasks_and_people_get_its_address() -> None:
    embedded()
    outcome = await opened()
    assert outcome.names == {"pull_request": "http://127.0.0.1:8000/forge/pulls/1"}
    assert [shown.kind for shown in outcome.evidence] == ["link", "file_diff"]
    assert outcome.evidence[0].data["url"] == outcome.names["pull_request"]
    changes = outcome.evidence[1].data["changes"]
    assert [(change["path"], change["state"]) for change in changes] == [
        ("FONTLOG.txt", "removed"),
        ("Karla-Regular.ttf", "changed"),
        ("METADATA.pb", "added"),
        ("OFL.txt", "same"),
        ("article/ARTICLE.en_us.html", "added"),
    ]


async def test_it_is_opened_once_however_often_it_runs() -> None:
    target = embedded()
    first, second = await opened(), await opened()
    assert first == second
    assert len(await target.pull_requests()) == 1


async def test_a_second_run_finds_it_even_if_the_target_has_moved_on() -> None:
    target = embedded()
    first = await opened()
    commit_to_main(target.repository.path, {"ofl/karla": [("New.ttf", b"x")]})
    assert await opened() == first


async def test_its_commit_names_the_people_and_the_last_verdicts_time() -> None:
    target = embedded()
    await opened()
    said = run(target.repository.path, "log", "-1", "--format=%aI%n%B", BRANCH)
    assert said == (
        "2026-11-24T12:00:00+00:00\n"
        "Karla: Version 2.004 added\n\n"
        "Family-PR-Process: family-pr/karla/0192-3f0a9c1b2d4e\n"
        "Co-authored-by: grace <8+grace@users.noreply.github.com>\n"
        "Co-authored-by: ada <7+ada@users.noreply.github.com>"
    )


def test_killed_before_any_step_it_is_whole_after_the_next_try(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = embedded()
    now, before, judged = package(NEW), package(OLD), record()
    contents = {f.file.digest: store.get(f.file.digest) for f in (*now.files, *before.files)}
    monkeypatch.setattr(store, "get", contents.__getitem__)  # its threads do not survive a fork
    opened = partial(open_pull_request.start, REQUEST, now, before, judged, PLACE)
    for step in range(1, 300, 6):
        code = ended(in_another_process(partial(dies_before_step, step, opened)))
        assert asyncio.run(opened()).status is Status.OK
        assert [pull.number for pull in asyncio.run(target.pull_requests())] == [1]
        if code == 0:
            break
        assert code == KILLED
        forget(target, BRANCH)
    assert step > 20


async def test_what_was_not_judged_against_is_not_built_upon() -> None:
    target = embedded()
    commit_to_main(target.repository.path, {"ofl/karla": [("Other.ttf", b"x")]})
    outcome = await opened()
    assert outcome.status is Status.FAILED
    assert "ofl/karla has changed in the target" in outcome.text
    assert "start a new one" in outcome.text
    await nothing_was_opened(target)


async def test_work_on_other_families_does_not_matter() -> None:
    target = embedded()
    commit_to_main(target.repository.path, {"ofl/inter": [("Other.ttf", b"x")]})
    assert (await opened()).status is Status.OK


async def test_a_new_family_that_came_meanwhile_stops_it() -> None:
    target = embedded()
    outcome = await opened(before=Package("Karla", "ofl/karla"))
    assert outcome.status is Status.FAILED
    assert "has come or gone" in outcome.text
    await nothing_was_opened(target)


async def test_a_family_that_left_meanwhile_stops_it() -> None:
    target = embedded()
    old = Package("Lato", "ofl/lato", files=package(OLD).files)
    outcome = await opened(package(NEW, "ofl/lato"), old, replace(REQUEST, family="Lato"))
    assert outcome.status is Status.FAILED
    await nothing_was_opened(target)


async def test_a_new_family_is_added() -> None:
    target = embedded()
    request = replace(REQUEST, family="Lato", kind=NEW_FAMILY)
    outcome = await opened(package(NEW, "ofl/lato"), Package("Lato", "ofl/lato"), request)
    assert outcome.status is Status.OK
    assert {change.state for change in await target.diff(1)} == {"added"}


async def test_a_family_that_changes_its_licence_moves() -> None:
    target = embedded()
    outcome = await opened(package(NEW, "apache/karla"))
    assert outcome.status is Status.OK
    states = {change.path.split("/")[0]: change.state for change in await target.diff(1)}
    assert states == {"apache": "added", "ofl": "removed"}


async def test_a_reviewers_commit_is_left_alone_and_said() -> None:
    target = embedded()
    await opened()
    commit_to_main(target.repository.path, {"ofl/karla": [("Mine.ttf", b"x")]}, branch=BRANCH)
    outcome = await opened()
    assert outcome.status is Status.FAILED
    assert "Somebody else has worked" in outcome.text


@pytest.mark.parametrize("path", ["../../etc/x", ".git/hooks/x", "a//b"])
async def test_a_path_that_leads_out_is_refused(path: str) -> None:
    target = embedded()
    outcome = await opened(package({**NEW, path: b"x"}))
    assert outcome.status is Status.FAILED
    assert "cannot be the path" in outcome.text
    await nothing_was_opened(target)


async def test_a_branch_with_other_bytes_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    target = embedded()
    whole = forge_branch.Branch._write_family

    def lossy(self: forge_branch.Branch, files: list[tuple[str, bytes]]) -> str:
        return whole(self, [(path, content[:-1]) for path, content in files])

    monkeypatch.setattr(forge_branch.Branch, "_write_family", lossy)
    outcome = await opened()
    assert outcome.status is Status.FAILED
    assert "does not hold the judged files" in outcome.text
    assert len(await target.pull_requests()) == 1


async def test_several_workers_at_once_open_one() -> None:
    target = embedded()
    outcomes = await asyncio.gather(*(opened() for _ in range(4)))
    assert {outcome.status for outcome in outcomes} == {Status.OK}
    assert len(await target.pull_requests()) == 1


async def nothing_was_opened(target: EmbeddedForge) -> None:
    assert await target.pull_requests() == []
    assert BRANCH not in run(target.repository.path, "for-each-ref", "--format=%(refname)")
