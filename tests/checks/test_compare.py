"""The ladder of comparison: what is right is right, whatever the float type."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.checks.check import Call, Tolerance
from grader.checks.compare import compare, compare_values
from grader.reply import Missing, Raised, Returned, Unsupported

TOLERANCE = Tolerance()
small_arrays = arrays.arrays(
    np.float64,
    arrays.array_shapes(max_dims=4, max_side=4),
    elements=st.integers(-999, 999).map(float),
)


def differ(expected, got):
    return compare_values(expected, got, "out", TOLERANCE)


@given(small_arrays, st.sampled_from(["f4", "f8", "i4", "i8"]))
def test_equal_values_are_right_in_every_number_type(array, dtype):
    assert differ(array, array.astype(dtype)) is None


@given(small_arrays, st.data())
def test_one_changed_entry_is_found_where_it_is(array, data):
    index = tuple(data.draw(st.integers(0, size - 1)) for size in array.shape)
    changed = array.copy()
    changed[index] += data.draw(st.sampled_from([-1.0, 0.01, 1e9, math.inf, math.nan]))

    found = differ(array, changed)

    assert found.index == index
    assert (f"(1 of {array.size} entries " in found.problem) == (array.size > 1)


@given(small_arrays)
def test_nan_equals_nothing_not_even_nan(array):
    nothing = np.full_like(array, np.nan)

    assert differ(array, nothing).rung == "finite"


@given(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))
def test_whole_numbers_are_right_exactly_when_equal(expected, got):
    assert (differ(expected, got) is None) == (expected == got)


@pytest.mark.parametrize(
    ("expected", "got", "problem"),
    [
        (28, 28.0, "expected an int, got the float 28.0"),
        (28, True, "expected an int, got the bool True"),
        (28, 27, "expected 28, got 27"),
        (28, "28", "expected an int, got a str"),
        (28, 10**400, "expected 28, got a whole number of 1329 bits"),
        (28, np.array(27), "expected 28, got 27"),
        (2.5, 2, "expected 2.5, got 2"),
        (2.5, math.nan, "expected 2.5, got nan"),
        (2.5, None, "expected a number, got None (is a return missing?)"),
        (2.5, 10**400, "expected 2.5, got a whole number of 1329 bits"),
        (True, 1, "expected True or False, got the int 1"),
        ((1, 2), (1,), "expected 2 values, got 1"),
        ((1, 2), 3, "expected a tuple of 2, got the int 3"),
        (np.ones(2), Unsupported("a dict"), "expected a numpy array, got a dict"),
        (np.ones(2, int), np.ones(2), "out: expected whole numbers, got dtype float64"),
        (np.ones((2, 1)), np.ones(2), "out: expected shape (2, 1), got (2,)"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(expected, got, problem):
    assert differ(expected, got).problem == problem


def test_a_whole_number_in_a_0d_array_is_a_whole_number():
    assert differ(28, np.array(28)) is None


def test_float32_averages_are_within_the_tolerance():
    third = np.array([1.0, 2.0]) / 3

    assert differ(third, third.astype(np.float32)) is None


def test_one_part_of_a_tuple_is_compared_under_its_own_name():
    call = Call("backward").only(1, "dw")
    right = Returned((np.zeros(2), np.ones(2)))

    assert compare(right, Returned((np.full(2, 9.0), np.ones(2))), call) is None
    found = compare(right, Returned((np.zeros(2), np.array([1.0, 3.0]))), call)
    assert found.problem == "dw[1]: expected 1, got 3 (1 of 2 entries differ)"
    assert (found.part, found.index) == (1, (1,))


def test_a_part_of_what_is_no_tuple_is_a_wrong_type():
    call = Call("backward").only(1, "dw")
    right = Returned((np.zeros(2), np.ones(2)))

    assert compare(right, Returned(np.ones(2)), call).rung == "type"


def test_a_subclass_of_the_promised_exception_is_right():
    promised = Raised("ValueError", ("ValueError", "Exception"), "", ())
    mine = Raised("TooSmall", ("TooSmall", "ValueError", "Exception"), "", ())
    other = Raised("TypeError", ("TypeError", "Exception"), "no", ())

    assert compare(promised, mine, Call("f")) is None
    assert compare(promised, other, Call("f")).problem == (
        "expected a ValueError, got TypeError: no"
    )


def test_a_hidden_mismatch_tells_no_value():
    right = Returned(np.array([12345.0]))
    for answer in (
        Returned(np.array([67890.0])),
        Returned(np.array([np.nan])),
        Returned(67890),
        Returned(Unsupported("67890")),
        Raised("ValueError67890", ("Exception",), "67890", ()),
        Missing("f", ("f67890",)),
    ):
        withheld = compare(right, answer, Call("f")).withheld
        assert "67890" not in withheld
        assert "12345" not in withheld
