"""Whichever answer of GitHub is lost, and however, the next try ends with one of everything."""

from __future__ import annotations

import pytest

from activities.adapters.forge.github.forge import GitHubForge
from activities.adapters.forge.github.said import marked
from activities.adapters.forge.port import DISPATCHER, PullRequest
from activities.authoring import PassingFault
from tests.github.seed import Seeded

from .conftest import MESSAGE
from .target import run
from .test_branch import BRANCH
from .test_pull_request import BODY, MARKER, NEWER

URL = "https://site.example/processes/karla/1"
LABELS = ["I Font Upgrade", "II Submission"]
FINAL = f"It is signed off.\n\n{MARKER}\n"
WRITES = "git/blobs git/trees git/commits git/refs pulls labels comments pulls/1 statuses issues"
MOST = 60


async def everything(forge: GitHubForge) -> PullRequest:
    """From the first blob to the status, then a new text, and an issue."""
    commit = await forge.branch_with("ofl/karla", NEWER, BRANCH, MESSAGE)
    there = await forge.find_pull_request(BRANCH, MARKER)
    if there is None or there.body == BODY:
        await forge.open_pull_request(BRANCH, "Karla added", BODY, LABELS, MARKER)
    pull = await forge.open_pull_request(BRANCH, "Karla added", FINAL, LABELS, MARKER)
    await forge.set_status(commit, "success", "Judged.", URL)
    await forge.open_issue(DISPATCHER, "Karla", BODY, MARKER)
    return pull


@pytest.mark.parametrize("kind", ["before", "after", "cut"])
async def test_a_lost_answer_leaves_nothing_double_or_half(
    github: GitHubForge, world: Seeded, kind: str
) -> None:
    world.limits.content = 0  # time stands still for so many tries
    for lost in range(MOST):
        fault = world.faults.add(kind, "POST|PATCH", "/repos/", skip=lost)
        came_through = await without_a_fault(github)
        await everything(github)
        one_of_everything(world)
        assert (await github.family_files("ofl/karla", BRANCH))[1] == NEWER
        if came_through:
            break
        forget(world)
    assert fault in world.faults.waiting
    assert lost >= len(WRITES.split())


async def without_a_fault(forge: GitHubForge) -> bool:
    try:
        await everything(forge)
    except PassingFault:
        return False
    return True


def one_of_everything(world: Seeded) -> None:
    """One branch, one pull request with its labels, one comment, one status, one issue."""
    fonts = world.fonts
    refs = run(fonts.git.path, "for-each-ref", "--format=%(refname)", "refs/heads/family-pr")
    assert refs == f"refs/heads/{BRANCH}"
    changed = run(fonts.git.path, "diff", "--name-only", "main", BRANCH).split()
    assert changed == ["ofl/karla/Karla-Regular.ttf", "ofl/karla/OFL.txt"]
    (pull,) = fonts.issues.values()
    assert (pull.title, pull.body, pull.state) == (
        "Karla added",
        marked("Karla added", FINAL),
        "open",
    )
    assert [label.name for label in pull.labels] == LABELS
    assert [comment.body.split("\n")[0] for comment in pull.comments] == [
        "Title or description was brought up to date."
    ]
    (status,) = fonts.statuses
    assert (status.sha, status.state) == (run(fonts.git.path, "rev-parse", BRANCH), "success")
    assert [issue.body for issue in world.tracker.issues.values()] == [BODY]


def forget(world: Seeded) -> None:
    """Back to the beginning, but with the objects that were left."""
    run(world.fonts.git.path, "update-ref", "-d", f"refs/heads/{BRANCH}")
    for repository in (world.fonts, world.tracker):
        repository.issues.clear()
        repository.statuses.clear()
