"""A person who signs in at the provider: reads its page, chooses, agrees, and comes back."""

from __future__ import annotations

from urllib.parse import urljoin

import httpx

from local.consent import Consent
from local.person import Person, SiteSaidNo

MOST_HOPS = 8


class GitHubPerson(Person):
    """Somebody with an account at GitHub, as far as a program can be asked to agree for them."""

    async def sign_in(self) -> None:
        """Follow the link, agree on the provider's page, and come back with a session."""
        async with httpx.AsyncClient(timeout=30, trust_env=False) as browser:
            page = await self._follow(browser, urljoin(self.site, "/sign-in/github?next=/"))
            consent = Consent.read(page.text)
            if self.login not in consent.choices.get("login", ()):
                raise SiteSaidNo(f"{page.url.host} asks for more than a program can answer.")
            chosen = {**consent.values, "login": self.login, "answer": "authorize"}
            action = urljoin(str(page.url), consent.action)
            sent = await browser.request(consent.method, action, data=chosen)
            await self._follow(browser, _next(sent))
        self._csrf = (await self.get("/sign-in"))["csrf"]

    async def _follow(self, browser: httpx.AsyncClient, url: str) -> httpx.Response:
        """Go where pages lead, from the site to the provider or back, until one shows something."""
        for _ in range(MOST_HOPS):
            ours = url.startswith(f"{self.site}/")
            response = await (self._http if ours else browser).get(url, follow_redirects=False)
            if not response.is_redirect:
                if not response.is_success:
                    raise SiteSaidNo(f"{response.url.path}: {response.status_code}")
                return response
            url = _next(response)
        raise SiteSaidNo("The sign-in leads in circles.")


def _next(response: httpx.Response) -> str:
    return urljoin(str(response.url), str(response.headers.get("location", "")))
