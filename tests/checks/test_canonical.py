"""Right answers have the same bytes however they were computed; others do not."""

import numpy as np
import pytest

from grader.checks.canonical import canonical, scale_for, whole
from grader.checks.check import Call, Tolerance
from grader.reply import Missing, Raised, Returned, Unsupported

CALL = Call("f")
KNOWN = frozenset({"ValueError", "IndexError"})


def text(value, scale=64, call=CALL):
    return canonical(Returned(value), call, scale, KNOWN)


@pytest.mark.parametrize("kind", [np.float32, np.float64, np.int8, np.int64])
def test_the_width_of_numbers_leaves_no_trace(kind):
    assert text(np.array([[3, -4]], kind)) == text(np.array([[3.0, -4.0]]))


def test_rounding_leaves_no_trace_and_a_difference_does():
    exact = np.array([1.0, 2.0])

    assert text(exact + 1e-9) == text(exact)
    assert text(-exact * 0) == text(exact * 0)
    assert text(exact + 0.1) != text(exact)


def test_shape_and_number_of_axes_count():
    cells = np.arange(6.0)

    texts = {text(cells.reshape(s)) for s in [(6,), (2, 3), (3, 2), (1, 6)]}
    assert len(texts) == 4


def test_nan_and_the_infinities_are_three_different_numbers():
    values = [np.array([v]) for v in (np.nan, np.inf, -np.inf, 0.0)]

    assert len({text(v) for v in values}) == 4
    assert text(np.array([np.nan])) == text(np.array([np.nan]))


def test_wild_numbers_differ_by_their_leading_digits_only():
    huge = np.array([1.23456789e200])

    assert text(huge * (1 + 1e-12)) == text(huge)
    assert text(huge * 1.01) != text(huge)


def test_a_number_is_no_array_and_a_whole_float_is_a_number():
    assert text(3) == text(3.0)
    assert text(3) != text(np.array([3]))
    assert text(True) != text(1)
    assert text(2**80) != text(2**80 + 1)


def test_tuples_differ_by_length_and_by_what_they_hold():
    assert text((1, (2, 3))) != text((1, 2, 3))
    assert text((1, 2)) == text([1, 2])
    assert text("a") != text(None)


def test_only_the_part_that_is_asked_about_counts():
    call = CALL.only(1, "dw")

    assert text((1, 2), call=call) == text((9, 2), call=call)
    assert text((1, 2), call=call) != text((1, 3), call=call)


def test_a_subclass_counts_as_the_exception_that_is_told_apart():
    def raised(*bases):
        return canonical(Raised(bases[0], bases, "", ()), CALL, 1, KNOWN)

    assert raised("Mine", "ValueError", "Exception") == raised("ValueError")
    assert raised("IndexError", "LookupError") != raised("ValueError")


def test_what_is_no_value_equals_nothing():
    assert text(Unsupported("a dict")) is None
    assert text((1, Unsupported("a dict"))) is None
    assert canonical(Missing("f", ()), CALL, 1, KNOWN) is None


def test_wholeness_goes_by_type():
    assert whole(Returned((1, np.array([2]))), CALL)
    assert not whole(Returned(np.array([2.0])), CALL)
    assert not whole(Raised("ValueError", (), "", ()), CALL)


@pytest.mark.parametrize("denominator", [1, 4, 6, 9, 35])
def test_right_answers_lie_in_the_middle_of_their_cells(denominator):
    value = np.arange(-50, 50) / denominator
    tolerance = Tolerance()

    scale = scale_for(value, tolerance)
    assert scale is not None
    off = np.abs(value * scale - np.rint(value * scale))
    assert off.max() < 1e-3
    near = value + tolerance.absolute + tolerance.relative * np.abs(value)
    assert text(near, scale) == text(value, scale)
    assert text(value + 1 / denominator, scale) != text(value, scale)


def test_a_tolerance_stated_by_the_author_makes_wider_cells():
    learned = np.array([3.002, -4.001])

    scale = scale_for(learned, Tolerance(0.1, 1e-6))
    assert scale == 4
    assert text(np.array([3.05, -4.09]), scale) == text(learned, scale)
    assert text(np.array([3.3, -4.0]), scale) != text(learned, scale)


def test_no_lattice_holds_irrational_numbers():
    assert scale_for(np.sqrt(np.arange(2.0, 9)), Tolerance()) is None
