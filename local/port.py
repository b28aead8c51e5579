"""The ports of the set on one machine, and a clear word when one of them is taken."""

from __future__ import annotations

import errno
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass

LOOPBACK = "127.0.0.1"


class Busy(Exception):  # noqa: N818  reads as a sentence: the port is busy
    """Another program listens on a port that the set needs."""


@dataclass(frozen=True)
class Port:
    """A port, what listens there, and the variable that moves it."""

    purpose: str
    variable: str
    number: int

    @property
    def address(self) -> str:
        """Host and port, as clients write them."""
        return f"{LOOPBACK}:{self.number}"

    @property
    def url(self) -> str:
        """The same as a browser's address."""
        return f"http://{self.address}"


@dataclass(frozen=True)
class Ports:
    """Where the site, Temporal and Temporal's console listen; always on loopback only."""

    site: Port
    temporal: Port
    console: Port

    @classmethod
    def chosen(cls, environment: Mapping[str, str]) -> Ports:
        """From SITE_PORT, TEMPORAL_PORT and TEMPORAL_WEB_PORT, or the usual ones."""
        return cls(
            _port("the site", "SITE_PORT", 8000, environment),
            _port("Temporal", "TEMPORAL_PORT", 7233, environment),
            _port("Temporal Web", "TEMPORAL_WEB_PORT", 8233, environment),
        )


def check_free(*ports: Port, patience: float = 2.0) -> None:
    """Busy where one stays taken; `patience`: seconds for an earlier set to let go of it."""
    deadline = time.monotonic() + patience
    for port in ports:
        while not _free(port.number):
            if time.monotonic() > deadline:
                raise Busy(
                    f"Port {port.number} for {port.purpose} is taken by another program. "
                    f"Stop that program, or choose another port: "
                    f"{port.variable}={port.number + 1000} make run"
                )
            time.sleep(0.1)


def _port(purpose: str, variable: str, usual: int, environment: Mapping[str, str]) -> Port:
    value = environment.get(variable, "") or str(usual)
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        raise Busy(f"{variable}={value} is no port. Choose a number from 1024 to 65535.")
    return Port(purpose, variable, int(value))


def _free(number: int) -> bool:
    with socket.socket() as listener:
        # Connections of an earlier set that still fade away do not count as taken.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, number))
        except OSError as fault:
            if fault.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True
