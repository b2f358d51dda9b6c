"""The anatomy of an error: each thing it can say, on an answer that is so."""

import tracemalloc

import numpy as np
import pytest

from grader.author import call
from grader.checks.anatomy import LONGEST, describe
from grader.sandbox.reply import Raised, Returned

RNG = np.random.default_rng(2)
SHAPES = [(3, 4), (4, 3), (5, 5), (3, 3), (4, 5)]


def draw(*shape):
    values = RNG.integers(1, 99, shape) * RNG.choice([-1.0, 1.0], shape)
    return values.astype(np.float64)


@pytest.fixture
def tell(one_function):
    """Return a function that describes a student's function."""

    def described(right, mine, calls):
        suite = one_function(right)
        return describe(suite, suite.answered(mine, calls))

    return described


# --- which calls fail


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


# --- parts of a tuple


def halves(x, padding=0):
    return x[0] + padding, x[1] + padding


def calls_of_halves():
    return [
        call("halves", x=draw(2, *shape), padding=padding).only(part, name)
        for part, name in enumerate(("upper", "lower"))
        for shape in SHAPES
        for padding in (0, 1)
    ]


def test_the_parts_that_are_right_are_told_first(tell):
    def mine(x, padding=0):
        return x[0] + padding, -x[1] - padding if padding else x[1]

    assert tell(halves, mine, calls_of_halves()) == (
        "Your upper is right. "
        "Your lower is right whenever padding is 0, and wrong otherwise. "
        "Where it is wrong, every value has the wrong sign."
    )


def test_what_is_wrong_in_all_parts_is_told_of_the_answer(tell):
    text = tell(halves, lambda x, padding=0: (-x[0], -x[1]), calls_of_halves()[::2])

    assert text == "Every value has the wrong sign."


# --- values


def maps(x, b=None, size=2):
    return x * 1.0 if b is None else x + b.reshape(-1, 1, 1)


def calls_of_maps():
    sizes = [2, 3, (2, 3), (3, 3), 4]
    return [
        call("maps", x=draw(2, 3, *shape), b=draw(3), size=size)
        for shape, size in zip(SHAPES, sizes, strict=True)
    ]


def moved(a, down, right):
    """Return the maps moved within their frames, and zeros where nothing is."""
    out = np.zeros_like(a)
    height, width = a.shape[-2:]
    out[..., max(down, 0) : height + min(down, 0), max(right, 0) :] = a[
        ..., max(-down, 0) : height - max(down, 0), : width - max(right, 0)
    ]
    return out


def spoiled(a, place):
    out = a.copy()
    out[place] = np.cos(out[place])
    return out


