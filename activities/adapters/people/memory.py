"""A short memory: answers that are good for a while, and that there was none a moment ago."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

KEPT = 300.0
"""Seconds for which an answer counts where nobody acts."""

GIVEN_UP = 15.0
"""Seconds for which a page is drawn without asking again, after there was no answer."""

MOST = 2_000


@dataclass(frozen=True)
class Remembered:
    """An answer; `known` is False where there was none."""

    known: bool
    answer: Any = None


class Memory:
    """`clock` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._held: dict[Hashable, tuple[float, Remembered]] = {}

    def find(self, about: Hashable) -> Remembered | None:
        """What is remembered and still counts."""
        ends, held = self._held.get(about, (0.0, None))
        return held if held and self._clock() < ends else None

    def keep(self, about: Hashable, answer: Any) -> None:
        """Remember an answer."""
        self._put(about, KEPT, Remembered(True, answer))

    def give_up(self, about: Hashable) -> None:
        """Remember that there was no answer; an answer that still counts is kept."""
        held = self.find(about)
        if held is None or not held.known:
            self._put(about, GIVEN_UP, Remembered(False))

    def _put(self, about: Hashable, seconds: float, held: Remembered) -> None:
        if len(self._held) >= MOST:
            self._held.clear()  # asking again is cheap
        self._held[about] = (self._clock() + seconds, held)
