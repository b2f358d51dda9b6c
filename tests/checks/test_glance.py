"""What is dismissed at a glance is dismissed on closer inspection too."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.checks.check import Call
from grader.checks.compare import compare
from grader.checks.glance import differ_at_a_glance
from grader.reply import Returned

CALL = Call("f")
values = st.sampled_from(["i8", "f4", "f8", "?"]).flatmap(
    lambda dtype: arrays.arrays(dtype, arrays.array_shapes(max_dims=2, max_side=2))
)
answers = st.recursive(
    values | st.floats() | st.integers() | st.none(),
    lambda inner: st.tuples(inner, inner) | st.lists(inner, max_size=2),
    max_leaves=3,
)


@given(answers, answers, st.sampled_from([None, (0, "one"), (1, "two")]))
@example(np.array([np.inf]), np.array([np.inf]), None)
def test_a_glance_never_dismisses_what_agrees(expected, got, part):
    whole = isinstance(expected, (tuple, list)) and len(expected) == 2
    call = Call("f", part=part if whole else None)

    if differ_at_a_glance(expected, got, call):
        with np.errstate(all="ignore"):
            assert compare(Returned(expected), Returned(got), call) is not None


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (np.zeros(2), np.zeros(3)),
        (np.zeros(2), np.ones(2)),
        ((np.zeros(2), np.zeros(2)), (np.zeros(2), np.ones(2))),
    ],
)
def test_another_shape_or_cell_is_seen_at_a_glance(expected, got):
    assert differ_at_a_glance(expected, got, CALL)


def test_nan_is_left_for_a_closer_look():
    nothing = np.array([np.nan, 1.0])

    assert not differ_at_a_glance(nothing, nothing, CALL)


def test_the_part_that_is_asked_for_is_looked_at():
    expected, got = (np.zeros(2), np.zeros(2)), (np.zeros(2), np.ones(2))

    assert not differ_at_a_glance(expected, got, CALL.only(0, "one"))
    assert differ_at_a_glance(expected, got, CALL.only(1, "two"))
