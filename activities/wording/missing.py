"""Says at the start who will be missing at the end: a gate that nobody could pass."""

from __future__ import annotations

from activities.adapters.people.choice import people
from activities.adapters.people.port import Unanswered
from activities.authoring import Actor
from activities.wording.quotation import inline

ADD = "Add one to ENGINEERS, or to the team that GITHUB_ENGINEERS_TEAM names."


async def who_is_missing(initiator: Actor | None) -> str:
    """One sentence for the first question; empty where every gate has somebody to pass it."""
    try:
        engineers = await people().engineers()
    except Unanswered:
        return (
            "Whether anybody can sign off is not known: GitHub does not say who the engineers are."
        )
    if not engineers:
        return f"**Nobody can answer this:** there is no engineer. {ADD}"
    if initiator and all(one.is_same_account(initiator) for one in engineers):
        name = inline(initiator.login)
        return (
            "**Nobody can sign off:** it takes an engineer who did not start this, and there is "
            f"none besides {name}. {ADD}"
        )
    return ""
