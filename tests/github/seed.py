"""The world that tests and trials begin with: who is who, Karla, google/fonts, our App."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from local import upstream
from tests.github import key
from tests.github.account import Account
from tests.github.registration import App, Installation
from tests.github.repository import Repository
from tests.github.token import fine_grained
from tests.github.world import World

LABELS = ("I Font Upgrade", "I New Font", "II Submission")
CALLBACK = "http://127.0.0.1:8000/sign-in/callback"


@dataclass
class Seeded(World):
    """A world with people in it; each attribute is what its name says.

    `parts` is a folder in which `local.upstream` has made its repositories already.
    """

    parts: Path | None = None

    def __post_init__(self) -> None:
        self.ada = self.account("ada", email="ada@example.com")
        self.grace = self.account("grace", email="grace@example.com")
        self.kim = self.account("kim", email="kim@example.com")
        self.eve = self.account("eve", email="eve@example.com")
        self.google = self.organization("google", self.ada)
        self.googlefonts = self.organization("googlefonts")
        self.engineers = self.team(self.google, "engineers", self.ada, self.grace)
        parts = self.parts or self.folder / "parts"
        upstream.build(parts)
        self.fonts = self._repository("google/fonts", upstream.target_path(parts))
        self.karla = self._repository("googlefonts/karla", upstream.upstream_path(parts))
        self.karla.roles[self.kim.id] = "write"
        self.tracker = self._repository("google/family-pr")
        self.bot = self.app("family-pr", self.google)
        self.bot.callback_urls = (CALLBACK,)
        self.bot.webhook_secret = key.secret(32)
        self.installed = self.install(self.bot, self.google, self.fonts, self.tracker)
        self.installed_upstream = self.install(self.bot, self.googlefonts, self.karla)
        for name in LABELS:
            self.label(self.fonts, name)

    def _repository(self, full_name: str, source: Path | None = None) -> Repository:
        made = self.repository(full_name, source)
        made.roles |= {self.ada.id: "admin", self.grace.id: "write"}
        if full_name == "googlefonts/karla":
            made.roles.clear()
        return made

    def fork(self, owner: Account | None = None) -> Repository:
        """A fork of google/fonts; without an owner, the App's own organization's."""
        home = owner or self.find_account("family-pr-forks") or self.organization("family-pr-forks")
        made = self.repository(f"{home.login}/fonts", self.fonts.git.path)
        made.parent = self.fonts
        return made

    def token(self, account: Account, **permissions: str) -> str:
        """A fine-grained token of somebody: `world.token(ada, contents="write")`."""
        return fine_grained(self, account, permissions)

    def settings(self) -> dict[str, str]:
        """What Family PR has to be told to work against this GitHub, as environment variables."""
        app: App = self.bot
        found: Installation = self.installed
        return {
            "TARGET": "github",
            "SIGN_IN": "github",
            "GITHUB_API_URL": self.url,
            "GITHUB_URL": self.url,
            "GITHUB_REPOSITORY": self.fonts.full_name,
            "GITHUB_DISPATCHER_REPOSITORY": self.tracker.full_name,
            "GITHUB_APP_ID": str(app.id),
            "GITHUB_APP_PRIVATE_KEY": app.private_key,
            "GITHUB_INSTALLATION_ID": str(found.id),
            "GITHUB_CLIENT_ID": app.client_id,
            "GITHUB_CLIENT_SECRET": app.client_secret,
            "GITHUB_WEBHOOK_SECRET": app.webhook_secret,
            "GITHUB_ENGINEERS_TEAM": f"{self.google.login}/{self.engineers.slug}",
        }
