"""Statistics agree with scipy and say what the class believes."""

import csv
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.quiz.key import KeyQuestion
from grader.quiz.response import Mark
from grader.quiz.scoring import Graded, Item
from grader.quiz.stats import as_csv, as_text, correlation, statistics
from grader.quiz.stats_page import bars, histogram, stats_page


def item(title, share, *names, points=1):
    question = KeyQuestion(title, title, "single", "x", 0, (), (), points, "")
    return Item(title, question, Mark(share, answered=True, misconceptions=names))


@pytest.fixture
def graded():
    shares = [(1, 1), (1, 1), (0, 0), (0, 1), (1, 0), (0, 0)]
    return tuple(
        Graded(
            f"s{n}",
            (
                item("first", a, *([] if a else ["kernel-flipped"])),
                item("second <&>", b, *([] if b else ["stride-ignored"]), points=2),
            ),
        )
        for n, (a, b) in enumerate(shares)
    )


def test_difficulty_is_the_mean_share(graded):
    assert [q.difficulty for q in statistics(graded).questions] == [0.5, 0.5]


def test_discrimination_is_the_point_biserial_correlation_with_the_rest(graded):
    scipy = pytest.importorskip("scipy.stats", reason="scipy is not installed")
    expected = scipy.pointbiserialr([1, 1, 0, 0, 1, 0], [2, 2, 0, 2, 0, 0]).statistic

    assert statistics(graded).questions[0].discrimination == pytest.approx(expected)


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 20)), min_size=3))
def test_correlation_agrees_with_scipy(pairs):
    scipy = pytest.importorskip("scipy.stats", reason="scipy is not installed")
    left, right = [list(side) for side in zip(*pairs, strict=True)]
    if len(set(left)) == 1 or len(set(right)) == 1:
        assert correlation(left, right) is None
    else:
        expected = scipy.pointbiserialr(left, right).statistic
        assert correlation(left, right) == pytest.approx(expected)


def test_beliefs_are_counted_by_students_and_explained(graded):
    beliefs = statistics(graded).beliefs

    assert {(b.name, b.students) for b in beliefs} == {
        ("kernel-flipped", 3),
        ("stride-ignored", 3),
    }
    assert all(b.belief and b.remedy for b in beliefs)


def test_tables_hold_every_question(graded):
    counted = statistics(graded)
    cells = list(csv.DictReader(as_csv(counted).splitlines()))

    assert [c["question"] for c in cells] == ["first"] * 2 + ["second <&>"] * 2
    assert {c["answer"] for c in cells} == {"right", "kernel-flipped", "stride-ignored"}
    assert "What the class believes" in as_text(counted)


def test_the_page_is_self_contained_and_escapes_titles(graded):
    page = stats_page(statistics(graded), "Quiz & seed 1")

    assert "second &lt;&amp;&gt;" in page
    assert "second <&>" not in page
    assert "http" not in page.replace("http://www.w3.org", "")


def test_charts_are_well_formed_and_say_their_numbers():
    chart = ElementTree.fromstring(histogram([0, 0.5, 1, 1], 1))

    assert "90 to 100 %: 2" in chart.get("aria-label")
    assert ElementTree.fromstring(bars([("right & wrong", 3)], 4, "x")) is not None
