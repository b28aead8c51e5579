"""Who acts: the account that signed in, with the roles that it has where it acts."""

from __future__ import annotations

import re
from typing import Any

from activities.adapters.people.port import People
from workflows.domain.actor import INITIATOR, VIEWER, Actor
from workflows.domain.process import Process
from workflows.domain.status import Status

LOGIN = re.compile(r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,37}[a-zA-Z0-9])?")
REQUEST = "intake"
"""The task whose OK holds the accepted request."""


async def acting(
    people: People, account: Actor, process: Process | None = None, fresh: bool = False
) -> Actor:
    """An account with its roles, in that process if one is given.

    `fresh` is for somebody who acts; Unanswered where nobody can tell the roles then.
    """
    roles = [*await people.roles(account, accepted_upstream(process), fresh)]
    if process and account.is_same_account(process.initiator):
        roles.append(INITIATOR)
    return Actor(account.login, account.id, (*roles, VIEWER))


def accepted_upstream(process: Process | None) -> str:
    """The upstream of the request as it was accepted; empty before that.

    What somebody merely typed in gives nobody a role: they might have typed their own.
    """
    tasks = [t for step in process.steps for t in step.tasks] if process else []
    asked = next((task for task in tasks if task.key == REQUEST), None)
    if asked is None or asked.status is not Status.OK:
        return ""
    request: Any = asked.history[-1].data.get("request")
    return str(request.get("repository", "")) if isinstance(request, dict) else ""
