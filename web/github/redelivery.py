"""Messages that were sent while this site was away: GitHub does not send them again by itself."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

from activities.adapters.github.api import GitHub
from activities.adapters.github.setting import github_settings
from web.github.delivery import Deliveries, Hook

log = logging.getLogger("web.github.redelivery")

USED = ("pull_request", "github_app_authorization")
"""The events that say anything to us."""

KEPT = timedelta(days=3)
"""How long GitHub can send a message again."""

PATH = "/app/hook/deliveries"


async def ask_again(hook: Hook, github: GitHub, now: datetime) -> int:
    """Ask for every message that never reached us; how many there are. Raises GitHub's faults."""
    failed = await github.as_app("GET", PATH, status="failure", per_page=100)
    wanted = {d["guid"]: d["id"] for d in failed if _is_missed(d, hook.deliveries, now)}
    for number in wanted.values():
        await github.as_app("POST", f"{PATH}/{number}/attempts")
    return len(wanted)


def _is_missed(delivery: dict[str, Any], deliveries: Deliveries, now: datetime) -> bool:
    young = now - datetime.fromisoformat(delivery["delivered_at"]) < KEPT
    return young and delivery["event"] in USED and not deliveries.has(delivery["guid"])


async def at_start(hook: Hook) -> None:
    """Do that once; what goes wrong is left to the slow look."""
    if not github_settings().app_id:
        return  # only an App's messages are kept for it
    try:
        async with GitHub() as github:
            if count := await ask_again(hook, github, datetime.now(UTC)):
                log.info("asked GitHub for %d messages that did not arrive", count)
    except Exception:
        log.exception("GitHub was not asked for messages that did not arrive")
