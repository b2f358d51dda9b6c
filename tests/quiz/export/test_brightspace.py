"""Brightspace's CSV: the rows of its template, and what it cannot hold."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.quiz.export import brightspace
from grader.quiz.export.brightspace import pattern
from grader.quiz.paper import Draws, of_families, paper


def rows(name, **options):
    quiz = paper(of_families((name,)), Draws("key", **options)).kept()
    content = b"".join(brightspace.pieces(quiz))
    assert content.startswith(b"\xef\xbb\xbf")
    table = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return list(table), quiz


def test_a_single_choice_follows_the_template():
    table, quiz = rows("shift-in-shift-out")
    question = quiz.questions[0]
    keys = [row[0] for row in table if row and row[0]]

    assert keys == [
        "NewQuestion", "ID", "Title", "QuestionText", "Points", "Difficulty",
        *["Option"] * len(question.choices), "Hint", "Feedback",
    ]  # fmt: skip
    assert table[0][:2] == ["NewQuestion", "MC"]
    best = [row for row in table if row[:2] == ["Option", "100"]]
    assert [row[2] for row in best] == [question.answer]
    assert {len(row) for row in table} == {5}


def test_wrong_ticks_are_taken_off_as_in_our_own_marks():
    table, _ = rows("why-convolutions")

    assert ["Scoring", "RightMinusWrong", "", "", ""] in table


def test_what_is_lost_is_said(capsys):
    rows("max-pooling-by-hand", variants=2)
    said = capsys.readouterr().err

    for what in ("a cloze is split", "wrong numbers", "figures", "pools"):
        assert what in said


@pytest.mark.parametrize(
    ("number", "written"),
    [(34944, "34,944"), (34944, " 34944 "), (-3, "−3"), (2.5, "2.50"), (7, "7.0"),
     (1e-7, "0.0000001"), (2.0, "2")],
)  # fmt: skip
def test_a_number_is_accepted_as_people_write_it(number, written):
    assert re.fullmatch(pattern(number), written)


@given(st.integers(-(10**7), 10**7), st.integers(-(10**7), 10**7))
def test_no_other_number_is_accepted(number, other):
    assert (re.fullmatch(pattern(number), str(other)) is not None) == (number == other)
