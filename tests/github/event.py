"""What happens because something else did: heads that move, messages to the Apps."""

from __future__ import annotations

from tests.github.account import Account
from tests.github.people import simple
from tests.github.push import push
from tests.github.registration import App, Installation
from tests.github.repository import Event, Issue, Repository
from tests.github.sample import Shown, stamp
from tests.github.view_installation import shown as shown_installation
from tests.github.view_issue import issue as shown_issue
from tests.github.view_pull import pull as shown_pull
from tests.github.view_repository import shown as shown_repository
from tests.github.world import World


def _tell(world: World, name: str, payload: Shown, repository: Repository, sender: Account) -> None:
    """A message to every App that listens and is installed there."""
    whole = payload | {
        "repository": shown_repository(world, repository) | {"topics": []},
        "sender": simple(world, sender),
    }
    if repository.owner.kind == "Organization":
        whole["organization"] = organization(world, repository.owner)
    for app in world.apps.values():
        installation = world.installation_for(app, repository)
        if installation and name in app.events and app.webhook_url:
            own = {"installation": {"id": installation.id, "node_id": f"IN_{installation.id}"}}
            world.outbox.put(world.next_id(), app, name, whole | own, world.now())


def organization(world: World, account: Account) -> Shown:
    """An organization, as messages carry it."""
    api = f"{world.url}/orgs/{account.login}"
    links = {f"{name}_url": f"{api}/{name}" for name in ("repos", "events", "hooks", "issues")}
    links |= {f"{name}_url": f"{api}/{name}{{/member}}" for name in ("members", "public_members")}
    known = {"login": account.login, "id": account.id, "node_id": f"O_{account.id}", "url": api}
    return known | links | {"avatar_url": f"{world.url}/{account.login}.png", "description": ""}


def pull_request(
    world: World, action: str, repository: Repository, issue: Issue, sender: Account, **more: str
) -> None:
    """`pull_request` with opened, closed, reopened, synchronize or edited."""
    shown = shown_pull(world, repository, issue, "pulls/get")
    payload = {"action": action, "number": issue.number, "pull_request": shown, **more}
    _tell(world, "pull_request", payload, repository, sender)


def issues(world: World, action: str, repository: Repository, issue: Issue, who: Account) -> None:
    """`issues` with opened, closed, reopened or edited."""
    shown = shown_issue(world, repository, issue, "issues/list-for-repo")
    _tell(world, "issues", {"action": action, "issue": shown}, repository, who)


def pushed(
    world: World,
    repository: Repository,
    branch: str,
    sender: Account | None = None,
    before: str = "",
) -> None:
    """A branch moved: open pull requests from it follow, those into it get a new base."""
    tip = repository.git.resolve(f"heads/{branch}")
    if tip:
        who = sender or repository.owner
        _tell(world, "push", push(world, repository, branch, (before, tip), who), repository, who)
    for home in world.repositories.values():
        for issue in home.issues.values():
            pull = issue.pull
            if not pull or issue.state != "open" or not tip:
                continue
            if home is repository and pull.base_branch == branch:
                pull.base = tip
            mine = pull.head_repository is repository and pull.head_branch == branch
            if mine and pull.head != tip:
                home.git.fetch(repository.git, tip)
                before, pull.head = pull.head, tip
                home.git.set_ref(f"refs/pull/{issue.number}/head", tip)
                issue.changed = world.now()
                who = sender or issue.author
                more = {"before": before, "after": tip}
                pull_request(world, "synchronize", home, issue, who, **more)


def branch_gone(world: World, repository: Repository, branch: str) -> None:
    """A branch was deleted: GitHub closes the pull requests that came from it."""
    for home in world.repositories.values():
        for issue in home.issues.values():
            pull = issue.pull
            if pull and pull.head_repository is repository and pull.head_branch == branch:
                close(world, home, issue, issue.author)


def close(world: World, home: Repository, issue: Issue, who: Account, reason: str = "") -> None:
    """Close an issue or pull request and tell of it."""
    if issue.state == "closed":
        return
    issue.state, issue.closed_at, issue.closed_by = "closed", world.now(), who
    issue.reason = None if issue.pull else reason or "completed"
    issue.changed = world.now()
    issue.events.append(Event(world.next_id(), "closed", who, world.now()))
    tell = pull_request if issue.pull else issues
    tell(world, "closed", home, issue, who)


def reopen(world: World, home: Repository, issue: Issue, who: Account) -> None:
    """Open an issue or pull request again and tell of it."""
    if issue.state == "open":
        return
    issue.state, issue.closed_at, issue.closed_by = "open", None, None
    issue.reason = None if issue.pull else "reopened"
    issue.changed = world.now()
    issue.events.append(Event(world.next_id(), "reopened", who, world.now()))
    tell = pull_request if issue.pull else issues
    tell(world, "reopened", home, issue, who)


def ping(world: World, app: App) -> None:
    """`ping`, as it comes when a webhook is set up."""
    hook = {
        "type": "App",
        "id": app.id,
        "name": "web",
        "active": True,
        "events": list(app.events),
        "config": {"content_type": "json", "insecure_ssl": "0", "url": app.webhook_url},
        "app_id": app.id,
        "created_at": stamp(app.at),
        "updated_at": stamp(app.at),
    }
    payload = {"zen": "Design for failure.", "hook_id": app.id, "hook": hook}
    world.outbox.put(world.next_id(), app, "ping", payload, world.now())


def revoked(world: World, app: App, who: Account) -> None:
    """`github_app_authorization`: somebody took back what they had granted the App."""
    payload = {"action": "revoked", "sender": simple(world, who)}
    world.outbox.put(world.next_id(), app, "github_app_authorization", payload, world.now())


def installation(world: World, action: str, found: Installation, who: Account) -> None:
    """`installation` with created, deleted, suspend or unsuspend."""
    payload = {
        "action": action,
        "installation": shown_installation(world, found),
        "repositories": [],
    }
    payload |= {"sender": simple(world, who)}
    world.outbox.put(world.next_id(), found.app, "installation", payload, world.now())
