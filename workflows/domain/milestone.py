"""A line on the last mile of a pull request, and the words for what nobody in particular did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.domain.actor import Actor
from workflows.domain.sight import Station

NOT_JUDGED = "This commit was not judged."

LISTS = {
    Station.TO_SANDBOX: "It is in to_sandbox.txt: to be pushed to the sandbox.",
    Station.IN_SANDBOX: "It left to_sandbox.txt: in the sandbox, as far as the push lists tell.",
    Station.TO_PRODUCTION: "It is in to_production.txt: to be pushed to production.",
    Station.LIVE: "It left to_production.txt: live, as far as the push lists tell.",
}


@dataclass(frozen=True)
class Milestone:
    """One line: where the pull request was then, who did it, when, and where that can be seen."""

    station: Station
    text: str
    by: Actor
    at: datetime
    url: str = ""
    reminder: bool = False
