"""Files go to GitHub one after another, only those that are new, and no more than it takes."""

from __future__ import annotations

import pytest

from activities.adapters.forge.github import upload
from activities.adapters.forge.github.forge import GitHubForge
from activities.adapters.forge.port import Refused
from activities.authoring import PassingFault
from tests.github.seed import Seeded

from .conftest import KARLA, MESSAGE
from .test_branch import BRANCH

BLOBS = ("git/create-blob", "POST", "/repos/{owner}/{repo}/git/blobs")


def many(number: int) -> list[tuple[str, bytes]]:
    return [(f"Karla-{n}.ttf", b"%d" % n) for n in range(number)]


async def test_what_the_target_has_already_is_not_sent(github: GitHubForge, world: Seeded) -> None:
    await github.branch_with("ofl/karla", [*KARLA, ("New.ttf", b"new")], BRANCH, MESSAGE)
    assert world.record.operations[BLOBS] == 1


async def test_a_file_that_github_does_not_take_is_refused_before_anything_is_sent(
    github: GitHubForge, world: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload, "MOST_BYTES", 2_000_000)
    files = [*KARLA, ("Big.ttf", bytes(2_000_001))]
    with pytest.raises(Refused, match=r"Big\.ttf has 2 MB.* by hand, with git"):
        await github.branch_with("ofl/karla", files, BRANCH, MESSAGE)
    assert not world.record.operations


async def test_more_files_than_an_hour_allows_are_refused_before_anything_is_sent(
    github: GitHubForge, world: Seeded
) -> None:
    with pytest.raises(Refused, match="401 files are new or changed"):
        await github.branch_with("ofl/karla", many(401), BRANCH, MESSAGE)
    assert not world.record.operations[BLOBS]


async def test_many_files_are_sent_slowly_enough(
    github: GitHubForge, world: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr("activities.adapters.forge.github.upload.asyncio.sleep", sleep)
    await github.branch_with("ofl/karla", many(41), BRANCH, MESSAGE)
    assert pauses == [1.0] * 40


async def test_a_limit_on_the_way_is_waited_for_and_then_it_goes_on(
    github: GitHubForge, world: Seeded
) -> None:
    world.faults.add("secondary", "POST", "/git/blobs", seconds=17, skip=1)
    with pytest.raises(PassingFault) as limited:
        await github.branch_with("ofl/karla", many(3), BRANCH, MESSAGE)
    assert limited.value.after == 17
    await github.branch_with("ofl/karla", many(3), BRANCH, MESSAGE)
    assert (await github.family_files("ofl/karla", BRANCH))[1] == many(3)
