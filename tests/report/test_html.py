"""The HTML report: what it says, for whom, and that no text breaks it."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import msgspec
import pytest

from grader.picture import Grid, Picture, Plane
from grader.report import html
from grader.report.html_style import fragment_style
from grader.verdict import (
    CheckResult,
    ExerciseResult,
    Finding,
    Report,
    StudentText,
    Verdict,
)

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """A page as its elements, the text of each, and the text that is seen."""

    def __init__(self, text):
        super().__init__()
        self.elements, self._open, self.problems = [], [], []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), []))
        if tag not in VOID:
            self._open.append(self.elements[-1])

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag

    def handle_data(self, data):
        for _, _, texts in self._open:
            texts.append(data)

    def all(self, *tags):
        return [(e[1], "".join(e[2])) for e in self.elements if e[0] in tags]

    @property
    def text(self):
        return " ".join(self.all("body")[0][1].split())


def check(name, verdict, *, finding=None, score=0.0, visibility="public"):
    return CheckResult(
        name=name,
        claim=f"The claim of `{name}`.",
        visibility=visibility,
        verdict=verdict,
        score=score,
        max_score=2.0,
        finding=finding,
    )


def report_of(*checks, title="Stride"):
    exercise = ExerciseResult("stride", title, checks)
    return Report("A course", "live", 7, "process", (exercise,))


def page(report):
    return Page(html.render(report))


# --- what it says


@pytest.mark.parametrize(
    ("verdict", "word"),
    [
        (Verdict.PASS, "right"),
        (Verdict.WRONG, "wrong"),
        (Verdict.ERROR, "error"),
        (Verdict.TODO, "to do"),
        (Verdict.TIMEOUT, "timed out"),
        (Verdict.CRASH, "crashed"),
        (Verdict.SKIP, "waits"),
        (Verdict.INTERNAL, "our fault"),
    ],
)
def test_every_verdict_is_a_word_and_not_only_a_colour(verdict, word):
    score = {Verdict.PASS: 2.0, Verdict.INTERNAL: None}.get(verdict, 0.0)
    finding = None if verdict is Verdict.PASS else Finding("the news")

    shown = page(report_of(check("one", verdict, finding=finding, score=score)))

    badges = [t for a, t in shown.all("span") if "gr-badge" in a.get("class", "")]
    assert [badge[1:] for badge in badges] == [word]
    assert ("the news" in shown.text) is (verdict is not Verdict.PASS)


def test_points_and_what_is_next_come_first(gallery):
    shown = page(gallery)

    assert shown.all("title")[0][1] == (
        f"Convolutional networks: {gallery.score:g} of {gallery.max_score:g} points"
    )
    assert shown.text.startswith(
        f"Convolutional networks{gallery.score:g} of {gallery.max_score:g} points"
        "Next: convolution.py"
    )


def test_a_failure_of_the_grader_has_no_points_and_is_not_the_students():
    ours = check("ours", Verdict.INTERNAL, score=None, finding=Finding("broke"))

    text = page(report_of(ours)).text

    assert "? of 2 points" in text
    assert "not your fault" in text


def test_every_claim_and_every_problem_is_told(gallery):
    text = page(gallery).text
    for exercise in gallery.exercises:
        assert exercise.title in text
        for result in exercise.checks:
            assert result.claim.replace("`", "") in text
            if result.finding is not None:
                assert result.finding.problem.replace("`", "") in text


def test_the_same_news_is_told_once():
    todo = Finding("conv2d is not written yet")
    checks = [check(f"c{n}", Verdict.TODO, finding=todo) for n in range(2)]
    wrong = Finding("out: wrong", hint="The kernel was turned.")
    again = replace(wrong, problem="out: wrong again")
    checks += [check("w", Verdict.WRONG, finding=wrong)]
    checks += [check("x", Verdict.WRONG, finding=again)]

    text = page(report_of(*checks)).text

    assert text.count("not written yet") == 1
    assert text.count("The kernel was turned.") == 1
    assert "out: wrong again · As above." in text


def test_three_right_checks_in_a_row_are_folded_and_still_there():
    checks = [check(f"c{n}", Verdict.PASS, score=2.0) for n in range(3)]

    shown = page(report_of(*checks))

    (_, summary), (_, folded) = shown.all("summary")[0], shown.all("details")[0]
    assert "3 checks" in summary
    assert "6 of 6" in summary
    assert "The claim of c2." in folded


def test_checks_that_wait_for_the_same_are_folded_with_what_they_wait_for():
    waits = Finding("waits for: The claim of `c`.")
    checks = [check(f"c{n}", Verdict.SKIP, finding=waits) for n in range(3)]

    shown = page(report_of(*checks))

    (_, summary) = shown.all("summary")[0]
    assert "3 checks wait for: The claim of c." in summary
    assert shown.text.count("wait for") == 1


def test_wrong_cells_are_marked_in_words_too(gallery):
    shown = page(gallery)
    cells = [(a, t) for a, t in shown.all("td") if "class" in a]

    def said(mark, words):
        return [words in t for a, t in cells if mark in a["class"].split()]

    for mark, words in (
        ("gr-differs", "wrong"),
        ("gr-wanted", "wanted"),
        ("gr-window", "in the window"),
        ("gr-first", "this cell"),
    ):
        assert said(mark, words)
        assert all(said(mark, words))


def test_the_window_lies_over_its_input_and_its_products_are_summed(gallery):
    (_, figure) = next(f for f in page(gallery).all("figure") if "comes about" in f[1])

    result = gallery.exercises[0].checks[0].finding.picture.result
    assert "image" in figure
    assert "×" in figure
    assert "products" in figure
    assert f"{result[0].upper()}{result[1:]}." in figure


def test_a_gradients_cell_is_told_what_it_receives(gallery):
    tables = [t for t in page(gallery).all("table") if "receives" in t[1]]

    names = "".join(text for _, text in tables)
    assert "What out[0, 0, 1, 1] receives" in names
    assert "dout[0, 0, 0, 1]" in names
    assert "this cell wins" in names
    assert "times w[0, 0, 0, 0]" in names


@pytest.mark.parametrize(
    "finding",
    [
        Finding("expected 12, got 14", call="output_size(5, 2)"),
        Finding("no answer after 5 s"),
        Finding("raised IndexError", student=StudentText("x", "a.py:1, in f", "x[9]")),
        Finding(
            "shape",
            picture=Picture(Grid("out", (2, 0)), Grid("out", (0,))),
        ),
    ],
)
def test_what_has_no_cells_is_told_in_words_without_an_empty_grid(finding):
    shown = page(report_of(check("one", Verdict.WRONG, finding=finding)))

    assert shown.all("table") == []
    assert finding.problem in shown.text


def test_what_is_not_shown_is_counted():
    plane = Plane((("1",),), height=3, width=3, marked=((0, 0),), focus=(0, 0))
    grid = Grid("out", (5, 3, 3), (plane,))
    finding = Finding("wrong", picture=Picture(grid, grid, cell="out[0, 0, 0]"))

    text = page(report_of(check("one", Verdict.WRONG, finding=finding))).text

    assert text.count("8 more cells are not shown") == 2
    assert text.count("4 more planes are not shown") == 1


def test_working_without_a_picture_keeps_its_columns():
    finding = Finding("wrong", working=("window:", "1   2", "the sum is 3"))

    shown = page(report_of(check("one", Verdict.WRONG, finding=finding)))

    assert shown.all("pre")[-1][1] == "window:\n1   2\nthe sum is 3\n"


# --- hostile text


HOSTILE = (
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "<!-- ]]> --> &lt; &amp; &#0;",
    "nul \x00 bell \x07 escape \x1b[31m",
    "bidi \u202e reversed \u2066 isolate \u200f",
    "lone \ud800 surrogate \udfff",
    "lines \u2028 and \u2029 and \x85",
    "`code <b>not bold</b>` and `one more",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_wherever_it_stands(text):
    plane = Plane(((text,),), text, height=1, width=1, marked=((0, 0),))
    grid = Grid(text, (1, 1), (plane,))
    finding = Finding(
        text,
        call=text,
        student=StudentText(text, text, text),
        working=(text,),
        hint=text,
        picture=Picture(grid, grid, cell=text, right=text, result=text, source=text),
    )
    one = check("one", Verdict.ERROR, finding=finding)
    other = check(
        "two", Verdict.ERROR, finding=replace(finding, picture=None, hint="other")
    )
    hostile = report_of(replace(one, claim=text), other, title=text)
    hostile = replace(hostile, course=text, isolation=text)
    plain = report_of(
        *(
            replace(c, claim="x", finding=replace(c.finding, call="x"))
            for c in hostile.exercises[0].checks
        )
    )

    whole = html.render(hostile)

    whole.encode("utf-8")
    assert not re.search(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e]", whole
    )
    assert not re.search(r"[\u2066-\u2069\ud800-\udfff]", whole)
    shown, bland = Page(whole), page(plain)
    known = {tag for tag, _, _ in bland.elements} | {"code"}
    assert {tag for tag, _, _ in shown.elements} <= known - {"script", "img", "b "}
    names = {name for _, attributes, _ in shown.elements for name in attributes}
    assert not {name for name in names if name.startswith("on")}


def test_the_page_loads_nothing_and_runs_nothing(gallery):
    for text in (html.render(gallery), html.fragment(gallery)):
        assert not re.search(r"<script|javascript:|@import|url\(|\bsrc=|<link", text)
        targets = re.findall(r'\bhref="([^"]*)"', text)
        assert all(target.startswith("#") for target in targets)
    assert "default-src 'none'" in html.render(gallery)


# --- for everyone


def test_headings_go_down_one_level_at_a_time(gallery):
    tags = [tag for tag, _, _ in page(gallery).elements if re.fullmatch(r"h\d", tag)]
    levels = [int(tag[1]) for tag in tags]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_fragment_begins_at_the_level_that_is_asked_for(gallery):
    shown = Page(f"<body>{html.fragment(gallery, level=4)}</body>")

    tags = {tag for tag, _, _ in shown.elements if re.fullmatch(r"h\d", tag)}
    assert tags == {"h4", "h5"}


def test_every_table_has_a_caption_and_heads_with_a_scope(gallery):
    shown = page(gallery)

    assert len(shown.all("table")) == len(shown.all("caption"))
    assert all(text for _, text in shown.all("caption"))
    assert all(a["scope"] in ("row", "col") for a, _ in shown.all("th"))


def test_landmarks_are_there_once(gallery):
    shown = page(gallery)

    assert [len(shown.all(tag)) for tag in ("main", "nav")] == [1, 1]
    targets = [a["href"].removeprefix("#") for a, _ in shown.all("a")]
    ids = [a["id"] for _, a, _ in shown.elements if "id" in a]
    assert targets == ids
    assert len(set(ids)) == len(ids)


def test_a_fragment_has_no_ids_and_no_style_beyond_itself(gallery):
    text = html.fragment(gallery)

    assert not re.search(r'\b(id|for|aria-labelledby)="', text)
    assert text.startswith("<section")
    rules = re.sub(r"@media[^{]*\{", "", fragment_style())
    for selectors in re.findall(r"([^{}]+)\{[^{}]*\}", rules):
        outside = re.sub(r"\([^()]*\)", "", selectors)
        assert all(".grader-report" in part for part in outside.split(","))


# --- travelling


def test_a_report_with_pictures_is_the_same_after_msgspec(gallery):
    again = msgspec.json.decode(msgspec.json.encode(gallery), type=Report)

    assert again == gallery
    assert html.render(again) == html.render(gallery)
