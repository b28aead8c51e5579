"""A draft: what somebody sent that was not taken; nothing that was typed is lost."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Draft:
    """`why` says what is wrong, `complaints` says it per field. `action` as in Offer."""

    action: str
    task: str
    reply: dict[str, str]
    complaints: dict[str, str] = field(default_factory=dict)
    why: str = ""
