"""Who knows the people of this installation: the setting SIGN_IN decides."""

from __future__ import annotations

from activities.adapters.people.embedded import EmbeddedPeople
from activities.adapters.people.github import GitHubPeople
from activities.adapters.people.port import People
from activities.adapters.settings import settings


def people() -> People:
    """What the site keeps for as long as it runs, and a task asks once."""
    return GitHubPeople() if settings().sign_in == "github" else EmbeddedPeople()
