"""Markdown to HTML that is safe to show, whoever wrote it."""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

LONGEST = 200_000
"""Characters that are drawn as Markdown; a longer text is shown as it is."""

TAGS = {
    *("p", "br", "hr", "strong", "em", "s", "del", "code", "pre", "blockquote"),
    *("ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}

MARKER = re.compile(r"<!-- family-pr:[^<>]{1,300} -->")
"""Our own mark in pull requests and issues, which a forge does not show either."""

_parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": False})
_parser.enable(["table", "strikethrough"])
# The page has headings of its own; those of a text would break their order.
_parser.add_render_rule("heading_open", lambda *_: "<p><strong>")
_parser.add_render_rule("heading_close", lambda *_: "</strong></p>")
_parser.add_render_rule("image", lambda self, tokens, index, *_: escape(tokens[index].content))
_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer nofollow ugc",
)


@lru_cache(maxsize=2_000)
def markdown(text: str) -> Markup:
    """Sanitised HTML; no pictures, since fetching one tells its server who reads."""
    if len(text) > LONGEST:
        return Markup("<pre>{}</pre>").format(text)
    html = _with_boxes(_cleaner.clean(_parser.render(MARKER.sub("", text))))
    html = html.replace("<table>", '<div class="scroll" tabindex="0"><table>')
    return Markup(html.replace("</table>", "</table></div>"))  # noqa: S704  nh3 made it safe


def _with_boxes(html: str) -> str:
    """Task lists: a ticked or an empty box, as a character that everybody can read."""
    for mark, box in (("[ ] ", "☐ "), ("[x] ", "☑ "), ("[X] ", "☑ ")):
        for start in ("<li>", "<li>\n<p>"):
            html = html.replace(start + mark, start + box)
    return html
