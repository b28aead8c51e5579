"""Font Bakery: checks a family by the rules of google/fonts, in an environment of its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, Field, ValidationError

from activities.adapters import store, tool
from activities.adapters.checker import Broken, Check, Remark, Report, Tell, known
from activities.adapters.settings import settings

RUNNER = Path(__file__).with_name("runner.py")
LIMIT = 1800.0  # seconds; 18 styles of 3000 glyphs took 10 minutes
MEMORY = 8 << 30  # bytes of address space; the largest family used 2 GB
LONGEST_TEXT = 2000  # characters of a remark; the report has all of it

NOT_INSTALLED = (
    "Font Bakery is not installed. Make its environment: `python3 -m venv .tools/font-bakery`, "
    "then `.tools/font-bakery/bin/pip install --require-hashes "
    "-r activities/adapters/font_bakery/requirements.txt`."
)

ONLINE = {
    "network", "production_metadata", "listed_on_gfonts_api",
    "remote_style", "regular_remote_style", "remote_styles",
}  # fmt: skip
"""Conditions that cannot hold without network."""


async def check(folder: Path, files: Sequence[Path], tell: Tell) -> Report:
    """Run all checks of the google/fonts profile, without network. Raises Broken."""
    plan = _Plan(tell)
    ended = await _run(folder, files, plan)
    result, html = tool.read(folder / "report.json"), tool.read(folder / "report.html")
    if result is None or not plan.version:
        raise Broken(f"Font Bakery broke off and left no result. {_last_words(ended)}")
    if not plan.skips_network:
        raise Broken("Font Bakery was not told to do without network; its result cannot be used.")
    checks, unfinished = parse(result)
    return Report(
        "Font Bakery",
        plan.version,
        plan.python,
        checks,
        max(unfinished, abs(plan.total - len(checks))),
        store.put(result, "font-bakery.json"),
        store.put(html, "font-bakery.html") if html else None,
    )


async def _run(folder: Path, files: Sequence[Path], plan: _Plan) -> tool.Finished:
    python = settings().font_bakery_python.absolute()  # not resolved: the link is what counts
    if not python.is_file():
        raise Broken(NOT_INSTALLED)
    command = [python, "-I", RUNNER, "report.json", "report.html"]
    words = [*map(str, command), *(str(file.relative_to(folder)) for file in files)]
    try:
        return await tool.run(words, folder, limit=LIMIT, memory=MEMORY, on_line=plan.hear)
    except tool.Stuck as stuck:
        raise Broken(f"Font Bakery did not come to an end. {stuck}") from None


@dataclass
class _Plan:
    """What Font Bakery says of its run while it runs."""

    tell: Tell
    total: int = 0
    version: str = ""
    python: str = ""
    skips_network: bool = False

    def hear(self, line: str) -> None:
        """Take one line; what is no JSON object is somebody else's."""
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            return
        match said:
            case {"total": int(total), "version": str(version), "python": str(python), **more}:
                self.total, self.version, self.python = total, version[:40], python[:40]
                self.skips_network = more.get("skip_network") is True
                self.tell(0, total, "")
            case {"done": int(done), "check": str(name)}:
                self.tell(done, self.total, name)


class _Message(BaseModel):
    code: str | int | None = None
    message: str = ""


class _Log(BaseModel):
    status: str
    message: _Message


class _Check(BaseModel):
    key: tuple[str | None, str, list[list[str | int]]]
    result: str
    filename: str = ""
    logs: list[_Log]

    def typed(self) -> Check:
        """The same in the words of all checkers."""
        remarks = tuple(
            Remark(str(log.message.code or ""), known(log.status), log.message.message)
            for log in self.logs
        )
        name = self.key[1].removeprefix("<FontBakeryCheck:").removesuffix(">")
        shown = tuple(Remark(r.code, r.status, _readable(r)) for r in remarks)
        return Check(name, self.filename, known(self.result), shown, _needs_network(remarks))


class _Section(BaseModel):
    checks: list[_Check]


class _Document(BaseModel):
    result: dict[str, int]
    sections: list[_Section] = Field(min_length=1)


def parse(content: bytes) -> tuple[tuple[Check, ...], int]:
    """The checks in a JSON report of Font Bakery, and how many were not finished."""
    try:
        document = _Document.model_validate_json(content)
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"]))
        raise Broken(f"Font Bakery's result cannot be read (at {where or 'the start'}).") from None
    checks = tuple(check.typed() for section in document.sections for check in section.checks)
    return checks, document.result.get("(not finished)", 0)


def _needs_network(remarks: tuple[Remark, ...]) -> bool:
    """Whether nothing but the missing network kept a check from running."""
    texts = [remark.text for remark in remarks if remark.code == "unfulfilled-conditions"]
    unmet = {name.strip() for text in texts for name in text.partition(":")[2].split(",")}
    return bool(unmet) and unmet <= ONLINE


def _readable(remark: Remark) -> str:
    """The text without the stack trace, which a crashed check sends along in a code block."""
    text = remark.text.partition("```")[0] if remark.status == "ERROR" else remark.text
    return text[:LONGEST_TEXT]


def _last_words(ended: tool.Finished) -> str:
    lines = [line.strip() for line in ended.errors.splitlines() if line.strip()]
    return f"Its exit code was {ended.code}. {lines[-1][:500] if lines else ''}".strip()
