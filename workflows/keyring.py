"""The keys that a dispatcher trusts: looked up without waiting, refreshed in the background."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from workflows.domain.proof import FORGED, UNSIGNED
from workflows.domain.refused import FORBIDDEN, UNKNOWN_KEY, Refused
from workflows.domain.signature import FORMAT, Signed

Check = Callable[[bytes, str], bool]
"""Whether a signature in hexadecimal is right for these bytes."""

REFRESH = 60.0
PAUSE = 0.1
"""Seconds between two looks at the published keys, and the least between two."""

PATIENCE = 1.0
"""Seconds that a validator waits for a check of some microseconds: the machine may be busy."""

log = logging.getLogger("keyring")


class Keyring:
    """One per worker process. A validator must not wait, so it only looks at what is known."""

    def __init__(self) -> None:
        self._checks: Mapping[str, Check] = {}
        self._wanted = threading.Event()
        self._follower: threading.Thread | None = None
        self._apart = ThreadPoolExecutor(1, "signatures")

    def learn(self, checks: Mapping[str, Check]) -> None:
        """From now on these keys count, and no others."""
        self._checks = dict(checks)

    def require(self, signed: Signed | None) -> None:
        """Refuse what has no right signature; an unknown key is looked for, for the next try."""
        if signed is None:
            raise Refused(UNSIGNED, FORBIDDEN)
        check = self._checks.get(signed.signature.key)
        if check is None:
            self._wanted.set()
            raise Refused("The key that signed this is not known here.", UNKNOWN_KEY)
        if signed.signature.format != FORMAT or not self._holds(check, signed):
            raise Refused(FORGED, FORBIDDEN)

    def _holds(self, check: Check, signed: Signed) -> bool:
        """Ask in a thread of its own.

        A workflow's thread is interrupted when it takes too long, and that must never happen within
        the native code of a cryptographic library.
        """
        asked = self._apart.submit(check, signed.to_sign, signed.signature.value)
        try:
            return asked.result(PATIENCE)
        except TimeoutError:
            raise Refused("The signature could not be checked in time.", UNKNOWN_KEY) from None

    def follow(self, load: Callable[[], Mapping[str, Check]]) -> None:
        """Keep up with what `load` finds; a second call changes nothing."""
        if self._follower is None:
            self._follower = threading.Thread(
                target=self._keep_up, args=(load,), name="keyring", daemon=True
            )
            self._follower.start()

    def _keep_up(self, load: Callable[[], Mapping[str, Check]]) -> None:
        while True:
            self._wanted.clear()
            try:
                self.learn(load())
            except Exception:
                log.exception("the published keys could not be read; those known stay")
            self._wanted.wait(REFRESH)
            time.sleep(PAUSE)  # a flood of unknown keys is no flood of looks


KEYRING = Keyring()
