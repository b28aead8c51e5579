"""What is about the API itself."""

from __future__ import annotations

from tests.github.call import Answer, Call
from tests.github.sample import Shown


def rate_limit(call: Call) -> Answer:
    """GET /rate_limit: costs nothing."""
    limits, now = call.world.limits, call.world.now()
    window = limits.window(call.actor.key, now)
    most = limits.limit(call.actor.key)
    core: Shown = {
        "limit": most,
        "used": window.used,
        "remaining": max(0, most - window.used),
        "reset": int(window.reset.timestamp()),
    }
    search = core | {"limit": 30, "used": 0, "remaining": 30}
    return Answer({"resources": {"core": core, "search": search}, "rate": core})
