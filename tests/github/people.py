"""People and organizations: who somebody is, their teams, what they may do in a repository."""

from __future__ import annotations

import json
from functools import cache

from tests.github.account import Account, Team
from tests.github.call import Answer, Call, Trouble, not_found, paged
from tests.github.repository import ROLES
from tests.github.right import refused
from tests.github.sample import Shown, node, part, sample
from tests.github.world import World

FOLDED = {"maintain": "write", "triage": "read"}
"""`permission` knows four roles only; `role_name` knows them all."""


def simple(world: World, account: Account) -> Shown:
    """Somebody, as other answers mention them."""
    text = _simple().replace("https://api.github.com", world.url)
    text = text.replace("https://github.com", world.url).replace("octocat", account.login)
    own = {"login": account.login, "id": account.id, "node_id": node("U", account.id)}
    return {**json.loads(text), **own, "type": account.kind}


@cache
def _simple() -> str:
    operation = "repos/get-collaborator-permission-level"
    return json.dumps(part(operation, 200, "user", "simple-user"))


def _profile(world: World, account: Account, operation: str) -> Shown:
    known = simple(world, account) | {"name": account.name, "email": account.email}
    known |= {"bio": None, "blog": "", "company": None, "location": None, "hireable": None}
    return sample(operation, 200, world.url, known)


def me(call: Call) -> Answer:
    """GET /user: only a person's token has an answer."""
    if call.actor.kind != "user":
        raise refused(call.actor)
    return Answer(_profile(call.world, call.actor.who, "users/get-authenticated"))


def by_login(call: Call) -> Answer:
    """GET /users/{username}."""
    return Answer(_profile(call.world, _somebody(call), "users/get-by-username"))


def by_id(call: Call) -> Answer:
    """GET /user/{account_id}."""
    number = call.params["account_id"]
    account = call.world.accounts.get(int(number) if number.isdecimal() else 0)
    if account is None:
        raise not_found()
    return Answer(_profile(call.world, account, "users/get-by-id"))


def _somebody(call: Call) -> Account:
    account = call.world.find_account(call.params["username"])
    if account is None:
        raise not_found()
    return account


def permission(call: Call) -> Answer:
    """GET …/collaborators/{username}/permission: only for those who may push there."""
    actor = call.actor
    if actor.kind == "anonymous":
        raise Trouble(401, "Requires authentication")
    pushes = actor.kind == "user" and call.repository.may(actor.account, "write")
    if not actor.given(call.repository) or not (pushes or actor.kind == "installation"):
        raise Trouble(403, "Must have push access to view collaborator permission.")
    account = _somebody(call)
    role = call.repository.role(account)
    operation = "repos/get-collaborator-permission-level"
    user = simple(call.world, account) | {"role_name": role, "permissions": rights(role)}
    known = {"permission": FOLDED.get(role, role), "role_name": role, "user": user}
    return Answer(sample(operation, 200, call.world.url, known))


def rights(role: str) -> dict[str, bool]:
    """The role as the five answers yes and no that repositories carry."""
    names = {"pull": "read", "triage": "triage", "push": "write"}
    names |= {"maintain": "maintain", "admin": "admin"}
    return {name: ROLES.index(role) >= ROLES.index(needed) for name, needed in names.items()}


def membership(call: Call) -> Answer:
    """GET /orgs/{org}/teams/{team_slug}/memberships/{username}."""
    team = _team(call)
    account = _somebody(call)
    invited = account.id in team.invited
    if not invited and account.id not in team.members:
        raise not_found()
    place = f"{call.world.url}/teams/{team.id}/memberships/{account.login}"
    role = team.members.get(account.id, "member")
    return Answer({"url": place, "role": role, "state": "pending" if invited else "active"})


def members(call: Call) -> Answer:
    """GET /orgs/{org}/teams/{team_slug}/members: without those who were only invited."""
    team = _team(call)
    role = call.query.get("role", "all")
    found = [
        simple(call.world, call.world.accounts[id])
        for id, held in team.members.items()
        if id not in team.invited and role in {"all", held}
    ]
    return paged(call, found)


def _team(call: Call) -> Team:
    """The team in the address; an installation elsewhere does not know of it."""
    team = next((t for t in call.world.teams if t.slug == call.params["team_slug"]), None)
    if team is None or team.organization.login.lower() != call.params["org"].lower():
        raise not_found()
    installation = call.actor.installation
    if installation and installation.account is not team.organization:
        raise not_found()
    return team
