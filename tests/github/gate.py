"""What every request of the API passes: who asks, limits, rights, faults, and the headers back."""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from tests.github import right, token
from tests.github.actor import Actor
from tests.github.call import Answer, Call, Trouble, not_found
from tests.github.fault import Fault
from tests.github.plumbing import GitFault
from tests.github.world import World

Handler = Callable[[Call], Answer]
VERSIONS = ("2022-11-28", "2026-03-10")


class Cut(Exception):  # noqa: N818  it is what happens: the connection is cut
    """The connection ends without an answer."""


@dataclass(frozen=True)
class Gate:
    """One route: its handler, and the right that it needs (`contents:write`, see right.py)."""

    world: World
    handler: Handler
    needs: str

    async def __call__(self, request: Request) -> Response:
        """Answer the request as GitHub does, or as it does on a bad day."""
        body = await request.body()
        path = request.url.path
        fault = self.world.faults.next(request.method, path)
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        with self.world.lock:
            response = self._response(request, body, fault)
        if fault and fault.kind == "after":
            response = _json(Answer({"message": "Server Error"}, 502))
        if fault and fault.kind == "cut":
            await self.world.outbox.flush()
            raise Cut(path)
        response.background = BackgroundTask(self.world.outbox.flush)
        return response

    def _response(self, request: Request, body: bytes, fault: Fault | None) -> Response:
        actor = Actor()
        try:
            _out_of_order(fault, self.world)
            _check_headers(request)
            actor = token.actor(self.world, request.headers.get("authorization"))
            self._count(actor, request)
            answer = self.handler(self._call(request, actor, body))
        except Trouble as trouble:
            answer = Answer(trouble.body, trouble.status, trouble.headers)
        except GitFault as git:
            answer = Answer(Trouble(422, f"Git says: {git}").body, 422)
        response = _conditional(request, _json(answer))
        if response.status_code == 304 and actor.kind != "anonymous":
            self.world.limits.window(actor.key, self.world.now()).used -= 1
        limits = self.world.limits.headers(actor.key, self.world.now())
        for name, value in {**limits, "X-GitHub-Request-Id": _request_id()}.items():
            response.headers.setdefault(name, value)
        response.headers["X-GitHub-Media-Type"] = "github.v3; format=json"
        return response

    def _count(self, actor: Actor, request: Request) -> None:
        now = self.world.now()
        limits = self.world.limits
        if self.needs == "free":
            return
        if limits.exhausted(actor.key, now):
            who = f"for {actor.key}" if actor.account else "for your address"
            raise Trouble(403, f"API rate limit exceeded {who}.")
        limits.window(actor.key, now).used += 1
        wait = limits.too_quick(actor.key, now) if request.method == "POST" else 0
        if wait:
            raise secondary(wait)

    def _call(self, request: Request, actor: Actor, body: bytes) -> Call:
        params = dict(request.path_params)
        repository = right.repository(self.world, actor, request, params)
        right.check(actor, repository, self.needs)
        return Call(
            self.world,
            actor,
            request.method,
            request.url.path,
            params,
            dict(request.query_params),
            _parsed(body),
            request.headers,
            repository,
        )


def secondary(seconds: int) -> Trouble:
    """403 of the secondary rate limit."""
    return Trouble(
        403,
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
        headers={"Retry-After": str(seconds)},
    )


def _out_of_order(fault: Fault | None, world: World) -> None:
    """Refuse before anything is done, where such a fault was ordered."""
    kind = fault.kind if fault else ""
    seconds = max(1, int(fault.seconds)) if fault else 0
    if kind == "before":
        raise Trouble(502, "Server Error")
    if kind == "retry-after":
        raise Trouble(503, "Service Unavailable", headers={"Retry-After": str(seconds)})
    if kind == "secondary":
        raise secondary(seconds)
    if kind == "suspended":
        raise Trouble(403, "Sorry. Your account was suspended.")
    if kind == "primary":
        reset = str(int(world.now().timestamp()) + seconds)
        gone = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}
        raise Trouble(403, "API rate limit exceeded for installation.", headers=gone)


def _check_headers(request: Request) -> None:
    if not request.headers.get("user-agent"):
        raise Trouble(403, "Request forbidden by administrative rules.")
    version = request.headers.get("x-github-api-version", VERSIONS[0])
    if version not in VERSIONS:
        raise Trouble(400, f"{version} is not a supported version of the API.")


def _parsed(body: bytes) -> Any:
    if not body:
        return {}
    try:
        return json.loads(body)
    except ValueError:
        raise Trouble(400, "Problems parsing JSON") from None


def _json(answer: Answer) -> Response:
    content = b"" if answer.body is None else json.dumps(answer.body).encode()
    media = "application/json; charset=utf-8" if content else None
    return Response(content, answer.status, dict(answer.headers), media)


def _conditional(request: Request, response: Response) -> Response:
    """304 where the reader has this very answer already."""
    if request.method not in {"GET", "HEAD"} or response.status_code != 200:
        return response
    tag = f'W/"{hashlib.sha256(bytes(response.body)).hexdigest()}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, max-age=60, s-maxage=60"
    response.headers["Vary"] = "Accept, Authorization"
    return response


def _request_id() -> str:
    return ":".join(secrets.token_hex(n).upper() for n in (2, 3, 3, 3, 4))


async def nothing(request: Request) -> Response:
    """What addresses that GitHub does not have answer."""
    return _json(Answer(not_found().body, 404))
