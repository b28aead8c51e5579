"""A finding: one thing in a record that is not as it has to be, and where."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """`place` names line, event, entry or field."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


@dataclass
class Verdict:
    """What a check has found.

    `undecided` says what could not be checked at all: then nothing is called genuine. `notes`
    are facts that whoever relies on the record should know.
    """

    findings: list[Finding] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    checked: dict[str, int] = field(default_factory=dict)

    @property
    def genuine(self) -> bool:
        """Whether all could be checked and nothing was found."""
        return not self.findings and not self.undecided

    def count(self, what: str, number: int = 1) -> None:
        """Note down how much of something was checked."""
        self.checked[what] = self.checked.get(what, 0) + number
