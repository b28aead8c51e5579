"""Tells whether this machine's worker asks for work: `python -m local.poller font-bakery`."""

from __future__ import annotations

import asyncio
import socket
import sys
from datetime import UTC, datetime, timedelta

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client

from local import namespace

RECENT = timedelta(minutes=2)
"""A poll for work takes up to a minute, and then the next one begins."""


async def polls(client: Client, queue: str, host: str) -> bool:
    """Whether a worker on `host` has asked the queue for activities of late."""
    request = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
    )
    described = await client.workflow_service.describe_task_queue(request)
    since = datetime.now(UTC) - RECENT
    return any(
        poller.identity.endswith(f"@{host}") and poller.last_access_time.ToDatetime(UTC) > since
        for poller in described.pollers
    )


async def main(queue: str) -> int:
    """Exit code 0 if it does."""
    client = await namespace.connect(patience=10)
    return 0 if await polls(client, queue, socket.gethostname()) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1])))
