"""Sign off: an engineer who did not start the process answers for it with a name."""

from __future__ import annotations

from activities.authoring import ENGINEER, INITIATOR, VERDICT, Evidence, Outcome, ask
from activities.exhibits import table
from activities.wording.quotation import inline, plain, quoted
from workflows.domain.record import Record, TaskRecord

title = "Sign off"
version = 1

QUESTION = (
    "Every task so far is OK. With your OK, the pull request is opened, and it names you as the "
    "person who looked at all this. With FAILED, the process ends with a report."
)


async def start(record: Record) -> Outcome:
    """Show what was found and what was accepted, and ask for the verdict."""
    return ask(
        "\n\n".join([QUESTION, _waivers(record)]),
        *VERDICT,
        evidence=(_results(record),),
        roles=(ENGINEER,),
        barred=(INITIATOR,),
        submit="Sign",
    )


def _waivers(record: Record) -> str:
    if not record.waivers:
        return "No findings had to be accepted."
    shown = [
        f"**{inline(t.title)}**, by {inline(t.by.login)}:\n\n{quoted(t.waiver)}"
        for t in record.waivers
    ]
    return "\n\n".join(["Findings that were accepted:", *shown])


def _results(record: Record) -> Evidence:
    own = __name__.rpartition(".")[2]
    tasks = [task for step in record.steps for task in step.tasks if task.key != own]
    columns = ("Task", "Result", "By", "Attempts", "Accepted in spite of findings")
    return table("What each task says", columns, [_row(task) for task in tasks])


def _row(task: TaskRecord) -> list[str]:
    return [
        task.title,
        str(task.status),
        task.by.login,
        str(task.attempt),
        plain(task.waiver, 2_000),
    ]
