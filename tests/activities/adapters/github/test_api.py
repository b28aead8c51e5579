"""Our client asks as our App, says what a refusal means, and sends nothing twice."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from activities.adapters.github.api import GitHub, repo_path
from activities.adapters.github.fault import Denied, Missing, Unprocessable
from activities.adapters.github.setting import github_settings
from activities.authoring import PassingFault
from tests.github.seed import Seeded

FONTS = "google/fonts"


async def test_a_repository_is_read_with_an_installations_token(
    github: GitHub, world: Seeded
) -> None:
    assert (await github.get(repo_path(FONTS)))["full_name"] == FONTS
    assert (await github.get(repo_path("googlefonts/karla")))["full_name"] == "googlefonts/karla"


async def test_a_branch_with_slashes_is_one_name(github: GitHub) -> None:
    with pytest.raises(Missing, match="404"):
        await github.get(repo_path(FONTS, "git/ref", "heads/family-pr/karla/1"))


async def test_a_token_is_minted_once_and_anew_before_it_ends(
    github: GitHub, world: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        await github.get(repo_path(FONTS))
    assert world.record.statuses["apps/create-installation-access-token"] == {201}
    assert minted(world) == 1
    later = time.time() + 56 * 60
    monkeypatch.setattr("activities.adapters.github.credential.time.time", lambda: later)
    world.ahead += timedelta(minutes=56)
    await github.get(repo_path(FONTS))
    assert minted(world) == 2


async def test_a_token_that_ends_on_the_way_is_replaced_and_what_was_asked_is_done_once(
    github: GitHub, world: Seeded
) -> None:
    await github.get(repo_path(FONTS))
    world.revoked.update(world.handed_out)
    assert (await github.get(repo_path(FONTS)))["full_name"] == FONTS
    world.revoked.update(world.handed_out)
    await github.post(repo_path(FONTS, "issues"), title="Once")
    assert len(world.fonts.issues) == 1
    assert minted(world) == 3


async def test_where_no_token_counts_it_is_said_and_not_asked_for_ever(
    github: GitHub, world: Seeded
) -> None:
    await github.get(repo_path(FONTS))
    world.ahead += timedelta(hours=2)  # neither the token nor what mints another counts there
    with pytest.raises(Denied, match="401"):
        await github.get(repo_path(FONTS))
    world.ahead = timedelta()
    await github.get(repo_path(FONTS))
    assert minted(world) == 2


def minted(world: Seeded) -> int:
    found = world.record.operations.items()
    return sum(n for (operation, _, _), n in found if "access-token" in operation)


async def test_what_is_refused_says_why(github: GitHub) -> None:
    with pytest.raises(Unprocessable) as refused:
        await github.post(repo_path(FONTS, "git/refs"), ref="refs/heads/x", sha="0" * 40)
    assert "422" in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "after"), [("secondary", 7.0), ("retry-after", 7.0), ("before", None)]
)
async def test_a_bad_day_passes(
    github: GitHub, world: Seeded, kind: str, after: float | None
) -> None:
    await github.get(repo_path(FONTS))
    world.faults.add(kind, "GET", "/repos/google/fonts$", seconds=7)
    with pytest.raises(PassingFault) as fault:
        await github.get(repo_path(FONTS))
    assert fault.value.after == after
    assert (await github.get(repo_path(FONTS)))["full_name"] == FONTS


async def test_the_hours_limit_says_how_long_to_wait(github: GitHub, world: Seeded) -> None:
    await github.get(repo_path(FONTS))
    world.faults.add("primary", "GET", "/repos/google/fonts$", seconds=90)
    with pytest.raises(PassingFault) as fault:
        await github.get(repo_path(FONTS))
    assert 60 < (fault.value.after or 0) <= 91


async def test_no_credential_is_in_what_is_said(github: GitHub, world: Seeded) -> None:
    with pytest.raises(Denied) as denied:
        await github.get(repo_path("google/secret"))
    said = f"{denied.value!r} {github_settings()!r}"
    assert "ghs_" not in said
    assert "PRIVATE KEY" not in said
