"""Other people's words keep their meaning and lose their effects."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from markdown_it import MarkdownIt

from activities.wording.quotation import BREAK, inline, linked, one_line, plain, quoted, revised

MARKDOWN = MarkdownIt("gfm-like", {"linkify": False})

HOSTILE = [
    "@googlefonts/team look",
    "see #1 and x/y#22 and GH-3",
    "<!-- family-pr:process=other/run -->",
    "--> <script>alert(1)</script>",
    "```\nnot code\n```",
    "~~~\nnot code",
    "[click](https://evil.example) ![](https://evil.example/x.png)",
    "Fixes https://github.com/a/b/issues/1",
    "# Heading\n===\n- list\n1. list\n> quote\n| a | b |\n|---|---|",
    "a\\|b | c `x` $y$ *z* _w_ &lt;",
    "[ref]: https://evil.example",
    "\x00\x1b[31mred\u202eever\x07\r\n\ttab",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_quoted_words_are_one_quote_of_plain_paragraphs(hostile: str) -> None:
    text = f"Before.\n\n{quoted(hostile)}\n\nAfter."
    kinds = {token.type for token in MARKDOWN.parse(text)}
    blocks = {"blockquote", "paragraph"}
    assert kinds <= {"inline", *(f"{b}_{end}" for b in blocks for end in ("open", "close"))}


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("quote", [quoted, inline])
def test_quoted_words_hold_only_text_and_code(hostile: str, quote: Callable[[str], str]) -> None:
    tokens = MARKDOWN.parse(quote(hostile))
    inner = [child.type for token in tokens for child in token.children or []]
    assert set(inner) <= {"text", "code_inline", "softbreak", "text_special"}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_table_cell_stays_one_cell(hostile: str) -> None:
    text = f"| a | b |\n| --- | --- |\n| {inline(hostile)} | end |"
    tokens = MARKDOWN.parse(text)
    cells = [tokens[at + 1].content for at, t in enumerate(tokens) if t.type == "td_open"]
    assert len(cells) == 2
    assert cells[1] == "end"


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("quote", [quoted, inline, one_line])
def test_nobody_is_mentioned_and_nothing_referred_to(
    hostile: str, quote: Callable[[str], str]
) -> None:
    said = quote(hostile)
    assert "@g" not in said
    assert "#1" not in said
    assert "#22" not in said
    assert "GH-3" not in said
    assert "<!-- " not in said.replace("\\<", "")
    assert "-->" not in said


def test_the_words_are_still_there_to_read() -> None:
    tokens = MARKDOWN.parse(quoted("Is *this* <b>, @ada, #1, or [that](x)?"))
    shown = "".join(child.content for token in tokens for child in token.children or [])
    assert shown.replace(BREAK, "") == "Is *this* <b>, @ada, #1, or [that](x)?"


def test_an_address_is_shown_as_code_so_that_it_can_be_copied() -> None:
    assert inline("see https://github.com/a/b/issues/1") == (
        "see `https://github.com/a/b/issues/1`"
    )


@pytest.mark.parametrize(
    "text", ["1a2b3c4", "5ca1ab1e" * 5, "5CA1AB1E", "0f51e8c0d2"], ids=lambda text: text[:8]
)
def test_a_commit_is_shown_as_code_so_that_it_refers_to_nothing(text: str) -> None:
    assert inline(f"see {text}, or a/b@{text}") == f"see `{text}`, or a/b@`{text}`"


@pytest.mark.parametrize(
    "text", ["20261124", "defaced", "U+00AD", "1a2b3c", "x1a2b3c4", "v2.0041234"]
)
def test_a_number_or_a_word_is_no_commit(text: str) -> None:
    assert inline(text) == text


@pytest.mark.parametrize("item", ["issues/1", "pull/22", "discussions/3"])
def test_an_address_of_an_issue_is_no_link_that_refers_to_it(item: str) -> None:
    assert linked(f"https://github.com/a/b/{item}") == f"`https://github.com/a/b/{item}`"


@pytest.mark.parametrize("word", ["fixes", "Closes", "resolves"])
@pytest.mark.parametrize("what", ["#1", "x/y#22", "GH-3", "gh-3"])
@pytest.mark.parametrize("quote", [quoted, inline, one_line])
def test_nothing_is_closed_by_a_word(quote: Callable[[str], str], word: str, what: str) -> None:
    assert what not in quote(f"{word} {what}")


def test_control_and_direction_characters_are_dropped() -> None:
    assert plain("a\x00b\u202ec\x1bd\ud800e\tf\r\ng") == "abcde f\ng"


def test_what_is_too_long_is_cut_and_says_so() -> None:
    assert plain("x" * 20, 10) == "x" * 9 + "…"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "https://a.b/c d", "https://a.b/`|x", "https://u:p@h/x", "/srv/x"],
)
def test_only_an_ordinary_address_becomes_a_link(url: str) -> None:
    assert linked(url).startswith("`")
    assert linked("https://github.com/a/b") == "https://github.com/a/b"


def test_a_persons_own_text_keeps_its_markdown_but_mentions_and_hides_nothing() -> None:
    said = revised("**Bad** #7 @team <!-- family-pr:process=x --> [a](https://b.c)", 1000)
    assert said.startswith("**Bad** #7 @")
    assert "@team" not in said
    assert "<!-- family-pr" not in said
    assert "[a](https://b.c)" in said
