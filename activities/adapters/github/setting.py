"""What the environment says about GitHub: where it is, who we are there, what is ours."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pydantic import SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PLACE = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
ADDRESS = re.compile(r"https?://[^\s/?#@]+(/[^\s?#]*)?")


class GitHubSettings(BaseSettings):
    """Read from environment variables of the same names in upper case, behind `GITHUB_`."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_prefix="GITHUB_")

    api_url: str = "https://api.github.com"
    """The API's address; on Enterprise `https://HOST/api/v3`."""

    url: str = "https://github.com"
    """Where people and git find it."""

    repository: str = "google/fonts"
    """The target: where pull requests go."""

    head_repository: str = ""
    """A fork of the target that branches are written to; empty: the target itself."""

    dispatcher_repository: str = ""
    """Our own tracker, for issues about this machinery."""

    app_id: str = ""
    """Our GitHub App's id; empty: GITHUB_TOKEN is used."""

    app_private_key: SecretStr = SecretStr("")
    """The App's private key: PEM text, or the path of a file that holds it."""

    token: SecretStr = SecretStr("")
    """A fine-grained token, where no App can be installed."""

    client_id: str = ""
    """The App's client id, for sign-in."""

    client_secret: SecretStr = SecretStr("")
    """The App's client secret, for sign-in."""

    webhook_secret: SecretStr = SecretStr("")
    """What GitHub signs its messages with; empty: none is taken."""

    dry_run: bool = False
    """Whether pull requests and issues are only shown, and nothing is sent."""

    engineers_team: str = ""
    """`organization/team` whose members are engineers, besides ENGINEERS."""

    @field_validator("api_url", "url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if not ADDRESS.fullmatch(value):
            raise ValueError("an address begins with https:// and a host")
        return value

    @field_validator("repository", "head_repository", "dispatcher_repository", "engineers_team")
    @classmethod
    def _is_place(cls, value: str) -> str:
        if value and not PLACE.fullmatch(value):
            raise ValueError("it is written as two names with a slash, such as google/fonts")
        return value

    @property
    def private_key(self) -> str:
        """The App's key as PEM; raises OSError where the named file cannot be read."""
        given = self.app_private_key.get_secret_value().strip()
        if not given or given.startswith("-----BEGIN"):
            return given.replace("\\n", "\n")
        return Path(given).read_text()


@cache
def github_settings() -> GitHubSettings:
    """The settings of this process, read once."""
    return GitHubSettings()
