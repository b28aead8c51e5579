"""Pictures for trials: a word before, after, and both upon each other."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from activities.adapters import store
from workflows.domain.evidence import File

SIDES = ("before", "after", "overlay")


def picture(word: str, side: int) -> File:
    """The word, a little wider in the later version."""
    return store.put(_png(word, side), f"{word}-{SIDES[side]}.png")


@cache
def _png(word: str, side: int) -> bytes:
    image = Image.new("RGB", (900, 320), "white")
    draw = ImageDraw.Draw(image)
    colours = {0: ["black"], 1: ["black"], 2: ["#c33", "#38c"]}[side]
    for shift, colour in zip({0: [0], 1: [6], 2: [0, 6]}[side], colours, strict=True):
        for line in range(5):
            font = ImageFont.load_default(18 + 8 * line)
            draw.text((20 + shift, 15 + line * 58), f"{word} hamburgefonstiv", colour, font)
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
