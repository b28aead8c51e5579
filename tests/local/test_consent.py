"""A program reads a provider's page as it was meant for people."""

from __future__ import annotations

from local.consent import Consent
from tests.github.sign_in_page import page


def test_the_form_of_the_stand_in_is_read_whole() -> None:
    given = {"client_id": "Iv1", "state": 'a "quoted" & state', "code_challenge_method": "S256"}
    found = Consent.read(page("family-pr", ["ada", "kim"], given))
    assert (found.action, found.method) == ("authorize", "post")
    assert found.values == given
    assert found.choices == {"login": ["ada", "kim"], "answer": ["authorize", "cancel"]}


def test_a_page_without_a_form_asks_for_nothing() -> None:
    assert Consent.read("<h1>404</h1><p>There is no such App.</p>") == Consent()
