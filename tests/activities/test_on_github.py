"""The tasks that end a process do the same at GitHub: exact files, once, and linked both ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from activities import file_issue, get_package, open_pull_request
from activities.adapters.github.credential import forget
from activities.authoring import Outcome, Status
from activities.package import Package
from tests.activities.adapters.forge.target import commit_to_main
from tests.activities.judged import ADA, BRANCH, NEW, OLD, PLACE, PROPOSAL, REQUEST, package, record
from tests.activities.target import git, github, told_anew
from tests.github.conftest import parts, world
from tests.github.seed import Seeded
from workflows.domain.request import Request

__all__ = ["parts", "world"]

MARKER = "<!-- family-pr:process=family-pr/karla/0192-3f0a9c1b2d4e -->"


@pytest.fixture
def target(world: Seeded, monkeypatch: pytest.MonkeyPatch) -> Iterator[Seeded]:
    with github(world, monkeypatch) as found:
        yield found


async def opened(now: Package | None = None, before: Package | None = None) -> Outcome:
    now, before = now or package(NEW), before or package(OLD)
    return await open_pull_request.start(REQUEST, now, before, record(), PLACE)


async def filed(where: str, body: str = "It failed.", **proposal: str) -> Outcome:
    reply = {"where": where, "title": "Karla", "body": body, "reason": ""}
    return await file_issue.answer(reply, {}, {**PROPOSAL, **proposal}, record(), ADA, PLACE)


async def test_a_judged_package_becomes_a_pull_request(target: Seeded) -> None:
    outcome = await opened()
    assert outcome.status is Status.OK
    assert outcome.names == {"pull_request": f"{target.url}/google/fonts/pull/1"}
    (pull,) = target.fonts.issues.values()
    assert pull.title == "Karla: Version 2.004 added"
    assert [label.name for label in pull.labels] == ["I Font Upgrade"]
    assert "- [x] " in (pull.body or "")
    assert f"Full record: <{PLACE.url}>" in (pull.body or "")
    files = git(target, "ls-tree", "-r", "--name-only", BRANCH, "ofl/karla/").split()
    assert files == sorted(f"ofl/karla/{path}" for path in NEW)
    for path, content in NEW.items():
        blob = git(target, "rev-parse", f"{BRANCH}:ofl/karla/{path}")
        assert target.fonts.git.content(blob) == content
    people = git(target, "log", "-1", "--format=%(trailers:key=Co-authored-by,valueonly)", BRANCH)
    assert people.split("\n")[0] == "grace <8+grace@users.noreply.github.com>"


async def test_beside_its_commit_stands_who_signed_off_and_the_way_back(target: Seeded) -> None:
    await opened()
    (status,) = target.fonts.statuses
    assert (status.sha, status.state) == (git(target, "rev-parse", BRANCH), "success")
    assert (status.context, status.target_url) == ("family-pr", PLACE.url)
    assert status.description == "Signed off by ada, 1 finding accepted"


async def test_it_is_opened_once_however_often_it_runs(target: Seeded) -> None:
    assert await opened() == await opened()
    assert len(target.fonts.issues) == len(target.fonts.statuses) == 1


async def test_what_a_reviewer_wrote_into_the_description_stays(target: Seeded) -> None:
    target.installed.permissions.pop("statuses")
    assert (await opened()).status is Status.FAILED
    target.installed.permissions["statuses"] = "write"
    forget()
    (issue,) = target.fonts.issues.values()
    issue.body = f"{issue.body}\nI have looked at it on paper."
    issue.title = "Karla, nearly"
    outcome = await opened()
    assert outcome.status is Status.OK, outcome.text
    assert "Somebody has changed its text, which stays" in outcome.text
    assert issue.title == "Karla, nearly"
    assert issue.body.endswith("I have looked at it on paper.")


async def test_what_was_not_judged_against_is_not_built_upon(target: Seeded) -> None:
    before = package(OLD)
    commit_to_main(target.fonts.git.path, {"ofl/karla": [("Other.ttf", b"x")]})
    outcome = await opened(before=before)
    assert outcome.status is Status.FAILED
    assert "ofl/karla has changed in the target" in outcome.text
    assert nothing_was_sent(target)


async def test_work_on_other_families_does_not_matter(target: Seeded) -> None:
    commit_to_main(target.fonts.git.path, {"ofl/inter": [("Other.ttf", b"x")]})
    assert (await opened()).status is Status.OK


async def test_a_status_that_is_not_taken_is_said_with_the_pull_request(target: Seeded) -> None:
    target.installed.permissions.pop("statuses")
    outcome = await opened()
    assert outcome.status is Status.FAILED
    assert "[Pull request 1]" in outcome.text
    assert "status was not taken" in outcome.text
    assert "403" in outcome.text


async def test_what_is_taken_away_is_what_the_reviewer_was_shown(target: Seeded) -> None:
    more = {"ofl/karla": [*OLD.items(), ("Karla-Thin.ttf", b"thin"), ("upstream.yaml", b"x: 1\n")]}
    commit_to_main(target.fonts.git.path, more)
    request = Request("Karla", "upgrade", f"{target.url}/googlefonts/karla", "v2.004", "fonts/ttf/")
    got = await get_package.start(replace(request, kind=REQUEST.kind))
    assert got.status is Status.OK, got.text
    (shown,) = (exhibit for exhibit in got.evidence if exhibit.kind == "file_diff")
    removed = {c["path"] for c in shown.data["changes"] if c["state"] == "removed"}
    assert "Karla-Thin.ttf" in removed
    outcome = await opened(got.names["package"], got.names["before"])
    assert outcome.status is Status.OK, outcome.text
    gone = git(target, "diff", "--name-only", "--diff-filter=D", "--no-renames", "main", BRANCH)
    assert set(gone.split()) == {f"ofl/karla/{path}" for path in removed}


async def test_an_issue_and_its_process_lead_to_each_other(target: Seeded) -> None:
    homes = {"google/fonts": target.fonts, "dispatcher": target.tracker, "upstream": target.karla}
    for where, home in homes.items():
        outcome = await filed(where, repository=f"{target.url}/googlefonts/karla")
        assert outcome.status is Status.OK, outcome.text
        (issue,) = home.issues.values()
        assert outcome.names == {"issue": f"{target.url}/{home.full_name}/issues/{issue.number}"}
        assert f"Full record: <{PLACE.url}>" in (issue.body or "")
        assert (issue.body or "").endswith(f"{MARKER}\n")


async def test_an_issue_is_filed_once_however_often_it_runs(target: Seeded) -> None:
    assert await filed("dispatcher") == await filed("dispatcher")
    assert len(target.tracker.issues) == 1


async def test_where_issues_are_off_another_place_has_to_be_chosen(target: Seeded) -> None:
    target.tracker.has_issues = False
    outcome = await filed("dispatcher")
    assert outcome.status is Status.FAILED
    assert "Choose another place" in outcome.text


async def test_a_dry_run_shows_every_request_and_sends_none(
    target: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_DRY_RUN", "true")
    told_anew()
    outcome = await opened()
    assert outcome.status is Status.FAILED
    assert outcome.text.startswith("Dry run: nothing was sent.")
    requests = [f"{method} {path}" for _, method, path in outcome.evidence[0].data["rows"]]
    assert requests == [f"POST /repos/google/fonts/{path}" for path in EVERY_WRITE]
    assert nothing_was_sent(target)
    monkeypatch.setenv("GITHUB_DRY_RUN", "false")
    told_anew()
    assert (await opened()).status is Status.OK
    assert posted(target) == [f"POST /repos/{{owner}}/{{repo}}/{path}" for path in DESCRIBED]


async def test_a_dry_run_files_no_issue(target: Seeded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_DRY_RUN", "true")
    told_anew()
    outcome = await filed("dispatcher")
    assert outcome.status is Status.FAILED
    assert outcome.evidence[0].data["rows"] == [["1", "POST", "/repos/google/family-pr/issues"]]
    assert nothing_was_sent(target)


EVERY_WRITE = [
    *["git/blobs"] * 3,
    *("git/trees", "git/commits", "git/refs", "pulls", "issues/NEW/labels", "statuses/NEW"),
]
DESCRIBED = [
    *("git/blobs", "git/commits", "git/refs", "git/trees"),
    *("issues/{issue_number}/labels", "pulls", "statuses/{sha}"),
]


def nothing_was_sent(world: Seeded) -> bool:
    issues = [*world.fonts.issues, *world.tracker.issues]
    return not issues and not posted(world) and "family-pr" not in git(world, "for-each-ref")


def posted(world: Seeded) -> list[str]:
    """The changes that this GitHub was asked for."""
    used = sorted({(method, path) for _, method, path in world.record.operations})
    return [f"{method} {p}" for method, p in used if method != "GET" and p.startswith("/repos/")]
