"""A look at one pull request: what the forge and its push lists say of it now."""

from __future__ import annotations

import logging

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.adapters.forge.choice import forge
from activities.adapters.forge.path import PRODUCTION, SANDBOX
from activities.adapters.forge.port import Author, Fate, Forge, NotFound, Refused
from activities.adapters.settings import settings
from activities.authoring import Actor, PassingFault
from activities.engine.redaction import redacted
from activities.following.push_list import lists
from workflows.domain.actor import SERVICE
from workflows.domain.milestone import NOT_JUDGED
from workflows.domain.sight import FORGE, Look, Sight, Turn

log = logging.getLogger("follow")

DAY = 86_400.0
MINUTE = 60.0


@activity.defn(name="follow.look")
async def look(asked: Look) -> Sight:
    """Ask the forge by its API; what a webhook said is never taken for the truth."""
    try:
        return await see(forge(), asked)
    except PassingFault as fault:
        raise ApplicationError(redacted(str(fault)), type="PassingFault") from None
    except NotFound as gone:
        raise ApplicationError(redacted(str(gone)), non_retryable=True) from None
    except Exception as error:
        activity.logger.exception("a look at pull request %s broke", asked.number)
        said = redacted(f"{type(error).__name__}: {error}")[:500]
        raise ApplicationError(said) from None


async def see(target: Forge, asked: Look) -> Sight:
    """What one look sees; raises what the forge raises."""
    fate = Fate("merged", asked.head or asked.commit)  # that stays so
    if not asked.merged:
        fate = await target.fate(asked.number)
        await _disown(target, asked, fate)
    to_sandbox = to_production = None
    if fate.state == "merged":
        to_sandbox = lists(await target.text(SANDBOX), asked.directory, asked.url)
        to_production = lists(await target.text(PRODUCTION), asked.directory, asked.url)
    chosen, told_by = settings(), _forge()
    return Sight(
        fate.state,
        fate.head,
        _who(fate.by, told_by),
        fate.at,
        to_sandbox,
        to_production,
        chosen.follow_minutes * MINUTE,
        chosen.reminder_days * DAY,
        tuple(
            Turn(turn.number, turn.state, _who(turn.by, told_by), turn.at)
            for turn in fate.turns
            if turn.number > asked.turn
        ),
        told_by,
    )


async def _disown(target: Forge, asked: Look, fate: Fate) -> None:
    """Say beside a commit that others have pushed that nobody judged it; once is enough."""
    if fate.state != "open" or fate.head in ("", asked.commit, asked.head):
        return
    url = f"{settings().site_url.rstrip('/')}/processes/{asked.key}/{asked.run}"
    try:
        await target.set_status(fate.head, "failure", NOT_JUDGED, url)
    except (Refused, NotFound) as said:
        log.warning("no status beside %s: %s", fate.head, said)


def _forge() -> Actor:
    """Signs what a forge tells without naming a person."""
    return FORGE if settings().target == "github" else Actor("forge", 0, (SERVICE,))


def _who(by: Author | None, else_by: Actor) -> Actor:
    return Actor(by.login, by.id) if by else else_by
