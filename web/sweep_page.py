"""The page of the sweep, for engineers: what its last rounds did, and what they could not do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fastapi import Request, Response

from web.page import page
from web.site import SiteNow, ViewerNow
from workflows.domain.actor import ENGINEER
from workflows.domain.refused import FORBIDDEN, Refused
from workflows.reading.row import Row
from workflows.reading.sweep_round import Round

DUTIES = {
    "sweep.supersede": "Told to make way for a newer version",
    "sweep.rescue": "Could not be replayed: begun anew or closed",
    "sweep.find_orphans": "Begun anew after an interruption",
    "archive": "Archived",
    "sweep.tell": "People were told",
}
LINE = re.compile(r"(?:[^/\s]+/(?P<key>\S+) )?(?P<run>[0-9a-f-]{36})(?:: (?P<text>.*))?", re.DOTALL)


@dataclass(frozen=True)
class SweepPage:
    """The newest rounds, newest first. `keys` has the family of each run that is named.

    `unreadable` are archived processes of which not all can be read.
    """

    rounds: list[Round]
    keys: dict[str, str]
    unreadable: list[Row]


async def show(request: Request, site: SiteNow, who: ViewerNow) -> Response:
    """What the sweep did lately; it needs no worker."""
    if who.actor is None or ENGINEER not in who.actor.roles:
        raise Refused("What the sweep does is shown to engineers.", FORBIDDEN)
    found = await site.processes.rounds()
    named = {line for one in found for report in one.reports.values() for line in report.done}
    rows = await site.processes.rows()
    runs = {row.run: row.key for row in rows if row.run in named}
    made = SweepPage(found, runs, [row for row in rows if row.problem])
    return page(request, "sweep.html", made, duties=DUTIES, line=line_of)


def line_of(text: str, keys: dict[str, str]) -> tuple[str, str, str]:
    """A line of a report: family and run, empty where it names none, and what it says."""
    found = LINE.fullmatch(text)
    if not found:
        return "", "", text
    run = found["run"]
    key = found["key"] or keys.get(run, "")
    return (key, run, found["text"] or "") if key else ("", "", text)
