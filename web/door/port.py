"""What the pages need of processes: to list, read, begin and act, and to be told of changes."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Protocol

from temporalio.client import WorkflowHistory

from web.door.processes import Sent
from workflows.domain.message import AnyMessage, Start
from workflows.domain.mile import LastMile
from workflows.reading.document import Document
from workflows.reading.row import Row
from workflows.reading.sweep_round import Round


class Door(Protocol):
    """All processes. Raises NotFound, Unreachable, and Refused where the domain says no."""

    away: str
    """Why the last list lacks the open processes; empty as a rule."""

    async def rows(self) -> list[Row]:
        """The board: open processes first, then the newest."""

    async def latest(self, key: str) -> str:
        """The run id of the newest process of a family."""

    async def document(self, key: str, run: str) -> Document:
        """A process as it stands now."""

    async def history(self, key: str, run: str) -> WorkflowHistory:
        """All events of a process, from which it can be read as it was at any moment."""

    async def after(self, document: Document) -> LastMile | None:
        """What became of a process's pull request; None where it has none that is followed."""

    async def begin(self, start: Start) -> str:
        """Start a process; its run id."""

    async def rounds(self) -> list[Round]:
        """The newest rounds of the sweep, newest first."""

    async def hint(self, branch: str) -> None:
        """Have the pull request of that branch looked at, if it is one of ours."""

    async def act(
        self, key: str, run: str, message: AnyMessage, seen: Document | None = None
    ) -> Sent:
        """Send what a person does to exactly this run, signed for what they have `seen`."""


class Watch(Protocol):
    """Tells about changes. The first item comes at once."""

    def watch(self, key: str, run: str) -> AsyncGenerator[Document, None]:
        """A new document whenever something changed."""

    def watch_board(self) -> AsyncGenerator[list[Row], None]:
        """New rows whenever something changed."""
