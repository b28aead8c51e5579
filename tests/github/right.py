"""Which repository a request means, and whether who asks may do that there."""

from __future__ import annotations

from starlette.requests import Request

from tests.github.actor import Actor
from tests.github.call import Trouble, not_found
from tests.github.repository import Repository
from tests.github.world import World

ROLES = {"contents": "write", "statuses": "write", "issues": "read", "pull_requests": "read"}
"""What a person needs beside the token's permission to write; areas look closer themselves."""


def repository(
    world: World, actor: Actor, request: Request, params: dict[str, str]
) -> Repository | None:
    """The repository in the address; 404 where there is none for this one, 301 where it moved."""
    if "owner" not in params:
        return None
    found = world.find_repository(params["owner"], params["repo"])
    if found is None:
        number = world.moved.get(f"{params['owner']}/{params['repo']}".lower())
        found = world.repositories.get(number or 0)
        if found and actor.sees(found):
            raise _moved(world, found, request)
    if found is None or not actor.sees(found):
        raise not_found()
    return found


def _moved(world: World, found: Repository, request: Request) -> Trouble:
    rest = "/".join(request.url.path.split("/")[4:])
    target = f"{world.url}/repositories/{found.id}" + (f"/{rest}" if rest else "")
    if request.url.query:
        target += f"?{request.url.query}"
    trouble = Trouble(
        301 if request.method in {"GET", "HEAD"} else 307,
        "Moved Permanently" if request.method in {"GET", "HEAD"} else "Temporary Redirect",
        headers={"Location": target},
    )
    trouble.body["url"] = target
    return trouble


def check(actor: Actor, found: Repository | None, needs: str) -> None:
    """401, 403 or 404 unless `needs` is met.

    `free` and `public`: nothing. `app`: an App's JWT. `client`: its id and secret.
    `signed-in`: any token. `installation`: an installation's token. Else `permission:level`,
    several divided by `|`.
    """
    if needs in {"free", "public"}:
        return
    if needs in {"app", "client"}:
        if actor.kind != needs:
            undecoded = Trouble(401, "A JSON web token could not be decoded")
            raise undecoded if needs == "app" else not_found()
        return
    if actor.kind in {"app", "client"}:
        raise Trouble(401, "Bad credentials")
    wanted = [need.split(":") for need in needs.split("|")]
    reading = all(level == "read" for _, *rest in wanted for level in rest)
    if reading and found and not found.private:
        return
    if actor.kind == "anonymous":
        raise Trouble(401, "Requires authentication")
    if needs == "signed-in":
        return
    if needs == "installation":
        if actor.kind != "installation":
            raise Trouble(403, "You must authenticate with an installation access token")
        return
    if found:
        _check_repository(actor, found, [(name, level) for name, level in wanted])
    elif not any(actor.holds(name, level) for name, level in wanted):
        raise refused(actor)


def _check_repository(actor: Actor, found: Repository, wanted: list[tuple[str, str]]) -> None:
    writing = any(level != "read" for _, level in wanted)
    if found.archived and writing:
        raise Trouble(403, "Repository was archived so is read-only.")
    if not any(actor.holds(name, level) for name, level in wanted) or not actor.given(found):
        raise refused(actor)
    role = ROLES.get(wanted[0][0], "admin") if writing else "read"
    if actor.kind == "user" and not found.may(actor.account, role):
        if actor.permissions is None:  # GitHub does not tell such a token what it lacks
            raise not_found()
        raise refused(actor)


def refused(actor: Actor) -> Trouble:
    """403 in the words that fit the kind of token."""
    kinds = {"installation": "integration", "user": "personal access token"}
    return Trouble(403, f"Resource not accessible by {kinds.get(actor.kind, 'integration')}")
