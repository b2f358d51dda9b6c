"""Inputs: small whole numbers, the same on every machine, different for each seed."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from grader.checks.draw import Draw, distinct, ints

shapes = st.lists(st.integers(1, 5), min_size=1, max_size=4).map(tuple)


@given(st.integers(0, 2**64), shapes)
def test_ints_are_whole_not_zero_and_within_bounds(seed, shape):
    drawn = ints(Draw(seed), shape, low=-3, high=5)

    assert drawn.shape == shape
    assert drawn.dtype == np.float64
    assert set(drawn.ravel()) <= {-3, -2, -1, 1, 2, 3, 4, 5}


@given(st.integers(0, 2**64), shapes)
def test_distinct_has_no_ties_and_no_zero(seed, shape):
    drawn = distinct(Draw(seed), shape)

    assert len(set(drawn.ravel())) == drawn.size
    assert 0 not in drawn


def test_the_stream_is_what_it_always_was():
    drawn = ints(Draw(1, "stride", "a_check"), (8,))

    assert drawn.tolist() == GOLDEN


def test_another_check_or_seed_gives_other_numbers():
    drawn = [ints(Draw(*key), (12,)).tolist() for key in ((1, "a"), (2, "a"), (1, "b"))]

    assert drawn[0] != drawn[1]
    assert drawn[0] != drawn[2]


GOLDEN = [9.0, -5.0, -6.0, 7.0, -6.0, -9.0, 4.0, 6.0]
