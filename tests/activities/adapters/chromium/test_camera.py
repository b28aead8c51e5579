"""The camera: brings back pictures of the styles asked for, or says what it did not take."""

from __future__ import annotations

import shutil
from pathlib import Path

from activities.adapters.chromium import camera
from activities.adapters.chromium.job import Job, Pair
from activities.adapters.settings import settings
from tests.typeface import variable


async def test_the_instances_of_a_variable_font_are_taken_up_to_the_limit(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    shutil.copy(variable(tmp_path, instances=3), folder / "Karla[wght].ttf")
    pair = Pair("Karla[wght].ttf", "Karla[wght].ttf", "Karla[wght].ttf")
    job = Job(str(settings().chromium), (pair,), most_instances=2)
    told: list[tuple[int, int, str]] = []
    result = await camera.shoot(job, folder, lambda *one: told.append(one))
    styles = list(dict.fromkeys(picture.style for picture in result.pictures))
    assert styles == ["Karla[wght] Weight 0", "Karla[wght] Weight 1"]
    assert result.left_out == ["Karla[wght].ttf Weight 2"]
    assert not result.faults
    assert [done for done, _, _ in told] == list(range(6))
