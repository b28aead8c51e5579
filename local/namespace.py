"""Prepares a Temporal server for Family PR: search attributes, and years of retention."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import TypeVar

from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.operatorservice.v1 import (
    AddSearchAttributesRequest,
    ListSearchAttributesRequest,
)
from temporalio.api.workflowservice.v1 import (
    DescribeNamespaceRequest,
    RegisterNamespaceRequest,
    UpdateNamespaceRequest,
)
from temporalio.client import Client
from temporalio.envconfig import ClientConfig
from temporalio.service import RPCError, RPCStatusCode

from workflows.attribute import ALL

T = TypeVar("T")

RETENTION = timedelta(days=36500)

PATIENCE = 60.0
"""Seconds until a server that does not serve counts as dead."""

# A server of somebody else's may keep these to its administrators.
_KEPT_BACK = (RPCStatusCode.PERMISSION_DENIED, RPCStatusCode.UNIMPLEMENTED)

# Just after its start a server does not know its own namespace yet.
_PASSING = (RPCStatusCode.NOT_FOUND, RPCStatusCode.UNAVAILABLE, RPCStatusCode.DEADLINE_EXCEEDED)


async def connect(address: str = "", patience: float = PATIENCE) -> Client:
    """A client of the server at `address`, or of the one that the environment names.

    Waits until it serves; after `patience` seconds the last fault is raised.
    """
    named = ClientConfig.load_client_connect_config()
    if address:
        named["target_host"] = address

    async def attempt() -> Client:
        client = await Client.connect(**named)
        await client.service_client.check_health()
        return client

    return await _patiently(attempt, patience)


async def prepare(client: Client, patience: float = PATIENCE) -> list[str]:
    """Make the namespace ready, as far as the server allows; what it did not allow, in words."""
    kept_back = []
    for act, advice in (
        (_keep_long, "Closed processes leave Temporal early: its retention could not be raised."),
        (_register, "Search attributes are missing; ask the administrator of this Temporal."),
    ):
        try:
            await _patiently(partial(act, client), patience)
        except RPCError as fault:
            if fault.status not in _KEPT_BACK:
                raise
            kept_back.append(advice)
    return kept_back


async def create(client: Client) -> None:
    """Make the client's namespace where the server has none of that name."""
    retention = Duration()
    retention.FromTimedelta(RETENTION)
    request = RegisterNamespaceRequest(
        namespace=client.namespace, workflow_execution_retention_period=retention
    )
    try:
        await client.workflow_service.register_namespace(request)
    except RPCError as fault:
        if fault.status not in (RPCStatusCode.ALREADY_EXISTS, *_KEPT_BACK):
            raise


async def missing(client: Client) -> list[str]:
    """The search attributes that the namespace does not know."""
    request = ListSearchAttributesRequest(namespace=client.namespace)
    known = await client.operator_service.list_search_attributes(request)
    return [key.name for key in ALL if key.name not in known.custom_attributes]


async def _keep_long(client: Client) -> None:
    describe = DescribeNamespaceRequest(namespace=client.namespace)
    now = await client.workflow_service.describe_namespace(describe)
    if now.config.workflow_execution_retention_ttl.ToTimedelta() >= RETENTION:
        return
    config = NamespaceConfig()
    config.workflow_execution_retention_ttl.FromTimedelta(RETENTION)
    request = UpdateNamespaceRequest(namespace=client.namespace, config=config)
    await client.workflow_service.update_namespace(request)


async def _register(client: Client) -> None:
    """A server that already has data ignores `--search-attribute`; this does not."""
    unknown = await missing(client)
    if not unknown:
        return
    types = {
        k.name: IndexedValueType.ValueType(k.indexed_value_type) for k in ALL if k.name in unknown
    }
    request = AddSearchAttributesRequest(namespace=client.namespace, search_attributes=types)
    await client.operator_service.add_search_attributes(request)
    while await missing(client):  # noqa: ASYNC110  the server has no event to wait for
        await asyncio.sleep(0.05)


async def _patiently(act: Callable[[], Awaitable[T]], patience: float) -> T:
    deadline = asyncio.get_running_loop().time() + patience
    while True:
        try:
            return await act()
        except (RPCError, RuntimeError) as fault:  # RuntimeError: nobody listens yet
            passing = not isinstance(fault, RPCError) or fault.status in _PASSING
            if not passing or asyncio.get_running_loop().time() > deadline:
                raise
        await asyncio.sleep(0.1)


async def main() -> int:
    """Prepare the server that TEMPORAL_ADDRESS names, before a team's first start."""
    client = await connect()
    await create(client)
    for advice in await prepare(client):
        print(advice, file=sys.stderr)
    print("Temporal is ready for Family PR.")
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
