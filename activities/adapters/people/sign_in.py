"""Signing in with GitHub: the way there, and who came back. A token is used once and ended.

The code flow with PKCE (S256), by Authlib; `state` ties the way back to the browser that left.
"""

from __future__ import annotations

import logging
import secrets
import warnings
from dataclasses import dataclass, field
from typing import Any

import authlib.deprecate  # noqa: F401  first: it makes its warnings loud
import httpx

from activities.adapters.github.api import VERSION
from activities.adapters.github.fault import Denied, Missing, Unprocessable, check
from activities.adapters.github.setting import github_settings
from activities.authoring import PassingFault
from workflows.domain.actor import Actor

with warnings.catch_warnings():
    # Authlib announces that it will want httpx's successor; this project is asked to use httpx.
    warnings.simplefilter("ignore", DeprecationWarning)
    from authlib.common.errors import AuthlibBaseError
    from authlib.integrations.httpx_client import AsyncOAuth2Client

PATIENCE = 10.0
"""Seconds to wait for GitHub at each step."""

BRIEFLY = 3.0
"""Seconds to wait for what nobody waits for."""

AWAY = "GitHub did not answer."
UNUSABLE = "GitHub did not accept the way back: its code was used already, or is too old."
SILENT = "GitHub does not say who you are."
STRANGE = "GitHub answered, but not with an account as we know them."
NOBODY = (
    "{login} is no person's account at GitHub, but one of the kind “{kind}”. What is done here is "
    "signed by people; please sign in with an account of your own."
)

log = logging.getLogger(__name__)
logging.getLogger("authlib").setLevel(logging.WARNING)  # at DEBUG it writes verifiers down


class NotSignedIn(Exception):  # noqa: N818  reads as a sentence
    """Nobody was signed in; the message is for people. `passing`: GitHub may answer later."""

    def __init__(self, why: str, passing: bool = False) -> None:
        super().__init__(why)
        self.passing = passing


@dataclass(frozen=True)
class Departure:
    """`url` leads to GitHub; `state` and `verifier` are kept here until somebody is back."""

    url: str
    state: str = field(repr=False)
    verifier: str = field(repr=False)


class GitHubSignIn:
    """`callback` is the address of this site that GitHub leads back to, as registered there.

    `transport` replaces the network in tests.
    """

    def __init__(self, callback: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._callback = callback
        self._transport = transport

    def depart(self) -> Departure:
        """A way to GitHub that works once."""
        state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
        client = self._client()
        url, _ = client.create_authorization_url(
            f"{_home()}/login/oauth/authorize", state=state, code_verifier=verifier
        )
        return Departure(str(url), state, verifier)

    async def arrive(self, code: str, verifier: str) -> Actor:
        """The account of whoever came back with that code; NotSignedIn where there is none."""
        try:
            async with self._client() as client:
                token = await client.fetch_token(
                    f"{_home()}/login/oauth/access_token", code=code, code_verifier=verifier
                )
                try:
                    answer = await client.get(f"{_api()}/user")
                finally:
                    await _give_back(client, str(token.get("access_token", "")))
            check(answer)
            return _account(answer.json())
        except AuthlibBaseError as refusal:
            log.warning("GitHub refused to sign somebody in: %s", refusal.error)
            raise NotSignedIn(UNUSABLE) from None
        except (Denied, Missing, Unprocessable) as refusal:
            log.warning("GitHub does not tell who somebody is: %s", refusal)
            raise NotSignedIn(f"{SILENT} {refusal}") from None
        except (httpx.HTTPError, PassingFault) as fault:
            log.warning("Nobody could be signed in: %s", type(fault).__name__)
            raise NotSignedIn(AWAY, passing=True) from None
        except (ValueError, LookupError, TypeError) as fault:
            log.warning("GitHub's answer is not understood: %s", type(fault).__name__)
            raise NotSignedIn(STRANGE, passing=True) from None

    def _client(self) -> Any:
        chosen = github_settings()
        return AsyncOAuth2Client(
            chosen.client_id,
            chosen.client_secret.get_secret_value(),
            token_endpoint_auth_method="client_secret_post",  # noqa: S106  a method's name
            code_challenge_method="S256",
            redirect_uri=self._callback,
            headers={
                "Accept": "application/json",
                "User-Agent": "family-pr",
                "X-GitHub-Api-Version": VERSION,
            },
            timeout=PATIENCE,
            transport=self._transport,
        )


async def _give_back(client: Any, token: str) -> None:
    """Have the token ended, as nobody needs it any more; where that fails it ends by itself."""
    chosen = github_settings()
    try:
        answer = await client.request(
            "DELETE",
            f"{_api()}/applications/{chosen.client_id}/token",
            json={"access_token": token},
            auth=(chosen.client_id, chosen.client_secret.get_secret_value()),
            timeout=BRIEFLY,
        )
        answer.raise_for_status()
    except (AuthlibBaseError, httpx.HTTPError) as fault:
        log.warning("A person's token was not ended: %s", type(fault).__name__)


def _api() -> str:
    return github_settings().api_url.rstrip("/")


def _home() -> str:
    return github_settings().url.rstrip("/")


def _account(told: dict[str, Any]) -> Actor:
    """Only people sign in; what has no proper id is nobody."""
    id, login, kind = told["id"], told["login"], told["type"]
    if not isinstance(id, int) or id <= 0 or not isinstance(login, str):
        raise ValueError("no account")
    if kind != "User":
        raise NotSignedIn(NOBODY.format(login=login[:100], kind=str(kind)[:100]))
    return Actor(login, id)
