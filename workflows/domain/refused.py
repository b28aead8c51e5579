"""A refusal: the one way in which the domain says no."""

from __future__ import annotations

CONFLICT = "conflict"  # not now: overtaken, frozen, answered by somebody else
FORBIDDEN = "forbidden"  # not you
INVALID = "invalid"  # not like that
UNKNOWN_KEY = "unknown key"  # not yet: the key that signed this is not known here


class Refused(Exception):  # noqa: N818  it is not an error: a refusal is an answer
    """The process does not accept this message; `kind` says in which way."""

    def __init__(self, why: str, kind: str = CONFLICT) -> None:
        super().__init__(why)
        self.kind = kind
