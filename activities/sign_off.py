"""A named person takes responsibility for the pull request."""

from __future__ import annotations

from activities.authoring import INITIATOR, VERDICT, Outcome, ask

title = "Sign off"


async def start() -> Outcome:
    """Ask somebody who did not start the process."""
    return ask("Please read all results above.", *VERDICT, barred=(INITIATOR,))
