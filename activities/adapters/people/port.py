"""Who has which role, whoever knows it.

Roles are asked for by account: the numeric id decides, a login is only how somebody is called
today. What cannot be found out is no role.
"""

from __future__ import annotations

from typing import Protocol

from workflows.domain.actor import Actor


class Unanswered(Exception):  # noqa: N818  reads as a sentence: the question is unanswered
    """Nobody can tell now who has which role; waiting may help. The message is for people."""


class People(Protocol):
    """Knows everybody's roles. `by_repository`: who is a designer hangs on the upstream."""

    by_repository: bool

    async def roles(
        self, account: Actor, upstream: str = "", fresh: bool = False
    ) -> tuple[str, ...]:
        """Which of ENGINEER and DESIGNER somebody is.

        `upstream` is the address of the repository in an accepted request: whoever may write
        there is a designer. `fresh` is for somebody who acts: nothing remembered counts, and
        Unanswered is raised where it cannot be told. Else that gives no role.
        """

    async def engineers(self) -> tuple[Actor, ...]:
        """All engineers; Unanswered where it cannot be told."""
