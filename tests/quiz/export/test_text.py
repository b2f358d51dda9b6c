"""Quizzes as text and Markdown."""

from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.quiz import registry
from grader.quiz.blocks import BLANK, Math, grid, table, text
from grader.quiz.export import markdown
from grader.quiz.export import text as plain_text
from grader.quiz.export.markdown import markdown as as_markdown
from grader.quiz.paper import Draws, of_families, paper


def written(module, *, solutions, names=()):
    drawn = paper(of_families(names or registry.names()), Draws(student="ada"))
    return b"".join(module.pieces(drawn, solutions=solutions)).decode()


@pytest.mark.parametrize("module", [plain_text, markdown])
def test_every_question_is_asked_and_solved(module):
    asked = written(module, solutions=False)
    solved = written(module, solutions=True)

    for name in registry.names():
        assert registry.load(name).title in asked.replace("\\", "")
    assert "Answer:" not in asked
    assert solved.count("Answer:") == len(registry.names())
    assert "ada" in asked


def test_no_line_of_text_runs_on():
    # Grids and formulas keep their lines; paragraphs are broken.
    names = ("convolution-output-shape",)

    assert all(
        len(line) < 80
        for line in written(plain_text, solutions=True, names=names).splitlines()
    )


def test_markdown_writes_formulas_as_tex_and_escapes_words():
    shown = as_markdown([text("2 * size_a is ", Math("a/2")), Math("1 + 1")])

    assert shown == "2 \\* size\\_a is $\\frac{a}{2}$\n\n$$\n1 + 1\n$$"


def test_markdown_keeps_grids_and_tables():
    shown = as_markdown([grid([[1, BLANK]]), table(["a", "b"], [[BLANK, "x|y"]])])

    assert "```text" in shown
    assert "_1_" in shown
    assert shown.endswith("| a | b |\n| --- | --- |\n| \\_2\\_ | x\\|y |")


WORDS = st.lists(st.text("ab×(.-", max_size=90) | st.sampled_from(["a", "of", "×"]))


@given(st.text(st.characters(codec="utf-8"), max_size=100) | WORDS.map(" ".join))
def test_lines_are_broken_as_the_library_breaks_them(words):
    assert plain_text.filled(words, "    ") == fill(words, 79, subsequent_indent="    ")
