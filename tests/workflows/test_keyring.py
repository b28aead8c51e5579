"""Signatures are checked apart from workflows: whatever a check does, no worker dies of it."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime

import pytest

from workflows import keyring
from workflows.domain.refused import UNKNOWN_KEY, Refused
from workflows.domain.signature import Signature, Signed
from workflows.keyring import Check, Keyring

SIGNED = Signed("process", "run", "stop", Signature("site", datetime.now(UTC), value="00"))


def require(check: Check) -> None:
    ring = Keyring()
    ring.learn({"site": check})
    ring.require(SIGNED)


def test_a_signature_is_not_checked_in_the_thread_of_a_workflow() -> None:
    threads = []

    def check(*_: object) -> bool:
        threads.append(threading.get_ident())
        return True

    require(check)
    assert threads != [threading.get_ident()]


def test_a_check_that_takes_too_long_refuses_for_now(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(*_: object) -> bool:
        time.sleep(0.3)
        return True

    monkeypatch.setattr(keyring, "PATIENCE", 0.05)
    with pytest.raises(Refused) as refused:
        require(check)
    assert refused.value.kind == UNKNOWN_KEY
