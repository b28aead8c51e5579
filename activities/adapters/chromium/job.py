"""What the camera is asked for, and what it gives back: JSON between it and the worker."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Pair:
    """A font file in both versions, as paths in the job's folder; empty where there is none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Job:
    """`browser` is the program to start. The limits keep a history small."""

    browser: str
    pairs: tuple[Pair, ...]
    most_instances: int = 20  # of one font file
    most_styles: int = 40  # of all together

    @classmethod
    def read(cls, text: str) -> Job:
        """The job in a JSON text."""
        told = json.loads(text)
        return cls(**{**told, "pairs": tuple(Pair(**pair) for pair in told["pairs"])})


@dataclass(frozen=True)
class Picture:
    """A sheet of one style; `kind` is text, waterfall or glyphs. Files lie in the job's folder."""

    font: str
    style: str
    kind: str
    before: str
    after: str
    overlay: str
    changed: float  # of the ink, 0 to 1
    reflow: bool  # lines break elsewhere, or the text is higher or lower


@dataclass(frozen=True)
class Fault:
    """A font that could not be photographed; `side` is older or newer."""

    font: str
    side: str
    why: str


@dataclass
class Result:
    """All pictures, all faults; `left_out` are styles beyond the limits.

    `cropped` counts characters that found no place in a grid, `hidden` those of them that changed;
    both by font file. `unconfined` says why the browser
    ran without its own sandbox, and is empty when it had it.
    """

    version: str = ""
    unconfined: str = ""
    pictures: list[Picture] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    cropped: dict[str, int] = field(default_factory=dict)
    hidden: dict[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Result:
        """The result in a JSON text; TypeError, KeyError or ValueError when it is none."""
        told: dict[str, Any] = json.loads(text)
        pictures = [Picture(**picture) for picture in told.pop("pictures")]
        faults = [Fault(**fault) for fault in told.pop("faults")]
        return cls(**told, pictures=pictures, faults=faults)
