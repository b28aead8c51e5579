"""The pages that people see here: to sign in, and to look at what was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem }
button, select { font: inherit; padding: .4rem .8rem } pre { white-space: pre-wrap }
"""


def whole(title: str, body: str) -> str:
    """A page of this GitHub, marked as what it is."""
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<link rel="icon" href="data:,"><style>{STYLE}</style>'
        f"<p><em>A stand-in for GitHub, for tests and trials.</em></p>{body}</html>"
    )


def page(app: str, people: Sequence[str], values: Mapping[str, str]) -> str:
    """The question whether an App may know who somebody is."""
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in values.items()
    )
    options = "".join(f"<option>{escape(login)}</option>" for login in people)
    body = (
        f"<h1>Authorize {escape(app)}</h1><p>{escape(app)} wants to know who you are.</p>"
        f'<form method="post" action="authorize">{hidden}'
        f'<p><label>Sign in as <select name="login">{options}</select></label></p>'
        '<p><button name="answer" value="authorize">Authorize</button> '
        '<button name="answer" value="cancel">Cancel</button></p></form>'
    )
    return whole(f"Authorize {app}", body)
