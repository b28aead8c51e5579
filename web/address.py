"""Where the site may listen, and what must be set before it does."""

from __future__ import annotations

import ipaddress

WARNING = "Embedded sign-in: anyone on this machine can be anyone. Not for a network."


class NotLoopback(Exception):  # noqa: N818  reads as a sentence: the address is not loopback
    """Embedded sign-in must not be reachable from other machines."""


def check_address(host: str) -> None:
    """Raise NotLoopback unless `host` is this machine and nothing else."""
    if not is_loopback(host):
        raise NotLoopback(
            f"SITE_HOST is {host!r}, but embedded sign-in lets anyone be anyone: "
            "use 127.0.0.1 and a tunnel, or SIGN_IN=github."
        )


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine and nothing else."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
