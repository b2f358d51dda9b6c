"""Quizzes as a page that loads nothing."""

import re
from html.parser import HTMLParser

from grader.quiz import registry
from grader.quiz.blocks import BLANK, Math, blank_grid, grid, row, table, text
from grader.quiz.export import html as export
from grader.quiz.markup import Style, html
from grader.quiz.paper import Draws, of_families, paper

VOID = {"meta", "input", "br", "img", "link", "hr"}


class Balance(HTMLParser):
    """Notes tags that are not closed in order."""

    def __init__(self):
        super().__init__()
        self.open, self.wrong = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def written(*, solutions):
    drawn = paper(of_families(registry.names()), Draws(student="<ada & co>"))
    return b"".join(export.pieces(drawn, solutions=solutions)).decode()


def test_every_tag_is_closed():
    parser = Balance()
    parser.feed(written(solutions=True))

    assert parser.wrong == []
    assert parser.open == []


def test_the_page_loads_nothing():
    page = written(solutions=True)

    assert not re.search(r"(src|href)=|url\(|@import", page)


def test_names_are_escaped():
    page = written(solutions=False)

    assert "&lt;ada &amp; co&gt;" in page
    assert "<ada" not in page


def test_every_question_is_an_article_with_its_own_id():
    ids = re.findall(r'<article id="([^"]+)"', written(solutions=False))

    assert len(set(ids)) == len(registry.names())


def test_blanks_are_inputs_with_a_name_to_read_out():
    shown = html([row(grid([[1]]), "=", blank_grid(1, 2)), table(["a"], [[1], [None]])])

    assert 'aria-label="blank 1"' in shown
    assert 'aria-label="blank 2"' in shown
    assert '<th scope="col">a</th>' in shown


def test_sizes_stay_on_one_line_and_formulas_are_mathml():
    shown = html([text("a 5 × 5 <kernel>: ", Math("a/b"))])

    assert "5\u00a0×\u00a05 &lt;kernel&gt;" in shown
    assert "<mfrac>" in shown


def test_a_learning_system_writes_blanks_figures_and_formulas_its_own_way():
    style = Style(
        blank=lambda number: f"{{{number}:NUMERICAL}}",
        figure=lambda _: "<img>",
        formula=lambda source, block: f"({source})" if block else f"[{source}]",
    )
    blocks = [text("x ", Math("1")), Math("2"), row(grid([[1]]), blank_grid(1, 1))]
    shown = html([*blocks, table(["a"], [[BLANK]])], style)

    assert "<p>x [1]</p>" in shown
    assert "(2)" in shown
    assert "<img>" in shown
    assert "{1:NUMERICAL}" in shown
    assert "{2:NUMERICAL}" in shown
