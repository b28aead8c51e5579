"""How a repository is shown."""

from __future__ import annotations

from tests.github.actor import Actor
from tests.github.people import rights, simple
from tests.github.repository import Repository
from tests.github.sample import Shown, node, sample, stamp
from tests.github.world import World


def shown(world: World, repository: Repository, actor: Actor | None = None) -> Shown:
    """A repository in full."""
    web = f"{world.url}/{repository.full_name}"
    issues = sum(issue.state == "open" for issue in repository.issues.values())
    known: Shown = {
        "id": repository.id,
        "node_id": node("R", repository.id),
        "name": repository.name,
        "full_name": repository.full_name,
        "owner": simple(world, repository.owner),
        "private": repository.private,
        "visibility": "private" if repository.private else "public",
        "fork": repository.parent is not None,
        "default_branch": repository.default_branch,
        "archived": repository.archived,
        "disabled": False,
        "clone_url": f"{web}.git",
        "html_url": web,
        "description": None,
        "language": None,
        "license": None,
        "has_issues": repository.has_issues,
        "has_discussions": False,
        "has_downloads": True,
        "open_issues": issues,
        "open_issues_count": issues,
    }
    known |= {name: stamp(repository.at) for name in ("created_at", "updated_at", "pushed_at")}
    if actor and actor.kind != "anonymous":
        known["permissions"] = rights(_role(actor, repository))
    if repository.parent:
        known["parent"] = shown(world, repository.parent)
        known["source"] = shown(world, repository.network)
    return sample("repos/get", 200, world.url, known, repository.full_name)


def _role(actor: Actor, repository: Repository) -> str:
    if actor.kind == "installation":
        return "write" if actor.pushes(repository) else "read"
    return repository.role(actor.account)
