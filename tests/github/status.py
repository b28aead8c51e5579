"""Commit statuses: what somebody says about a commit, and all of it together."""

from __future__ import annotations

from tests.github.call import Answer, Call, Trouble, invalid, not_found, paged
from tests.github.git_data import SHA
from tests.github.people import simple
from tests.github.repository import Status
from tests.github.sample import Shown, node, sample, stamp
from tests.github.view_repository import shown as shown_repository

MOST = 1000  # of one commit and context
DESCRIPTION_LIMIT = 140


def create(call: Call) -> Answer:
    """POST …/statuses/{sha}."""
    home, sha, body = call.repository, call.params["sha"], call.body
    if not SHA.fullmatch(sha) or home.git.type_of(sha) != "commit":
        raise Trouble(422, f"No commit found for SHA: {sha}")
    if len(body.get("description") or "") > DESCRIPTION_LIMIT:
        long = f"description is too long (maximum is {DESCRIPTION_LIMIT} characters)"
        raise invalid("Status", "description", "custom", long)
    target = body.get("target_url")
    if target and not target.startswith(("http://", "https://")):
        raise invalid("Status", "target_url", "custom", "target_url must use http(s) scheme")
    context = body.get("context", "default")
    if sum(s.sha == sha and s.context == context for s in home.statuses) >= MOST:
        long = "This SHA and context has reached the maximum number of statuses."
        raise invalid("Status", "context", "custom", long)
    made = Status(
        call.world.next_id(),
        sha,
        body["state"],
        context,
        body.get("description"),
        target,
        call.actor.who,
        call.world.now(),
    )
    home.statuses.append(made)
    return Answer(_shown(call, made), 201)


def _shown(call: Call, status: Status) -> Shown:
    known = _simple(call, status) | {"creator": simple(call.world, status.creator)}
    return sample("repos/create-commit-status", 201, call.world.url, known)


def _simple(call: Call, status: Status) -> Shown:
    return {
        "url": f"{call.api}/statuses/{status.sha}",
        "avatar_url": f"{call.world.url}/{status.creator.login}.png",
        "id": status.id,
        "node_id": node("SC", status.id),
        "state": status.state,
        "description": status.description,
        "target_url": status.target_url,
        "context": status.context,
        "created_at": stamp(status.at),
        "updated_at": stamp(status.at),
    }


def _of(call: Call) -> tuple[str, list[Status]]:
    """The commit in the address, and its statuses, newest first."""
    sha = call.repository.git.resolve(call.params["ref"])
    if sha is None:
        raise not_found()
    return sha, [s for s in reversed(call.repository.statuses) if s.sha == sha]


def get_list(call: Call) -> Answer:
    """GET …/commits/{ref}/statuses: all that was ever said."""
    return paged(call, [_shown(call, status) for status in _of(call)[1]])


def combined(call: Call) -> Answer:
    """GET …/commits/{ref}/status: the latest of each context, and the worst of them."""
    sha, found = _of(call)
    latest: dict[str, Status] = {}
    for status in found:
        latest.setdefault(status.context, status)
    states = {status.state for status in latest.values()}
    if states & {"failure", "error"}:
        state = "failure"
    else:
        state = "success" if states == {"success"} else "pending"
    known = {
        "state": state,
        "sha": sha,
        "total_count": len(latest),
        "statuses": [_simple(call, status) for status in latest.values()],
        "repository": shown_repository(call.world, call.repository),
        "commit_url": f"{call.api}/commits/{sha}",
        "url": f"{call.api}/commits/{sha}/status",
    }
    return Answer(sample("repos/get-combined-status-for-ref", 200, call.world.url, known))
