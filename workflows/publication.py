"""Publication: whether the forge has a pull request of a process, whatever the process knows."""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError

FIND_PULL_REQUEST = "find_pull_request"


async def pull_request_of(key: str, process: str, run: str) -> str:
    """Its address, or why that is not known; empty only where the forge says there is none."""
    try:
        url: str = await workflow.execute_activity(
            FIND_PULL_REQUEST,
            args=[key, process, run],
            result_type=str,
            start_to_close_timeout=timedelta(minutes=1),
            schedule_to_close_timeout=timedelta(minutes=5),
            summary="Is there a pull request?",
        )
    except ActivityError as error:
        return f"the forge could not be asked ({error.cause or error})"[:500]
    return url
