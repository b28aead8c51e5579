"""A process that no dispatcher can go on with, and whose pull request exists."""

from __future__ import annotations

from datetime import timedelta

from tests.web.fake import FakeProcesses
from tests.web.scene import DONE, bring
from workflows.reading.stranded import BY_A_PERSON

WHY = "Its history cannot be replayed by this version. Its pull request is https://example.com/7: "


async def strand(processes: FakeProcesses, family: str) -> tuple[str, str]:
    """Bring it to its last question, and close it as the sweep does; key and run."""
    at = await bring(processes, family, *DONE[:-1])
    case = processes.case(*at)
    case.why_closed = WHY + BY_A_PERSON
    case.problem = "Not all of this history can be read by this version of the site."
    case.archived = processes.tick() + timedelta(minutes=1)
    await processes.tell(case)
    return at
