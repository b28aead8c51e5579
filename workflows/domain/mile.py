"""The last mile: what becomes of a pull request, as far as the forge and its push lists tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from workflows.domain.actor import DISPATCHER, Actor
from workflows.domain.milestone import LISTS, NOT_JUDGED, Milestone
from workflows.domain.sight import Look, Sight, Station, Turn

WORKFLOW, MEMO = "Follow", "last_mile"
"""The workflow type that follows a pull request, and where it keeps a LastMile for all to read."""

REOPENING = timedelta(days=30)
"""How long a closed pull request is still looked at, because it may be opened again."""

LONGEST = timedelta(days=730)
"""After this a pull request is not followed any longer, whatever became of it."""

MOST_PUSHES = 20
"""Foreign commits that get a line each; a branch that somebody works on needs no more."""


@dataclass
class LastMile:
    """The way of one pull request. `commit` is the judged one, `directory` the family's.

    `since` is the time of the last change, `moved` of the last one of `station`; `problem` says why
    the forge could not be asked.
    """

    key: str
    run: str
    number: int
    url: str
    directory: str
    commit: str
    begun: datetime
    since: datetime
    station: Station = Station.OPEN
    head: str = ""
    pushes: int = 0
    milestones: list[Milestone] = field(default_factory=list)
    reminded: bool = False
    problem: str = ""
    ended: bool = False
    poll: float = 1800.0
    turn: int = 0  # the last Turn that was seen
    moved: datetime | None = None

    def see(self, sight: Sight, at: datetime) -> None:
        """Note what has changed since the last look."""
        self.problem, self.poll = "", sight.poll
        for turn in sight.turns:
            self._see_turn(turn)
        self._see_head(sight, at)
        self._see_state(sight, at)
        if self.station not in (Station.OPEN, Station.CLOSED):
            self._see_lists(sight, at)
        self._remind(sight, at)
        self._conclude(at)

    def miss(self, why: str, at: datetime) -> None:
        """Note that the forge could not be asked; nothing is concluded from that but age."""
        self.problem = why
        self._conclude(at)

    @property
    def question(self) -> Look:
        """What to ask the forge."""
        merged = self.station not in (Station.OPEN, Station.CLOSED)
        return Look(
            self.number,
            self.url,
            self.directory,
            self.commit,
            self.head,
            merged,
            self.key,
            self.run,
            self.turn,
        )

    @property
    def is_judged(self) -> bool:
        """Whether the newest commit is the one that people judged."""
        return self.head in ("", self.commit)

    def pause(self, at: datetime) -> timedelta:
        """How long to wait until the next look: longer where nothing has changed for long."""
        still = at - self.since
        factor = 1 if still < timedelta(days=7) else 4 if still < timedelta(days=30) else 24
        return timedelta(seconds=self.poll * factor)

    def _see_turn(self, turn: Turn) -> None:
        """Closed and opened again between two looks: both were done, though nothing has changed."""
        if turn.number <= self.turn:
            return
        self.turn = turn.number
        if turn.at >= (self.moved or self.since):  # else it was told by the state already
            self._turn(turn.state, turn.by, turn.at)

    def _turn(self, state: str, by: Actor, at: datetime) -> None:
        if state == "closed" and self.station is Station.OPEN:
            self._move(Station.CLOSED, "Closed without a merge.", by, at, self.url)
        elif state == "open" and self.station is Station.CLOSED:
            self._move(Station.OPEN, "Opened again.", by, at, self.url)

    def _see_head(self, sight: Sight, at: datetime) -> None:
        if not sight.head or sight.head == (self.head or self.commit):
            return
        self.head, self.since, self.reminded = sight.head, at, False
        if self.is_judged:
            self._note("The branch is back at the judged commit.", sight.forge, at)
            return
        self.pushes += 1
        if self.pushes <= MOST_PUSHES:
            text = f"The branch has the commit {sight.head[:12]} now. {NOT_JUDGED}"
            self._note(text, sight.forge, at)

    def _see_state(self, sight: Sight, at: datetime) -> None:
        when = sight.at or at
        unmerged = self.station in (Station.OPEN, Station.CLOSED)
        if sight.state == "merged" and unmerged:
            other = "" if self.is_judged else " What was merged is not the judged commit."
            self._move(Station.MERGED, f"Merged.{other}", sight.by, when, self.url)
        else:
            self._turn(sight.state, sight.by, when)

    def _see_lists(self, sight: Sight, at: datetime) -> None:
        if sight.to_sandbox is None or sight.to_production is None:
            return
        after = {
            Station.TO_SANDBOX: Station.IN_SANDBOX,
            Station.TO_PRODUCTION: Station.LIVE,
        }.get(self.station, self.station)
        if sight.to_sandbox:
            after = Station.TO_SANDBOX
        if sight.to_production:
            after = Station.TO_PRODUCTION
        if after is not self.station:
            self._move(after, LISTS[after], sight.forge, at)

    def _remind(self, sight: Sight, at: datetime) -> None:
        still = at - self.since
        waits = self.station not in (Station.CLOSED, Station.LIVE)
        if waits and not self.reminded and still >= timedelta(seconds=sight.patience):
            self.reminded = True
            text = f"Nothing has changed for {still.days} days. Ask those who can move it on."
            self.milestones.append(
                Milestone(self.station, text, DISPATCHER, at, self.url, reminder=True)
            )

    def _conclude(self, at: datetime) -> None:
        if self.ended:
            return
        closed = self.station is Station.CLOSED and at - self.since >= REOPENING
        self.ended = self.station is Station.LIVE or closed or at - self.begun >= LONGEST
        if self.ended and self.station is not Station.LIVE:
            self._note("It is not followed any longer.", DISPATCHER, at)

    def _move(self, to: Station, text: str, by: Actor, at: datetime, url: str = "") -> None:
        self.station, self.since, self.moved, self.reminded = to, at, at, False
        self._note(text, by, at, url)

    def _note(self, text: str, by: Actor, at: datetime, url: str = "") -> None:
        self.milestones.append(Milestone(self.station, text, by, at, url))


def begin(
    key: str, run: str, number: int, url: str, directory: str, commit: str, at: datetime
) -> LastMile:
    """A pull request that has just been opened."""
    first = Milestone(Station.OPEN, "Opened.", DISPATCHER, at, url)
    return LastMile(
        key,
        run,
        number,
        url,
        directory,
        commit,
        begun=at,
        since=at,
        milestones=[first],
        moved=at,
    )


def follow_id(key: str, run: str) -> str:
    """The workflow id under which the pull request of one process is followed."""
    return f"follow/{key}/{run}"
