"""An interaction id: it ties a form to the person, the run and the attempt it was drawn for."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import astuple, dataclass

FORMS = 1
"""Raised when what a form sends is read in another way: forms of an older site are refused then."""


@dataclass(frozen=True)
class Interaction:
    """What a form is about.

    `person` is the account's id. `number` counts the questions of a task; for closing a step it
    is the sum of attempts that was seen. `version` is the process's.
    """

    person: int
    process: str
    run: str
    action: str
    task: str = ""
    attempt: int = 0
    number: int = 0
    version: int = 0

    def id(self, secret: bytes) -> str:
        """The same for the same form, so that a form sent twice counts once."""
        content = json.dumps([FORMS, *astuple(self)]).encode()
        return hmac.new(secret, content, hashlib.sha256).hexdigest()[:32]

    def matches(self, secret: bytes, id: str) -> bool:
        """Whether a form with that id was drawn for exactly this."""
        return hmac.compare_digest(self.id(secret).encode(), id.encode())
