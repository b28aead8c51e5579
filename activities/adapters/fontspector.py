"""Fontspector: Google's successor to Font Bakery, used where it is installed.

Written from its documentation and source; it was never run here, where it cannot be installed.
What this cannot read is no result, so a wrong guess ends as FAILED and never as OK.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, Field, ValidationError

from activities.adapters import store, tool
from activities.adapters.checker import Broken, Check, Remark, Report, Tell, known

PROGRAM = "fontspector"
LIMIT = 1800.0  # seconds
OPTIONS = ("-p", "googlefonts", "-l", "info", "--succinct", "-e", "error", "--skip-network")


def is_present() -> bool:
    """Whether Fontspector is on PATH."""
    return shutil.which(PROGRAM) is not None


async def check(folder: Path, files: Sequence[Path], tell: Tell) -> Report:
    """Run all checks of the google/fonts profile, without network. Raises Broken."""
    tell(0, 0, "Fontspector does not say how far it is")
    names = [str(file.relative_to(folder)) for file in files]
    reports = ("--json", "report.json", "--html", "report.html")
    try:
        asked = await tool.run([PROGRAM, "--version"], folder, limit=60)
        await tool.run([PROGRAM, *OPTIONS, *reports, *names], folder, limit=LIMIT)
    except tool.Stuck as stuck:
        raise Broken(f"Fontspector did not come to an end. {stuck}") from None
    result, html = tool.read(folder / "report.json"), tool.read(folder / "report.html")
    if result is None:
        raise Broken("Fontspector broke off and left no result.")
    checks = parse(result)
    fonts = {file.name for file in files if file.suffix == ".ttf"}
    unfinished = len(fonts - {check.subject for check in checks})
    html_file = store.put(html, "fontspector.html") if html else None
    json_file = store.put(result, "fontspector.json")
    version = asked.output.strip().rpartition(" ")[2][:40]
    return Report("Fontspector", version, "", checks, unfinished, json_file, html_file)


class _Status(BaseModel):
    severity: str
    code: str | None = None
    message: str | None = None


class _Result(BaseModel):
    check_id: str
    worst_status: str
    subresults: list[_Status]


class _Document(BaseModel):
    results: dict[str, dict[str, list[_Result]]] = Field(min_length=1)


def parse(content: bytes) -> tuple[Check, ...]:
    """The checks in a JSON report of Fontspector."""
    try:
        document = _Document.model_validate_json(content)
    except ValidationError:
        raise Broken("Fontspector's result cannot be read.") from None
    return tuple(
        _typed(Path(file).name, result)
        for file, sections in document.results.items()
        for section in sections.values()
        for result in section
    )


def _typed(subject: str, result: _Result) -> Check:
    status = known(result.worst_status.upper())
    remarks = tuple(
        Remark(said.code or "", known(said.severity.upper()), (said.message or "")[:2000])
        for said in result.subresults
    )
    offline = status == "SKIP" and any("network" in f"{r.code} {r.text}".lower() for r in remarks)
    return Check(result.check_id, subject, status, remarks, offline)
