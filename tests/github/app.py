"""Every address of this GitHub on one page, with what answers and the right that it needs."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.routing import Mount, Route

from tests.github import (
    comment,
    commit,
    compare,
    content,
    desk,
    gate,
    git_data,
    git_ref,
    installation,
    issue,
    label,
    meta,
    oauth,
    people,
    pull,
    pull_merge,
    repo,
    smart_http,
    status,
)
from tests.github.moved import ByNumber
from tests.github.page import pages
from tests.github.route import line
from tests.github.watch import Watched
from tests.github.world import World

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
TALK = "issues:write|pull_requests:write"
LISTEN = "issues:read|pull_requests:read"
INSTALLATION = "/app/installations/{installation_id}"
TEAM = "/orgs/{org}/teams/{team_slug}"

LINES = (
    line("GET", "/rate_limit", meta.rate_limit, "free"),
    line("GET", "/user", people.me, "signed-in"),
    line("GET", "/user/{account_id}", people.by_id, "public"),
    line("GET", "/users/{username}", people.by_login, "public"),
    line("GET", f"{TEAM}/members", people.members, "members:read"),
    line("GET", f"{TEAM}/memberships/{{username}}", people.membership, "members:read"),
    # Apps
    line("GET", "/app", installation.get_app, "app"),
    line("GET", "/app/installations", installation.get_list, "app"),
    line("GET", INSTALLATION, installation.get, "app"),
    line("POST", f"{INSTALLATION}/access_tokens", installation.create_token, "app"),
    line("GET", "/app/hook/deliveries", installation.deliveries, "app"),
    line("POST", "/app/hook/deliveries/{delivery_id}/attempts", installation.redeliver, "app"),
    line("GET", "/orgs/{org}/installation", installation.of_organization, "app"),
    line("GET", "/repos/{owner_}/{repo_}/installation", installation.of_repository, "app"),
    line("GET", "/installation/repositories", repo.installed, "installation"),
    line("DELETE", "/installation/token", installation.revoke, "installation"),
    line("DELETE", "/applications/{client_id}/token", installation.revoke_persons, "client"),
    # Repositories
    line("GET", "…", repo.get, "metadata:read"),
    line("GET", "…/forks", repo.forks, "metadata:read"),
    line("POST", "…/forks", repo.fork, "signed-in"),
    line("POST", "…/merge-upstream", repo.merge_upstream, "contents:write"),
    line("GET", "…/collaborators/{username}/permission", people.permission, "metadata:read"),
    line("GET", "…/branches", content.branches, "contents:read"),
    line("GET", "…/branches/{branch:path}", content.branch, "contents:read"),
    line("GET", "…/contents/{path:path}", content.get, "contents:read"),
    line("PUT", "…/contents/{path:path}", content.put, "contents:write"),
    line("GET", "…/commits", commit.get_list, "contents:read"),
    line("GET", "…/commits/{ref:path}/status", status.combined, "statuses:read"),
    line("GET", "…/commits/{ref:path}/statuses", status.get_list, "statuses:read"),
    line("GET", "…/commits/{ref:path}", commit.get, "contents:read"),
    line("GET", "…/compare/{basehead:path}", compare.get, "contents:read"),
    line("POST", "…/statuses/{sha}", status.create, "statuses:write"),
    # Git's own objects
    line("POST", "…/git/blobs", git_data.create_blob, "contents:write"),
    line("GET", "…/git/blobs/{file_sha}", git_data.get_blob, "contents:read"),
    line("POST", "…/git/trees", git_data.create_tree, "contents:write"),
    line("GET", "…/git/trees/{tree_sha:path}", git_data.get_tree, "contents:read"),
    line("POST", "…/git/commits", git_data.create_commit, "contents:write"),
    line("GET", "…/git/commits/{commit_sha}", git_data.get_commit, "contents:read"),
    line("POST", "…/git/refs", git_ref.create, "contents:write"),
    line("GET", "…/git/ref/{ref:path}", git_ref.get, "contents:read"),
    line("GET", "…/git/matching-refs/{ref:path}", git_ref.matching, "contents:read"),
    line("PATCH", "…/git/refs/{ref:path}", git_ref.update, "contents:write"),
    line("DELETE", "…/git/refs/{ref:path}", git_ref.delete, "contents:write"),
    # Pull requests
    line("POST", "…/pulls", pull.create, "pull_requests:write"),
    line("GET", "…/pulls", pull.get_list, "pull_requests:read"),
    line("GET", "…/pulls/{pull_number}", pull.get, "pull_requests:read"),
    line("PATCH", "…/pulls/{pull_number}", pull.update, "pull_requests:write"),
    line("GET", "…/pulls/{pull_number}/files", pull_merge.files, "pull_requests:read"),
    line("GET", "…/pulls/{pull_number}/commits", pull_merge.commits, "pull_requests:read"),
    line("GET", "…/pulls/{pull_number}/merge", pull_merge.merged, "contents:read"),
    line("PUT", "…/pulls/{pull_number}/merge", pull_merge.put, "contents:write"),
    # Issues; pull requests are issues, too
    line("POST", "…/issues", issue.create, "issues:write"),
    line("GET", "…/issues", issue.get_list, "issues:read"),
    line("GET", "…/issues/comments/{comment_id}", comment.get, LISTEN),
    line("PATCH", "…/issues/comments/{comment_id}", comment.update, TALK),
    line("GET", "…/issues/{issue_number}", issue.get, LISTEN),
    line("PATCH", "…/issues/{issue_number}", issue.update, TALK),
    line("GET", "…/issues/{issue_number}/events", issue.events, LISTEN),
    line("GET", "…/issues/{issue_number}/comments", comment.get_list, LISTEN),
    line("POST", "…/issues/{issue_number}/comments", comment.create, TALK),
    line("GET", "…/issues/{issue_number}/labels", label.on_issue, LISTEN),
    line("POST", "…/issues/{issue_number}/labels", label.add, TALK),
    line("PUT", "…/issues/{issue_number}/labels", label.put, TALK),
    line("DELETE", "…/issues/{issue_number}/labels/{name}", label.remove, TALK),
    line("GET", "…/labels", label.get_list, LISTEN),
    line("POST", "…/labels", label.create, TALK),
    line("GET", "…/labels/{name}", label.get, LISTEN),
)  # fmt: skip


def create(world: World) -> Watched:
    """This GitHub as an ASGI app, held against the description; also below `/api/v3`."""
    api = [route for entry in LINES for route in entry.routes(world)]
    routes = [
        Mount("/api/v3", routes=[*api, Route("/{rest:path}", gate.nothing, methods=METHODS)]),
        *oauth.routes(world),
        *desk.routes(world),
        *api,
        *smart_http.routes(world),
        *pages(world),
        Route("/{rest:path}", gate.nothing, methods=METHODS),
    ]
    return Watched(ByNumber(Starlette(routes=routes), world), world)
