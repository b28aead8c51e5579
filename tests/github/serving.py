"""Serves this GitHub on a port of this machine, for git, browsers and other programs."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from tests.github.app import create
from tests.github.world import World

LOOPBACK = "127.0.0.1"


@contextmanager
def served(world: World, port: int = 0) -> Iterator[str]:
    """The address, while it is served from a thread; `world.url` is that address then."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        world.url = f"http://{LOOPBACK}:{listener.getsockname()[1]}"
        server = uvicorn.Server(config(world))
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        try:
            yield world.url
        finally:
            server.should_exit = True
            thread.join(10)


def config(world: World) -> uvicorn.Config:
    """How uvicorn serves it."""
    return uvicorn.Config(
        create(world), log_level="warning", lifespan="off", timeout_graceful_shutdown=2
    )
