"""Reads a provider's page as a browser does: its one form, to be filled in and sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Consent:
    """A form: where it goes, what it carries already, what can be chosen."""

    action: str = ""
    method: str = "get"
    values: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, page: str) -> Consent:
        """The form of an HTML page; without an action where there is none."""
        reader = _Reader()
        reader.feed(page)
        return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = Consent()
        self._select = ""
        self._option = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Forms, hidden fields, lists and buttons."""
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "form":
            self.found.action = given.get("action", "")
            self.found.method = given.get("method", "get").lower()
        elif tag == "input" and given.get("type") == "hidden":
            self.found.values[name] = value
        elif tag == "button" and name:
            self.found.choices.setdefault(name, []).append(value)
        elif tag == "select":
            self._select = name
        self._option = tag == "option"

    def handle_data(self, data: str) -> None:
        """The words of an option."""
        if self._option:
            self.found.choices.setdefault(self._select, []).append(data.strip())

    def handle_endtag(self, tag: str) -> None:
        """An option ends."""
        self._option = False