def ordered(a):
    return np.sort(a, axis=None).reshape(a.shape)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda a: a * np.nan, "Every value is NaN."),
        (
            lambda a: np.where(a > 0, a, np.inf),
            "The only wrong values are NaN or infinite.",
        ),
        (lambda a: a * 0, "Every value is 0."),
        (lambda a: a * 0 + 7, "Every value is the same, in every call."),
        (lambda a: -a, "Every value has the wrong sign."),
        (lambda a: 3 * a, "Every value is 3 times the right one."),
        (lambda a: a / 4, "Every value is the right one divided by 4."),
        (lambda a: a * 1.5, "Every value is 3/2 times the right one."),
        (lambda a: a * a.mean(), "All values of a call are off by one factor."),
        (lambda a: a + 1, "Every value is too large by 1."),
        (lambda a: a + a.max(), "All values of a call are off by one amount."),
        (
            lambda a: a + a.max(axis=(-1, -2), keepdims=True),
            "Each map is off by an amount of its own.",
        ),
        (np.abs, "Every value has lost its sign."),
        (lambda a: np.maximum(a, 0), "0 stands wherever a negative value belongs."),
        (
            lambda a: a[..., ::-1],
            "Your answer is the right one mirrored left to right.",
        ),
        (
            lambda a: a[..., ::-1, :],
            "Your answer is the right one mirrored top to bottom.",
        ),
        (
            lambda a: a[..., ::-1, ::-1],
            "Your answer is the right one rotated by 180 degrees.",
        ),
        (
            lambda a: a[:, ::-1],
            "Your answer is the right one in reverse along its second axis.",
        ),
        (
            lambda a: moved(a, 1, 0),
            "The right values stand 1 row below of their place.",
        ),
        (
            lambda a: moved(a, -1, 1),
            "The right values stand 1 row above and 1 column right of their place.",
        ),
        (ordered, "The right values are all there, in another order."),
        (
            lambda a: spoiled(a, np.s_[1:]),
            "Only the first entry along the first axis is right throughout.",
        ),
        (lambda a: spoiled(a, np.s_[..., -1]), "Only the last column is wrong."),
        (lambda a: spoiled(a, np.s_[..., 0, :]), "Only the first row is wrong."),
        (
            lambda a: spoiled(a, np.s_[..., 1:-1, 1:-1]),
            "Only the cells at the border are right throughout.",
        ),
        (
            lambda a: spoiled(a, np.s_[..., 1, 1:2]),
            "Only cells away from the border are wrong.",
        ),
        (
            lambda a: np.where(a < -30, 0, a),
            "Every wrong cell is 0.",
        ),
        (
            lambda a: np.broadcast_to(a[:, :1], a.shape) + 0.0,
            "Everything along the second axis is the same.",
        ),
        (
            lambda a: np.cos(np.broadcast_to(a[..., :1, :1], a.shape)),
            "Every cell of a map is the same.",
        ),
        (lambda a: a + a**2 + 1, "Every wrong value is too large."),
    ],
)
def test_how_wrong_values_relate_to_the_right_ones(tell, change, told):
    text = tell(maps, lambda x, b, size: change(maps(x, b, size)), calls_of_maps())

    assert text == told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda x, b, size: x * 1.0, "Every value lacks b."),
        (
            lambda x, b, size: maps(maps(x, b), b),
            "Every value holds b once too often.",
        ),
        (
            lambda x, b, size: maps(x, b * x.shape[2]),
            "Every value is off by a whole multiple of b.",
        ),
        (
            lambda x, b, size: maps(x, b) * np.prod(np.broadcast_to(size, 2)),
            "Every value is too large by a factor of the number of cells that size "
            "spans.",
        ),
        (
            lambda x, b, size: maps(x, b) / (x.shape[-1] * x.shape[-2]),
            "Every value is too small by a factor of the number of cells of a map of "
            "x.",
        ),
        (
            lambda x, b, size: maps(x, b) + x.shape[2],
            "Every value is too large by the length of the third axis of x.",
        ),
    ],
)
def test_how_wrong_values_relate_to_the_arguments(tell, change, told):
    assert tell(maps, change, calls_of_maps()) == told


def test_whole_numbers_for_fractions_are_told(tell):
    calls = [call("half", x=draw(3, 4)) for _ in range(4)]

    for change, told in (
        (np.trunc, "cut to a whole number"),
        (np.floor, "rounded down"),
    ):
        text = tell(lambda x: x / 4, lambda x, c=change: c(x / 4), calls)
        assert text == f"Every value is {told}."


def test_a_mask_in_place_of_values_is_told(tell):
    calls = [call("only_positive", x=draw(4, 4)) for _ in range(4)]

    assert tell(lambda x: np.where(x > 0, x, 0), lambda x: (x > 0) * 1.0, calls) == (
        "Zeros stand where they should, but ones where other values belong."
    )


def test_the_wrong_calls_and_their_values_are_told_together(tell):
    def mine(x, stride=1, padding=0, size=None):
        return stepped(x, stride, padding) * (1 if stride == 1 else -1)

    assert tell(stepped, mine, calls_of_stepped()) == (
        "Your answer is right whenever stride is 1, and wrong otherwise. "
        "Where it is wrong, every value has the wrong sign."
    )


