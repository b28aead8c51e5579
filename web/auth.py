"""Sign-in for the embedded default: whoever can reach the site chooses who they are."""

from __future__ import annotations

import hashlib
import ipaddress
import re

from activities.adapters.settings import settings
from workflows.domain.actor import DESIGNER, ENGINEER, INITIATOR, VIEWER, Actor
from workflows.domain.process import Process

WARNING = "Embedded sign-in: anyone on this machine can be anyone. Not for a network."
LOGIN = re.compile(r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,37}[a-zA-Z0-9])?")


class NotLoopback(Exception):  # noqa: N818  reads as a sentence: the address is not loopback
    """Embedded sign-in must not be reachable from other machines."""


def check_address(host: str) -> None:
    """Raise NotLoopback unless `host` is this machine and nothing else."""
    try:
        if host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback:
            return
    except ValueError:
        pass
    raise NotLoopback(
        f"SITE_HOST is {host!r}, but embedded sign-in lets anyone be anyone: "
        "use 127.0.0.1 and a tunnel, or wait for GitHub sign-in."
    )


def person(login: str, process: Process | None = None) -> Actor:
    """The account of a login, with the roles it has, in that process if one is given."""
    account = Actor(login, _id(login))
    roles = [VIEWER]
    if process and account.is_same_account(process.initiator):
        roles.insert(0, INITIATOR)
    chosen = settings()
    for role, logins in ((DESIGNER, chosen.designers), (ENGINEER, chosen.engineers)):
        if login.casefold() in {known.casefold() for known in logins}:
            roles.insert(0, role)
    return Actor(login, account.id, tuple(roles))


def _id(login: str) -> int:
    """A stand-in for GitHub's numeric id: stable, positive, one per login however it is written."""
    digest = hashlib.sha256(login.casefold().encode()).digest()
    return int.from_bytes(digest[:6], "big") or 1
