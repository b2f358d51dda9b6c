"""What is said of a wrong answer as a whole: its parts, its length, its cost."""

import tracemalloc

import numpy as np

from grader.author import call
from grader.checks.anatomy import LONGEST, describe
from grader.reply import Returned

RNG = np.random.default_rng(2)
SHAPES = [(3, 4), (4, 3), (5, 5), (3, 3), (4, 5)]


def draw(*shape):
    values = RNG.integers(1, 99, shape) * RNG.choice([-1.0, 1.0], shape)
    return values.astype(np.float64)


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


def test_an_answer_of_any_size_is_described_without_copying_it(one_function):
    suite = one_function(lambda x: x)
    calls = [call("same", x=draw(2, 3, *shape)) for shape in SHAPES]
    huge = Returned(np.zeros((2, 3, 1000, 1000)))
    evidence = suite.evidence([huge] * len(calls), calls)

    tracemalloc.start()
    text = describe(suite, evidence)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(text) <= LONGEST
    assert peak < huge.value.nbytes / 10
