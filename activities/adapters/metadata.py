"""METADATA.pb: what google/fonts knows of a family, kept up to date with the fonts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from fontTools.unicodedata import script
from gfmetadata import FamilyProto, LanguageProto, text_format

from activities.adapters.font import Font

FILE = "METADATA.pb"
LICENCES = {"ofl": "OFL", "apache": "APACHE2", "ufl": "UFL"}
UNKNOWN = "UNKNOWN"
CATEGORY = "SANS_SERIF"
WEIGHTS = {
    "Thin": 100,
    "ExtraLight": 200,
    "Light": 300,
    "": 400,  # what is left of “Italic”
    "Regular": 400,
    "Medium": 500,
    "SemiBold": 600,
    "Bold": 700,
    "ExtraBold": 800,
    "Black": 900,
    "ExtraBlack": 1000,
}
"""The weights that a file name of Google Fonts can name."""

_LANGUAGE = re.compile(r'^languages: "([A-Za-z0-9_]+)"$', re.MULTILINE)


class Unreadable(Exception):  # noqa: N818  reads as a sentence: METADATA.pb is unreadable
    """The text is no METADATA.pb; the message says where and why."""


@dataclass(frozen=True)
class Source:
    """Where files come from. `files` are pairs: path upstream, path in the family's directory."""

    repository: str
    commit: str
    branch: str
    files: Sequence[tuple[str, str]]


def parse(content: bytes) -> Any:
    """The message in a METADATA.pb, a `FamilyProto`. Unreadable where it is none."""
    try:
        return text_format.Parse(content.decode("utf-8"), FamilyProto())
    except (UnicodeDecodeError, text_format.ParseError) as error:
        raise Unreadable(f"{FILE} cannot be read: {error}"[:300]) from None


def compose(
    family: str,
    licence: str,
    fonts: Sequence[Font],
    source: Source,
    today: str,
    base: bytes | None = None,
) -> bytes:
    """METADATA.pb of a new family, or `base` with fonts, axes, subsets and source refreshed.

    `licence` is the directory: ofl, apache or ufl; `today` the date (YYYY-MM-DD) from which on a
    new family is in the collection. Designer, category, languages and the rest of `base` stay.
    Unreadable where `base` is.
    """
    message = parse(base) if base is not None else _new(family, fonts, today)
    message.license = LICENCES[licence]
    ordered = sorted(fonts, key=lambda font: (_weight(font), _style(font) == "italic"))
    _set_fonts(message, ordered)
    _set_axes(message, ordered)
    found = ordered[0].subsets if ordered else ()
    message.subsets[:] = sorted({*message.subsets, *found})
    _set_source(message.source, source)
    return _with_language_names(text_format.MessageToString(message, as_utf8=True)).encode()


def _new(family: str, fonts: Sequence[Font], today: str) -> Any:
    """A family's first METADATA.pb; what no font can tell is a guess for people to check."""
    designer = next((font.name(9) for font in fonts if font.name(9)), UNKNOWN)
    message = FamilyProto(name=family, designer=designer, category=[CATEGORY])
    message.date_added = today
    message.subsets.append("menu")
    main = _main_script(fonts)
    if main not in ("", "Latn", "Cyrl", "Grek"):
        message.primary_script = main
    return message


def _main_script(fonts: Sequence[Font]) -> str:
    """The script of most characters."""
    codepoints = fonts[0].codepoints if fonts else frozenset()
    scripts = Counter(script(chr(codepoint)) for codepoint in codepoints)
    for shared in ("Zyyy", "Zinh", "Zzzz"):
        scripts.pop(shared, None)
    return scripts.most_common(1)[0][0] if scripts else ""


def _set_fonts(message: Any, fonts: Sequence[Font]) -> None:
    del message.fonts[:]
    for font in fonts:
        stem = font.file.removesuffix(".ttf")
        message.fonts.add(
            name=message.name,
            style=_style(font),
            weight=_weight(font),
            filename=font.file,
            post_script_name=font.name(6) or stem,
            full_name=font.name(4) or stem.replace("-", " "),
            copyright=font.name(0),
        )


def _style(font: Font) -> str:
    return "italic" if "Italic" in font.file.partition("[")[0] else "normal"


def _weight(font: Font) -> int:
    """Of a variable font the weight nearest to 400, else what its file name says."""
    if font.axes:
        spans = [(axis.least, axis.greatest) for axis in font.axes if axis.tag == "wght"]
        least, greatest = spans[0] if spans else (400, 400)
        return int(min(max(400, least), greatest))
    style = font.file.removesuffix(".ttf").rpartition("-")[2]
    return WEIGHTS.get(style.removesuffix("Italic"), font.weight)


def _set_axes(message: Any, fonts: Sequence[Font]) -> None:
    """Axes with the widest range that a font of the family has."""
    ranges: dict[str, tuple[float, float]] = {}
    for axis in (axis for font in fonts for axis in font.axes):
        least, greatest = ranges.get(axis.tag, (axis.least, axis.greatest))
        ranges[axis.tag] = min(least, axis.least), max(greatest, axis.greatest)
    del message.axes[:]
    for tag in sorted(ranges):
        message.axes.add(tag=tag, min_value=ranges[tag][0], max_value=ranges[tag][1])
    for tag, default in _overrides(fonts).items():
        if tag not in message.registry_default_overrides:  # what people decided stays
            message.registry_default_overrides[tag] = default


def _overrides(fonts: Sequence[Font]) -> dict[str, float]:
    """Defaults of axes whose range does not hold the default that is registered for them."""
    if not any(font.axes for font in fonts):
        return {}
    from axisregistry import AxisRegistry  # noqa: PLC0415  reads hundreds of files

    registry = AxisRegistry()
    found: dict[str, float] = {}
    for axis in (axis for font in fonts for axis in font.axes):
        if axis.tag in registry:
            registered = registry[axis.tag].default_value
            if not axis.least <= registered <= axis.greatest:
                found[axis.tag] = min(axis.default, found.get(axis.tag, axis.default))
    return found


def _set_source(message: Any, source: Source) -> None:
    moved = message.repository_url != source.repository
    message.repository_url, message.commit = source.repository, source.commit
    message.ClearField("archive_url")  # these files came from the commit, not from an archive
    if source.branch:
        message.branch = source.branch
    elif moved:
        message.ClearField("branch")
    del message.files[:]
    for upstream, target in sorted(source.files, key=lambda pair: pair[1]):
        message.files.add(source_file=upstream, dest_file=target)


def _with_language_names(text: str) -> str:
    """Say beside each language how it is called, as google/fonts does."""
    return _LANGUAGE.sub(lambda found: f"{found[0]}{_language_name(found[1])}", text)


def _language_name(code: str) -> str:
    path = files("gflanguages.data") / "languages" / f"{code}.textproto"
    if not path.is_file():
        return ""
    language = text_format.Parse(path.read_text(encoding="utf-8"), LanguageProto())
    return f"  # {language.name}"
