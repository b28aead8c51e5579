"""A process in memory makes way for the next version, as the dispatcher has it done."""

from __future__ import annotations

from tests.web.fake import FakeProcesses
from workflows.domain.actor import SWEEP
from workflows.domain.bequest import successor
from workflows.domain.lineage import Wanted
from workflows.domain.restart import conclude


async def replaced(processes: FakeProcesses, at: tuple[str, str]) -> tuple[str, str]:
    """Close a process for the next version; key and run of the one that continues it."""
    case = processes.case(*at)
    version = case.process.version + 1
    reason = f"Version {version} is in use now."
    wanted = Wanted(f"wish-{case.run}", version, SWEEP, processes.tick(), reason)
    case.process.wanted = wanted
    following = successor(case.process, case.workflow_id, case.run, wanted, version)
    conclude(case.process, following, wanted, processes.tick())
    await processes.tell(case)
    return at[0], await processes.begin(following)
