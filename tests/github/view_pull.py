"""How a pull request is shown, in lists and in full."""

from __future__ import annotations

from tests.github import tree
from tests.github.people import simple
from tests.github.plumbing import Plumbing
from tests.github.repository import Issue, Pull, Repository
from tests.github.sample import Shown, sample, stamp
from tests.github.view_issue import common
from tests.github.view_repository import shown as shown_repository
from tests.github.world import World


def pull(world: World, repository: Repository, issue: Issue, operation: str) -> Shown:
    """A pull request; `operation` names the answer that it is for."""
    found = issue.pull
    assert found
    known = common(world, repository, issue) | {
        "node_id": f"PR_{issue.id}",
        "head": _side(world, found.head_repository, found.head_branch, found.head),
        "base": _side(world, repository, found.base_branch, found.base),
        "merged_at": stamp(found.merged_at),
        "merge_commit_sha": found.merge_commit,
        "draft": found.draft,
        "auto_merge": None,
        "active_lock_reason": None,
        "requested_reviewers": [],
        "requested_teams": [],
    }
    if operation == "pulls/list":  # whose description knows no label without a description
        known["labels"] = [
            {**one, "description": one["description"] or ""} for one in known["labels"]
        ]
    else:
        known |= _whole(world, repository, issue, found)
    code = 201 if operation == "pulls/create" else 200
    return sample(operation, code, world.url, known, repository.full_name, issue.number)


def _side(world: World, repository: Repository, branch: str, sha: str) -> Shown:
    return {
        "label": f"{repository.owner.login}:{branch}",
        "ref": branch,
        "sha": sha,
        "user": simple(world, repository.owner),
        "repo": shown_repository(world, repository),
    }


def _whole(world: World, repository: Repository, issue: Issue, found: Pull) -> Shown:
    git = repository.git
    fits = tree.merge(git, found.base, found.head) is not None
    added, deleted, files = totals(git, found)
    commits = int(git.run("rev-list", "--count", f"{found.base}..{found.head}"))
    done = found.merged_at is not None
    return {
        "merged": done,
        "mergeable": None if issue.state == "closed" else fits,
        "rebaseable": None if issue.state == "closed" else fits,
        "mergeable_state": "unknown" if issue.state == "closed" else "clean" if fits else "dirty",
        "merged_by": simple(world, found.merged_by) if found.merged_by else None,
        "maintainer_can_modify": False,
        "comments": len(issue.comments),
        "review_comments": 0,
        "commits": commits,
        "additions": added,
        "deletions": deleted,
        "changed_files": files,
    }


def totals(git: Plumbing, found: Pull) -> tuple[int, int, int]:
    """Lines added, lines deleted, files changed; binary files count no lines."""
    lines = git.run(
        "diff", "--numstat", "--no-renames", f"{found.base}...{found.head}"
    ).splitlines()
    counts = [line.split("\t")[:2] for line in lines]
    numbers = [[int(n) for n in pair] for pair in counts if "-" not in pair]
    return sum(n[0] for n in numbers), sum(n[1] for n in numbers), len(lines)
