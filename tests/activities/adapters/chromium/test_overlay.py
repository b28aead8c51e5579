"""The overlay: what was there is blue, what is there now is orange, what stayed is grey."""

from __future__ import annotations

from PIL import Image

from activities.adapters.chromium.overlay import COMMON, ONLY_AFTER, ONLY_BEFORE, PAPER, lay_over


def _picture(*ink: int, height: int = 1) -> Image.Image:
    """A row of ten white pixels with black ones at these places."""
    picture = Image.new("RGB", (10, height), "white")
    for x in ink:
        picture.putpixel((x, 0), (0, 0, 0))
    return picture


def test_the_same_picture_has_not_changed() -> None:
    assert lay_over(_picture(1, 2), _picture(1, 2)).changed == 0


def test_the_changed_part_of_the_ink_is_told() -> None:
    assert lay_over(_picture(1, 2, 3), _picture(2, 3, 4)).changed == 0.5
    assert lay_over(_picture(1), _picture(2)).changed == 1


def test_each_pixel_has_the_colour_of_what_happened_to_it() -> None:
    picture = lay_over(_picture(1, 2), _picture(2, 3)).picture
    found = [picture.getpixel((x, 0)) for x in range(4)]
    assert found == [PAPER, ONLY_BEFORE, COMMON, ONLY_AFTER]


def test_the_faintest_difference_counts() -> None:
    after = _picture(1)
    after.putpixel((5, 0), (255, 255, 254))
    assert 0 < lay_over(_picture(1), after).changed < 0.01


def test_another_colour_of_the_same_darkness_counts() -> None:
    red, green = Image.new("RGB", (4, 4), (85, 0, 0)), Image.new("RGB", (4, 4), (0, 43, 0))
    assert red.convert("L").tobytes() == green.convert("L").tobytes()
    assert lay_over(red, green).changed > 0


def test_pictures_of_different_height_are_compared_in_full() -> None:
    higher = _picture(1, height=3)
    higher.putpixel((0, 2), (0, 0, 0))
    laid = lay_over(_picture(1), higher)
    assert laid.picture.size == (10, 3)
    assert laid.changed == 0.5


def test_two_empty_pictures_are_the_same() -> None:
    assert lay_over(_picture(), _picture()).changed == 0
