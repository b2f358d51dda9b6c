"""Which calls fail: told only where it tells all of them from all others."""

import numpy as np
import pytest

from grader.author import call
from grader.checks.anatomy import describe
from grader.reply import Raised, Returned

RNG = np.random.default_rng(2)


def draw(*shape):
    values = RNG.integers(1, 99, shape) * RNG.choice([-1.0, 1.0], shape)
    return values.astype(np.float64)


def stepped(x, stride=1, padding=0, size=None):
    return x * 2.0 + stride + 3 * padding


def calls_of_stepped():
    options = [{}, {"stride": 2}, {"padding": 1}, {"stride": 3, "padding": 2}]
    options += [{"size": 2}, {"size": (2, 3)}, {"size": (3, 3), "stride": 3}]
    batches = [(1, 3, 4), (2, 4, 4), (1, 4, 4), (3, 4, 3)]
    return [
        call("stepped", x=draw(*shape), **option)
        for option in options
        for shape in batches
    ]


def unless(condition):
    """Return a student's function that is right where the condition holds."""

    def mine(x, stride=1, padding=0, size=None):
        if condition(x, stride, padding, size):
            return stepped(x, stride, padding, size)
        return np.sin(x)

    return mine


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        (lambda x, s, p, k: s == 1, "right whenever stride is 1, and wrong otherwise"),
        (lambda x, s, p, k: p != 0, "wrong whenever padding is 0, and right otherwise"),
        (
            lambda x, s, p, k: x.shape[1] == x.shape[2],
            "right whenever x is square, and wrong otherwise",
        ),
        (
            lambda x, s, p, k: len(x) == 1,
            "right whenever the first axis of x has length 1, and wrong otherwise",
        ),
        (
            lambda x, s, p, k: k != (2, 3),
            "wrong whenever size is a pair of different numbers, and right otherwise",
        ),
        (
            lambda x, s, p, k: k is None,
            "right whenever size is left out, and wrong otherwise",
        ),
        (
            lambda x, s, p, k: len(x) == 1 and s == 1,
            "right only where stride is 1 and the first axis of x has length 1",
        ),
    ],
)
def test_the_calls_that_fail_are_told_by_what_sets_them_apart(tell, condition, told):
    text = tell(stepped, unless(condition), calls_of_stepped())

    first_axis_first = " and ".join(reversed(told[17:].split(" and ")))
    assert text in (
        f"Your answer is {told}.",
        f"Your answer is right only where {first_axis_first}.",
    )


def test_what_every_failing_call_raises_is_told_with_the_calls(tell):
    def mine(x, stride=1, padding=0, size=None):
        return stepped(x, stride, padding) if padding else [][padding]

    assert tell(stepped, mine, calls_of_stepped()) == (
        "Your code raises an IndexError whenever padding is 0; "
        "otherwise your answer is right."
    )


def test_what_raises_is_told_apart_from_what_is_wrong(tell):
    def mine(x, stride=1, padding=0, size=None):
        return -stepped(x, stride, padding) if padding else [][padding]

    assert tell(stepped, mine, calls_of_stepped()) == (
        "Your code raises an IndexError whenever padding is 0. "
        "Every value has the wrong sign."
    )


def test_an_exception_of_the_student_s_own_is_not_repeated(one_function):
    suite = one_function(stepped)
    calls = calls_of_stepped()
    bases = ("secret99", "Exception", "BaseException", "object")
    replies = [
        Raised("secret99", bases, "secret99", ())
        if "stride" in c.kwargs
        else Returned(stepped(**c.kwargs))
        for c in calls
    ]

    assert describe(suite, suite.evidence(replies, calls)) == (
        "Your answer is right whenever stride is 1; "
        "otherwise your code raises an exception."
    )


def test_two_features_that_separate_equally_are_both_told(tell):
    right, wrong = [(3, 3), (4, 4), (5, 5)], [(3, 4), (4, 5), (5, 3)]
    calls = [call("stepped", draw(*s)) for s in right]
    calls += [call("stepped", draw(*s), padding=1) for s in wrong]

    text = tell(stepped, lambda x, stride=1, padding=0: stepped(x), calls)

    assert text.startswith(
        "Your answer is right whenever padding is 0 and x is square, "
        "and wrong whenever neither holds."
    )


def test_a_single_call_with_many_peculiarities_is_not_explained_by_one(tell):
    calls = [call("stepped", draw(3, 3)) for _ in range(6)]
    calls.append(call("stepped", draw(2, 5), stride=2, padding=1))

    text = tell(stepped, lambda x, stride=1, padding=0: stepped(x), calls)

    assert "whenever" not in text


def test_a_sealed_suite_still_tells_which_calls_fail(one_function):
    suite = one_function(stepped, sealed=True)
    mine = unless(lambda x, s, p, k: s == 1)

    assert describe(suite, suite.answered(mine, calls_of_stepped())) == (
        "Your answer is right whenever stride is 1, and wrong otherwise."
    )


def test_the_wrong_calls_and_their_values_are_told_together(tell):
    def mine(x, stride=1, padding=0, size=None):
        return stepped(x, stride, padding) * (1 if stride == 1 else -1)

    assert tell(stepped, mine, calls_of_stepped()) == (
        "Your answer is right whenever stride is 1, and wrong otherwise. "
        "Where it is wrong, every value has the wrong sign."
    )
