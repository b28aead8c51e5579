"""The demo's real parts: Karla's upstream repository, and a google/fonts that has the older one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from fontTools.ttLib import TTFont
from gfmetadata import FamilyProto, text_format

from local import karla
from local.repository import Repository

OLD = "v2.002"
NEW = "v2.004"
DATES = {OLD: "2020-12-18T12:00:00+00:00", NEW: "2023-08-08T12:00:00+00:00"}

DESCRIPTION = """\
<p>
Karla is a grotesque sans serif family, drawn by Jonathan Pinhorn. Its letters are plain from
afar and slightly irregular up close, which keeps long texts lively. It covers the languages of
Western, Central and Eastern Europe that are written with the Latin script.
</p>
<p>
To contribute, see <a href="https://github.com/googlefonts/karla">github.com/googlefonts/karla</a>.
</p>
"""


def upstream_path(state: Path) -> Path:
    """Where Karla's upstream repository is, with the tags OLD and NEW."""
    return state / "demo" / "karla.git"


def target_path(state: Path) -> Path:
    """Where the repository is that stands for google/fonts."""
    return state / "forge" / "google-fonts.git"


def source_of(style: str) -> str:
    """A font's path in the upstream repository."""
    return f"fonts/ttf/Karla-{style}.ttf"


def build(state: Path) -> None:
    """Make what is not there yet; never change what is. A half-made repository never shows."""
    upstream = upstream_path(state)
    _aside(upstream, _fill_upstream)
    commit = Repository(upstream).resolve(OLD)
    _aside(target_path(state), lambda target: _fill_target(target, upstream.as_uri(), commit))


def _aside(path: Path, fill: Callable[[Repository], None]) -> None:
    """Make a repository beside its place and move it there when it is whole."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".making-") as folder:
        made = Path(folder, path.name)
        fill(Repository.create(made))
        shutil.move(made, path)


def _fill_upstream(upstream: Repository) -> None:
    for tag, font in ((OLD, karla.old), (NEW, karla.new)):
        files = {source_of(style): font(style).read_bytes() for style in karla.STYLES}
        files["OFL.txt"] = karla.licence().read_bytes()
        files["documentation/DESCRIPTION.en_us.html"] = DESCRIPTION.encode()
        upstream.tag(tag, upstream.commit(files, f"Karla {tag.removeprefix('v')}", DATES[tag]))


def _fill_target(target: Repository, upstream: str, commit: str) -> None:
    files = {f"Karla-{style}.ttf": karla.old(style).read_bytes() for style in karla.STYLES}
    files["OFL.txt"] = karla.licence().read_bytes()
    files["DESCRIPTION.en_us.html"] = DESCRIPTION.encode()
    files["METADATA.pb"] = _metadata(upstream, commit).encode()
    placed = {f"ofl/karla/{name}": content for name, content in files.items()}
    target.commit(placed, "Karla: Version 2.002 added", DATES[OLD])


def _metadata(upstream: str, commit: str) -> str:
    """METADATA.pb of the older version, as google/fonts writes it."""
    family = FamilyProto(
        name="Karla",
        designer="Jonathan Pinhorn",
        license="OFL",
        category=["SANS_SERIF"],
        date_added=DATES[OLD][:10],
        subsets=["latin", "latin-ext", "menu"],
        stroke="SANS_SERIF",
    )
    for style in karla.STYLES:
        with TTFont(karla.old(style)) as font:
            names = font["name"]
            family.fonts.add(
                name="Karla",
                style="italic" if "Italic" in style else "normal",
                weight=font["OS/2"].usWeightClass,
                filename=f"Karla-{style}.ttf",
                post_script_name=names.getDebugName(6),
                full_name=names.getDebugName(4),
                copyright=names.getDebugName(0),
            )
    family.source.repository_url = upstream
    family.source.commit = commit
    family.source.branch = "main"
    places = {source_of(style): f"Karla-{style}.ttf" for style in karla.STYLES}
    places |= {"OFL.txt": "OFL.txt"}
    places |= {"documentation/DESCRIPTION.en_us.html": "DESCRIPTION.en_us.html"}
    for source, place in places.items():
        family.source.files.add(source_file=source, dest_file=place)
    return str(text_format.MessageToString(family, as_utf8=True))
