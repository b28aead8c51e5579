"""Which forge this installation uses: the setting TARGET decides."""

from __future__ import annotations

from activities.adapters.forge.embedded import EmbeddedForge
from activities.adapters.forge.github.forge import GitHubForge
from activities.adapters.forge.port import Forge, Refused
from activities.adapters.settings import settings


def forge() -> Forge:
    """The forge of this installation; Refused where TARGET names none that is known."""
    chosen = settings()
    if chosen.target == "embedded":
        return EmbeddedForge(chosen.state / "forge", chosen.site_url)
    if chosen.target == "github":
        return GitHubForge()
    raise Refused(f"TARGET is {chosen.target[:80]!r}; it can be embedded or github.")
