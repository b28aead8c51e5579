"""Comments on issues and pull requests."""

from __future__ import annotations

from datetime import datetime

from tests.github import issue as issues
from tests.github.call import Answer, Call, invalid, not_found, paged
from tests.github.repository import Comment, Issue
from tests.github.right import refused
from tests.github.view_issue import comment as shown


def create(call: Call) -> Answer:
    """POST …/issues/{issue_number}/comments."""
    issue = issues.find(call)
    body = _body(call)
    now = call.world.now()
    made = Comment(call.world.next_id(), call.actor.who, body, now, now)
    issue.comments.append(made)
    issue.changed = now
    answer = shown(call.world, call.repository, issue, made)
    return Answer(answer, 201, {"Location": answer["url"]})


def _body(call: Call) -> str:
    body = call.body.get("body")
    if not isinstance(body, str) or not body.strip():
        raise invalid("IssueComment", "body", "missing_field")
    issues.text_limits(call, "IssueComment")
    return body


def get_list(call: Call) -> Answer:
    """GET …/issues/{issue_number}/comments: oldest first."""
    issue = issues.find(call)
    found = issue.comments
    if since := call.query.get("since"):
        found = [c for c in found if c.changed >= datetime.fromisoformat(since)]
    return paged(call, [shown(call.world, call.repository, issue, c) for c in found])


def _find(call: Call) -> tuple[Issue, Comment]:
    for issue in call.repository.issues.values():
        for comment in issue.comments:
            if str(comment.id) == call.params["comment_id"]:
                return issue, comment
    raise not_found()


def get(call: Call) -> Answer:
    """GET …/issues/comments/{comment_id}."""
    return Answer(shown(call.world, call.repository, *_find(call)))


def update(call: Call) -> Answer:
    """PATCH …/issues/comments/{comment_id}: by its author or by those who may push."""
    issue, comment = _find(call)
    if comment.author is not call.actor.who and not call.actor.pushes(call.repository):
        raise refused(call.actor)
    comment.body, comment.changed = _body(call), call.world.now()
    return Answer(shown(call.world, call.repository, issue, comment))
