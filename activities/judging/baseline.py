"""Compares two states of a family by what a checker found: what is new, fixed, still there?

A check that did not run, or crashed, proves nothing: what it had found before is not fixed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from activities.adapters.checker import STATUSES, Check, Remark, worse
from activities.exhibits import Finding

BAD = ("FAIL", "FATAL")
LISTED = ("WARN", *BAD, "ERROR")
LONGEST_TEXT = 300  # characters per finding; the report has all of it

Subject = tuple[str, str]
"""A check and what it was made of: check id and file name."""


@dataclass
class _Found:
    """One thing that one check found in one subject, however often it says so."""

    status: str
    texts: list[str] = field(default_factory=list)


@dataclass
class _State:
    """What is known of one state of a family."""

    checks: dict[Subject, Check] = field(default_factory=dict)
    found: dict[tuple[Subject, str], _Found] = field(default_factory=dict)

    def status(self, subject: Subject) -> str:
        """The check's worst status, empty where it was not made."""
        return self.checks[subject].status if subject in self.checks else ""


def compare(before: tuple[Check, ...], after: tuple[Check, ...]) -> list[Finding]:
    """All findings of both states, each in its bucket, most important first."""
    old, new = _state(before), _state(after)
    rows = [*_present(old, new), *_gone(old, new), *_offline(old, new)]
    return sorted(rows, key=_rank)


def blocking(rows: list[Finding]) -> list[Finding]:
    """The findings that a machine may not pass: new failures, and what is undecided."""
    return [row for row in rows if row.bucket == "undecided" or is_new_failure(row)]


def is_new_failure(row: Finding) -> bool:
    """Whether this version brings a failure that the older one does not have."""
    return row.bucket == "new" and row.after in BAD


def count(rows: list[Finding]) -> dict[str, int]:
    """How many findings each bucket has."""
    return dict(Counter(row.bucket for row in rows))


def _state(checks: tuple[Check, ...]) -> _State:
    state = _State()
    for check in checks:
        subject = (check.id, check.subject)
        if known := state.checks.get(subject):  # listed in two sections: the graver one counts
            graver = check if worse(check.status, known.status) == check.status else known
            state.checks[subject] = graver
        else:
            state.checks[subject] = check
        for remark in _remarks(check):
            found = state.found.setdefault((subject, remark.code), _Found(remark.status))
            found.status = worse(found.status, remark.status)
            found.texts.append(remark.text)
    return state


def _remarks(check: Check) -> list[Remark]:
    """What is worth a row; a grave check that gives no reason gets one all the same."""
    listed = [remark for remark in check.remarks if remark.status in LISTED]
    if not listed and check.status in LISTED:
        listed = [Remark("", check.status, "The check gives no reason.")]
    return listed


def _present(old: _State, new: _State) -> Iterator[Finding]:
    for (subject, code), found in new.found.items():
        earlier = old.found.get((subject, code))
        before = earlier.status if earlier else old.status(subject)
        if found.status == "ERROR":
            bucket = "undecided"
        elif earlier and STATUSES.index(earlier.status) >= STATUSES.index(found.status):
            # A check that crashed on the older version says nothing about it.
            bucket = "new" if earlier.status == "ERROR" else "still"
        else:
            bucket = "new"
        yield _finding(subject, code, bucket, before, found.status, found.texts)


def _gone(old: _State, new: _State) -> Iterator[Finding]:
    for (subject, code), found in old.found.items():
        after = new.status(subject)
        if (subject, code) in new.found or found.status == "ERROR" or after == "ERROR":
            continue  # these have their row, or never said anything
        bucket = "skipped" if after in ("SKIP", "") else "fixed"
        yield _finding(subject, code, bucket, found.status, after, found.texts)


def _offline(old: _State, new: _State) -> Iterator[Finding]:
    listed = {subject for (subject, _), found in old.found.items() if found.status != "ERROR"}
    for subject, check in new.checks.items():
        if check.offline and subject not in listed:
            text = "Not checked: this needs network."
            yield _finding(subject, "", "skipped", old.status(subject), check.status, [text])


def _finding(
    subject: Subject, code: str, bucket: str, before: str, after: str, texts: list[str]
) -> Finding:
    name, file = subject
    text = " ".join(texts[0].split())
    if len(text) > LONGEST_TEXT:
        text = f"{text[:LONGEST_TEXT]}…"
    if len(texts) > 1:
        text = f"{text} (and {len(texts) - 1} more)"
    return Finding(f"{name}: {code}" if code else name, bucket, before, after, text, file)


def _rank(row: Finding) -> tuple[bool, bool, int, int, str, str]:
    buckets = ("new", "undecided", "still", "skipped", "fixed", "passed")
    grave = max(STATUSES.index(row.after or "DEBUG"), STATUSES.index(row.before or "DEBUG"))
    return (
        not is_new_failure(row),
        row.bucket != "undecided",
        buckets.index(row.bucket),
        -grave,
        row.id,
        row.subject,
    )
