"""What people write into our pull request's description is never written over."""

from __future__ import annotations

import pytest

from activities.adapters.forge.github.forge import GitHubForge
from activities.adapters.forge.github.said import KEPT, instead, marked, unmarked
from activities.adapters.forge.port import BODY_LIMIT, Refused
from tests.github.repository import Issue
from tests.github.seed import Seeded

from .test_pull_request import BODY, MARKER, opened

NEWER = BODY.replace("upstream", "the newer upstream")


async def ours(github: GitHubForge, world: Seeded) -> Issue:
    pull = await opened(github)
    assert (pull.body, pull.edited) == (BODY, False)
    return world.fonts.issues[pull.number]


async def test_a_text_that_nobody_touched_is_replaced(github: GitHubForge, world: Seeded) -> None:
    issue = await ours(github, world)
    issue.body = (issue.body or "").replace("\n", "\r\n")  # as GitHub's own page sends it back
    pull = await opened(github, body=NEWER)
    assert (pull.body, pull.edited) == (NEWER, False)


@pytest.mark.parametrize("part", ["title", "body"])
async def test_what_a_reviewer_changed_stays_and_ours_is_said_once(
    github: GitHubForge, world: Seeded, part: str
) -> None:
    issue = await ours(github, world)
    if part == "title":
        issue.title = "Karla: please wait"
    else:
        issue.body = f"- [x] Looked at by hand\n{issue.body}"
    before = (issue.title, issue.body)
    for _ in range(2):
        pull = await opened(github, body=NEWER)
        assert (issue.title, issue.body, pull.edited) == (*before, True)
    [comment] = issue.comments
    assert comment.body.startswith(KEPT)
    assert "Taken from the newer upstream." in comment.body
    assert MARKER not in comment.body


async def test_a_text_from_before_there_was_a_mark_is_not_written_over(
    github: GitHubForge, world: Seeded
) -> None:
    issue = await ours(github, world)
    issue.body = BODY
    assert not (await opened(github)).comments
    await opened(github, body=NEWER)
    assert (issue.body, len(issue.comments)) == (BODY, 1)


async def test_a_text_that_lost_our_process_is_refused_with_what_to_do(
    github: GitHubForge, world: Seeded
) -> None:
    issue = await ours(github, world)
    issue.body = "Done by hand."
    with pytest.raises(Refused, match=f"has to hold {MARKER}"):
        await opened(github)
    assert issue.body == "Done by hand."


def test_the_longest_text_fits_with_its_mark() -> None:
    body = "x" * (BODY_LIMIT - len(BODY)) + BODY
    assert len(marked("T" * 250, body)) <= 65_535
    assert len(instead("T" * 250, body)) <= 65_000
    assert unmarked("T" * 250, marked("T" * 250, body)) == (body, False)
