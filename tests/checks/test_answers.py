"""Equal answers to a call are kept once, and held against a student's answer once."""

import numpy as np
import pytest

from grader.checks import likeness
from grader.checks.answers import Answers
from grader.checks.case import Case
from grader.checks.check import Call
from grader.checks.likeness import Likeness
from grader.checks.trusted import run_trusted
from grader.reply import Raised, Returned

CASE, OTHER = (Case("check", number, Call("f")) for number in range(2))
ONES = np.ones((2, 2))
DIFFERENT = [
    Returned(ONES),
    Returned(ONES.astype(np.float32)),
    Returned(ONES.reshape(4)),
    Returned(ONES, changed=("x",)),
    Returned((ONES, ONES)),
    Returned([ONES, ONES]),
    Returned((ONES, ONES), changed=("x",)),
    Returned(np.array([0.0])),
    Returned(np.array([-0.0])),
    Returned(np.array([None])),
    Returned(0.0),
    Returned(-0.0),
    Returned(1.0),
    Returned(1),
    Returned(True),
    Returned(None),
    Returned("x"),
    Returned({1: 2}),
    Raised("ValueError", ("ValueError", "Exception"), "", ()),
    Raised("ValueError", ("ValueError", "MyError", "Exception"), "", ()),
]


@pytest.fixture
def answers():
    return Answers()


def test_what_is_equal_to_the_last_bit_is_kept_once(answers):
    nothing = np.array([np.nan])
    for ids in ("one",), ("two",):
        answers.add(CASE, ids, [Returned(ONES.copy()), Returned((nothing.copy(), 1))])

    kept = answers.known[CASE]
    assert all(map(lambda a, b: a is b, kept["one",], kept["two",]))
    assert len(kept) == 2


def test_whatever_differs_is_kept_as_it_is(answers):
    for number, each in enumerate(DIFFERENT):
        answers.add(CASE, (str(number),), [each])
    answers.add(OTHER, ("0",), [Returned(ONES.copy())])

    for number, each in enumerate(DIFFERENT):
        assert answers.known[CASE][str(number),][0] is each
    assert answers.known[OTHER]["0",][0] is not DIFFERENT[0]


def test_what_another_process_tells_is_kept_once_too(answers):
    answers.add(CASE, ("one",), [Returned(ONES)])
    answers.news()

    answers.learn({("check", 0, ("two",)): [Returned(ONES.copy())]}, [CASE])

    assert answers.known[CASE]["two",][0] is answers.known[CASE]["one",][0]
    assert len(answers.known[CASE]) == 2
    assert answers.news() == {}


def test_a_prediction_is_held_against_an_answer_once(monkeypatch):
    compared = []

    def same(predicted, answer, call):
        compared.append(predicted)
        return predicted.value == answer.value

    monkeypatch.setattr(likeness, "same_answer", same)
    wrong, right = Returned(1), Returned(2)
    alike = Likeness(Returned(2), CASE.call)

    assert [alike.to_any([wrong]) for _ in range(3)] == [False] * 3
    assert [alike.to_any([wrong, right]) for _ in range(3)] == [True] * 3
    assert compared == [wrong, right]


def reshaped(x):
    x.shape = (4,)


def retyped(x):
    x.dtype = np.int64


@pytest.mark.parametrize(
    ("function", "changed"),
    [
        (lambda x: x.fill(2), True),
        (reshaped, True),
        (retyped, True),
        (lambda x: x.fill(np.nan), False),
        (lambda x: x.T, False),
    ],
)
def test_an_argument_is_changed_where_its_cells_or_its_form_are(function, changed):
    nothing = np.full((2, 2), np.nan)

    assert run_trusted(function, (nothing,), {}).changed == ("argument 1",) * changed
    assert run_trusted(function, (), {"x": nothing}).changed == ("x",) * changed
    assert np.isnan(nothing).all()
    assert nothing.shape == (2, 2)
