"""Whoever changes the shape of a process raises its number."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import worker
from local.version import complaint, lock, locked, write
from workflows.domain.definition import Definition, StepDefinition, TaskDefinition

ONE = Definition("play", 1, "A play", (StepDefinition("Get", (TaskDefinition("get", "Get"),)),))
OTHER = replace(ONE, steps=(StepDefinition("Fetch", ONE.steps[0].tasks),))


@pytest.mark.parametrize("name", worker.PROCESSES)
def test_the_shape_in_use_is_the_one_that_is_locked_to_its_number(name: str) -> None:
    assert not complaint(lock(name), worker.definition(name, worker.PROCESSES[name]))


def test_a_changed_shape_wants_a_higher_number_and_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "play.lock"
    assert not write(path, ONE)
    assert "Set VERSION to 2" in complaint(path, OTHER)
    assert "Set VERSION to 2" in write(path, OTHER), "a known number is not written anew"
    assert "run `python -m local.version`" in complaint(path, replace(OTHER, version=2))
    assert not write(path, replace(OTHER, version=2))
    assert list(locked(path)) == [1, 2]


def test_a_lower_number_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "play.lock"
    write(path, replace(ONE, version=2))
    assert "lower than 2" in write(path, ONE)
