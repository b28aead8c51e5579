"""The parts that make the set on one machine: Temporal, the workers, the site."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path

import httpx
from temporalio.envconfig import ClientConfig

from local import namespace, server
from local.part import Part
from local.port import Port, Ports

QUEUES = ("dispatcher", "font-bakery", "browsers")
"""The task queues, each with a worker of its own."""

SPEAKS = ("dispatcher",)
"""The queues whose workers speak to GitHub; only they and the site get its secrets."""

GITHUB = "GITHUB_"

PYTHON = sys.executable


def named_server() -> str:
    """The Temporal server that the environment names, or nothing."""
    return str(ClientConfig.load_client_connect_config().get("target_host", ""))


def parts(state: Path, ports: Ports, environment: Mapping[str, str]) -> list[Part]:
    """All parts in the order of their start."""
    shared = _shared(state, ports, environment)
    temporal = [] if named_server() else [_temporal(state, ports)]
    workers = [
        Part(
            f"worker-{queue}",
            (PYTHON, "worker.py", "--queue", queue),
            environment=shared,
            withheld="" if queue in SPEAKS else GITHUB,
        )
        for queue in QUEUES
    ]
    site = Part("site", (PYTHON, "-m", "web"), lambda: _answers(ports.site), environment=shared)
    return [*temporal, *workers, site]


def _temporal(state: Path, ports: Ports) -> Part:
    async def ready() -> None:
        await namespace.prepare(await namespace.connect(ports.temporal.address))

    return Part("temporal", server.command(state, ports), ready, withheld=GITHUB)


def _shared(state: Path, ports: Ports, environment: Mapping[str, str]) -> dict[str, str]:
    """What workers and site are told; what the environment says already is left as it is."""
    told = {
        "STATE_DIR": str(state),
        "SITE_PORT": str(ports.site.number),
        "SITE_URL": environment.get("SITE_URL") or ports.site.url,
    }
    if not named_server():
        told["TEMPORAL_ADDRESS"] = ports.temporal.address
        told["TEMPORAL_WEB_URL"] = ports.console.url
    return told


async def _answers(port: Port) -> None:
    """Wait until the site answers anything at all."""
    async with httpx.AsyncClient(trust_env=False) as client:
        while True:
            try:
                await client.get(f"{port.url}/health", timeout=5)
            except httpx.TransportError:
                await asyncio.sleep(0.1)
            else:
                return
