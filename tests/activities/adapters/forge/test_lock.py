"""Locks that a killed process leaves behind do not stop the next one for ever."""

from __future__ import annotations

import os
import time

import pytest

from activities.adapters.forge.embedded import EmbeddedForge
from activities.adapters.forge.lock import locked
from activities.authoring import PassingFault

from .conftest import KARLA, MESSAGE
from .test_branch import BRANCH


async def test_a_lock_that_git_left_behind_is_removed_when_it_is_old(
    embedded: EmbeddedForge,
) -> None:
    left = embedded.repository.path / "refs" / "heads" / f"{BRANCH}.lock"
    left.parent.mkdir(parents=True)
    left.touch()
    with pytest.raises(PassingFault):
        await embedded.branch_with("ofl/karla", KARLA, BRANCH, MESSAGE)
    os.utime(left, (0, time.time() - 60))
    assert await embedded.branch_with("ofl/karla", KARLA, BRANCH, MESSAGE)


def test_who_waits_too_long_for_others_may_try_again_later(embedded: EmbeddedForge) -> None:
    with locked(embedded.folder), pytest.raises(PassingFault), locked(embedded.folder, 0.1):
        pass
