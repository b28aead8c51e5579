"""Temporal: where the server is, and how to talk to it."""

from __future__ import annotations

from temporalio.client import Client
from temporalio.envconfig import ClientConfig

from workflows.payload import DATA_CONVERTER

DEFAULT_ADDRESS = "127.0.0.1:7233"


async def connect(lazy: bool = False) -> Client:
    """Connect to what TEMPORAL_ADDRESS or Temporal's configuration names, else to this machine.

    Raises RuntimeError when nothing answers there; with `lazy`, the first call finds out.
    """
    config = ClientConfig.load_client_connect_config()
    config.setdefault("target_host", DEFAULT_ADDRESS)
    return await Client.connect(**config, lazy=lazy, data_converter=DATA_CONVERTER)
