"""Looks for secrets where none may be: Temporal, pages, logs, the store, the whole state folder."""

from __future__ import annotations

import base64
import re
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path

from google.protobuf.json_format import MessageToJson
from temporalio.api.workflowservice.v1 import ListNamespacesRequest
from temporalio.client import Client

from local.person import Person

SHAPES = re.compile(
    rb"gh[opsur]_[A-Za-z0-9._-]{36,}|github_pat_[A-Za-z0-9_]{22,}"
    rb"|eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}"
)
"""What GitHub's tokens and an App's signed claims look like, whoever they belong to."""

SHORTEST = 16
"""Characters; shorter words are found by accident."""

Place = tuple[str, bytes]


class Needles:
    """Secrets in all forms in which they could be written down."""

    def __init__(self, secrets: Iterable[str]) -> None:
        words = {line for secret in secrets for line in secret.splitlines() if "-----" not in line}
        plain = {word.strip().encode() for word in words if len(word.strip()) >= SHORTEST}
        self.number = len(plain)
        self._forms = [form for word in plain for form in _forms(word)]

    def found_in(self, content: bytes) -> bool:
        """Whether one of them, or anything of their shape, is in there."""
        return any(form in content for form in self._forms) or bool(SHAPES.search(content))


def _forms(word: bytes) -> Iterator[bytes]:
    """As it is, and within base64, which begins in three ways."""
    word = word[-48:]  # the end of a token is a signature: enough to know it by
    yield word
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + word)
        yield coded[4 if before else 0 : -4]


async def leaks(needles: Needles, places: AsyncIterator[Place]) -> tuple[int, list[str]]:
    """How many places were looked at, and the names of those that hold a secret."""
    number, found = 0, []
    async for name, content in places:
        number += 1
        if needles.found_in(content):
            found.append(name)
    return number, found


async def histories(client: Client) -> AsyncIterator[Place]:
    """Every event of every workflow in every namespace: as JSON, and with payloads as they are."""
    listed = await client.workflow_service.list_namespaces(ListNamespacesRequest(page_size=100))
    for namespace in (described.namespace_info.name for described in listed.namespaces):
        there = Client(client.service_client, namespace=namespace)
        async for run in there.list_workflows():
            handle = there.get_workflow_handle(run.id, run_id=run.run_id)
            async for event in handle.fetch_history_events():
                name = f"{namespace} {run.id} event {event.event_id}"
                yield name, MessageToJson(event).encode()
                yield f"{name}, its payloads", event.SerializeToString()


async def pages(person: Person) -> AsyncIterator[Place]:
    """The board, every process and every page that leads on, as HTML and as JSON."""
    rows = (await person.get("/"))["rows"]
    processes = [f"/processes/{row['workflow_id'].partition('/')[2]}/{row['run']}" for row in rows]
    for path in ("/", "/new", "/sign-in", "/forge/pulls", "/forge/issues", *processes):
        for kind in ("text/html", "application/json"):
            yield f"page {path} as {kind}", await person.read(path, kind)


async def files(folder: Path) -> AsyncIterator[Place]:
    """Every file below a folder: logs, Temporal's database, the store, sessions, keys."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield str(path.relative_to(folder)), path.read_bytes()
