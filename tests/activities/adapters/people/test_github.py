"""Roles as GitHub knows them: ids decide, silence gives none, acting asks anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from activities.adapters.people.github import SAID, GitHubPeople
from activities.adapters.people.memory import GIVEN_UP, KEPT
from activities.adapters.people.port import Unanswered
from tests.activities.adapters.people.conftest import KARLA, Clock, actor
from tests.github.seed import Seeded
from workflows.domain.actor import DESIGNER, ENGINEER

Named = Callable[..., None]


def upstream(world: Seeded, name: str = KARLA) -> str:
    return f"{world.url}/{name}"


async def test_the_teams_members_are_engineers_and_nobody_else(
    people: GitHubPeople, world: Seeded
) -> None:
    assert await people.roles(actor(world.ada)) == (ENGINEER,)
    assert await people.roles(actor(world.eve)) == ()
    assert {one.login for one in await people.engineers()} == {"ada", "grace"}


async def test_the_names_that_the_settings_have_by_default_are_strangers_here(
    people: GitHubPeople, world: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.engineers.members.clear()
    assert await people.engineers() == ()
    assert await people.roles(actor(world.grace), fresh=True) == ()


async def test_who_was_only_invited_is_no_engineer(people: GitHubPeople, world: Seeded) -> None:
    world.engineers.members[world.eve.id] = "member"
    world.engineers.invited.add(world.eve.id)
    assert await people.roles(actor(world.eve)) == ()


@pytest.mark.parametrize(
    ("role", "held"),
    [
        ("admin", (DESIGNER,)),
        ("maintain", (DESIGNER,)),
        ("write", (DESIGNER,)),
        ("triage", ()),
        ("read", ()),
        ("none", ()),
    ],
)
async def test_a_designer_may_write_upstream(
    people: GitHubPeople, world: Seeded, role: str, held: tuple[str, ...]
) -> None:
    world.karla.roles[world.kim.id] = role
    assert await people.roles(actor(world.kim), upstream(world)) == held
    assert await people.roles(actor(world.kim)) == ()


async def test_an_upstream_that_we_may_not_ask_about_makes_no_designer(
    people: GitHubPeople, world: Seeded
) -> None:
    elsewhere = world.repository("somebody/fonts", kim="admin")
    for address in (upstream(world, elsewhere.full_name), "https://example.org/a/b", "", "/srv/a"):
        assert await people.roles(actor(world.kim), address, fresh=True) == ()


async def test_whoever_takes_over_a_login_gets_no_role_with_it(
    people: GitHubPeople, world: Seeded, named: Named
) -> None:
    named("ada")
    assert await people.roles(actor(world.ada)) == (ENGINEER,)
    world.ada.login = "ada-lovelace"
    impostor = world.account("ada")
    assert await people.roles(actor(impostor), fresh=True) == ()
    assert await people.roles(actor(world.ada), fresh=True) == (ENGINEER,)
    world.kim.login = "kim-old"
    other = world.account("kim")
    world.karla.roles[other.id] = "write"
    renamed = actor(world.kim)
    late = type(renamed)("kim", renamed.id)
    assert await people.roles(late, upstream(world), fresh=True) == ()


async def test_an_engineer_may_be_named_by_id(
    people: GitHubPeople, world: Seeded, named: Named
) -> None:
    named(f"eve:{world.eve.id}", "nobody-has-this-name")
    assert [one.id for one in await people.engineers()] == [world.eve.id]
    assert await people.roles(actor(world.eve)) == (ENGINEER,)


async def test_pages_remember_for_a_while_and_acting_does_not(
    people: GitHubPeople, world: Seeded, clock: Clock
) -> None:
    assert await people.roles(actor(world.grace)) == (ENGINEER,)
    del world.engineers.members[world.grace.id]
    clock.now += KEPT - 1
    assert await people.roles(actor(world.grace)) == (ENGINEER,)
    assert await people.roles(actor(world.grace), fresh=True) == ()
    world.engineers.members[world.grace.id] = "member"
    assert await people.roles(actor(world.grace)) == ()
    clock.now += KEPT
    assert await people.roles(actor(world.grace)) == (ENGINEER,)


async def test_where_github_is_silent_nobody_has_a_role_and_who_acts_is_told(
    people: GitHubPeople, world: Seeded, clock: Clock
) -> None:
    world.faults.add("before", "GET", "/teams/", times=2)
    assert await people.roles(actor(world.ada)) == ()
    assert await people.roles(actor(world.ada)) == (), "a page does not ask again at once"
    assert len(world.faults.waiting) == 1
    with pytest.raises(Unanswered, match=SAID[:20]):
        await people.roles(actor(world.ada), fresh=True)
    clock.now += GIVEN_UP
    assert await people.roles(actor(world.ada)) == (ENGINEER,)


async def test_a_team_that_is_not_shown_to_us_makes_no_engineer(
    people: GitHubPeople, world: Seeded, named: Named
) -> None:
    named(team="google/nobodies")
    assert await people.roles(actor(world.ada)) == ()
    with pytest.raises(Unanswered):
        await people.engineers()


async def test_somebody_without_an_id_is_nobody(people: GitHubPeople, world: Seeded) -> None:
    assert await people.roles(type(actor(world.ada))("ada")) == ()
