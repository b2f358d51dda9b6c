"""Whatever stands in a question, every format shows it as it is."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.quiz.blocks import BLANK, grid, table, text
from grader.quiz.export import html, markdown, pdf
from grader.quiz.export import json as as_json
from grader.quiz.export import text as as_text
from grader.quiz.paper import Draws, of_families, paper
from grader.quiz.question import Choice

NASTY = [
    "<script>alert(1)</script>",
    "a & b &amp; c",
    "]]> --> */",
    "\"quotes\" 'and' `ticks`",
    "{ } = ~ # : GIFT",
    "$x$ #panic() \\n @ref *bold* _under_",
    "عربي עברית 🙂 ×−∗",
    "x" * 300,
    "-0.0001",
]
LINES = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=30),
)
BASE = paper(of_families(("shift-in-shift-out",)), Draws()).kept()


def spoiled(words):
    """Return a paper that holds the words wherever words can stand."""
    question = BASE.questions[0]
    asked = question._replace(
        title=words,
        prompt=(text(words), grid([[words, 1]], words), table([words], [[BLANK]])),
        choices=(Choice(words, True, None, words), Choice("other", False, "id", words)),
        answer=words,
        solution=(text(words),),
        figure=grid([[words]], words),
    )
    return replace(BASE, title=words, student=words, questions=(asked,))


def written(module, words):
    return b"".join(module.pieces(spoiled(words), solutions=True)).decode()


@given(LINES)
def test_json_gives_the_words_back(words):
    question = json.loads(written(as_json, words))["questions"][0]

    assert question["title"] == words
    assert question["choices"][0]["text"] == words


@given(LINES)
def test_a_page_holds_no_tag_that_we_did_not_write(words):
    page = written(html, words)
    tags = set(re.findall(r"<(\w+)", page))

    assert "script" not in tags
    assert words in unescape(page).replace("\u00a0", " ") or "\u00a0" in words


@given(LINES)
def test_text_and_markdown_are_written(words):
    assert written(as_text, words)
    assert written(markdown, words)


@settings(max_examples=25, deadline=None)
@given(LINES)
def test_typst_sets_the_words(words):
    pytest.importorskip("typst", reason="typst is not installed")

    assert b"".join(pdf.pieces(spoiled(words), solutions=True)).startswith(b"%PDF")
