"""Plain pages of pull requests and issues, so that links to them lead somewhere."""

from __future__ import annotations

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from tests.github.repository import Issue, Repository
from tests.github.sign_in_page import whole
from tests.github.world import World


def pages(world: World) -> list[Route]:
    """The addresses of pages; they show public repositories only."""

    async def repository(request: Request) -> Response:
        found = _find(world, request)
        if found is None:
            return _missing()
        listed = "".join(_row(found, issue) for issue in reversed(found.issues.values()))
        return HTMLResponse(whole(found.full_name, f"<h1>{found.full_name}</h1><ul>{listed}</ul>"))

    async def search(request: Request) -> Response:
        seen = [found for found in world.repositories.values() if not found.private]
        listed = "".join(_row(found, issue) for found in seen for issue in found.issues.values())
        return HTMLResponse(whole("Search", f"<h1>Search</h1><ul>{listed}</ul>"))

    async def issue(request: Request) -> Response:
        found = _find(world, request)
        shown = found.issues.get(request.path_params["number"]) if found else None
        if found is None or shown is None:
            return _missing()
        return HTMLResponse(whole(shown.title, _body(world, found, shown)))

    return [
        Route("/{owner}/{repo}/pull/{number:int}", issue),
        Route("/{owner}/{repo}/issues/{number:int}", issue),
        Route("/{owner}/{repo}/pulls", repository),
        Route("/{owner}/{repo}/issues", repository),
        Route("/{owner}/{repo}", repository),
        Route("/search", search),
    ]


def _find(world: World, request: Request) -> Repository | None:
    found = world.find_repository(request.path_params["owner"], request.path_params["repo"])
    return None if found is None or found.private else found


def _missing() -> Response:
    return HTMLResponse(whole("Not found", "<h1>Not found</h1>"), 404)


def _row(repository: Repository, issue: Issue) -> str:
    kind = "pull" if issue.pull else "issues"
    place = f"/{repository.full_name}/{kind}/{issue.number}"
    return f'<li><a href="{place}">{escape(issue.title)}</a> ({_state(issue)})</li>'


def _state(issue: Issue) -> str:
    return "merged" if issue.pull and issue.pull.merged_at else issue.state


def _body(world: World, repository: Repository, issue: Issue) -> str:
    labels = ", ".join(escape(label.name) for label in issue.labels) or "none"
    parts = [
        f"<h1>{escape(issue.title)} #{issue.number}</h1>",
        f"<p>{_state(issue)}, by {escape(issue.author.login)}; labels: {labels}</p>",
        f"<pre>{escape(issue.body or '')}</pre>",
    ]
    if issue.pull:
        span = f"{issue.pull.base}...{issue.pull.head}"
        diff = repository.git.run("diff", "--stat", span)
        parts.append(f"<h2>Files</h2><pre>{escape(diff)}</pre>")
        for status in repository.statuses:
            if status.sha == issue.pull.head:
                text = f"{status.context}: {status.state} — {status.description or ''}"
                parts.append(f"<p>{escape(text)}</p>")
    for comment in issue.comments:
        parts.append(f"<h3>{escape(comment.author.login)}</h3><pre>{escape(comment.body)}</pre>")
    return "".join(parts)
