"""What no forge takes: texts that GitHub would refuse, and places that are none."""

from __future__ import annotations

from activities.adapters.forge.port import BODY_LIMIT, TARGETS, TITLE_LIMIT, UPSTREAM, Refused


def check_text(title: str, body: str, marker: str) -> None:
    """Refuse a title or body that GitHub would not take, or that cannot be found again."""
    if not title.strip() or len(title) > TITLE_LIMIT or not title.isprintable():
        raise Refused(f"A title is one line of 1 to {TITLE_LIMIT} characters.")
    if len(body) > BODY_LIMIT:
        raise Refused(f"A text is at most {BODY_LIMIT} characters long; this has {len(body)}.")
    if not marker or body.count(marker) != 1:
        raise Refused("The text has to hold its marker exactly once.")


def check_target(target: str, repository: str) -> None:
    """Refuse a place that no issue can go to."""
    if target not in TARGETS:
        raise Refused(f"Issues go to {', '.join(TARGETS)}; not to {target[:80]!r}.")
    if target == UPSTREAM and not repository:
        raise Refused("The upstream repository is not known, so no issue can be filed there.")
