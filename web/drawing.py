"""A drawing of a page's living part: a frame, and leaves that are sent when they change."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from markupsafe import Markup

TOKEN = re.compile("<!--leaf (.*?) (.*?)-->")
"""Texts that people write cannot contain it: their `<` is escaped."""


@dataclass
class Drawing:
    """`leaves` are pieces of HTML by element id; the skeleton has a token where each belongs."""

    skeleton: str = ""
    leaves: dict[str, str] = field(default_factory=dict)

    def leaf(self, id: str, draw: Callable[[], str], tag: str = "div") -> Markup:
        """Draw a leaf; what it returns stands for it in the skeleton."""
        self.leaves[id] = draw()
        return Markup(f"<!--leaf {tag} {id}-->")  # noqa: S704  a token, replaced below

    @property
    def html(self) -> Markup:
        """The whole living part."""
        pieces = TOKEN.split(self.skeleton)
        found = zip(pieces[::3], [*pieces[1::3], ""], [*pieces[2::3], ""], strict=True)
        pieces = [text + self._leaf(tag, id) for text, tag, id in found]
        return Markup("".join(pieces))  # noqa: S704  made of drawn templates

    def _leaf(self, tag: str, id: str) -> str:
        return f'<{tag} id="{id}" class="leaf">{self.leaves[id]}</{tag}>' if tag else ""

    @property
    def digest(self) -> str:
        """Equal for equal drawings."""
        return hashlib.sha256(self.html.encode()).hexdigest()[:16]

    def update(self, seen: Drawing | None) -> str:
        """One message that turns a page that shows `seen` into this; empty if nothing changed.

        Elements are morphed: what somebody typed in a form that is still asked survives.
        """
        if seen is None or seen.skeleton != self.skeleton:
            return _partial("live", self.html)
        changed = (id for id, html in self.leaves.items() if seen.leaves.get(id) != html)
        return "\n".join(_partial(id, self.leaves[id]) for id in changed)


def _partial(id: str, html: str) -> str:
    """The element of htmx that goes to a place of its own."""
    return f'<hx-partial hx-target="[id=\'{id}\']" hx-swap="innerMorph">{html}</hx-partial>'
