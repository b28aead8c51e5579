"""Text to look at a font with: sentences in its own scripts that it has every character for."""

from __future__ import annotations

import unicodedata

from gflanguages import LoadLanguages

SENTENCES = (
    "Hamburgefonstiv AVATAR Wolf Type To fi fl ffi.",
    "The quick brown fox jumps over the lazy dog.",
    "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich.",
    "Portez ce vieux whisky au juge blond qui fume.",
    "Pchnąć w tę łódź jeża lub ośm skrzyń fig.",
    "Příliš žluťoučký kůň úpěl ďábelské ódy.",
    "Pijamalı hasta yağız şoföre çabucak güvendi.",  # noqa: RUF001  Turkish
    "Do bạch kim rất quý nên sẽ dùng để lắp vô xương.",
    "Съешь же ещё этих мягких французских булок, да выпей чаю.",
    "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία.",
    "0123456789 (A–Z) [x] {y} “quote” ‘it’s’ £€$ & @ # % * + = < > / ! ? : ;",  # noqa: RUF001  as typeset
)
WITHOUT_INK = ("Zs", "Zl", "Zp", "Cf")
"""Unicode categories that text needs and that a font may lack: spaces and joiners."""
KNOWN_SCRIPTS = ("Latn", "Cyrl", "Grek")
MOST_OTHERS = 4
"""So many other scripts are shown at most."""


def sentences(characters: frozenset[str]) -> list[str]:
    """What can be set of `SENTENCES`, in their order."""
    return [sentence for sentence in SENTENCES if covers(characters, sentence)]


def other_scripts(characters: frozenset[str]) -> list[str]:
    """One sentence per script, in its most spoken language."""
    if all(ord(c) < 0x0530 or 0x1AB0 <= ord(c) < 0x2E80 for c in characters):
        return []  # Latin, Greek and Cyrillic only: no need to read all languages
    best: dict[str, tuple[int, str]] = {}
    for language in LoadLanguages().values():
        text = (language.sample_text.specimen_36 or language.sample_text.styles).strip()
        if not text or language.script in KNOWN_SCRIPTS or not covers(characters, text):
            continue
        candidate = (language.population, text.splitlines()[0])
        best[language.script] = max(candidate, best.get(language.script, candidate))
    return [text for _, text in sorted(best.values(), reverse=True)[:MOST_OTHERS]]


def covers(characters: frozenset[str], text: str) -> bool:
    """Whether text can be set; spaces and joiners do not count."""
    return all(c in characters or unicodedata.category(c) in WITHOUT_INK for c in text)
