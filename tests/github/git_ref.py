"""Branches and tags as git has them: refs made, moved, taken away."""

from __future__ import annotations

import re

from tests.github import event
from tests.github.call import Answer, Call, Trouble, not_found, paged
from tests.github.git_data import SHA
from tests.github.plumbing import GitFault
from tests.github.sample import Shown, node

LOCKED = re.compile(r"refs/(heads|tags)/.+")


def _shown(call: Call, name: str, kind: str, sha: str) -> Shown:
    return {
        "ref": name,
        "node_id": node("REF", name),
        "url": f"{call.api}/git/{name}",
        "object": {"type": kind, "sha": sha, "url": f"{call.api}/git/{kind}s/{sha}"},
    }


def _find(call: Call, name: str) -> tuple[str, str, str] | None:
    return next((ref for ref in call.repository.git.refs(name) if ref[0] == name), None)


def get(call: Call) -> Answer:
    """GET …/git/ref/{ref}."""
    found = _find(call, f"refs/{call.params['ref']}")
    if found is None:
        raise not_found()
    return Answer(_shown(call, *found))


def matching(call: Call) -> Answer:
    """GET …/git/matching-refs/{ref}: all that begin so."""
    found = call.repository.git.refs(f"refs/{call.params['ref']}")
    return paged(call, [_shown(call, *ref) for ref in found])


def create(call: Call) -> Answer:
    """POST …/git/refs."""
    git, name, sha = call.repository.git, call.body["ref"], call.body["sha"]
    if not LOCKED.fullmatch(name):
        raise Trouble(422, "Reference name must start with 'refs/' and contain at least two /.")
    if not SHA.fullmatch(sha):
        raise Trouble(422, "The sha parameter must be exactly 40 characters and contain only hex.")
    if git.type_of(sha) is None or (
        name.startswith("refs/heads/") and git.type_of(sha) != "commit"
    ):
        raise Trouble(422, "Object does not exist")
    try:
        git.run("check-ref-format", name)
    except GitFault:
        raise Trouble(422, "Reference name is not valid") from None
    if _find(call, name):
        raise Trouble(422, "Reference already exists")
    try:
        git.set_ref(name, sha)
    except GitFault:
        raise Trouble(422, "Reference update failed") from None
    event.pushed(call.world, call.repository, name.removeprefix("refs/heads/"), call.actor.who)
    return Answer(_shown(call, name, git.type_of(sha) or "", sha), 201)


def update(call: Call) -> Answer:
    """PATCH …/git/refs/{ref}: forward only, unless `force`."""
    git, name, sha = call.repository.git, f"refs/{call.params['ref']}", call.body["sha"]
    found = _find(call, name)
    if found is None:
        raise Trouble(422, "Reference does not exist")
    if not SHA.fullmatch(sha) or git.type_of(sha) is None:
        raise Trouble(422, "Object does not exist")
    if not call.body.get("force", False) and not git.is_ancestor(found[2], sha):
        raise Trouble(422, "Update is not a fast forward")
    git.set_ref(name, sha)
    branch = name.removeprefix("refs/heads/")
    event.pushed(call.world, call.repository, branch, call.actor.who, found[2])
    return Answer(_shown(call, name, git.type_of(sha) or "", sha))


def delete(call: Call) -> Answer:
    """DELETE …/git/refs/{ref}."""
    name = f"refs/{call.params['ref']}"
    if _find(call, name) is None:
        raise Trouble(422, "Reference does not exist")
    event.branch_gone(call.world, call.repository, name.removeprefix("refs/heads/"))
    call.repository.git.run("update-ref", "-d", name)
    return Answer(None, 204)
