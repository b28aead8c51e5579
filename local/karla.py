"""Karla, the family of the demo: two real versions of four fonts, from npm."""

from __future__ import annotations

from pathlib import Path

MODULES = Path(__file__).parent.parent / "web" / "node_modules"

STYLES = ("Regular", "Italic", "Bold", "BoldItalic")

_NAMES = {
    "Regular": "400Regular",
    "Italic": "400Regular_Italic",
    "Bold": "700Bold",
    "BoldItalic": "700Bold_Italic",
}


class NotInstalled(Exception):  # noqa: N818  reads as a sentence: the fonts are not installed
    """The npm packages with the fonts are not there."""


def old(style: str = "Regular") -> Path:
    """The font file of version 2.002 in one of STYLES."""
    return _installed(MODULES / "karla-old" / f"Karla_{_NAMES[style]}.ttf")


def new(style: str = "Regular") -> Path:
    """The font file of version 2.004 in one of STYLES. It lacks U+00AD, the soft hyphen."""
    return _installed(MODULES / "karla-new" / _NAMES[style] / f"Karla_{_NAMES[style]}.ttf")


def licence() -> Path:
    """The text of the Open Font License; only the newer package ships it."""
    return _installed(MODULES / "karla-new" / "LICENSE_FONT")


def _installed(path: Path) -> Path:
    if not path.is_file():
        raise NotInstalled(f"{path} is missing. Run `make install`, which gets it from npm.")
    return path
