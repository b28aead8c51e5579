"""The beginning of following: the task that opened a pull request hands it over here."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from temporalio.service import RPCError

from activities.adapters.following import follow
from activities.authoring import Place
from workflows.domain.mile import begin

TRIES = 4
PAUSE = 1.0  # seconds
NOT_YET = "It is not followed yet; the next start of a worker makes up for that."


async def followed(place: Place, number: int, url: str, directory: str, commit: str) -> str:
    """Have a pull request followed; what people have to know of that, or nothing.

    It is open already, so the task is OK whether this succeeds or not.
    """
    mile = begin(place.key, place.run, number, url, directory, commit, datetime.now(UTC))
    for number_of_try in range(TRIES):
        try:
            await follow(mile)
        except RPCError:
            if number_of_try + 1 < TRIES:
                await asyncio.sleep(PAUSE)
        except RuntimeError:  # outside of a worker there is nothing to start it with
            return NOT_YET
        else:
            return ""
    return NOT_YET
