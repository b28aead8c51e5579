"""Temporal's development server: one file of data, loopback only, not for production."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import sys
from itertools import count
from pathlib import Path

from temporalio.api.enums.v1 import IndexedValueType

from local.port import LOOPBACK, Ports
from workflows.attribute import ALL


class NoServer(Exception):  # noqa: N818  reads as a sentence: there is no server
    """The `temporal` program is not installed."""


def command(state: Path, ports: Ports) -> tuple[str, ...]:
    """The command line that serves the data in `state`."""
    database = state / "temporal" / "temporal.db"
    database.parent.mkdir(parents=True, exist_ok=True)
    attributes = [f"--search-attribute={key.name}={_type(key.indexed_value_type)}" for key in ALL]
    return (
        *(str(program()), "server", "start-dev"),
        *("--ip", LOOPBACK, "--port", str(ports.temporal.number)),
        *("--ui-port", str(ports.console.number), "--ui-disable-news-fetch"),
        *("--db-filename", str(database)),
        # Without these two, each answer of a person costs three to four times as long.
        *("--sqlite-pragma", "journal_mode=WAL", "--sqlite-pragma", "synchronous=NORMAL"),
        *("--log-level", "error"),
        *attributes,
    )


def program() -> Path:
    """Where `temporal` is: beside this Python first, then on PATH."""
    beside = Path(sys.executable).parent / "temporal"
    if beside.is_file():
        return beside
    if found := shutil.which("temporal"):
        return Path(found)
    raise NoServer(
        "The program `temporal` is missing. Run `make install`, or set TEMPORAL_ADDRESS to a "
        "Temporal server that already runs."
    )


def set_aside_unusable(state: Path) -> str:
    """Move a database away that Temporal could not start with; what was done, or nothing.

    A server that is killed while it makes its database leaves a file without tables.
    """
    database = state / "temporal" / "temporal.db"
    if not database.exists() or _usable(database):
        return ""
    aside = next(
        path
        for n in count(1)
        if not (path := database.with_name(f"temporal.db.unusable-{n}")).exists()
    )
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            database.with_name(f"temporal.db{suffix}").rename(f"{aside}{suffix}")
    return (
        f"Temporal's database had no readable content. It was kept as {aside}; "
        "Temporal begins with an empty one."
    )


def _usable(database: Path) -> bool:
    tables = "SELECT count(*) FROM sqlite_master WHERE name = 'cluster_metadata_info'"
    with contextlib.closing(sqlite3.connect(database)) as connection:
        try:
            return bool(connection.execute(tables).fetchone()[0])
        except sqlite3.OperationalError as fault:  # e.g. locked: that is not unusable
            return "unable to open" not in str(fault)
        except sqlite3.DatabaseError:
            return False


def _type(value: int) -> str:
    """The command line's word for a type, e.g. `KeywordList`."""
    name = IndexedValueType.Name(IndexedValueType.ValueType(value))
    return name.removeprefix("INDEXED_VALUE_TYPE_").title().replace("_", "")
