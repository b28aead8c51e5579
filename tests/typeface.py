"""Fonts for tests: Karla in two versions, copies changed on purpose, and packages of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from activities.adapters import store
from activities.package import Package, PackagedFile
from tests import karla

OLD, NEW = karla.old("Regular"), karla.new("Regular")


def packaged(**fonts: Path) -> Package:
    """A package with a file per keyword: `Regular=path` becomes `Karla-Regular.ttf`."""
    files = (
        PackagedFile(f"Karla-{style}.ttf", store.put(path.read_bytes(), f"Karla-{style}.ttf"))
        for style, path in fonts.items()
    )
    return Package("Karla", "ofl/karla", files=tuple(files))


def small(
    folder: Path, name: str = "small", change: Callable[[TTFont], None] | None = None
) -> Path:
    """The newer Karla with ASCII only, quick to look at; `change` may do something to it."""
    path = folder / f"{name}.ttf"
    with TTFont(NEW, recalcTimestamp=False) as font:
        subsetter = Subsetter(Options(layout_features=["*"], notdef_outline=True))
        subsetter.populate(unicodes=range(0x20, 0x7F))
        subsetter.subset(font)
        if change:
            change(font)
        font.save(path)
    return path


def moved(folder: Path, units: int) -> Path:
    """A small copy in which the letter `a` stands that many units of 2000 further to the right."""

    def move(font: TTFont) -> None:
        font["glyf"]["a"].coordinates.translate((units, 0))
        font["glyf"]["a"].recalcBounds(font["glyf"])
        width, bearing = font["hmtx"]["a"]
        font["hmtx"]["a"] = (width, bearing + units)  # else it is drawn where it was

    return small(folder, f"moved-{units}", move)


def wider(folder: Path) -> Path:
    """A small copy in which the space takes three times the room."""

    def widen(font: TTFont) -> None:
        width, bearing = font["hmtx"]["space"]
        font["hmtx"]["space"] = (width * 3, bearing)

    return small(folder, "wider", widen)


def truncated(folder: Path) -> Path:
    """The first half of a font file."""
    path = folder / "truncated.ttf"
    path.write_bytes(NEW.read_bytes()[:20_000])
    return path


def variable(folder: Path, instances: int) -> Path:
    """A small copy with a weight axis that makes nothing bolder, and named instances."""

    def vary(font: TTFont) -> None:
        places = [
            {"location": {"wght": 400 + number}, "stylename": f"Weight {number}"}
            for number in range(instances)
        ]
        FontBuilder(font=font).setupFvar([("wght", 400, 400, 900, "Weight")], places)

    return small(folder, f"variable-{instances}", vary)
