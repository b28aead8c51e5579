"""The board: all processes, and which of them wait for the person who looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import lru_cache, partial
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.sse import ServerSentEvent

from web import wording
from web.drawing import Drawing
from web.page import environment, page
from web.site import Site, SiteNow, Viewer, ViewerNow
from web.station import with_after
from workflows.domain.request import family_key
from workflows.reading.lineage import lineages
from workflows.reading.row import Row
from workflows.reading.stranded import PHASE

FILTERS = {
    "all": "All",
    "mine": "Waits for me",
    "waiting": "Waiting",
    "running": "Running",
    "failing": "Failing",
    "done": "Done",
    "failed": "Failed",
    PHASE: "Needs a person",
}


@dataclass(frozen=True)
class Board:
    """The rows that were asked for. `counts` counts all rows per filter.

    A process that another one continues has no row of its own: `earlier` names such processes by
    the run of the newest, latest first. `problem` says why open processes are missing, while
    Temporal is away.
    """

    rows: list[Row]
    counts: dict[str, int]
    mine: list[str] = field(default_factory=list)  # run ids that wait for this person
    show: str = "all"
    family: str = ""
    problem: str = ""
    earlier: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """What was asked for, as an address has it."""
        return urlencode({"show": self.show, "family": self.family})


async def show(request: Request, site: SiteNow, who: ViewerNow) -> Response:
    """The board, filtered as the address says."""
    rows = await site.processes.rows()
    board = await _board(request, site, rows, who)
    drawing = _drawing(board, who)
    return page(request, "board.html", board, drawing=drawing, filters=FILTERS)


async def events(
    request: Request, site: SiteNow, who: ViewerNow, seen: str = ""
) -> AsyncIterator[ServerSentEvent]:
    """Changes of the board, as messages for htmx."""
    seen = request.headers.get("last-event-id", seen)
    last: Drawing | None = None
    async with aclosing(site.hub.watch_board()) as changes:
        async for rows in changes:
            drawing = _drawing(await _board(request, site, rows, who), who)
            if (message := drawing.update(last)) and (last or drawing.digest != seen):
                yield ServerSentEvent(raw_data=message, id=drawing.digest)
            last = drawing


async def _board(request: Request, site: Site, rows: list[Row], who: Viewer) -> Board:
    family = request.query_params.get("family", "")[:100]
    show = request.query_params.get("show", "all")
    wanted = family_key(family)
    newest, before = lineages(rows)
    found = [row for row in newest if wanted in family_key(row.family) or wanted in row.key]
    mine = await site.waiting.mine(found, who.actor)
    counts = Counter(row.phase for row in found)
    counted = {name: counts.get(name, 0) for name in FILTERS}
    counted |= {"all": len(found), "mine": len(mine)}
    show = show if show in FILTERS else "all"
    shown = [row for row in found if show in ("all", row.phase)]
    if show == "mine":
        shown = [row for row in found if row.run in set(mine)]
    earlier = {row.run: before[row.run] for row in shown if row.run in before}
    return Board(shown, counted, mine, show, family, site.processes.away, earlier)


def _drawing(board: Board, who: Viewer) -> Drawing:
    drawing = Drawing()
    mine = set(board.mine)
    rows = []
    for row in board.rows:
        earlier = tuple(board.earlier.get(row.run, ()))
        draw = partial(_row, row, row.run in mine, earlier)
        rows.append(drawing.leaf(f"row-{row.run}", draw, "tr"))
    template = environment().get_template("_board.html")
    drawing.skeleton = template.render(board=board, rows=rows, filters=FILTERS, viewer=who)
    return drawing


@lru_cache(maxsize=10_000)
def _row(row: Row, mine: bool, earlier: tuple[Row, ...]) -> str:
    """Most rows stay as they are while one changes, so what was drawn is kept."""
    sign = with_after(wording.of_phase(row.phase, row.waits_for), row.after, row.still)
    template = environment().get_template("_row.html")
    return template.render(row=row, mine=mine, earlier=earlier, state=sign)
