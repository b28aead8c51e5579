"""Photographs fonts before and after; a program of its own, as font files are not to be trusted.

    python -I shoot.py job.json result.json

Prints a line of JSON per picture; writes PNG files beside the result. Job and result are the
shapes in `job.py`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

# -I leaves our own folder out of the path.
sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from PIL import Image
from playwright.sync_api import BrowserContext, Error

from activities.adapters.chromium import face, sheet
from activities.adapters.chromium.browser import open_studio
from activities.adapters.chromium.face import Face
from activities.adapters.chromium.job import Fault, Job, Pair, Picture, Result
from activities.adapters.chromium.overlay import lay_over
from activities.adapters.chromium.sheet import Sheet, Style
from activities.adapters.chromium.subject import NotDrawn, Shot, Subject


class Shooting:
    """One run over all fonts of a job."""

    def __init__(self, job: Job, folder: Path) -> None:
        self.job, self.folder = job, folder
        self.result = Result()
        self.faces: dict[str, tuple[Face | None, Face]] = {}
        self.plan: dict[str, list[Style]] = {}
        self.done = 0

    def run(self) -> Result:
        """Read all fonts, then photograph those that both versions could be read of."""
        for pair in self.job.pairs:
            self._read(pair)
        self._choose()
        with open_studio(Path(self.job.browser), self.folder) as studio:
            self.result.version, self.result.unconfined = studio.version, studio.unconfined
            for name, (before, after) in self.faces.items():
                self._photograph(studio.context, name, before, after)
        return self.result

    def _read(self, pair: Pair) -> None:
        found: list[Face | None] = []
        for side, path in (("older", pair.before), ("newer", pair.after)):
            try:
                found.append(face.read(self.folder / path) if path else None)
            except Exception as fault:  # fontTools raises anything at a bad file
                why = f"it cannot be read ({type(fault).__name__})"
                self.result.faults.append(Fault(pair.name, side, why))
        if len(found) == 2 and found[1]:
            self.faces[pair.name] = found[0], found[1]

    def _choose(self) -> None:
        """Take instances in turn from all files until the limits are reached."""
        found = {name: sheet.styles(*pair) for name, pair in self.faces.items()}
        self.plan = {name: [] for name in found}
        room = self.job.most_styles
        for turn in range(max(map(len, found.values()), default=0)):
            for name, styles in found.items():
                if turn < len(styles):
                    if turn < self.job.most_instances and room > 0:
                        self.plan[name].append(styles[turn])
                        room -= 1
                    else:
                        self.result.left_out.append(f"{name} {styles[turn].name}".strip())

    def _photograph(
        self, context: BrowserContext, name: str, before: Face | None, after: Face
    ) -> None:
        sitting = sheet.sitting(before, after)
        if sitting.cropped:
            self.result.cropped[name] = sitting.cropped
        if sitting.hidden:
            self.result.hidden[name] = sitting.hidden
        subjects: list[Subject | None] = []
        for side, one in (("older", before), ("newer", after)):
            try:
                subjects.append(Subject(context, one, sitting.sheets) if one else None)
            except (NotDrawn, Error) as fault:
                self._fault(name, side, fault)
        if len(subjects) == 2:
            for style, one_sheet in self._sheets(name, sitting.sheets):
                self._picture(name, style, one_sheet, subjects)
        for subject in filter(None, subjects):
            subject.close()

    def _sheets(self, name: str, sheets: tuple[Sheet, ...]) -> Iterator[tuple[Style, Sheet]]:
        return ((style, one) for style in self.plan[name] for one in sheets)

    def _picture(self, name: str, style: Style, one: Sheet, subjects: list[Subject | None]) -> None:
        shots: list[Shot | None] = []
        total = 3 * sum(map(len, self.plan.values()))
        title = f"{Path(name).stem} {style.name}".strip()
        report = {"done": self.done, "total": total, "text": f"{title}, {one.kind}"}
        print(json.dumps(report), flush=True)
        self.done += 1
        for side, subject, axes in zip(
            ("older", "newer"), subjects, (style.before, style.after), strict=True
        ):
            try:
                if subject is None or axes is None:
                    shots.append(None)
                else:
                    shots.append(subject.shoot(one, axes))
            except (NotDrawn, Error) as fault:
                self._fault(title, side, fault)
                return
        self.result.pictures.append(self._keep(name, title, one.kind, *shots))

    def _keep(
        self, name: str, title: str, kind: str, before: Shot | None, after: Shot | None
    ) -> Picture:
        stem = f"{len(self.result.pictures):03}"
        changed, reflow, overlay = 1.0, False, ""
        if before and after:
            laid = lay_over(before.picture, after.picture)
            changed, reflow = laid.changed, before.layout != after.layout
            if changed or reflow:
                overlay = self._save(laid.picture, f"{stem}-overlay.png")
        return Picture(
            font=name,
            style=title,
            kind=kind,
            before=self._save(before.picture, f"{stem}-before.png") if before else "",
            after=self._save(after.picture, f"{stem}-after.png") if after else "",
            overlay=overlay,
            changed=changed,
            reflow=reflow,
        )

    def _save(self, picture: Image.Image, name: str) -> str:
        """Save in as few colours as show the same; what is compared is never this file."""
        colours = picture.quantize(64, dither=Image.Dither.NONE)
        colours.save(self.folder / name, optimize=True)
        return name

    def _fault(self, name: str, side: str, fault: Exception) -> None:
        told = Fault(name, side, str(fault).splitlines()[0][:200])
        if told not in self.result.faults:
            self.result.faults.append(told)


def main() -> None:
    """Do the job in the file named first, write the result to the file named second."""
    job_file, result_file = map(Path, sys.argv[1:])
    job = Job.read(job_file.read_text())
    result = Shooting(job, job_file.parent).run()
    result_file.write_text(json.dumps(asdict(result)))


if __name__ == "__main__":
    main()
