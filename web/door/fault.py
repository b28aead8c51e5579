"""Faults: what Temporal's errors mean to somebody who looks at a page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from workflows.domain.refused import CONFLICT, FORBIDDEN, INVALID, UNKNOWN_KEY, Refused
from workflows.reading.replay import NotInTime

PATIENCE = 15.0
"""Seconds that Temporal has to answer: one that is frozen says nothing, and that for ever."""

DEFINITE = (
    RPCStatusCode.NOT_FOUND,
    RPCStatusCode.INVALID_ARGUMENT,
    RPCStatusCode.FAILED_PRECONDITION,
    RPCStatusCode.PERMISSION_DENIED,
    RPCStatusCode.UNAUTHENTICATED,
    RPCStatusCode.UNIMPLEMENTED,
)
"""Temporal has said no. After any other fault, what was sent may have arrived all the same."""


class NotFound(Exception):  # noqa: N818  reads as a sentence
    """There is no such process."""


class Unreachable(Exception):  # noqa: N818  reads as a sentence
    """Temporal does not answer."""


class Dropped(Unreachable):
    """Temporal dropped the request, as it does under load; asking again helps."""


class Busy(Unreachable):
    """This machine is too busy to read a process now; asking again helps."""

    def __init__(self) -> None:
        super().__init__(
            "This machine is too busy to read this process now. Nothing is lost; it is being "
            "tried again."
        )


class Unsure(Unreachable):
    """Temporal has not answered, so nobody knows whether what was sent has arrived."""

    def __init__(self, why: Unreachable) -> None:
        super().__init__(
            f"{why} Nobody knows yet whether what you sent has arrived: look at the page when "
            "Temporal is back. The same form sent again counts once."
        )


@contextmanager
def translated() -> Iterator[None]:
    """Raise NotFound, Unreachable or Refused for what Temporal, or reading, raises inside."""
    try:
        yield
    except RPCError as error:
        raise meaning(error) from error
    except NotInTime as error:
        raise Busy from error
    except RuntimeError as error:  # what a lazy client raises when it cannot connect
        if "client connect" not in str(error):
            raise
        raise Unreachable("Temporal does not answer.") from error


@asynccontextmanager
async def answering() -> AsyncIterator[None]:
    """The same; Unreachable also where nothing is said at all."""
    try:
        async with asyncio.timeout(PATIENCE):
            with translated():
                yield
    except TimeoutError:
        raise Unreachable(f"Temporal does not answer: nothing in {PATIENCE:g} seconds.") from None


def meaning(error: RPCError) -> Exception:
    """The same in our words."""
    if error.status is RPCStatusCode.NOT_FOUND:
        if "already completed" in error.message:
            return Refused("This process has ended; nothing in it can change any more.", CONFLICT)
        return NotFound("There is no such process.")
    if error.status is RPCStatusCode.INVALID_ARGUMENT:
        return NotFound("There is no such process.")
    kind = Dropped if error.status is RPCStatusCode.CANCELLED else Unreachable
    return kind(f"Temporal does not answer: {error.message}.")


def refusal(error: WorkflowUpdateFailedError) -> Refused:
    """Why the dispatcher refused a message."""
    cause = error.cause
    if isinstance(cause, ApplicationError) and cause.type in (
        CONFLICT,
        FORBIDDEN,
        INVALID,
        UNKNOWN_KEY,
    ):
        return Refused(cause.message, cause.type)
    return Refused(f"The dispatcher could not read this message: {cause}", INVALID)
