"""How issues, comments and labels are shown."""

from __future__ import annotations

from tests.github.people import simple
from tests.github.repository import Comment, Event, Issue, Label, Repository
from tests.github.sample import Shown, node, sample, stamp
from tests.github.view_repository import shown as shown_repository
from tests.github.world import World


def place(world: World, repository: Repository, issue: Issue) -> str:
    """The address of an issue's or pull request's page."""
    kind = "pull" if issue.pull else "issues"
    return f"{world.url}/{repository.full_name}/{kind}/{issue.number}"


def label(world: World, repository: Repository, shown: Label) -> Shown:
    """A label."""
    return {
        "id": shown.id,
        "node_id": node("LA", shown.id),
        "url": f"{world.url}/repos/{repository.full_name}/labels/{shown.name.replace(' ', '%20')}",
        "name": shown.name,
        "color": shown.color,
        "default": False,
        "description": shown.description,
    }


def association(repository: Repository, issue: Issue | Comment) -> str:
    """What the author is to the repository."""
    role = repository.role(issue.author)
    if role == "admin":
        return "MEMBER" if repository.owner is not issue.author else "OWNER"
    return "COLLABORATOR" if role not in {"none", "read"} else "NONE"


def common(world: World, repository: Repository, issue: Issue) -> Shown:
    """What issues and pull requests have alike."""
    assignees = [simple(world, account) for account in issue.assignees]
    return {
        "id": issue.id,
        "node_id": node("I", issue.id),
        "number": issue.number,
        "title": issue.title,
        "body": issue.body,
        "user": simple(world, issue.author),
        "state": issue.state,
        "locked": False,
        "labels": [label(world, repository, given) for given in issue.labels],
        "assignee": assignees[0] if assignees else None,
        "assignees": assignees,
        "milestone": None,
        "created_at": stamp(issue.at),
        "updated_at": stamp(issue.changed),
        "closed_at": stamp(issue.closed_at),
        "author_association": association(repository, issue),
        "html_url": place(world, repository, issue),
    }


def issue(world: World, repository: Repository, shown: Issue, operation: str) -> Shown:
    """An issue; `operation` names the answer that it is for."""
    known = common(world, repository, shown) | {
        "comments": len(shown.comments),
        "state_reason": shown.reason,
        "active_lock_reason": None,
        "repository": shown_repository(world, repository),
        "performed_via_github_app": None,
        "reactions": _no_reactions(world, repository, shown),
    }
    if operation != "issues/list-for-repo":
        known["closed_by"] = simple(world, shown.closed_by) if shown.closed_by else None
    if operation == "issues/list-for-repo":
        del known["repository"]
    if shown.pull:
        api = f"{world.url}/repos/{repository.full_name}/pulls/{shown.number}"
        web = place(world, repository, shown)
        known["pull_request"] = {
            "url": api,
            "html_url": web,
            "diff_url": f"{web}.diff",
            "patch_url": f"{web}.patch",
            "merged_at": stamp(shown.pull.merged_at),
        }
    code = 201 if operation == "issues/create" else 200
    return sample(operation, code, world.url, known, repository.full_name, shown.number)


def _no_reactions(world: World, repository: Repository, issue: Issue) -> Shown:
    place = f"{world.url}/repos/{repository.full_name}/issues/{issue.number}/reactions"
    kinds = ("+1", "-1", "laugh", "confused", "heart", "hooray", "eyes", "rocket")
    return {"url": place, "total_count": 0, **dict.fromkeys(kinds, 0)}


def comment(world: World, repository: Repository, issue: Issue, shown: Comment) -> Shown:
    """A comment on an issue or pull request."""
    api = f"{world.url}/repos/{repository.full_name}/issues"
    known = {
        "id": shown.id,
        "node_id": node("IC", shown.id),
        "url": f"{api}/comments/{shown.id}",
        "html_url": f"{place(world, repository, issue)}#issuecomment-{shown.id}",
        "issue_url": f"{api}/{issue.number}",
        "body": shown.body,
        "user": simple(world, shown.author),
        "created_at": stamp(shown.at),
        "updated_at": stamp(shown.changed),
        "author_association": association(repository, shown),
    }
    return sample("issues/create-comment", 201, world.url, known, repository.full_name)


def event(world: World, repository: Repository, shown: Event) -> Shown:
    """Something that was done to an issue or pull request."""
    known = {
        "id": shown.id,
        "node_id": node("E", shown.id),
        "url": f"{world.url}/repos/{repository.full_name}/issues/events/{shown.id}",
        "actor": simple(world, shown.actor),
        "event": shown.name,
        "commit_id": None,
        "commit_url": None,
        "created_at": stamp(shown.at),
        "performed_via_github_app": None,
    }
    return sample("issues/list-events", 200, world.url, known, repository.full_name)
