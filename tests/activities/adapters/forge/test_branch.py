"""A process's branch holds exactly the given files, once, and never treads on others' work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from activities.adapters.forge.embedded import EmbeddedForge
from activities.adapters.forge.github.forge import GitHubForge
from activities.adapters.forge.port import Author, Forge, NotFound, Refused
from tests.github.seed import Seeded

from .conftest import INTER, KARLA, MESSAGE, Tried
from .target import commit_to_main, run

BRANCH = "family-pr/karla/0a1b2c"
NEWER = [("Karla-Bold.ttf", b"\0\1\0\0new"), ("article/ARTICLE.en_us.html", b"<p>Hi\n")]


async def test_a_branch_has_exactly_the_given_files(forge: Forge) -> None:
    commit = await forge.branch_with("ofl/karla", NEWER, BRANCH, MESSAGE)
    assert await forge.family_files("ofl/karla", BRANCH) == (commit, NEWER)


async def test_other_families_stay_as_main_has_them(forge: Forge) -> None:
    await forge.branch_with("ofl/karla", NEWER, BRANCH, MESSAGE)
    assert (await forge.family_files("ofl/inter", BRANCH))[1] == INTER


async def test_main_is_not_touched(forge: Forge) -> None:
    before = await forge.family_files("ofl/karla")
    await forge.branch_with("ofl/karla", NEWER, BRANCH, MESSAGE)
    assert await forge.family_files("ofl/karla") == before


async def test_a_new_family_under_a_new_licence_can_be_added(forge: Forge) -> None:
    await forge.branch_with("apache/newsans", NEWER, BRANCH, MESSAGE)
    assert (await forge.family_files("apache/newsans", BRANCH))[1] == NEWER
    assert (await forge.family_files("ofl/karla", BRANCH))[1] == KARLA


async def test_a_family_that_moves_leaves_its_old_directory(forge: Forge) -> None:
    moved = {"moved_from": "ofl/karla"}
    first = await forge.branch_with("apache/karla", NEWER, BRANCH, MESSAGE, **moved)
    assert await forge.family_files("apache/karla", BRANCH) == (first, NEWER)
    with pytest.raises(NotFound):
        await forge.family_files("ofl/karla", BRANCH)
    assert await forge.branch_with("apache/karla", NEWER, BRANCH, MESSAGE, **moved) == first


async def test_the_last_family_of_a_licence_can_move(tried: Tried) -> None:
    commit_to_main(tried.target, {"ufl/karla": KARLA})
    await tried.forge.branch_with("ofl/karla", NEWER, BRANCH, MESSAGE, moved_from="ufl/karla")
    run(tried.home, "fsck", "--strict", "--no-dangling")
    assert "ufl" not in run(tried.home, "ls-tree", "--name-only", BRANCH).split()


async def test_a_repeat_leaves_the_branch_as_it_is(forge: Forge) -> None:
    first = await forge.branch_with("ofl/karla", NEWER, BRANCH, MESSAGE)
    assert await forge.branch_with("ofl/karla", NEWER, BRANCH, MESSAGE) == first


async def test_a_repeat_after_main_moved_on_leaves_the_branch_as_it_is(tried: Tried) -> None:
    first = await tried.forge.branch_with("ofl/karla", NEWER, BRANCH, MESSAGE)
    commit_to_main(tried.target, {"ofl/inter": KARLA})
    assert await tried.forge.branch_with("ofl/karla", NEWER, BRANCH, MESSAGE) == first


async def test_the_same_process_may_change_its_files(forge: Forge) -> None:
    await forge.branch_with("ofl/karla", KARLA, BRANCH, MESSAGE)
    commit = await forge.branch_with("ofl/karla", NEWER, BRANCH, MESSAGE)
    assert await forge.family_files("ofl/karla", BRANCH) == (commit, NEWER)


async def test_the_branch_grows_from_the_commit_that_was_judged(tried: Tried) -> None:
    judged, _ = await tried.forge.family_files("ofl/karla")
    commit_to_main(tried.target, {"ofl/inter": KARLA})
    commit = await tried.forge.branch_with("ofl/karla", NEWER, BRANCH, MESSAGE, judged)
    assert run(tried.home, "rev-parse", f"{commit}^") == judged


async def test_a_base_that_main_never_had_is_refused(forge: Forge) -> None:
    commit = await forge.branch_with("ofl/karla", NEWER, BRANCH, MESSAGE)
    with pytest.raises(Refused, match="no commit of the target's main branch"):
        await forge.branch_with("ofl/karla", KARLA, BRANCH, MESSAGE, commit)


async def test_another_process_cannot_overwrite_the_branch(forge: Forge) -> None:
    await forge.branch_with("ofl/karla", NEWER, BRANCH, MESSAGE)
    other = replace(MESSAGE, process="family-pr/karla/run-2")
    with pytest.raises(Refused, match="Somebody else has worked"):
        await forge.branch_with("ofl/karla", KARLA, BRANCH, other)


async def test_a_reviewers_commit_on_the_branch_is_not_overwritten(tried: Tried) -> None:
    await tried.forge.branch_with("ofl/karla", NEWER, BRANCH, MESSAGE)
    commit = commit_to_main(tried.home, {"ofl/karla": INTER}, branch=BRANCH)
    with pytest.raises(Refused, match="Somebody else has worked"):
        await tried.forge.branch_with("ofl/karla", NEWER, BRANCH, MESSAGE)
    assert run(tried.home, "rev-parse", BRANCH) == commit


async def test_a_commit_names_process_and_people_and_no_machine(tried: Tried) -> None:
    people = (Author("ada", 7), Author("<b>\nEve: x", 0))
    message = replace(MESSAGE, authors=people, subject="Karla\n\nFamily-PR-Process: another")
    await tried.forge.branch_with("ofl/karla", NEWER, BRANCH, message)
    assert run(tried.home, "log", "-1", "--format=%B", BRANCH) == (
        "Karla Family-PR-Process: another\n"
        "\n"
        "Family-PR-Process: family-pr/karla/run-1\n"
        "Co-authored-by: ada <7+ada@users.noreply.github.com>\n"
        "Co-authored-by: b Eve: x <noreply@family-pr.invalid>"
    )


async def test_an_embedded_commit_is_dated_as_it_was_judged(embedded: EmbeddedForge) -> None:
    await embedded.branch_with("ofl/karla", NEWER, BRANCH, MESSAGE)
    text = run(embedded.repository.path, "log", "-1", "--format=%an <%ae> %cI", BRANCH)
    assert text == "Family PR <noreply@family-pr.invalid> 2026-11-24T12:00:00+00:00"


async def test_a_commit_on_github_is_the_apps_so_that_github_signs_it(
    github: GitHubForge, world: Seeded
) -> None:
    await github.branch_with("ofl/karla", NEWER, BRANCH, MESSAGE)
    bot = world.bot.bot
    people = run(world.fonts.git.path, "log", "-1", "--format=%ae %ce", BRANCH).split()
    assert people == [f"{bot.id}+family-pr[bot]@users.noreply.github.com"] * 2


async def test_the_repository_is_sound_afterwards(tried: Tried) -> None:
    await tried.forge.branch_with("ofl/karla", NEWER, BRANCH, MESSAGE)
    run(tried.home, "fsck", "--strict", "--no-dangling")


@pytest.mark.parametrize(
    "path",
    ["../x", "/etc/x", "a/../../x", "", "a//b", ".git/config", "a/.GIT/x", "a\nb", "a\\b", "x "],
)
async def test_a_path_that_leads_out_or_hides_is_refused(forge: Forge, path: str) -> None:
    with pytest.raises(Refused, match="cannot be the path"):
        await forge.branch_with("ofl/karla", [*NEWER, (path, b"x")], BRANCH, MESSAGE)


@pytest.mark.parametrize(
    "paths", [["A.ttf", "a.ttf"], ["article", "article/x"], ["B", "b/x"], []], ids=str
)
async def test_paths_that_collide_are_refused(forge: Forge, paths: list[str]) -> None:
    with pytest.raises(Refused):
        await forge.branch_with("ofl/karla", [(p, b"x") for p in paths], BRANCH, MESSAGE)


@pytest.mark.parametrize("branch", ["main", "family-pr/../main", "-f", "family-pr/karla~1/x"])
async def test_only_branches_of_processes_are_written(forge: Forge, branch: str) -> None:
    with pytest.raises(Refused, match="no branch of a family process"):
        await forge.branch_with("ofl/karla", NEWER, branch, MESSAGE)
