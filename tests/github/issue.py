"""Issues: filed, listed, read, changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tests.github import event
from tests.github.account import Account
from tests.github.call import Answer, Call, Trouble, invalid, not_found, paged
from tests.github.repository import Issue, Label
from tests.github.right import refused
from tests.github.view_issue import event as shown_event
from tests.github.view_issue import issue as shown

BODY_LIMIT = 65_536
TITLE_LIMIT = 256
LABEL_LIMIT = 50  # characters of a name
MOST_LABELS = 100  # labels of one issue


def text_limits(call: Call, resource: str) -> None:
    """422 where title or body is longer than GitHub takes."""
    if len(call.body.get("title") or "") > TITLE_LIMIT:
        long = f"title is too long (maximum is {TITLE_LIMIT} characters)"
        raise invalid(resource, "title", "custom", long)
    if len(call.body.get("body") or "") > BODY_LIMIT:
        long = f"body is too long (maximum is {BODY_LIMIT} characters)"
        raise invalid(resource, "body", "custom", long)


def named(call: Call, wanted: Sequence[Any]) -> list[Label]:
    """The labels of those names; one that the repository lacks is made on the fly."""
    found: dict[str, Label] = {}
    for entry in wanted:
        name = entry["name"] if isinstance(entry, dict) else entry
        if not name.strip() or len(name) > LABEL_LIMIT:
            raise invalid("Label", "name", "invalid")
        known = call.repository.labels.get(name.lower())
        found[name.lower()] = known or call.world.label(call.repository, name)
    if len(found) > MOST_LABELS:
        raise invalid("Issue", "labels", "invalid")
    return list(found.values())


def make(call: Call, title: str, body: str | None) -> Issue:
    """A new issue with the next number."""
    home, now = call.repository, call.world.now()
    number = max(home.issues, default=0) + 1
    made = Issue(call.world.next_id(), number, call.actor.who, title, body, now, now)
    home.issues[number] = made
    return made


def find(call: Call) -> Issue:
    """The issue (or pull request) in the address."""
    number = call.params["issue_number"]
    issue = call.repository.issues.get(int(number) if number.isdecimal() else 0)
    if issue is None:
        raise not_found()
    return issue


def triages(call: Call) -> bool:
    """Whether who asks may sort issues here; an App with the permission may."""
    return any(
        call.actor.may(call.repository, permission, "write", "triage")
        for permission in ("issues", "pull_requests")
    )


def create(call: Call) -> Answer:
    """POST …/issues: labels and assignees of those who may not set them are dropped in silence."""
    if not call.repository.has_issues:
        raise Trouble(410, "Issues has been disabled in this repository.")
    title = call.text("Issue", "title")
    text_limits(call, "Issue")
    labels = call.body.get("labels") or []
    assignees = [_assignee(call, login) for login in call.body.get("assignees") or []]
    issue = make(call, title, call.body.get("body"))
    if triages(call):
        issue.labels = named(call, labels)
        issue.assignees = assignees
    event.issues(call.world, "opened", call.repository, issue, call.actor.who)
    place = f"{call.api}/issues/{issue.number}"
    made = shown(call.world, call.repository, issue, "issues/create")
    return Answer(made, 201, {"Location": place})


def _assignee(call: Call, login: str) -> Account:
    account = call.world.find_account(login)
    if account is None or not call.repository.may(account, "triage"):
        raise invalid("Issue", "assignees", "invalid")
    return account


def get_list(call: Call) -> Answer:
    """GET …/issues: pull requests among them, as on GitHub; newest first."""
    query, home = call.query, call.repository
    wanted = query.get("state", "open")
    issues = [i for i in home.issues.values() if wanted in {"all", i.state}]
    if creator := query.get("creator"):
        issues = [i for i in issues if i.author.login.lower() == creator.lower()]
    if labels := {name.lower() for name in query.get("labels", "").split(",") if name}:
        issues = [i for i in issues if labels <= {given.name.lower() for given in i.labels}]
    if assignee := query.get("assignee"):
        issues = [i for i in issues if assignee in {a.login for a in i.assignees}]
    if since := query.get("since"):
        after = datetime.fromisoformat(since)
        issues = [i for i in issues if i.changed >= after]
    updated = query.get("sort") == "updated"
    order = (lambda i: (i.changed, i.number)) if updated else (lambda i: (i.at, i.number))
    issues.sort(key=order, reverse=query.get("direction", "desc") == "desc")
    return paged(call, [shown(call.world, home, i, "issues/list-for-repo") for i in issues])


def get(call: Call) -> Answer:
    """GET …/issues/{issue_number}."""
    return Answer(shown(call.world, call.repository, find(call), "issues/get"))


def events(call: Call) -> Answer:
    """GET …/issues/{issue_number}/events: oldest first."""
    issue = find(call)
    return paged(call, [shown_event(call.world, call.repository, one) for one in issue.events])


def update(call: Call) -> Answer:
    """PATCH …/issues/{issue_number}: by its author or by those who may sort issues."""
    issue, body = find(call), call.body
    if not triages(call) and issue.author is not call.actor.who:
        raise refused(call.actor)
    text_limits(call, "Issue")
    if "title" in body:
        issue.title = call.text("Issue", "title")
    if "body" in body:
        issue.body = body["body"]
    if "labels" in body and triages(call):
        issue.labels = named(call, body["labels"])
    if "assignees" in body and triages(call):
        issue.assignees = [_assignee(call, login) for login in body["assignees"]]
    issue.changed = call.world.now()
    if body.get("state") == "closed":
        reason = body.get("state_reason") or ""
        event.close(call.world, call.repository, issue, call.actor.who, reason)
    elif body.get("state") == "open":
        event.reopen(call.world, call.repository, issue, call.actor.who)
    return Answer(shown(call.world, call.repository, issue, "issues/update"))
