"""Commits as people read them: one, many, and what lies between two."""

from __future__ import annotations

from tests.github import git_data
from tests.github.call import Answer, Call, Trouble, not_found, paged
from tests.github.change import changes
from tests.github.people import simple
from tests.github.sample import Shown, sample


def shown(call: Call, sha: str, operation: str = "repos/get-commit") -> Shown:
    """A commit with its people, as far as their addresses tell."""
    inner = git_data.shown(call, sha)
    web = f"{call.world.url}/{call.repository.full_name}/commit"
    commit = {name: inner[name] for name in ("author", "committer", "message", "tree")}
    commit |= {"comment_count": 0, "url": inner["url"], "verification": inner["verification"]}
    known = {
        "sha": sha,
        "node_id": inner["node_id"],
        "url": f"{call.api}/commits/{sha}",
        "html_url": f"{web}/{sha}",
        "comments_url": f"{call.api}/commits/{sha}/comments",
        "commit": commit,
        "author": _account(call, inner["author"]["email"]),
        "committer": _account(call, inner["committer"]["email"]),
        "parents": [
            {**p, "url": p["url"].replace("/git/commits/", "/commits/")} for p in inner["parents"]
        ],
    }
    return sample(operation, 200, call.world.url, known, call.repository.full_name)


def _account(call: Call, email: str) -> Shown | None:
    for account in call.world.accounts.values():
        hidden = f"{account.id}+{account.login}@users.noreply.github.com"
        if email in {account.email, hidden}:
            return simple(call.world, account)
    return None


def find(call: Call, ref: str) -> str:
    """The commit that a branch, tag or SHA means; GitHub's 422 where there is none."""
    sha = call.repository.git.resolve(ref)
    if sha is None:
        raise Trouble(422, f"No commit found for SHA: {ref}")
    return sha


def get(call: Call) -> Answer:
    """GET …/commits/{ref}."""
    sha = find(call, call.params["ref"])
    known = shown(call, sha)
    if known["parents"]:
        span = f"{known['parents'][0]['sha']}..{sha}"
        known["files"] = changes(call, call.repository.git, span, sha)
    return Answer(known)


def get_list(call: Call) -> Answer:
    """GET …/commits: from a branch or commit (`sha`), touching a `path`; newest first."""
    start = call.query.get("sha") or call.repository.default_branch
    sha = call.repository.git.resolve(start)
    if sha is None:
        if not call.repository.git.refs("refs/heads/"):
            raise Trouble(409, "Git Repository is empty.")
        raise not_found()
    inside = ["--", call.query["path"]] if call.query.get("path") else []
    shas = call.repository.git.run("rev-list", "--max-count=300", sha, *inside).split()
    return paged(call, [shown(call, found, "repos/list-commits") for found in shas])
