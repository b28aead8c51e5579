"""An outcome: what a task says when it stops, a verdict or a question."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from workflows.domain.evidence import Evidence
from workflows.domain.form import Form
from workflows.domain.status import Status


@dataclass(frozen=True)
class Outcome:
    """OK and FAILED end an attempt; PENDING comes with a form and waits for its answer.

    `names` are published to later steps; `kept` is handed to the task's own `answer`.
    """

    status: Status
    text: str = ""
    form: Form | None = None
    names: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
    waiver: str = ""
