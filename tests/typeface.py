"""Fonts for tests: Karla in two versions, copies changed on purpose, and packages of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fontTools.ttLib import TTFont

from activities.adapters import store
from activities.package import Package, PackagedFile

NODE_MODULES = Path(__file__).parents[1] / "node_modules"
OLD = NODE_MODULES / "karla-old" / "Karla_400Regular.ttf"
NEW = NODE_MODULES / "karla-new" / "400Regular" / "Karla_400Regular.ttf"


def packaged(**fonts: Path) -> Package:
    """A package with a file per keyword: `Regular=path` becomes `Karla-Regular.ttf`."""
    files = (
        PackagedFile(f"Karla-{style}.ttf", store.put(path.read_bytes(), f"Karla-{style}.ttf"))
        for style, path in fonts.items()
    )
    return Package("Karla", "ofl/karla", files=tuple(files))


def changed(folder: Path, name: str, change: Callable[[TTFont], None]) -> Path:
    """A copy of the newer Karla with one change."""
    path = folder / f"{name}.ttf"
    with TTFont(NEW, recalcTimestamp=False) as font:
        change(font)
        font.save(path)
    return path


def moved(folder: Path, units: int) -> Path:
    """A copy in which the letter `a` stands that many units of 2000 further to the right."""

    def move(font: TTFont) -> None:
        font["glyf"]["a"].coordinates.translate((units, 0))
        font["glyf"]["a"].recalcBounds(font["glyf"])

    return changed(folder, f"moved-{units}", move)


def wider(folder: Path) -> Path:
    """A copy in which the space takes half as much room again."""

    def widen(font: TTFont) -> None:
        width, bearing = font["hmtx"]["space"]
        font["hmtx"]["space"] = (width * 3 // 2, bearing)

    return changed(folder, "wider", widen)


def truncated(folder: Path) -> Path:
    """The first half of a font file."""
    path = folder / "truncated.ttf"
    path.write_bytes(NEW.read_bytes()[:20_000])
    return path


def variable(folder: Path, instances: int) -> Path:
    """A copy with a weight axis that bolds nothing, and that many named instances."""
    from fontTools.fontBuilder import FontBuilder  # noqa: PLC0415  only for this one

    with TTFont(NEW, recalcTimestamp=False) as font:
        builder = FontBuilder(font=font)
        places = [
            {"location": {"wght": 400 + number}, "stylename": f"Weight {number}"}
            for number in range(instances)
        ]
        builder.setupFvar([("wght", 400, 400, 900, "Weight")], places)
        path = folder / f"variable-{instances}.ttf"
        font.save(path)
    return path
