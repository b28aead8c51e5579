"""Forks, and pull requests out of them."""

from __future__ import annotations

from tests.github import token, tree
from tests.github.conftest import Speak
from tests.github.plumbing import Person
from tests.github.proposal import FONTS, branch, pull
from tests.github.seed import Seeded


def later(world: Seeded) -> str:
    """main of google/fonts moves on; its new tip."""
    git, who = world.fonts.git, Person("ada", "ada@example.com", "2024-01-01T00:00:00Z")
    entry = {"path": "later", "mode": "100644", "sha": git.blob(b"later")}
    tip = str(git.resolve("main"))
    root = tree.make(git, [entry], tip)
    sha = tree.commit(git, root, [tip], "later", (who, who))
    git.set_ref("refs/heads/main", sha)
    return sha


async def test_a_fork_follows_its_parent(world: Seeded, speak: Speak) -> None:
    ada = speak(world.token(world.ada, contents="write"))
    made = await ada.post(f"{FONTS}/forks", json={})
    assert (made.status_code, made.json()["full_name"]) == (202, "ada/fonts")
    assert made.json()["parent"]["full_name"] == "google/fonts"
    place = "/repos/ada/fonts/merge-upstream"
    assert (await ada.post(place, json={"branch": "main"})).json()["merge_type"] == "none"
    tip = later(world)
    merged = await ada.post(place, json={"branch": "main"})
    assert merged.json()["merge_type"] == "fast-forward"
    ref = (await ada.get("/repos/ada/fonts/git/ref/heads/main")).json()
    assert ref["object"]["sha"] == tip


async def test_a_pull_request_out_of_a_fork(world: Seeded, speak: Speak) -> None:
    fork = world.fork()
    world.install(world.bot, fork.owner)
    inside = world.installations[max(world.installations)]
    theirs = speak(token.mint(world, inside)[0])
    home = f"/repos/{fork.full_name}"
    made = await branch(theirs, "karla", {"a": b"a"}, home)
    assert made.status_code == 201
    bot = speak(token.mint(world, world.installed)[0])
    opened = await pull(bot, f"{fork.owner.login}:karla")
    assert opened.status_code == 201, opened.text
    assert opened.json()["head"]["repo"]["full_name"] == fork.full_name
    assert opened.json()["head"]["label"] == "family-pr-forks:karla"
    listed = await bot.get(f"{FONTS}/pulls?head=family-pr-forks:karla")
    assert len(listed.json()) == 1
    again = await pull(bot, f"{fork.owner.login}:karla")
    assert "already exists for family-pr-forks:karla." in again.text
    assert (await pull(theirs, f"{fork.owner.login}:karla")).status_code == 403
