"""A row of the board: one process as Temporal's lists tell it, no worker needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Row:
    """`phase` is running, waiting, failing, done or failed; `closed` as in Document. Stranded is
    a failed one that the sweep had to leave to a person.

    `after` is where its pull request is by now (a `Station`), `still` whether that has not moved
    for so long that people are reminded.
    """

    workflow_id: str
    run: str
    family: str
    version: str
    step: str
    phase: str
    waits_for: tuple[str, ...]
    initiator: str
    begun: datetime
    changed: datetime
    closed: str = ""
    after: str = ""
    still: bool = False
    supersedes: str = ""  # the run that this one continues
    archived: bool = False
    problem: str = ""  # what of it could not be read when it was archived

    @property
    def key(self) -> str:
        """The family key: the workflow id without its kind."""
        return self.workflow_id.partition("/")[2]
