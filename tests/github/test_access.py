"""Who may do what: tokens, roles, permissions, and what nobody may know of."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from tests.github import token
from tests.github.conftest import Speak
from tests.github.proposal import FONTS
from tests.github.seed import Seeded

PERMISSION = f"{FONTS}/collaborators/{{}}/permission"


async def test_a_wrong_token_is_401_even_for_what_is_public(speak: Speak) -> None:
    for value in ("ghs_1_eyJ.wrong.one", "github_pat_" + "a" * 82, "nonsense"):
        answer = await speak(value).get(FONTS)
        assert (answer.status_code, answer.json()["message"]) == (401, "Bad credentials")
    assert (await speak(None).get(FONTS)).status_code == 200


async def test_installation_tokens_are_long_and_end_after_an_hour(
    world: Seeded, speak: Speak
) -> None:
    app = speak(token.app_jwt(world.bot))
    answer = await app.post(f"/app/installations/{world.installed.id}/access_tokens")
    value = answer.json()["token"]
    assert value.startswith(f"ghs_{world.bot.id}_")
    assert len(value) > 500
    bot = speak(value)
    assert (await bot.get("/installation/repositories")).json()["total_count"] == 2
    world.ahead += timedelta(hours=1)
    assert (await bot.get(FONTS)).status_code == 401


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"iat": 4_000_000_000}, "'iat'"),
        ({"exp": 1}, "'exp'"),
        ({"exp": 4_000_000_000}, "too far in the future"),
        ({"iss": ""}, "could not be decoded"),
    ],
)
async def test_an_app_proves_itself_with_a_fresh_jwt(
    world: Seeded, speak: Speak, claims: dict[str, object], words: str
) -> None:
    assert (await speak(token.app_jwt(world.bot)).get("/app")).status_code == 200
    answer = await speak(token.app_jwt(world.bot, **claims)).get("/app")
    assert answer.status_code == 401
    assert words in answer.json()["message"]


async def test_a_jwt_needs_the_apps_own_key(world: Seeded, speak: Speak) -> None:
    other = world.app("other", world.google)
    forged = token.app_jwt(other, iss=str(world.bot.id))
    assert (await speak(forged).get("/app")).status_code == 401
    assert (
        await speak(token.app_jwt(world.bot)).get(f"{FONTS}/git/ref/heads/main")
    ).status_code == 401
    assert (await speak(token.app_jwt(world.bot)).get(f"{FONTS}/installation")).status_code == 200
    found = world.installed.id
    theirs = await speak(token.app_jwt(other)).post(f"/app/installations/{found}/access_tokens")
    assert theirs.status_code == 404


async def test_a_token_is_never_wider_than_the_installation(world: Seeded, speak: Speak) -> None:
    place = f"/app/installations/{world.installed.id}/access_tokens"
    app = speak(token.app_jwt(world.bot))
    wide = ({"permissions": {"administration": "write"}}, {"repositories": ["karla"]})
    for more in wide:
        assert (await app.post(place, json=more)).status_code == 422
    body = {"permissions": {"issues": "write"}, "repositories": ["fonts"]}
    narrow = speak((await app.post(place, json=body)).json()["token"])
    assert (await narrow.post(f"{FONTS}/issues", json={"title": "T"})).status_code == 201
    blob = await narrow.post(f"{FONTS}/git/blobs", json={"content": "a"})
    assert blob.json()["message"] == "Resource not accessible by integration"
    other = await narrow.post("/repos/google/family-pr/issues", json={"title": "T"})
    assert other.status_code == 403
    world.installed.suspended_at = world.now()
    assert (await narrow.get(FONTS)).status_code == 403


async def test_a_private_repository_is_not_there_for_others(world: Seeded, speak: Speak) -> None:
    world.repository("google/secret", private=True, grace="read")
    place = "/repos/google/secret"
    assert (await speak(None).get(place)).status_code == 404
    assert (await speak(world.token(world.eve)).get(place)).status_code == 404
    assert (await speak(token.mint(world, world.installed)[0]).get(place)).status_code == 404
    assert (await speak(world.token(world.grace)).get(place)).status_code == 200


async def test_a_token_without_the_permission_or_a_person_without_the_role_is_refused(
    world: Seeded, speak: Speak
) -> None:
    body = {"content": "a"}
    for value in (world.token(world.ada), world.token(world.eve, contents="write")):
        answer = await speak(value).post(f"{FONTS}/git/blobs", json=body)
        assert answer.json()["message"] == "Resource not accessible by personal access token"
    able = speak(world.token(world.grace, contents="write"))
    assert (await able.post(f"{FONTS}/git/blobs", json=body)).status_code == 201
    assert (await speak(None).post(f"{FONTS}/git/blobs", json=body)).status_code == 401
    world.fonts.archived = True
    assert (await able.post(f"{FONTS}/git/blobs", json=body)).status_code == 403


async def test_roles_have_their_own_names(
    bot: httpx.AsyncClient, world: Seeded, speak: Speak
) -> None:
    world.fonts.roles[world.kim.id] = "maintain"
    expected = {"ada": "admin", "grace": "write", "kim": "maintain", "eve": "read"}
    for login, role in expected.items():
        shown = (await bot.get(PERMISSION.format(login))).json()
        assert shown["role_name"] == role
        assert shown["permission"] == {"maintain": "write"}.get(role, role)
    assert (await bot.get(PERMISSION.format("nobody"))).status_code == 404
    eve = speak(world.token(world.eve))
    assert (await eve.get(PERMISSION.format("ada"))).status_code == 403
    assert (await speak(None).get(PERMISSION.format("ada"))).status_code == 401


async def test_teams_know_their_members(bot: httpx.AsyncClient, world: Seeded) -> None:
    place = "/orgs/google/teams/engineers/memberships/{}"
    assert (await bot.get(place.format("ada"))).json()["state"] == "active"
    assert (await bot.get(place.format("eve"))).status_code == 404
    world.engineers.invited.add(world.eve.id)
    assert (await bot.get(place.format("eve"))).json()["state"] == "pending"


async def test_people_have_numbers(world: Seeded, speak: Speak) -> None:
    me = (await speak(world.token(world.ada)).get("/user")).json()
    assert (me["id"], me["login"]) == (world.ada.id, "ada")
    assert (await speak(None).get(f"/user/{me['id']}")).json()["login"] == "ada"
    assert (await speak(None).get("/users/Ada")).json()["id"] == me["id"]
    assert (await speak(None).get("/user")).status_code == 401
    assert (await speak(token.mint(world, world.installed)[0]).get("/user")).status_code == 403


async def test_a_renamed_repository_leads_on(world: Seeded, bot: httpx.AsyncClient) -> None:
    world.rename(world.fonts, "typefaces")
    moved = await bot.get(FONTS)
    assert moved.status_code == 301
    assert moved.headers["location"] == f"{world.url}/repositories/{world.fonts.id}"
    followed = await bot.get(FONTS, follow_redirects=True)
    assert followed.json()["full_name"] == "google/typefaces"
    inside = await bot.get(f"{FONTS}/git/ref/heads/main", follow_redirects=True)
    assert inside.json()["ref"] == "refs/heads/main"
    assert (await bot.post(f"{FONTS}/issues", json={"title": "T"})).status_code == 307


async def test_requests_say_who_they_are_and_which_version(speak: Speak) -> None:
    client = speak(None)
    assert (await client.get(FONTS, headers={"User-Agent": ""})).status_code == 403
    old = await client.get(FONTS, headers={"X-GitHub-Api-Version": "2000-01-01"})
    assert old.status_code == 400


async def test_everything_is_also_at_an_enterprise_servers_address(speak: Speak) -> None:
    assert (await speak(None).get(f"/api/v3{FONTS}")).status_code == 200
