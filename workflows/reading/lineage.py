"""Lineages: which rows are earlier processes of one that continues them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from workflows.reading.row import Row


def lineages(rows: Iterable[Row]) -> tuple[list[Row], dict[str, list[Row]]]:
    """The rows that nothing continues, in the given order; and by run what each continues,
    the latest first.

    A row counts as continued only by a later one of the same workflow id, so whatever a list
    says, no row is left out without another in its place.
    """
    listed = list(rows)
    known = {row.run: row for row in listed}
    before: dict[str, Row] = {}
    for row in listed:
        old = known.get(row.supersedes)
        if old and old.workflow_id == row.workflow_id and old.begun < row.begun:
            before[row.run] = old
    continued = {old.run for old in before.values()}
    newest = [row for row in listed if row.run not in continued]
    return newest, {row.run: _chain(row, before) for row in newest if row.run in before}


def _chain(row: Row, before: Mapping[str, Row]) -> list[Row]:
    found: list[Row] = []
    old = before.get(row.run)
    while old:
        found.append(old)
        old = before.get(old.run)
    return found


def follower(rows: Iterable[Row], workflow_id: str, run: str) -> str:
    """The newest run that says that it continues this one; empty where none does."""
    found = [row for row in rows if (row.workflow_id, row.supersedes) == (workflow_id, run)]
    return max(found, key=lambda row: row.begun).run if found else ""
