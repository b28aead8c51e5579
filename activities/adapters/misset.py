"""Settings that cannot be: what is wrong with each, for whoever has set them."""

from __future__ import annotations

import re

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from activities.adapters.github.setting import GitHubSettings

USER = re.compile(r"(?<=//)[^/\s]*(?=@)")
PREFIXES = {GitHubSettings.__name__: "GITHUB_"}


def misset(wrong: ValidationError) -> list[str]:
    """One line for each variable.

    Secrets have no shape that could be wrong; what stands before an address's @ is left out.
    """
    return [f"{_name(wrong.title, error)}={_said(error)}" for error in wrong.errors()]


def _name(kind: str, error: ErrorDetails) -> str:
    words = "_".join(str(part) for part in error["loc"])
    return f"{PREFIXES.get(kind, '')}{words.upper()}"


def _said(error: ErrorDetails) -> str:
    given, why = USER.sub("…", str(error["input"])), error["msg"].removeprefix("Value error, ")
    return f"{given}: {why}."
