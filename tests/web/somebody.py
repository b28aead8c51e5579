"""Somebody of the embedded default, with the roles that the site would give them."""

from __future__ import annotations

from activities.adapters.people.embedded import account
from activities.adapters.settings import settings
from workflows.domain.actor import DESIGNER, ENGINEER, INITIATOR, VIEWER, Actor
from workflows.domain.process import Process


def person(login: str, process: Process | None = None) -> Actor:
    """Looked up by hand here: the site's own way is what is tested."""
    chosen, who = settings(), account(login)
    roles = [ENGINEER] if login.lower() in chosen.engineers else []
    roles += [DESIGNER] if login.lower() in chosen.designers else []
    roles += [INITIATOR] if process and who.is_same_account(process.initiator) else []
    return Actor(login, who.id, (*roles, VIEWER))
