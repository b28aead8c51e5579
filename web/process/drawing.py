"""Draws a process: the frame of steps and tasks, and a leaf for each part that changes."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from typing import Any

from markupsafe import Markup

from web.drawing import Drawing
from web.page import environment
from web.process.draft import Draft
from web.process.earlier import Earlier
from web.process.offer import Offers
from web.site import Viewer
from workflows.domain.status import Entry
from workflows.domain.task import Task
from workflows.reading.document import Document

KEPT = 3_000
_histories: OrderedDict[tuple[str, str, int, bool], str] = OrderedDict()


def draw_process(
    document: Document,
    offers: Offers,
    who: Viewer,
    draft: Draft | None = None,
    place: Earlier | None = None,
) -> Drawing:
    """The living part of a process page, for one viewer; with a place in time, as it was then."""
    drawing = Drawing()
    context: dict[str, Any] = {"document": document, "process": document.process, "offers": offers}
    here = f"/processes/{document.key}/{document.run}"
    context |= {"viewer": who, "draft": draft, "here": here, "place": place}

    def leaf(id: str, template: str, **more: Any) -> Markup:
        draw = partial(environment().get_template(template).render, {**context, **more})
        return drawing.leaf(id, draw)

    def history(task: Task) -> Markup:
        return drawing.leaf(f"history-{task.key}", partial(_history, document, here, task, place))

    template = environment().get_template("_process.html")
    drawing.skeleton = template.render({**context, "leaf": leaf, "history": history})
    return drawing


def _history(document: Document, here: str, task: Task, place: Earlier | None) -> str:
    """A task's entries. They only grow, so their number says whether they were drawn before."""
    lost = bool(document.lost)
    key = (document.run, task.key, len(task.history), lost)
    if place and any(news.task == task.key for news in place.fresh):
        return _draw_history(here, task, place)
    if key in _histories:
        _histories.move_to_end(key)
        return _histories[key]
    html = _histories[key] = _draw_history(here, task, None, lost)
    if len(_histories) > KEPT:
        _histories.popitem(last=False)
    return html


def _draw_history(here: str, task: Task, place: Earlier | None, lost: bool = False) -> str:
    template = environment().get_template("_history.html")
    attempts = _attempts(task)
    return template.render(task=task, attempts=attempts, here=here, place=place, lost=lost)


def _attempts(task: Task) -> list[tuple[int, list[tuple[int, Entry]]]]:
    """Attempts, newest first, each with its numbered entries in order."""
    found: dict[int, list[tuple[int, Entry]]] = {}
    for number, entry in enumerate(task.history, 1):
        found.setdefault(entry.attempt, []).append((number, entry))
    return sorted(found.items(), reverse=True)
