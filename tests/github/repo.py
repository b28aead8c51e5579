"""Repositories: what they are, forks, and bringing a fork up to date."""

from __future__ import annotations

from tests.github import event
from tests.github.call import Answer, Call, Trouble, paged
from tests.github.right import refused
from tests.github.view_repository import shown


def get(call: Call) -> Answer:
    """GET /repos/{owner}/{repo}."""
    return Answer(shown(call.world, call.repository, call.actor))


def installed(call: Call) -> Answer:
    """GET /installation/repositories."""
    every = call.world.repositories.values()
    mine = [r for r in every if call.actor.given(r)]
    page = paged(call, [shown(call.world, r, call.actor) for r in mine])
    return Answer({"total_count": len(mine), "repositories": page.body}, headers=page.headers)


def forks(call: Call) -> Answer:
    """GET /repos/{owner}/{repo}/forks."""
    every = call.world.repositories.values()
    mine = [r for r in every if r.parent is call.repository and call.actor.sees(r)]
    return paged(call, [shown(call.world, r, call.actor) for r in mine])


def fork(call: Call) -> Answer:
    """POST /repos/{owner}/{repo}/forks: the fork that is there already is the answer, too."""
    world, source = call.world, call.repository
    if call.actor.kind != "user":
        raise refused(call.actor)
    owner = call.actor.who
    if login := call.body.get("organization"):
        found = world.find_account(login)
        if found is None or owner.id not in found.owners:
            raise Trouble(403, "You do not have permission to fork to this organization.")
        owner = found
    every = world.repositories.values()
    there = next((r for r in every if r.owner is owner and r.network is source.network), None)
    if there is None:
        there = world.repository(
            f"{owner.login}/{call.body.get('name') or source.name}", source.git.path
        )
        there.parent, there.private = source, source.private
    return Answer(shown(world, there, call.actor), 202)


def merge_upstream(call: Call) -> Answer:
    """POST …/merge-upstream: a fork's branch takes what its parent's has."""
    fork, branch = call.repository, call.text("Repository", "branch")
    if fork.parent is None:
        raise Trouble(422, "This repository is not a fork.")
    theirs, mine = fork.parent.git.resolve(branch), fork.git.resolve(branch)
    if theirs is None or mine is None:
        raise Trouble(422, f"The branch {branch} is missing in the fork or in its parent.")
    fork.git.fetch(fork.parent.git, theirs)
    base = f"{fork.parent.owner.login}:{branch}"
    if fork.git.is_ancestor(theirs, mine):
        text = f"This branch is not behind the upstream {base}."
        return Answer({"message": text, "merge_type": "none", "base_branch": base})
    if not fork.git.is_ancestor(mine, theirs):
        raise Trouble(409, "There are merge conflicts")
    fork.git.set_ref(f"refs/heads/{branch}", theirs)
    event.pushed(call.world, fork, branch)
    text = f"Successfully fetched and fast-forwarded from upstream {base}."
    return Answer({"message": text, "merge_type": "fast-forward", "base_branch": base})
