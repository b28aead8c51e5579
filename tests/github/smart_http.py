"""git over HTTP: clone, fetch and push with the same tokens as the API."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import Mapping

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.github import event, token
from tests.github.call import Trouble
from tests.github.repository import Repository
from tests.github.world import World

SERVICES = ("info/refs", "git-upload-pack", "git-receive-pack")


def routes(world: World) -> list[Route]:
    """A repository's address with and without `.git`."""

    async def serve(request: Request) -> Response:
        body = await request.body()  # git sends long pushes in pieces, without their length
        try:
            repository = _admitted(world, request)
        except Trouble as trouble:
            ask = {"WWW-Authenticate": 'Basic realm="GitHub"'} if trouble.status == 401 else {}
            return Response(trouble.body["message"], trouble.status, ask)
        before = {name: sha for name, _, sha in repository.git.refs("refs/heads/")}
        response = await asyncio.to_thread(_backend, repository, request, body)
        if _service(request) == "git-receive-pack":
            _follow(world, repository, before)
            response.background = BackgroundTask(world.outbox.flush)
        return response

    return [
        Route(f"/{{owner}}/{{repo}}/{service}", serve, methods=["GET", "POST"])
        for service in SERVICES
    ]


def _service(request: Request) -> str:
    return "/".join(request.url.path.split("/")[3:])


def _admitted(world: World, request: Request) -> Repository:
    """The repository, where who asks may read it, or write it for a push."""
    service = request.query_params.get("service") or _service(request)
    actor = token.actor(world, request.headers.get("authorization"))
    found = world.find_repository(request.path_params["owner"], request.path_params["repo"])
    if found is None or not actor.sees(found):
        # Without a token, git is asked for one; GitHub does not tell whether there is such a one.
        status = 401 if actor.kind == "anonymous" else 404
        raise Trouble(status, "Repository not found.")
    if service == "git-receive-pack":
        if actor.kind == "anonymous":
            raise Trouble(401, "Requires authentication")
        if not actor.pushes(found):
            who = actor.account.login if actor.account else "you"
            raise Trouble(403, f"Permission to {found.full_name}.git denied to {who}.")
    return found


def _backend(repository: Repository, request: Request, body: bytes) -> Response:
    path = repository.git.path
    done = subprocess.run(
        ["git", "http-backend"],
        input=body,
        capture_output=True,
        check=False,
        env={
            "PATH": os.environ.get("PATH", os.defpath),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_PROJECT_ROOT": str(path.parent),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": f"/{path.name}/{_service(request)}",
            "QUERY_STRING": request.url.query,
            "REQUEST_METHOD": request.method,
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_USER": "git",
            **_passed_on(request.headers),
        },
    )
    head, _, content = done.stdout.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line)
    status = int(headers.pop("Status", "200").split()[0])
    return Response(content, status, headers)


def _passed_on(headers: Mapping[str, str]) -> dict[str, str]:
    names = {
        "content-type": "CONTENT_TYPE",
        "content-encoding": "HTTP_CONTENT_ENCODING",
        "git-protocol": "GIT_PROTOCOL",
    }
    return {variable: headers[name] for name, variable in names.items() if name in headers}


def _follow(world: World, repository: Repository, before: Mapping[str, str]) -> None:
    """What a push changed: pull requests follow it."""
    with world.lock:
        for name, _, sha in repository.git.refs("refs/heads/"):
            if before.get(name) != sha:
                branch = name.removeprefix("refs/heads/")
                event.pushed(world, repository, branch, None, before.get(name, ""))
