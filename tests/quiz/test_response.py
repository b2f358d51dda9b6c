"""Responses are read forgivingly and scored with partial credit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.quiz import registry
from grader.quiz.key import KeyQuestion
from grader.quiz.paper import Draws, of_families, paper
from grader.quiz.question import Choice, WrongAnswer
from grader.quiz.response import number, reach, score, understood

CHOICES = (
    Choice("28 × 28 × 6", True, None, ""),
    Choice("32 × 32 × 6", False, "size-kept", "It shrinks."),
    Choice("28 × 28 × 3", False, "depth-kept", "One map a filter."),
)
STATEMENTS = (
    Choice("x1", True, None, ""),
    Choice("x2", True, None, ""),
    Choice("x3", False, "stride-ignored", "Two."),
    Choice("x4", False, None, "No."),
)


def asked(kind, answer, choices=(), wrong=(), tolerance=0.0):
    return KeyQuestion("Q", "Q", kind, answer, tolerance, choices, wrong, 1, "")


SINGLE = asked("single", "28 × 28 × 6", CHOICES)
MULTIPLE = asked("multiple", ("x1", "x2"), STATEMENTS)
NUMERIC = asked("numeric", 456, wrong=(WrongAnswer(450, "no-bias", "Biases."),))
CLOZE = asked(
    "cloze",
    (1, 2, 3, 4),
    wrong=(
        WrongAnswer((1, 2, 4, 3), "swapped", "Order."),
        WrongAnswer((0, 0, 0, 0), "zero", "Zero."),
    ),
)


@pytest.mark.parametrize(
    "written", ["28 × 28 × 6", "28x28x6", " 28 X 28 x 6 ", "a", "A)"]
)
def test_a_choice_is_its_text_or_its_letter(written):
    assert score(SINGLE, written).share == 1


def test_a_wrong_choice_shows_its_misconception():
    mark = score(SINGLE, "c")

    assert (mark.share, mark.misconceptions) == (0, ("depth-kept",))
    assert mark.chosen == ("28 × 28 × 3",)


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("x1; x2", 1),
        ("x1", 0.5),
        ("x1; x3", 0),
        ("x1; x2; x3", 0.5),
        ("x3; x4", 0),
        ("a;b", 1),
        ('["x1", "x2"]', 1),
        ("x1; x1", 0.5),
    ],
)
def test_multiple_earns_right_minus_wrong_but_never_less_than_nothing(written, share):
    assert score(MULTIPLE, written).share == share


@pytest.mark.parametrize("written", ["456", "456.0", " 456 ", "912/2", "4,56e2"])
def test_a_typed_number_counts_however_it_is_written(written):
    assert score(NUMERIC, written).share == 1


def test_a_typed_wrong_number_shows_its_misconception():
    assert score(NUMERIC, "450").misconceptions == ("no-bias",)
    assert score(NUMERIC, "451").misconceptions == ()


def test_tolerance_is_a_distance():
    question = asked("numeric", 0.5, tolerance=0.01)

    assert score(question, "0.51").share == 1
    assert score(question, "0,49").share == 1
    assert score(question, "0.52").share == 0


NINTHS = -97 / 9  # as the mean of a window of nine


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("-10.777777777777779", True),
        ("-10.7778", True),
        ("-10.78", True),
        ("-10.8", False),
        ("3", False),
    ],
)
def test_of_a_long_wrong_number_two_decimals_are_enough(written, known):
    wrong = WrongAnswer(NINTHS, "mean", "The mean."), WrongAnswer(0.25, "x", "")
    question = asked("numeric", 3, wrong=wrong)
    blanks = asked("cloze", (3, 1), wrong=(WrongAnswer((NINTHS, 1), "mean", ""),))

    assert score(question, written).misconceptions == ("mean",) * known
    assert score(blanks, f"{written}; 1").misconceptions == ("mean",) * known
    assert score(question, "0.254").misconceptions == ()


def test_a_right_number_is_never_taken_for_a_wrong_one_nearby():
    near = WrongAnswer(0.3333333333, "third", "")
    blanks = asked(
        "cloze", (0.3334, 2), wrong=(WrongAnswer((0.3333333333, 5), "t", ""),)
    )

    assert score(asked("numeric", 0.3334, wrong=(near,)), "0.3334").share == 1
    assert score(blanks, "0.3334; 5").misconceptions == ("t",)
    assert reach(0.3333333333, 0.3334, 0) < 0.3334 - 0.3333333333


@pytest.mark.parametrize(
    "written", ["1;2;3;4", "1 2 3 4", "1, 2, 3, 4", "[1, 2, 3, 4]"]
)
def test_blanks_are_separated_as_people_do(written):
    assert score(CLOZE, written).share == 1


def test_every_right_blank_counts():
    assert score(CLOZE, "1; 2; 9; 4").share == 0.75
    assert score(CLOZE, "1; ; 3; 4").share == 0.75
    assert score(CLOZE, "1").share == 0.25


def test_a_belief_must_explain_every_wrong_blank():
    assert score(CLOZE, "1; 2; 4; 3").misconceptions == ("swapped",)
    assert score(CLOZE, "1; 2; 4; 4").misconceptions == ("swapped",)
    assert score(CLOZE, "1; 2; 4; 9").misconceptions == ()


@pytest.mark.parametrize(
    ("written", "belief"),
    [("11; 11", "transposed"), ("13; 11", "flipped"), ("13; 13", "flipped")],
)
def test_of_beliefs_that_explain_what_is_wrong_the_one_that_fits_all_is_named(
    written, belief
):
    wrong = (
        WrongAnswer((11, 11), "transposed", ""),
        WrongAnswer((13, 11), "flipped", ""),
    )
    for order in (wrong, wrong[::-1]):
        mark = score(asked("cloze", (11, 13), wrong=order), written)
        assert mark.misconceptions == (belief,)


@pytest.mark.parametrize("name", registry.names())
def test_exactly_what_a_belief_gives_is_named_it(name):
    for seed in range(20):
        (drawn,) = paper(of_families((name,)), Draws("key", seed)).kept().questions
        question = asked(
            drawn.type, drawn.answer, drawn.choices, drawn.wrong, drawn.tolerance
        )
        for wrong in drawn.wrong:
            values = wrong.answer if drawn.type == "cloze" else (wrong.answer,)
            mark = score(question, "; ".join(map(repr, values)))
            assert mark.misconceptions == (wrong.misconception,), (seed, values)


@pytest.mark.parametrize("question", [SINGLE, MULTIPLE, NUMERIC, CLOZE])
def test_an_empty_cell_is_not_an_answer(question):
    assert not score(question, "  ").answered


@pytest.mark.parametrize("question", [SINGLE, MULTIPLE, NUMERIC, CLOZE])
@given(written=st.text())
def test_any_text_is_scored_between_nothing_and_all(question, written):
    mark = score(question, written)

    assert 0 <= mark.share <= 1


def test_words_are_not_numbers():
    assert [number(w) for w in ("", "x", "1/0", "inf", "1e999", "nan")] == [None] * 6


@pytest.mark.parametrize(
    ("question", "written", "readable"),
    [
        (SINGLE, "b", True),
        (SINGLE, "z", False),
        (MULTIPLE, "x1; x9", False),
        (NUMERIC, "many", False),
        (CLOZE, "1; 2", False),
        (CLOZE, "1; 2; 3; 5", True),
    ],
)
def test_what_cannot_be_read_is_told_apart(question, written, readable):
    assert understood(question, written) is readable
