"""Records histories: on a real server of its own, into files that are never changed again."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from temporalio.client import Client, WorkflowHandle
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from tests.conftest import TEMPORAL
from workflows import attribute

HISTORIES = Path(__file__).parent / "histories"


def main(record: Callable[[str, Client], Awaitable[None]]) -> None:
    """Record under the name of the released version that the command line gives."""
    asyncio.run(_on_a_server(record, sys.argv[1]))


async def _on_a_server(record: Callable[[str, Client], Awaitable[None]], name: str) -> None:
    environment = await WorkflowEnvironment.start_local(
        data_converter=pydantic_data_converter,
        dev_server_existing_path=str(TEMPORAL),
        search_attributes=attribute.ALL,
        dev_server_extra_args=["--log-level", "never"],
    )
    async with environment:
        await record(name, environment.client)


async def keep(handle: WorkflowHandle[Any, Any], file: Path) -> None:
    """Write a run's history to a new file; nothing of this machine gets in."""
    history = await handle.fetch_history()
    content = json.dumps(json.loads(history.to_json()), indent=1)
    content = re.sub(r'"identity": "[^"]*"', '"identity": "recorded"', content)
    content = re.sub(r'"\d+@[^"]*"', '"recorded"', content)  # a worker's own queue
    with file.open("x") as new:
        new.write(content + "\n")
    print(f"{file.stem}: {len(history.events)} events")
