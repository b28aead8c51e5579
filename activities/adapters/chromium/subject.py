"""A font in front of the camera: it is photographed only if the browser really drew it."""

from __future__ import annotations

import base64
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import BrowserContext, Page

from activities.adapters.chromium import blank
from activities.adapters.chromium.face import Axes, Face
from activities.adapters.chromium.sample import WITHOUT_INK
from activities.adapters.chromium.sheet import Block, Sheet, is_mark

PATIENCE = 30
"""So many times the inspector is asked, at intervals of a tenth of a second."""
PAGE = Path(__file__).with_name("page.html")


class NotDrawn(Exception):  # noqa: N818  reads as a sentence: the font was not drawn
    """The browser refused the font, or drew the text with another one."""


@dataclass(frozen=True)
class Shot:
    """A picture, and where the lines broke and how high the sheet was when it was taken."""

    picture: Image.Image
    layout: dict[str, Any]


class Subject:
    """One font file on a page of its own; close() when done."""

    def __init__(self, context: BrowserContext, face: Face, sheets: Sequence[Sheet]) -> None:
        self.face, self.page = face, context.new_page()
        self.page.set_content(PAGE.read_text())
        letters = {c for sheet in sheets for block in sheet.blocks for c in block.text}
        _load(self.page, "blank", blank.build(letters))
        _load(self.page, "subject", face.path.read_bytes())
        self._inspector = context.new_cdp_session(self.page)
        self._inspector.send("DOM.enable")
        self._inspector.send("CSS.enable")

    def shoot(self, sheet: Sheet, axes: Axes) -> Shot:
        """Set a sheet in this font and photograph it; NotDrawn when another font had to help."""
        blocks = sheet.for_face(self.face)
        place = ", ".join(f"{json.dumps(tag)} {value:g}" for tag, value in axes.items())
        told = [{"text": b.text, "size": b.size, "mark": b.mark} for b in blocks]
        self.page.evaluate("([k, b, a]) => show(k, b, a)", [sheet.kind, told, place])
        content = self.page.screenshot(full_page=True, animations="disabled", scale="css")
        self._prove(blocks)  # afterwards, as the inspector knows only what was drawn
        picture = Image.open(BytesIO(content)).convert("RGB")
        if picture.convert("L").getextrema()[0] == 255:  # nothing but white
            raise NotDrawn("it leaves no ink")
        return Shot(picture, self.page.evaluate("measure()"))

    def close(self) -> None:
        """Leave the page."""
        self.page.close()

    def _prove(self, blocks: tuple[Block, ...]) -> None:
        """Ask the browser's own inspector which fonts drew the glyphs.

        A font that is `loaded` may still not be the one that draws. No font of the machine may
        have taken part, and the font without ink only for a space or joiner that this font
        lacks, or for the dotted circle that a lonely mark may ask for.
        """
        drawn = empty = 0
        for font in self._used():
            if not font["isCustomFont"]:
                raise NotDrawn(f"the browser took {font['familyName']} in its place")
            if font["familyName"] == blank.NAME:
                empty += int(font["glyphCount"])
            else:
                drawn += int(font["glyphCount"])
        text = "".join(block.text for block in blocks)
        if text and not drawn:
            raise NotDrawn("the browser drew no glyph of it")
        allowed = sum(map(self._may_be_empty, text))
        if empty > allowed:
            raise NotDrawn(f"{empty - allowed} characters that it should have were not drawn")

    def _used(self) -> list[dict[str, Any]]:
        """The fonts that drew the sheet, as soon as the inspector knows any; in the end none."""
        for _ in range(PATIENCE):
            root = self._inspector.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
            sheet = self._inspector.send(
                "DOM.querySelector", {"nodeId": root, "selector": "#sheet"}
            )
            told = {"nodeId": sheet["nodeId"]}
            if fonts := self._inspector.send("CSS.getPlatformFontsForNode", told)["fonts"]:
                return list(fonts)
            self.page.wait_for_timeout(100)
        return []

    def _may_be_empty(self, character: str) -> bool:
        lacking = character not in self.face.characters
        unseen = unicodedata.category(character) in WITHOUT_INK
        return is_mark(character) or (lacking and unseen)


def _load(page: Page, family: str, content: bytes) -> None:
    encoded = base64.b64encode(content).decode()
    if fault := page.evaluate("([f, c]) => load(f, c)", [family, encoded]):
        raise NotDrawn(f"the browser refused it: {fault}")
