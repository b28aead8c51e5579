"""The layout of google/fonts: which upstream file becomes which file of a family's directory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath

from activities.adapters.git import Item
from workflows.domain.request import PATH, Request, family_key

LICENCES = {"OFL.txt": "ofl", "LICENSE.txt": "apache", "UFL.txt": "ufl"}
"""Licence file -> the directory of all families under that licence."""

METADATA = "METADATA.pb"
DESCRIPTION = "DESCRIPTION.en_us.html"
ARTICLE = "article/ARTICLE.en_us.html"
FONTS = (".ttf", ".otf", ".ttc", ".otc", ".woff", ".woff2")
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")

MOST_FILES = 300
LARGEST_FILE = 40 * 2**20  # bytes
LARGEST_PACKAGE = 400 * 2**20  # bytes


class DoesNotFit(Exception):  # noqa: N818  reads as a sentence: the commit does not fit
    """No package can be made of this commit; the message names the file and what to do."""


def arrange(request: Request, items: Sequence[Item]) -> dict[str, Item]:
    """Path in the family's directory -> upstream file, for the files that a request names.

    Every file is an ordinary one, with a plain path, within the limits of size and number.
    """
    tree = {item.path: item for item in items}
    if request.mapping:
        if len(set(request.mapping.values())) < len(request.mapping):
            raise DoesNotFit("The mapping names one target twice.")
        chosen = {target: _find(path, tree) for path, target in request.mapping.items()}
    else:
        chosen = _from_folder(request.folder, tree)
    _check(chosen)
    return dict(sorted(chosen.items()))


def directory(family: str, paths: Sequence[str]) -> str:
    """The directory of a package in google/fonts, by its licence file: `ofl/karla`."""
    found = [name for name in LICENCES if name in paths]
    if len(found) > 1:
        raise DoesNotFit(f"There are two licence files, {' and '.join(found)}; only one can be.")
    if not found:
        raise DoesNotFit(
            "The licence file is missing: OFL.txt, LICENSE.txt or UFL.txt. It has to be in the "
            "folder of the fonts or at the top of the repository, or be named in the mapping."
        )
    return f"{LICENCES[found[0]]}/{family_key(family)}"


def check_paths(paths: Sequence[str]) -> None:
    """Refuse paths that cannot all be in one directory on every file system."""
    plain: dict[str, str] = {}
    for path in sorted(paths):
        if other := plain.get(path.casefold()):
            raise DoesNotFit(f"{other} and {path} differ only in upper and lower case.")
        plain[path.casefold()] = path
    for path in paths:
        for folder in PurePosixPath(path.casefold()).parents:
            if other := plain.get(str(folder)):
                raise DoesNotFit(f"{other} is a file, and {path} needs it to be a folder.")


def is_kept(path: str, package: Sequence[str]) -> bool:
    """Whether a file that the target has stays although the request does not name it.

    Fonts, licences and METADATA.pb never do; a description stays until there is a new text.
    """
    if path.endswith(".ttf") or path in LICENCES or path == METADATA or path in package:
        return False
    return not (path == DESCRIPTION and ARTICLE in package)


def _find(path: str, tree: Mapping[str, Item]) -> Item:
    """The ordinary file at that path."""
    if item := tree.get(path):
        return _ordinary(item)
    for folder in PurePosixPath(path).parents:
        if item := tree.get(str(folder)):
            _ordinary(item)
    raise DoesNotFit(f"The commit has no file {path}. Check the path, or choose another commit.")


def _ordinary(item: Item) -> Item:
    if item.is_file:
        return item
    kinds = {"120000": "a symbolic link", "160000": "a submodule"}
    kind = kinds.get(item.mode, "no ordinary file")
    raise DoesNotFit(f"{item.path} is {kind}; only ordinary files are taken.")


def _from_folder(folder: str, tree: Mapping[str, Item]) -> dict[str, Item]:
    """The fonts of one folder, and the licence and texts that belong to them."""
    top = "" if folder == "./" else folder
    if top and not any(path.startswith(top) for path in tree):
        _find(top.rstrip("/"), tree)
    fonts = {path.removeprefix(top): path for path in tree if path.startswith(top)}
    fonts = {n: path for n, path in fonts.items() if n.lower().endswith(".ttf") and "/" not in n}
    if not fonts:
        raise DoesNotFit(f"There is no TTF file in {folder} of this commit.")
    chosen = {name: _ordinary(tree[path]) for name, path in fonts.items()}
    chosen |= _first((top, ""), lambda place: _named(place, tuple(LICENCES), tree))
    places = (top, "documentation/", "")
    texts = _first(places, lambda place: _article(place, tree))
    return chosen | (texts or _first(places, lambda place: _named(place, (DESCRIPTION,), tree)))


def _first(places: Sequence[str], look: Callable[[str], dict[str, Item]]) -> dict[str, Item]:
    return next((found for place in places if (found := look(place))), {})


def _named(place: str, names: Sequence[str], tree: Mapping[str, Item]) -> dict[str, Item]:
    return {n: _ordinary(tree[place + n]) for n in names if place + n in tree}


def _article(place: str, tree: Mapping[str, Item]) -> dict[str, Item]:
    """An article with its images; nothing where there is no article."""
    if place + ARTICLE not in tree:
        return {}
    paths = [path for path in tree if path.startswith(f"{place}article/")]
    wanted = [p for p in paths if p == place + ARTICLE or p.lower().endswith(IMAGES)]
    return {path.removeprefix(place): _ordinary(tree[path]) for path in wanted}


def _check(chosen: Mapping[str, Item]) -> None:
    if not any(path.endswith(".ttf") for path in chosen):
        raise DoesNotFit("The mapping names no TTF file.")
    if len(chosen) > MOST_FILES:
        raise DoesNotFit(f"These are {len(chosen)} files; a family has at most {MOST_FILES}.")
    for target, item in chosen.items():
        _check_file(target, item)
    check_paths(list(chosen))
    if sum(item.size for item in chosen.values()) > LARGEST_PACKAGE:
        raise DoesNotFit(f"The files are too big: more than {LARGEST_PACKAGE >> 20} MB together.")


def _check_file(target: str, item: Item) -> None:
    if not PATH.fullmatch(target) or ".." in target:
        raise DoesNotFit(
            f"{item.path} has a name that google/fonts does not take. Name the files one by "
            "one in the request: path upstream -> path in the family's directory."
        )
    if target.lower().endswith(FONTS) and not target.endswith(".ttf"):
        raise DoesNotFit(f"{target} is no TTF file; google/fonts takes fonts only as .ttf.")
    if item.size > LARGEST_FILE:
        raise DoesNotFit(f"{item.path} is too big: {item.size >> 20} MB.")