def test_unrelated_values_are_not_described(tell):
    assert tell(maps, lambda x, b, size: np.cos(x * 7), calls_of_maps()) == ""


# --- numbers


def number(size, padding=0):
    return size * size + 2 * padding


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda s, p: number(s, p) + 1, "Your answer is too large by 1."),
        (lambda s, p: number(s, p) - 2, "Your answer is too small by 2."),
        (lambda s, p: 2 * number(s, p), "Your answer is 2 times the right one."),
        (lambda s, p: number(s, p) + s, "Your answer is too large by size."),
        (lambda s, p: -number(s, p), "Your answer has the wrong sign."),
        (lambda s, p: 0, "Your answer is 0."),
        (lambda s, p: number(s, p) + s**3 % 5 + 1, "Your answer is too large."),
    ],
)
def test_how_wrong_numbers_relate_to_the_right_ones(tell, change, told):
    calls = [call("number", s, padding=p) for s, p in [(2, 0), (3, 1), (5, 2), (7, 0)]]

    assert tell(number, lambda size, padding=0: change(size, padding), calls) == told


def test_an_exception_that_is_not_raised_is_all_that_is_missing(tell):
    def right(size):
        if size in (4, 9):
            raise ValueError
        return size

    calls = [call("right", size) for size in (4, 1, 5, 9, 7, 8)]

    assert tell(right, lambda size: size, calls) == (
        "All that is missing is an exception where one is promised."
    )


# --- shapes


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda x, padding: x[..., :-1, :-1],
            "The rows and the columns are too few by 1.",
        ),
        (lambda x, padding: x[..., :-2], "The columns are too few by 2."),
        (
            lambda x, padding: np.pad(
                x, ((0, 0), (padding, padding), (padding, padding))
            ),
            "The rows and the columns are too many by twice padding.",
        ),
        (lambda x, padding: x[0], "Your answer has 1 axis too few."),
        (
            lambda x, padding: x.swapaxes(0, 2),
            "The values are right, but the first and third axes are exchanged.",
        ),
        (
            lambda x, padding: x.transpose(1, 2, 0),
            "The values are right, but the axes are in another order.",
        ),
        (
            lambda x, padding: x.reshape(-1),
            "The values are right and in order, only their shape is not.",
        ),
        (
            lambda x, padding: x[:, :2, : x.shape[2] // 2],
            "What is there is right, but the end is cut off.",
        ),
        (
            lambda x, padding: np.pad(
                x, ((0, 0), (0, x.shape[2] % 2 + 1), (0, x[0, 0, 0] > 0))
            ),
            "The right array is the top left part of what is there.",
        ),
    ],
)
def test_how_a_wrong_shape_relates_to_the_right_one(tell, change, told):
    calls = [
        call("padded", x=np.abs(draw(2, height + 3, width + 3)), padding=padding)
        for (height, width), padding in zip(SHAPES, (1, 2, 3, 1, 2), strict=True)
    ]

    text = tell(lambda x, padding: x * 1.0, change, calls)
    assert text == told


def test_an_axis_as_long_as_that_of_an_argument_is_told(tell):
    calls = [
        call("table", x=draw(rows, columns), w=draw(4 + k, 2))
        for k, (rows, columns) in enumerate([(2, 5), (3, 9), (7, 4)])
    ]

    text = tell(
        lambda x, w: np.zeros((len(x), 2)),
        lambda x, w: np.ones((x.shape[1], 2)),
        calls,
    )

    assert text == "The first axis is as long as the second axis of x."


# --- whatever comes


def test_an_answer_of_any_size_is_described_without_copying_it(one_function):
    suite = one_function(maps)
    calls = calls_of_maps()
    huge = Returned(np.zeros((2, 3, 1000, 1000)))
    evidence = suite.evidence([huge] * len(calls), calls)

    tracemalloc.start()
    text = describe(suite, evidence)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(text) <= LONGEST
    assert peak < huge.value.nbytes / 10
