"""A font file as the pictures need it: its characters and its named instances."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTFont

Axes = dict[str, float]
INVISIBLE = ("C", "Z")
"""Unicode categories of characters that have no picture of their own."""


@dataclass(frozen=True)
class Face:
    """`instances` are places on the axes by name; a font without axes has one without a name."""

    path: Path
    characters: frozenset[str]
    instances: dict[str, Axes]
    ranges: dict[str, tuple[float, float]]

    @property
    def seen(self) -> frozenset[str]:
        """The characters that leave ink, as a rule."""
        return frozenset(filter(_is_seen, self.characters))

    def reaches(self, axes: Axes) -> bool:
        """Whether the font has exactly these axes, that far."""
        return set(axes) == set(self.ranges) and all(
            self.ranges[tag][0] <= value <= self.ranges[tag][1] for tag, value in axes.items()
        )


def read(path: Path) -> Face:
    """Read what is needed; any exception means that the file is no usable font."""
    with TTFont(path, lazy=True) as font:
        characters = frozenset(map(chr, font.getBestCmap() or ()))
        instances, ranges = _variations(font)
    return Face(path, characters, instances, ranges)


def _is_seen(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] not in INVISIBLE or category == "Co"  # icons live in private use


def _variations(font: TTFont) -> tuple[dict[str, Axes], dict[str, tuple[float, float]]]:
    if "fvar" not in font:
        return {"": {}}, {}
    fvar, names = font["fvar"], font["name"]
    ranges = {axis.axisTag: (axis.minValue, axis.maxValue) for axis in fvar.axes}
    instances = {
        names.getDebugName(instance.subfamilyNameID) or f"Instance {number}": dict(
            instance.coordinates
        )
        for number, instance in enumerate(fvar.instances, 1)
    }
    default = {axis.axisTag: axis.defaultValue for axis in fvar.axes}
    return instances or {"Default": default}, ranges
