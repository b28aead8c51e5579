"""`push`, the message that a branch has moved."""

from __future__ import annotations

from tests.github.account import Account
from tests.github.plumbing import Plumbing
from tests.github.repository import Repository
from tests.github.sample import Shown
from tests.github.world import World

NONE = "0" * 40
MOST = 2048
"""Commits that a message lists."""

KINDS = {"A": "added", "D": "removed", "M": "modified"}


def push(
    world: World, repository: Repository, branch: str, moved: tuple[str, str], who: Account
) -> Shown:
    """The message; `moved` are the commits before and after. It lists none of a new branch."""
    before, after = moved
    git, web = repository.git, f"{world.url}/{repository.full_name}"
    shas = git.run("rev-list", "--reverse", f"{before}..{after}").split() if before else []
    return {
        "ref": f"refs/heads/{branch}",
        "before": before or NONE,
        "after": after,
        "created": not before,
        "deleted": False,
        "forced": bool(before) and not git.is_ancestor(before, after),
        "base_ref": None,
        "compare": f"{web}/compare/{before[:12]}...{after[:12]}",
        "commits": [_commit(git, web, sha) for sha in shas[:MOST]],
        "head_commit": _commit(git, web, after),
        "pusher": {"name": who.login, "email": who.email or ""},
    }


def _commit(git: Plumbing, web: str, sha: str) -> Shown:
    """One commit; of a merge it tells the files that differ from all its parents."""
    form = "%T%n%aI%n%an%n%ae%n%cn%n%ce%n%B"
    tree, at, name, mail, by, by_mail, message = git.run(
        "show", "--no-patch", f"--format={form}", sha
    ).split("\n", 6)
    raw = git.read("diff-tree", "-c", "--root", "--no-commit-id", "--name-status", "-r", "-z", sha)
    parts = raw.decode().split("\0")[:-1]
    files = list(zip(parts[::2], parts[1::2], strict=True))
    return {
        "id": sha,
        "tree_id": tree,
        "distinct": True,
        "message": message,
        "timestamp": at,
        "url": f"{web}/commit/{sha}",
        "author": {"name": name, "email": mail},
        "committer": {"name": by, "email": by_mail},
        **{word: [path for kind, path in files if kind[0] == k] for k, word in KINDS.items()},
    }
