from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from activities.adapters import metadata
from activities.adapters.font import Axis, Font
from tests.activities.adapters.test_metadata import REGULAR, composed

VARIABLE = replace(REGULAR, file="Karla[wght].ttf", axes=(Axis("wght", 200, 200, 800),))


def parsed(*fonts: Font) -> Any:
    return metadata.parse(composed(*fonts))


@pytest.mark.parametrize(
    ("least", "greatest", "weight"), [(200, 800, 400), (500, 900, 500), (100, 300, 300)]
)
def test_a_variable_font_stands_for_the_weight_nearest_to_regular(
    least: float, greatest: float, weight: int
) -> None:
    font = replace(VARIABLE, axes=(Axis("wght", least, least, greatest),))
    assert parsed(font).fonts[0].weight == weight


def test_axes_have_the_widest_range_in_the_family() -> None:
    slanted = replace(
        VARIABLE,
        file="Karla-Italic[wdth,wght].ttf",
        axes=(Axis("wght", 300, 400, 900), Axis("wdth", 75, 100, 100)),
    )
    message = parsed(VARIABLE, slanted)
    assert [(axis.tag, axis.min_value, axis.max_value) for axis in message.axes] == [
        ("wdth", 75, 100),
        ("wght", 200, 900),
    ]
    assert not message.registry_default_overrides


def test_a_range_without_the_registered_default_names_its_own() -> None:
    font = replace(VARIABLE, axes=(Axis("wght", 500, 600, 900),))
    message = parsed(font)
    assert dict(message.registry_default_overrides) == {"wght": 600}
