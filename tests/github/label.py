"""Labels: of a repository, and on its issues and pull requests."""

from __future__ import annotations

from typing import Any

from tests.github import issue as issues
from tests.github.call import Answer, Call, invalid, not_found, paged
from tests.github.repository import Issue
from tests.github.right import refused
from tests.github.view_issue import label as shown


def _wanted(call: Call) -> list[Any]:
    body = call.body
    given = body.get("labels", []) if isinstance(body, dict) else body
    return [given] if isinstance(given, str) else list(given)


def _find(call: Call) -> Issue:
    if not issues.triages(call):
        raise refused(call.actor)
    return issues.find(call)


def _list(call: Call, issue: Issue) -> Answer:
    return Answer([shown(call.world, call.repository, label) for label in issue.labels])


def add(call: Call) -> Answer:
    """POST …/issues/{issue_number}/labels: to those that are there."""
    issue = _find(call)
    issue.labels += [
        label for label in issues.named(call, _wanted(call)) if label not in issue.labels
    ]
    issue.changed = call.world.now()
    return _list(call, issue)


def put(call: Call) -> Answer:
    """PUT …/issues/{issue_number}/labels: instead of those that are there."""
    issue = _find(call)
    issue.labels = issues.named(call, _wanted(call))
    issue.changed = call.world.now()
    return _list(call, issue)


def remove(call: Call) -> Answer:
    """DELETE …/issues/{issue_number}/labels/{name}."""
    issue, name = _find(call), call.params["name"].lower()
    if name not in {label.name.lower() for label in issue.labels}:
        raise not_found()
    issue.labels = [label for label in issue.labels if label.name.lower() != name]
    issue.changed = call.world.now()
    return _list(call, issue)


def on_issue(call: Call) -> Answer:
    """GET …/issues/{issue_number}/labels."""
    labels = issues.find(call).labels
    return paged(call, [shown(call.world, call.repository, label) for label in labels])


def get_list(call: Call) -> Answer:
    """GET …/labels."""
    labels = call.repository.labels.values()
    return paged(call, [shown(call.world, call.repository, label) for label in labels])


def get(call: Call) -> Answer:
    """GET …/labels/{name}."""
    label = call.repository.labels.get(call.params["name"].lower())
    if label is None:
        raise not_found()
    return Answer(shown(call.world, call.repository, label))


def create(call: Call) -> Answer:
    """POST …/labels."""
    name = call.text("Label", "name")
    if not issues.triages(call):
        raise refused(call.actor)
    if name.lower() in call.repository.labels:
        raise invalid("Label", "name", "already_exists")
    label = call.world.label(call.repository, name, call.body.get("color", "ededed").lower())
    label.description = call.body.get("description")
    return Answer(shown(call.world, call.repository, label), 201)
