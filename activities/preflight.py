"""Before anything costs time: is the package sound, and does it take something away?"""

from __future__ import annotations

from activities.adapters import font, store
from activities.authoring import VERDICT_ON_FINDINGS, Outcome, ask, failed, ok
from activities.exhibits import Finding, findings
from activities.judging.concern import concerns
from activities.judging.defect import defects, licence_file
from activities.package import Package
from activities.packaging.layout import METADATA

title = "Check the package"

TOLD = {
    "licence-moved": "the licence has changed",
    "reserved-font-name": "a font name is reserved",
    "font-removed": "a font is gone",
    "codepoints-removed": "characters are gone",
    "vertical-metrics": "vertical metrics have changed",
    "not-compared": "a font could not be compared",
}


async def start(package: Package, before: Package) -> Outcome:
    """FAILED for defects, OK without any concern; else a person is asked."""
    data = {"package": package.digest, "before": before.digest}
    if is_same(package, before):
        return failed(
            "Nothing to do: every file is byte for byte what the target has already.",
            data={**data, "nothing_to_do": True},
        )
    new = await _read(package)
    data |= {"version": new[0].name(5)} if new else {}
    licence, description = _content(package, licence_file(package)), _content(package, METADATA)
    if found := defects(package, new, licence, description):
        return failed(_listed(found), findings("What is wrong", found), data=data)
    old = await _read(before)
    texts = [_text(before), _text(package)]
    if found := concerns(before, package, old, new, *texts):
        return ask(
            _asked(found),
            *VERDICT_ON_FINDINGS,
            evidence=(findings("What to look at", found),),
            in_spite_of_findings=True,
            data={**data, "findings": [finding.id for finding in found]},
        )
    return ok(f"{len(new)} fonts are sound, and nothing is taken away.", data=data)


def is_same(package: Package, before: Package) -> bool:
    """Whether all files but METADATA.pb, which names the commit, are the same bytes."""
    return bool(package.fonts) and _digests(package) == _digests(before)


def _digests(package: Package) -> dict[str, str]:
    return {f.path: f.file.digest for f in package.files if f.path != METADATA}


async def _read(package: Package) -> list[font.Font]:
    """All fonts of a package, those in sub-directories too."""
    paths = [packaged for packaged in package.files if packaged.path.endswith(".ttf")]
    if not paths:
        return []
    return await font.read({p.path: store.get(p.file.digest) for p in paths})


def _content(package: Package, path: str) -> bytes | None:
    file = package.find(path)
    return store.get(file.digest) if file else None


def _text(package: Package) -> str:
    return (_content(package, licence_file(package)) or b"").decode(errors="replace")


def _listed(found: list[Finding]) -> str:
    lines = "".join(f"\n- {_subject(finding)}{finding.text}" for finding in found)
    return (
        f"The package cannot go on like this:\n{lines}\n\n"
        "Have it corrected upstream, or choose another commit or other files."
    )


def _subject(finding: Finding) -> str:
    return f"`{finding.subject}`: " if finding.subject else ""


def _asked(found: list[Finding]) -> str:
    told = ", ".join(dict.fromkeys(TOLD[finding.id] for finding in found))
    return f"Please look at this: {told}. An OK needs a reason, which is shown in the pull request."
