"""What a person or a bad day does to a served GitHub: merges, faults, messages sent again."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.github import event, hand
from tests.github.call import Trouble
from tests.github.world import World

Action = Callable[[World, Request, dict[str, Any]], Any]


def routes(world: World) -> list[Route]:
    """All below `/-/`; a body is JSON."""

    def route(method: str, path: str, action: Action) -> Route:
        async def endpoint(request: Request) -> Response:
            body = await request.body()
            try:
                with world.lock:
                    answer = action(world, request, json.loads(body or b"{}"))
            except (Trouble, LookupError, TypeError, ValueError) as fault:
                return JSONResponse({"message": str(fault)}, 422)
            return JSONResponse(answer, background=BackgroundTask(world.outbox.flush))

        return Route(f"/-/{path}", endpoint, methods=[method])

    return [
        route("POST", "faults", add_fault),
        route("GET", "faults", faults),
        route("DELETE", "faults", no_faults),
        route("POST", "issues/{owner}/{repo}/{number:int}/{action}", change),
        route("POST", "ping", ping),
        route("POST", "revoke", revoke),
        route("POST", "installation/{action}", installation),
        route("GET", "deliveries", deliveries),
        route("POST", "deliveries/{guid}/again", again),
        route("POST", "clock", clock),
        route("GET", "record", record),
        route("GET", "secrets", secrets),
    ]


def add_fault(world: World, request: Request, body: dict[str, Any]) -> Any:
    """Order a fault: kind, method, path, times, seconds, skip."""
    world.faults.add(**body)
    return faults(world, request, body)


def faults(world: World, request: Request, body: dict[str, Any]) -> Any:
    """What still waits, and what happened."""
    return {"waiting": [vars(f) for f in world.faults.waiting], "happened": world.faults.happened}


def no_faults(world: World, request: Request, body: dict[str, Any]) -> Any:
    """No more faults."""
    world.faults.waiting.clear()
    return {}


def change(world: World, request: Request, body: dict[str, Any]) -> Any:
    """merge, close or reopen an issue or pull request as `login` (default: its author)."""
    owner, repo = request.path_params["owner"], request.path_params["repo"]
    action, number = request.path_params["action"], request.path_params["number"]
    issue = hand.change(world, f"{owner}/{repo}", number, action, body.get("login"))
    return {"number": issue.number, "state": issue.state}


def ping(world: World, request: Request, body: dict[str, Any]) -> Any:
    """Ping every App's webhook."""
    for app in world.apps.values():
        event.ping(world, app)
    return {}


def revoke(world: World, request: Request, body: dict[str, Any]) -> Any:
    """`login` takes back what they granted to every App."""
    hand.revoke(world, body["login"])
    return {}


def installation(world: World, request: Request, body: dict[str, Any]) -> Any:
    """suspend, unsuspend or deleted, for the installation `id` (default: all)."""
    action = request.path_params["action"]
    for found in list(world.installations.values()):
        if body.get("id") in {None, found.id}:
            hand.installation(world, found, action)
    return {}


def deliveries(world: World, request: Request, body: dict[str, Any]) -> Any:
    """Every message that was written."""
    return [
        {"guid": d.guid, "event": d.event, "action": d.action, "status": d.status}
        for d in world.outbox.deliveries
    ]


def again(world: World, request: Request, body: dict[str, Any]) -> Any:
    """Send a message again, under the same GUID."""
    guid = request.path_params["guid"]
    found = next(d for d in world.outbox.deliveries if d.guid == guid)
    world.outbox.again(found, world.next_id(), world.now())
    return {}


def clock(world: World, request: Request, body: dict[str, Any]) -> Any:
    """Let `seconds` pass."""
    world.ahead += timedelta(seconds=body["seconds"])
    return {"now": world.now().isoformat()}


def record(world: World, request: Request, body: dict[str, Any]) -> Any:
    """Which operations were used, and what was not as described."""
    return {"operations": world.record.table(), "violations": world.record.violations}


def secrets(world: World, request: Request, body: dict[str, Any]) -> Any:
    """All that nobody else may know: whoever tries this one looks for them afterwards."""
    apps = world.apps.values()
    keys = [s for app in apps for s in (app.client_secret, app.webhook_secret, app.private_key)]
    return [*filter(None, keys), *dict.fromkeys(world.handed_out)]
