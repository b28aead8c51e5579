"""Defects: what makes a package unfit, whatever anybody says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from activities.adapters import metadata
from activities.adapters.font import Font
from activities.exhibits import Finding
from activities.package import Package
from activities.packaging.layout import LICENCES, METADATA

_TEXTS = {
    "OFL.txt": re.compile(r"SIL\s+OPEN\s+FONT\s+LICENSE", re.IGNORECASE),
    "LICENSE.txt": re.compile(r"Apache\s+License", re.IGNORECASE),
    "UFL.txt": re.compile(r"UBUNTU\s+FONT\s+LICENCE", re.IGNORECASE),
}
"""What a licence file of that name says, whatever else."""


def defects(
    package: Package, fonts: Sequence[Font], licence: bytes | None, description: bytes | None
) -> list[Finding]:
    """All defects of a package, by its fonts, licence file and METADATA.pb (None: missing)."""
    if not package.fonts:
        return [_defect("empty", "", "The package has no TTF file at the top of its directory.")]
    return [
        *(_defect("unreadable", font.file, font.error) for font in fonts if font.error),
        *_licence(package, licence),
        *(found for font in fonts if not font.error for found in _names(package, font)),
        *_metadata(package, description),
    ]


def licence_file(package: Package) -> str:
    """The name of the licence file that belongs to a package's directory."""
    place = package.directory.partition("/")[0]
    return next((name for name, folder in LICENCES.items() if folder == place), "OFL.txt")


def file_name(font: Font) -> str:
    """The name that a font's file has to have, by its name table and axes."""
    family = font.family.replace(" ", "")
    if font.axes:
        style = "-Italic" if font.italic else ""
        return f"{family}{style}[{','.join(sorted(axis.tag for axis in font.axes))}].ttf"
    return f"{family}-{font.style.replace(' ', '')}.ttf"


def _defect(id: str, subject: str, text: str) -> Finding:
    return Finding(id, "new", "", "FAIL", text, subject)


def _licence(package: Package, content: bytes | None) -> list[Finding]:
    name = licence_file(package)
    if content is None:
        return [_defect("licence-missing", name, "The licence file is missing.")]
    if not _TEXTS[name].search(content.decode(errors="replace")):
        text = "This file does not hold the licence that its name stands for."
        return [_defect("licence-text", name, text)]
    return []


def _names(package: Package, font: Font) -> list[Finding]:
    found = []
    if font.family != package.family:
        text = f"Its name table calls the family “{font.family}”, not “{package.family}”."
        found.append(_defect("family-name", font.file, text))
    expected = file_name(font)
    if "/" not in font.file and font.file != expected:
        text = f"By its name table this font is “{font.family} {font.style}”: `{expected}`."
        found.append(_defect("file-name", font.file, text))
    return found


def _metadata(package: Package, content: bytes | None) -> list[Finding]:
    if content is None:
        return [_defect("metadata-missing", METADATA, "The file is missing.")]
    try:
        message = metadata.parse(content)
    except metadata.Unreadable as unreadable:
        return [_defect("metadata-unreadable", METADATA, str(unreadable))]
    named, there = {font.filename for font in message.fonts}, {f.path for f in package.fonts}
    told = [f"It names {name}, which is not there." for name in sorted(named - there)]
    told += [f"It does not name {name}." for name in sorted(there - named)]
    if message.name != package.family:
        told.append(f"It calls the family “{message.name}”, not “{package.family}”.")
    if message.source.commit != package.commit:
        told.append("It does not name the commit that the files were taken from.")
    return [_defect("metadata", METADATA, text) for text in told]
