"""One set for each state folder: a lock that its holder's end sets free, however it ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Held(Exception):  # noqa: N818  reads as a sentence: the lock is held
    """Another set runs on the same state folder."""


@contextmanager
def hold(state: Path, url: str) -> Iterator[None]:
    """Hold the folder's lock; Held, with the other set's URL, where another one has it."""
    state.mkdir(parents=True, exist_ok=True)
    path = state / "lock"
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            process, _, other = path.read_text().partition(" ")
            raise Held(
                f"Family PR runs already with {state}: {other.strip()} (process {process}). "
                "Use that one, or stop it with Ctrl-C where it runs."
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()} {url}\n")
        lock.flush()
        yield
