"""Apps: who they are, where they are installed, the tokens they get, what they were told."""

from __future__ import annotations

from tests.github import token
from tests.github.actor import LEVELS
from tests.github.call import Answer, Call, Trouble, invalid, not_found, paged
from tests.github.outbox import Delivery
from tests.github.registration import App, Installation
from tests.github.sample import Shown, stamp
from tests.github.view_installation import app as shown_app
from tests.github.view_installation import shown
from tests.github.view_repository import shown as shown_repository


def _app(call: Call) -> App:
    assert call.actor.app
    return call.actor.app


def get_app(call: Call) -> Answer:
    """GET /app."""
    return Answer(shown_app(call.world, _app(call)))


def get_list(call: Call) -> Answer:
    """GET /app/installations."""
    mine = [i for i in call.world.installations.values() if i.app is _app(call)]
    return paged(call, [shown(call.world, i) for i in mine])


def _find(call: Call) -> Installation:
    number = call.params["installation_id"]
    found = call.world.installations.get(int(number) if number.isdecimal() else 0)
    if found is None or found.app is not _app(call):
        raise not_found()
    return found


def get(call: Call) -> Answer:
    """GET /app/installations/{installation_id}."""
    return Answer(shown(call.world, _find(call)))


def of_repository(call: Call) -> Answer:
    """GET /repos/{owner}/{repo}/installation."""
    owner, name = call.params["owner_"], call.params["repo_"]
    repository = call.world.find_repository(owner, name)
    if repository is None and (moved := call.world.moved.get(f"{owner}/{name}".lower())):
        target = f"{call.world.url}/repositories/{moved}/installation"
        raise Trouble(301, "Moved Permanently", headers={"Location": target})
    found = repository and call.world.installation_for(_app(call), repository)
    if not found:
        raise not_found()
    return Answer(shown(call.world, found))


def of_organization(call: Call) -> Answer:
    """GET /orgs/{org}/installation."""
    account = call.world.find_account(call.params["org"])
    mine = (i for i in call.world.installations.values() if i.app is _app(call))
    found = next((i for i in mine if i.account is account), None)
    if found is None:
        raise not_found()
    return Answer(shown(call.world, found))


def create_token(call: Call) -> Answer:
    """POST /app/installations/{installation_id}/access_tokens: never more than was granted."""
    found, world = _find(call), call.world
    if found.suspended_at:
        raise Trouble(403, "This installation has been suspended")
    permissions = dict(call.body.get("permissions") or found.permissions)
    for name, level in permissions.items():
        held = found.permissions.get(name, "read" if name == "metadata" else "none")
        if LEVELS.index(level) > LEVELS.index(held):
            raise Trouble(
                422,
                "The permissions requested are not granted to this installation.",
            )
    chosen = _chosen(call, found)
    value, expires = token.mint(world, found, permissions, chosen)
    known: Shown = {"token": value, "expires_at": stamp(expires), "permissions": permissions}
    known["repository_selection"] = "all" if chosen is None else "selected"
    if chosen is not None:
        given = [world.repositories[number] for number in sorted(chosen)]
        known["repositories"] = [shown_repository(world, r) for r in given]
    return Answer(known, 201)


def _chosen(call: Call, found: Installation) -> set[int] | None:
    names, numbers = call.body.get("repositories"), call.body.get("repository_ids")
    if names is None and numbers is None:
        return found.repositories
    mine = {r.id: r for r in call.world.repositories.values() if call.world.covers(found, r)}
    wanted = set(numbers or ())
    by_name = {r.name.lower(): r.id for r in mine.values()}
    unknown = [name for name in names or () if name.lower() not in by_name]
    wanted |= {by_name[name.lower()] for name in names or () if name.lower() in by_name}
    if unknown or not wanted <= set(mine):
        raise Trouble(
            422,
            "There is at least one repository that does not exist or is not accessible "
            "to the parent installation.",
        )
    return wanted


def revoke(call: Call) -> Answer:
    """DELETE /installation/token: the token that asks ends."""
    call.world.revoked.add(call.headers["authorization"].partition(" ")[2])
    return Answer(None, 204)


def revoke_persons(call: Call) -> Answer:
    """DELETE /applications/{client_id}/token: a person's token ends, by the App that got it."""
    value, app = call.text("Token", "access_token"), _app(call)
    token = call.world.tokens.get(value)
    if app.client_id != call.params["client_id"] or token is None or token.app is not app:
        raise invalid("Token", "access_token", "invalid")
    del call.world.tokens[value]
    return Answer(None, 204)


def deliveries(call: Call) -> Answer:
    """GET /app/hook/deliveries: newest first."""
    mine = [d for d in reversed(call.world.outbox.deliveries) if d.app is _app(call)]
    if wanted := call.query.get("status"):
        mine = [d for d in mine if (200 <= d.status < 300) == (wanted == "success")]
    return paged(call, [_delivery(d) for d in mine])


def _delivery(delivery: Delivery) -> Shown:
    fine = 200 <= delivery.status < 300
    return {
        "id": delivery.id,
        "guid": delivery.guid,
        "delivered_at": stamp(delivery.at),
        "redelivery": delivery.redelivery,
        "duration": 0.1,
        "status": "OK" if fine else "Invalid HTTP Response",
        "status_code": delivery.status,
        "event": delivery.event,
        "action": delivery.action,
        "installation_id": None,
        "repository_id": None,
        "throttled_at": None,
    }


def redeliver(call: Call) -> Answer:
    """POST /app/hook/deliveries/{delivery_id}/attempts: again, under the same GUID."""
    world = call.world
    mine = (d for d in world.outbox.deliveries if d.app is _app(call))
    found = next((d for d in mine if str(d.id) == call.params["delivery_id"]), None)
    if found is None:
        raise not_found()
    world.outbox.again(found, world.next_id(), world.now())
    return Answer({}, 202)
