"""Logins in ENGINEERS, each tied to the account that had it when it was first looked up.

GitHub lets people rename themselves, and gives a name that is free again to whoever asks. So a
login is looked up once; from then on its numeric id counts. The ties are kept in STATE_DIR.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from activities.adapters.settings import settings

LookUp = Callable[[str], Awaitable[int | None]]


async def pinned(logins: tuple[str, ...], look_up: LookUp) -> dict[int, str]:
    """The ids behind `logins`, with the login of each.

    `look_up` gives the id of a login, None where GitHub has none. A login may carry its id as
    `ada:583231`; then nobody is asked.
    """
    file = settings().state / "people" / "engineers.json"
    before = _read(file)
    known = dict(before)
    found: dict[int, str] = {}
    for word in logins:
        login, _, number = word.partition(":")
        if number.isdecimal():
            found[int(number)] = login
            continue
        name = login.casefold()
        if name not in known and (id := await look_up(login)):
            known[name] = id
        if name in known:
            found[known[name]] = login
    if known != before:
        _write(file, known)
    return found


def _read(file: Path) -> dict[str, int]:
    if not file.exists():
        return {}
    return {str(login): int(id) for login, id in json.loads(file.read_text()).items()}


def _write(file: Path, known: dict[str, int]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(descriptor, "w") as opened:
        json.dump(known, opened, indent=1, sort_keys=True)
    Path(name).replace(file)
