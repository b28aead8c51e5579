"""What GitHub has answered before costs nothing when it is still right, and is always asked for."""

from __future__ import annotations

import pytest

from activities.adapters.github import memory
from activities.adapters.github.api import GitHub, repo_path
from activities.adapters.github.fault import Missing
from tests.github.seed import Seeded

FONTS = repo_path("google/fonts")


async def test_an_answer_that_is_still_right_costs_no_request(
    github: GitHub, world: Seeded
) -> None:
    first = await github.get(FONTS)
    used = spent(world)
    assert await github.get(FONTS) == first
    assert spent(world) == used
    assert world.record.statuses["repos/get"] == {200, 304}


async def test_what_has_changed_is_read_anew(github: GitHub, world: Seeded) -> None:
    await github.get(FONTS)
    world.fonts.archived = True
    assert (await github.get(FONTS))["archived"] is True


async def test_what_we_may_not_see_any_more_is_not_remembered(
    github: GitHub, world: Seeded
) -> None:
    await github.get(FONTS)
    del world.repositories[world.fonts.id]
    with pytest.raises(Missing):
        await github.get(FONTS)


async def test_other_questions_have_other_answers(github: GitHub, world: Seeded) -> None:
    path = repo_path("google/fonts", "labels")
    one = await github.get(path, per_page=1, page=1)
    assert await github.get(path, per_page=1, page=2) != one
    assert await github.get(path, per_page=1, page=1) == one


async def test_an_answer_can_be_changed_without_harm(github: GitHub) -> None:
    (await github.get(FONTS)).clear()
    assert (await github.get(FONTS))["full_name"] == "google/fonts"


async def test_long_answers_are_not_kept_and_old_ones_go(
    github: GitHub, world: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "MOST", 2)
    paths = [FONTS, repo_path("google/fonts", "labels"), repo_path("google/fonts", "branches")]
    for path in paths:
        await github.get(path)
    assert [key[3] for key in memory._answers] == paths[1:]
    monkeypatch.setattr(memory, "LONGEST", 10)
    await github.get(FONTS)
    assert [key[3] for key in memory._answers] == paths[1:]


def spent(world: Seeded) -> int:
    return sum(window.used for window in world.limits.windows.values())
