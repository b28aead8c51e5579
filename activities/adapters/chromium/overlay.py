"""Two pictures laid over each other: blue was there before, orange is there now."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageStat

PAPER = (255, 255, 255)
COMMON = (165, 165, 165)
ONLY_BEFORE = (11, 95, 214)
ONLY_AFTER = (232, 113, 10)
"""Blue and orange differ for every kind of colour vision; what stayed is grey."""


@dataclass(frozen=True)
class Overlay:
    """The picture, and the part of the ink that changed: 0 is the very same, 1 is nothing alike."""

    picture: Image.Image
    changed: float


def lay_over(before: Image.Image, after: Image.Image) -> Overlay:
    """Compare two pictures pixel by pixel; the smaller one is continued with white paper."""
    width, height = max(before.width, after.width), max(before.height, after.height)
    old, new = (_on_paper(picture, width, height) for picture in (before, after))
    difference = ImageChops.difference(old, new)
    ink = ImageChops.lighter(ImageChops.invert(old), ImageChops.invert(new))
    differs, all_ink = sum(ImageStat.Stat(difference).sum), sum(ImageStat.Stat(ink).sum)
    return Overlay(_paint(old, new), differs / all_ink if differs else 0.0)


def _on_paper(picture: Image.Image, width: int, height: int) -> Image.Image:
    paper = Image.new("RGB", (width, height), PAPER)
    paper.paste(picture.convert("RGB"))
    return paper


def _paint(old: Image.Image, new: Image.Image) -> Image.Image:
    ink_before, ink_after = (ImageChops.invert(picture.convert("L")) for picture in (old, new))
    picture = Image.new("RGB", old.size, PAPER)
    picture.paste(COMMON, mask=ImageChops.darker(ink_before, ink_after))
    picture.paste(ONLY_BEFORE, mask=ImageChops.subtract(ink_before, ink_after))
    picture.paste(ONLY_AFTER, mask=ImageChops.subtract(ink_after, ink_before))
    return picture
