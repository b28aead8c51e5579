"""Settings: everything that the environment decides, in one place."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

Words = Annotated[tuple[str, ...], NoDecode]


class Settings(BaseSettings):
    """Read from environment variables of the same names in upper case."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    state_dir: Path = Path(".state")
    """Where the embedded default keeps everything: Temporal's database, files, the forge."""

    store_url: str = ""
    """Where files go: `s3://bucket`, `gs://bucket`; empty: the folder `store` in STATE_DIR."""

    target: str = "embedded"
    """Where pull requests and issues go."""

    sign_in: Literal["embedded", "github"] = "embedded"
    """How people sign in: `embedded` believes everybody, and serves loopback only."""

    upstream_allow: Words = ("https://github.com/",)
    """URL prefixes that an upstream may have; repositories in STATE_DIR are allowed besides."""

    site_host: str = "127.0.0.1"
    """Where the site listens; with embedded sign-in this machine's own address and no other."""

    site_port: int = 8000
    """The port that the site listens on."""

    site_url: str = "http://127.0.0.1:8000"
    """The site's own address, for links in pull requests and for callbacks."""

    allowed_hosts: Words = ("127.0.0.1", "localhost")
    """Values of the Host header that the site answers to."""

    trust_proxy: Words = ()
    """Addresses or networks of the reverse proxies whose X-Forwarded-* headers count."""

    temporal_web_url: str = "http://127.0.0.1:8233"
    """Temporal's console, for links."""

    engineers: Words = ("ada", "grace")
    """Logins that may judge, close and stop; `ada:583231` ties one to GitHub's numeric id."""

    designers: Words = ("kim",)
    """Logins that may answer questions about their own family; embedded sign-in only."""

    site_secret: str = ""
    """Key for sessions and interaction ids; empty: one is made and kept in STATE_DIR."""

    site_signing_key: str = ""
    """Ed25519 key that signs what people do, as PEM or a path; empty: kept in STATE_DIR."""

    site_keys: Words = ()
    """Ids of the keys whose signatures count; empty: of every key that is published."""

    callback_secret: str = ""
    """Key for callback addresses of outside services; empty: one is kept in STATE_DIR."""

    task_queue: str = "dispatcher"
    """Temporal task queue of the dispatcher and of tasks without a queue of their own."""

    follow_minutes: float = Field(default=30, ge=0.02, le=10_080)
    """Minutes between two looks at an open or merged pull request, besides those by webhook."""

    reminder_days: float = Field(default=14, ge=0.001, le=365)
    """Days without a change after which a merged or open pull request gets a reminder."""

    sweep_minutes: float = Field(default=10, ge=0.02, le=10_080)
    """Minutes between two rounds of the sweep, besides the one at each start of a worker."""

    font_bakery_python: Path = Path(".tools/font-bakery/bin/python")
    """The interpreter of Font Bakery's own environment."""

    chromium: Path = Path("/usr/bin/chromium")
    """The browser that takes the pictures."""

    @field_validator(
        *("upstream_allow", "allowed_hosts", "trust_proxy", "engineers", "designers", "site_keys"),
        mode="before",
    )
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value

    @property
    def named_engineers(self) -> tuple[str, ...]:
        """ENGINEERS where it is set: the default's names are strangers' accounts on GitHub."""
        return self.engineers if "engineers" in self.model_fields_set else ()

    @property
    def state(self) -> Path:
        """STATE_DIR as an absolute path."""
        return self.state_dir.absolute()


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
