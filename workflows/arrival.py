"""Arrivals: durable messages, checked and counted in the order in which they came."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from temporalio import workflow
from temporalio.common import RawValue

with workflow.unsafe.imports_passed_through():
    from workflows.domain import action
    from workflows.domain.actor import DISPATCHER
    from workflows.domain.message import AnyMessage, Supersede
    from workflows.domain.process import Process
    from workflows.domain.proof import OVERTAKEN
    from workflows.sent import only
    from workflows.verification import verify

UNREADABLE = "A message arrived, not counted, because it cannot be read here: a newer site sent it."


@dataclass
class Arrivals:
    """Those that came before the process was defined wait here, with why they do not count."""

    signed: bool
    early: list[tuple[AnyMessage | None, str]] = field(default_factory=list)
    order: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def act_later(
        self, sent: Sequence[RawValue], process: Callable[[], Process | None]
    ) -> None:
        """Count what a person did while no dispatcher ran; stale messages leave a line.

        Signals are handled again at replay, so an activity checks the signature: its verdict is
        recorded. A run that was begun before there were signatures checks what it gets from now on.
        """
        async with self.order:
            message, why_not = await self._checked(sent, process())
            self.take(process(), message, why_not)

    def supersede(self, sent: Sequence[RawValue], process: Process | None) -> None:
        """Make way for another version; said once or often, it counts once, and rubbish never."""
        if (message := only(sent, Supersede)) is not None:
            self.take(process, message, "")

    async def _checked(
        self, sent: Sequence[RawValue], process: Process | None
    ) -> tuple[AnyMessage | None, str]:
        """The message, and why it does not count; None where it cannot even be read."""
        message: AnyMessage | None = only(sent, AnyMessage)
        if message is None:
            return None, UNREADABLE
        checks = self.signed or workflow.patched(f"signed-{message.id}")
        return message, await verify(message, process) if checks else ""

    def newer(self, version: int) -> int:
        """The newest version wished for before the process is defined; 0 where none is newer."""
        wishes = [one.version for one, _ in self.early if isinstance(one, Supersede)]
        return max((wish for wish in wishes if wish > version), default=0)

    def take(self, process: Process | None, message: AnyMessage | None, why_not: str) -> None:
        """Count it, or keep it until the process is defined."""
        if process is None:
            self.early.append((message, why_not))
        else:
            _count(process, message, why_not)

    def take_early(self, process: Process) -> None:
        """Count what has waited for the definition."""
        for message, why_not in self.early:
            _count(process, message, why_not)
        self.early.clear()


def _count(process: Process, message: AnyMessage | None, why_not: str) -> None:
    if message is None:
        process.note(UNREADABLE, DISPATCHER, workflow.now())
    elif why_not not in ("", OVERTAKEN):
        action.reject(process, message, why_not, workflow.now())
    elif isinstance(message, Supersede):
        action.supersede(process, message, workflow.now())
    else:
        action.deliver(process, message, workflow.now(), why_not)
