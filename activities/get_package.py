"""Upstream files become a family's directory as google/fonts holds it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from activities.adapters import font, git, metadata, store
from activities.adapters.forge import port
from activities.adapters.forge.choice import forge
from activities.authoring import Outcome, failed, ok, progress
from activities.exhibits import FileChange, file_diff, table
from activities.package import Package, PackagedFile
from activities.packaging.layout import METADATA, DoesNotFit, check_paths, directory, is_kept
from activities.packaging.upstream import Upstream, take
from workflows.domain.evidence import Evidence, File
from workflows.domain.request import NEW, UPGRADE, Request

title = "Get the package"
provides = ("package", "before")

FAULTS = (git.NotAllowed, git.Faulty, DoesNotFit, metadata.Unreadable, port.NotFound, port.Refused)


async def start(request: Request) -> Outcome:
    """Fetch the commit that the request names, and the target's state of the family."""
    try:
        upstream = await take(request)
        place = directory(request.family, list(upstream.files))
        progress(3, 4, "Reading the fonts")
        before = await _before(request, place)
        package = await _package(request, place, upstream, before)
    except FAULTS as fault:
        return failed(str(fault), _source(request))
    return ok(
        _told(request, upstream, package),
        file_diff("Files", _changes(before, package)),
        _source(request, upstream, package),
        data={
            "commit": upstream.commit.sha,
            "package": package.digest,
            "before": before.digest,
            "before_commit": before.commit,
        },
        package=package,
        before=before,
    )


async def _before(request: Request, place: str) -> Package:
    """The family as the target has it; without files where it is new."""
    target = forge()
    there = await target.find_family(request.family)
    if request.kind == UPGRADE and there is None:
        raise DoesNotFit(
            f"The target has no family “{request.family}” to upgrade. Check the name, or ask for "
            f"a {NEW}."
        )
    if request.kind == NEW and there is not None:
        raise DoesNotFit(f"The target has {there} already. Ask for an {UPGRADE}.")
    if there is None:
        return Package(request.family, place)
    commit, files = await target.family_files(there)
    kept = tuple(PackagedFile(path, _stored(path, content)) for path, content in files)
    return Package(request.family, there, port.GOOGLE_FONTS, commit, kept)


async def _package(request: Request, place: str, upstream: Upstream, before: Package) -> Package:
    """The family as it will be: upstream files, what the target keeps, and METADATA.pb."""
    files = {path: _stored(path, content) for path, (_, content) in upstream.files.items()}
    named = list(files)
    files |= {f.path: f.file for f in before.files if is_kept(f.path, named)}
    check_paths(list(files))
    content = await _metadata(request, place, upstream, before)
    files[METADATA] = _stored(METADATA, content)
    packaged = tuple(PackagedFile(path, file) for path, file in sorted(files.items()))
    return Package(request.family, place, upstream.repository, upstream.commit.sha, packaged)


async def _metadata(request: Request, place: str, upstream: Upstream, before: Package) -> bytes:
    """METADATA.pb: upstream's own where the request names one, else the target's, refreshed."""
    base = upstream.files[METADATA][1] if METADATA in upstream.files else None
    if base is None and (there := before.find(METADATA)):
        base = store.get(there.digest)
    fonts = {
        path: content
        for path, (_, content) in upstream.files.items()
        if path.endswith(".ttf") and "/" not in path
    }
    files = [(source, path) for path, (source, _) in upstream.files.items() if path != METADATA]
    ref = upstream.commit.ref
    branch = ref.removeprefix("refs/heads/") if ref.startswith("refs/heads/") else ""
    source = metadata.Source(upstream.repository, upstream.commit.sha, branch, files)
    today = datetime.now(UTC).date().isoformat()
    facts = await font.read(fonts)
    licence = place.partition("/")[0]
    return await asyncio.to_thread(
        metadata.compose, request.family, licence, facts, source, today, base
    )


def _stored(path: str, content: bytes) -> File:
    return store.put(content, path.rpartition("/")[2])


def _changes(before: Package, after: Package) -> list[FileChange]:
    paths = sorted({file.path for file in (*before.files, *after.files)})
    return [_change(path, before, after) for path in paths]


def _change(path: str, before: Package, after: Package) -> FileChange:
    old, new = before.find(path), after.find(path)
    if old is None or new is None:
        return FileChange(path, "added" if new else "removed", old, new)
    return FileChange(path, "same" if old.digest == new.digest else "changed", old, new)


def _source(
    request: Request, upstream: Upstream | None = None, package: Package | None = None
) -> Evidence:
    rows = [("Repository", request.repository), ("Asked for", request.ref)]
    if upstream:
        rows += [
            ("Commit", upstream.commit.sha),
            ("Named by", upstream.commit.ref or "no branch or tag"),
        ]
    if package:
        licence = metadata.LICENCES[package.directory.partition("/")[0]]
        rows += [("Directory", package.directory), ("Licence", licence)]
    return table("Source", ("What", "Which"), rows)


def _told(request: Request, upstream: Upstream, package: Package) -> str:
    """The entry's text: what was taken, and what people should look at."""
    number = len(package.fonts)
    told = [
        f"{number} font{'s' if number != 1 else ''} and {len(package.files) - number} other files "
        f"for `{package.directory}`, from commit `{upstream.commit.sha}`."
    ]
    if not upstream.commit.ref:
        told.append(
            "No branch or tag points at this commit. Please check that it belongs to the "
            "repository: some hosts also hand out commits of its copies."
        )
    if request.kind == NEW and METADATA not in upstream.files:
        told.append(
            f"METADATA.pb is new. Its category {metadata.CATEGORY}, its designer and its date are "
            "guesses; please check them. To change them, keep a METADATA.pb upstream and name it "
            "in the request's files."
        )
    return "\n\n".join(told)
