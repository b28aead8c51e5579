"""Open the pull request: exactly the judged files, on a branch of this process, once."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from activities.adapters import store
from activities.adapters.forge.choice import forge
from activities.adapters.forge.mark import branch_name
from activities.adapters.forge.port import Author, Forge, Message, NotFound, PullRequest, Refused
from activities.authoring import SERVICE, Outcome, Place, failed, ok
from activities.exhibits import FileChange, file_diff, link
from activities.following.beginning import followed
from activities.package import Package
from activities.wording.dry_run import not_sent
from activities.wording.pull_request_text import Text, pull_request_text
from activities.wording.quotation import inline
from workflows.domain.record import Record
from workflows.domain.request import Request

title = "Open the pull request"
provides = ("pull_request",)
version = 1
irrevocable = True

ADVICE = "Stop this process and start a new one, so that the new state is judged."

EDITED = "Somebody has changed its text, which stays; a comment there says what ours would be now."


class Changed(Exception):  # noqa: N818  reads as a sentence: the target changed
    """The target is not what was judged any more."""


async def start(
    request: Request, package: Package, before: Package, record: Record, place: Place
) -> Outcome:
    """Open it, or find what an interrupted try has opened; then read everything back."""
    target = forge()
    text = pull_request_text(request, package, before, record, place)
    branch, wrong = branch_name(record.key, record.run), ""
    try:
        there = await target.find_pull_request(branch, text.marker)
        if there and there.state != "open":
            return failed(f"The [pull request]({there.url}) is {there.state}. {ADVICE}")
        base = "" if there else await _judged_commit(target, package, before, request)
        commit = await _write(target, package, before, branch, _message(text, record), base)
        pull = await target.open_pull_request(
            branch, text.title, text.body, text.labels, text.marker
        )
        if not target.unsent:
            wrong = await _read_back(target, package, before, pull, text)
        if not wrong:
            wrong = await _set_status(target, commit, record, place)
    except Changed as changed:
        return failed(f"{changed} Nothing was opened. {ADVICE}")
    except (Refused, NotFound) as said:
        return failed(f"The target did not take the pull request: {inline(str(said))}")
    if target.unsent:
        return not_sent(target.unsent)
    if wrong:
        return failed(f"[Pull request {pull.number}]({pull.url}) is not as it has to be: {wrong}")
    later = await followed(place, pull.number, pull.url, package.directory, commit)
    if pull.edited and not _says(pull, text):
        later = f"{EDITED} {later}"
    return _opened(pull, commit, package, before, later)


async def _judged_commit(target: Forge, package: Package, before: Package, request: Request) -> str:
    """The commit of the target that still has what was judged; Changed where none has."""
    found = await target.find_family(request.family)
    if found != (before.directory if before.files else None):
        raise Changed(f"{found or before.directory} has come or gone in the target meanwhile.")
    if package.directory != found and await _has(target, package.directory):
        raise Changed(f"{package.directory} has come to the target meanwhile.")
    if not before.files:
        return ""
    commit, files = await target.family_files(before.directory)
    if _digests(files) != {packaged.path: packaged.file.digest for packaged in before.files}:
        raise Changed(f"{before.directory} has changed in the target since it was judged.")
    return commit


async def _has(target: Forge, directory: str) -> bool:
    try:
        await target.family_files(directory)
    except NotFound:
        return False
    return True


async def _write(
    target: Forge, package: Package, before: Package, branch: str, message: Message, base: str
) -> str:
    files = [(packaged.path, store.get(packaged.file.digest)) for packaged in package.files]
    moves = bool(before.files) and before.directory != package.directory
    moved_from = before.directory if moves else ""
    return await target.branch_with(package.directory, files, branch, message, base, moved_from)


async def _read_back(
    target: Forge, package: Package, before: Package, pull: PullRequest, text: Text
) -> str:
    """Say what the forge has otherwise than it was told; empty when nothing."""
    _, files = await target.family_files(package.directory, pull.branch)
    if _digests(files) != {packaged.path: packaged.file.digest for packaged in package.files}:
        return "its branch does not hold the judged files."
    read = await target.pull_request(pull.number)
    if not (read.edited or _says(read, text)) or read.state != "open":
        return "its text or state is not what was sent."
    own = tuple(f"{directory}/" for directory in (package.directory, before.directory))
    others = [c.path for c in await target.diff(pull.number) if not c.path.startswith(own)]
    return f"it changes files of others: {', '.join(others[:5])}." if others else ""


async def _set_status(target: Forge, commit: str, record: Record, place: Place) -> str:
    """Say beside the commit where it comes from; what went wrong with that, or nothing."""
    accepted = len(record.waivers)
    findings = f"{accepted or 'no'} finding{'' if accepted == 1 else 's'} accepted"
    signed = record.task("sign_off")
    text = f"Signed off by {signed.by.login if signed else 'nobody'}, {findings}"
    try:
        await target.set_status(commit, "success", text, place.url)
    except (Refused, NotFound) as said:
        return f"its commit status was not taken: {inline(str(said))}"
    return ""


def _says(pull: PullRequest, text: Text) -> bool:
    return (pull.title, _plain(pull.body)) == (text.title, _plain(text.body))


def _plain(text: str) -> str:
    """A text whatever became of its line ends on the way."""
    return text.replace("\r\n", "\n").strip()


def _message(text: Text, record: Record) -> Message:
    """The commit's words. Its date is the last verdict's, so that a repeat is the same commit."""
    tasks = [task for step in record.steps for task in step.tasks if task.key != _own()]
    times = [task.at for task in tasks if task.at]
    people = [record.initiator, *(t.by for t in tasks if t.by.roles and t.by.roles != (SERVICE,))]
    authors = dict.fromkeys(Author(person.login, person.id) for person in people)
    at = max(times, default=datetime(2010, 1, 1, tzinfo=UTC))
    return Message(text.title, f"{record.process}/{record.run}", at, tuple(authors))


def _own() -> str:
    return __name__.rpartition(".")[2]


def _digests(files: list[tuple[str, bytes]]) -> dict[str, str]:
    return {path: hashlib.sha256(content).hexdigest() for path, content in files}


def _opened(
    pull: PullRequest, commit: str, package: Package, before: Package, later: str
) -> Outcome:
    said = f"[Pull request {pull.number}]({pull.url}) is open, and its files are the judged ones."
    said = f"{said} {later}".strip()
    facts = {"number": pull.number, "url": pull.url, "branch": pull.branch, "commit": commit}
    facts |= {"directory": package.directory}
    return ok(
        said,
        link("Pull request", pull.url, pull.title),
        file_diff("Files of the pull request", _changes(package, before)),
        data={**facts, "package": package.digest, "before": before.digest},
        pull_request=pull.url,
    )


def _changes(package: Package, before: Package) -> list[FileChange]:
    paths = sorted({packaged.path for packaged in (*package.files, *before.files)})
    return [_change(path, before, package) for path in paths]


def _change(path: str, before: Package, package: Package) -> FileChange:
    old, new = before.find(path), package.find(path)
    if old and new:
        return FileChange(path, "same" if old.digest == new.digest else "changed", old, new)
    return FileChange(path, "added" if new else "removed", old, new)
