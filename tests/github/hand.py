"""What people do on GitHub's own pages: merge, close, revoke, suspend."""

from __future__ import annotations

from tests.github import event
from tests.github.account import Account
from tests.github.pull_merge import merge
from tests.github.registration import Installation
from tests.github.repository import Issue
from tests.github.world import World


def _somebody(world: World, login: str | None, usual: Account) -> Account:
    if login is None:
        return usual
    account = world.find_account(login)
    if account is None:
        raise LookupError(f"nobody is called {login}")
    return account


def change(
    world: World, full_name: str, number: int, action: str, login: str | None = None
) -> Issue:
    """merge, squash, close or reopen an issue or pull request; `login` None: its author."""
    repository = world.find_repository(*full_name.split("/"))
    if repository is None or number not in repository.issues:
        raise LookupError(f"{full_name} has no number {number}")
    issue = repository.issues[number]
    who = _somebody(world, login, issue.author)
    if action in {"merge", "squash"}:
        merge(world, repository, issue, who, action)
    elif action == "close":
        event.close(world, repository, issue, who)
    elif action == "reopen":
        event.reopen(world, repository, issue, who)
    else:
        raise ValueError(f"{action} is not merge, squash, close or reopen")
    return issue


def revoke(world: World, login: str) -> None:
    """Somebody takes back what they granted to the Apps: their tokens end, the Apps are told."""
    who = _somebody(world, login, Account(0, ""))
    for value, token in list(world.tokens.items()):
        if token.account is who and token.app:
            del world.tokens[value]
    for app in world.apps.values():
        event.revoked(world, app, who)


def installation(world: World, found: Installation, action: str) -> None:
    """suspend, unsuspend or deleted; the App is told."""
    if action == "deleted":
        del world.installations[found.id]
    elif action in {"suspend", "unsuspend"}:
        found.suspended_at = world.now() if action == "suspend" else None
    else:
        raise ValueError(f"{action} is not suspend, unsuspend or deleted")
    event.installation(world, action, found, found.app.owner)
