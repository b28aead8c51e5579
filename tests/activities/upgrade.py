"""Karla's upstream repository and a google/fonts that has the older version, for tests."""

from __future__ import annotations

from pathlib import Path

from activities import get_package
from activities.authoring import Outcome
from tests import repository
from tests.repository import Repository
from workflows.domain.request import UPGRADE, Request

METADATA = b"""name: "Karla"
designer: "Jonny Pinhorn"
license: "OFL"
category: "SANS_SERIF"
date_added: "2012-03-14"
subsets: "menu"
"""
TARGET = {
    "ofl/karla/METADATA.pb": METADATA,
    "ofl/karla/OFL.txt": b"SIL Open Font License, as it was",
    "ofl/karla/DESCRIPTION.en_us.html": b"<p>Karla is a grotesque.</p>",
    "ofl/karla/upstream.yaml": b"branch: main\n",
    "ofl/karla/Karla-Thin.ttf": b"thin",
    "ofl/rubik/OFL.txt": b"another family",
}


def upstream(state: Path) -> Repository:
    """Karla's upstream repository: 2.004 on main, tagged."""
    made = Repository(state / "upstream" / "karla")
    made.commit(repository.upstream())
    made.git("tag", "v2.004")
    return made


def target(state: Path, folder: Path) -> str:
    """The embedded google/fonts with Karla 2.002; its commit."""
    made = Repository(folder / "google-fonts")
    fonts = {f"ofl/karla/{n}": c for n, c in repository.fonts("old").items()}
    sha = made.commit({**TARGET, **fonts})
    (state / "forge").mkdir(parents=True, exist_ok=True)
    made.published(state / "forge" / "google-fonts.git")
    return sha


async def got(upstream: Repository, **changes: str) -> Outcome:
    """What comes of asking for Karla's upgrade, with some things asked otherwise."""
    request = {
        "family": "Karla",
        "kind": UPGRADE,
        "repository": str(upstream.folder),
        "ref": "v2.004",
        "files": "fonts/ttf/",
    }
    return await get_package.start(Request(**{**request, **changes}))
