"""Faults on demand: what GitHub does on a bad day, for chosen requests, so many times."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

KINDS = (
    "before",  # 502, nothing was done
    "after",  # 502, although it was done: the answer is lost
    "cut",  # the connection ends without an answer, although it was done
    "slow",  # answered after `seconds`
    "retry-after",  # 503 with Retry-After
    "secondary",  # 403: the secondary rate limit, with Retry-After
    "primary",  # 403: the hour's requests are used up
    "suspended",  # 403: GitHub has closed the account that asks
)


@dataclass
class Fault:
    """`method` may be several, as `POST|PATCH`, or `*`.

    `path` is a pattern that the address must hold somewhere; `skip` requests go well first.
    """

    kind: str
    method: str = "*"
    path: str = ""
    times: int = 1
    seconds: float = 1
    skip: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind} is no fault; there are {', '.join(KINDS)}")

    def meets(self, method: str, path: str) -> bool:
        """Whether it is meant for this request."""
        methods = self.method.split("|")
        return bool({"*", method} & set(methods) and re.search(self.path, path))


@dataclass
class Faults:
    """All faults that still wait for their request, in order."""

    waiting: list[Fault] = field(default_factory=list)
    happened: list[str] = field(default_factory=list)

    def add(self, kind: str, method: str = "*", path: str = "", **details: float) -> Fault:
        """Let something go wrong: `faults.add("after", "POST", "/pulls$")`."""
        times, skip = int(details.pop("times", 1)), int(details.pop("skip", 0))
        fault = Fault(kind, method, path, times, details.pop("seconds", 1), skip)
        if details:
            raise TypeError(f"a fault knows no {sorted(details)}")
        self.waiting.append(fault)
        return fault

    def next(self, method: str, path: str) -> Fault | None:
        """The fault for this request, counted down."""
        for fault in self.waiting:
            if not fault.meets(method, path):
                continue
            if fault.skip:
                fault.skip -= 1
                continue
            fault.times -= 1
            if not fault.times:
                self.waiting.remove(fault)
            self.happened.append(f"{fault.kind} {method} {path}")
            return fault
        return None
