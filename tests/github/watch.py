"""Holds what a served app is asked and what it answers against GitHub's description."""

from __future__ import annotations

import json
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.github import description
from tests.github.openapi import Operation
from tests.github.world import World

CHECKED = b"x-described"
"""The header that says so: whoever counts operations counts this one no more."""


@dataclass(frozen=True)
class Watched:
    """An ASGI app that answers 599 where GitHub's description is not met, and records it."""

    app: ASGIApp
    world: World

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, if GitHub knows such requests."""
        if scope["type"] != "http" or not description.described(scope["path"]):
            await self.app(scope, receive, send)
            return
        body = await _body(receive)
        target = (scope.get("raw_path") or scope["path"].encode()).decode()
        target += f"?{scope['query_string'].decode()}" if scope["query_string"] else ""
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        try:
            operation = description.check_request(scope["method"], target, headers, body)
        except description.Violation as violation:
            await self._refuse(send, str(violation))
            return
        answer = _Answer(self, send, operation, target)
        await self.app(scope, _again(body, receive), answer)

    async def _refuse(self, send: Send, why: str) -> None:
        self.world.record.violation(why)
        content = json.dumps({"message": why}).encode()
        head = [(b"content-type", b"application/json"), (CHECKED, b"no")]
        status = description.VIOLATION
        await send({"type": "http.response.start", "status": status, "headers": head})
        await send({"type": "http.response.body", "body": content})


async def _body(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """The body once more; after it whatever the server has to say."""
    waiting = [body]

    async def replay() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return replay


@dataclass
class _Answer:
    """Takes an answer whole, checks it, sends it."""

    watched: Watched
    send: Send
    operation: Operation
    target: str
    start: Message | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
            return
        assert self.start and not message.get("more_body"), "answers come in one piece"
        status = self.start["status"]
        headers = {name.decode(): value.decode() for name, value in self.start["headers"]}
        body = message.get("body", b"")
        try:
            description.check_response(self.operation, self.target, status, headers, body)
        except description.Violation as violation:
            await self.watched._refuse(self.send, str(violation))
            return
        operation, record = self.operation, self.watched.world.record
        record.used(operation.id, operation.method, operation.template, status)
        self.start["headers"] = [*self.start["headers"], (CHECKED, b"yes")]
        await self.send(self.start)
        await self.send(message)
