"""Pictures of wrong answers: what is shown of arrays of any shape, and what is not."""

from __future__ import annotations

import json
from dataclasses import replace
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.checks.check import Call
from grader.checks.compare import compare
from grader.checks.diagnose import Evidence
from grader.checks.suite import Case
from grader.checks.working import Place, Working, cells, share
from grader.picture import Picture
from grader.pictures import MAX_PLANES, NEAR, draw
from grader.reply import Crashed, Raised, Returned, TimedOut, Unsupported

IMAGES = {"x": ("N", "C", "H", "W"), "out": ("N", "K", "H'", "W'")}


class Suite:
    """As much of an `ExerciseSuite` as a picture asks for."""

    def __init__(self, right, axes):
        self.right = right
        self._axes = axes

    def expected(self, case):
        return self.right if isinstance(self.right, Raised) else Returned(self.right)

    def axes(self, function):
        return self._axes

    def signature(self, function):
        return "(x, stride=1)"


def drawn(right, mine, *, working=None, call=None, axes=IMAGES):
    """Return the picture of an answer, which must be a wrong one."""
    suite = Suite(right, axes)
    call = Call("conv2d", (np.zeros((1, 1, 3, 3)),)) if call is None else call
    case = Case("check", 0, call)
    answers = (Raised, Crashed, TimedOut)
    reply = mine if isinstance(mine, answers) else Returned(mine)
    mismatch = compare(suite.expected(case), reply, call)
    assert mismatch is not None
    return draw(suite, Evidence(case, reply, mismatch), working)


def texts(plane):
    return [list(row) for row in plane.cells]


def test_expected_and_got_are_shown_with_the_wrong_cells_marked():
    right = np.array([[1.0, 2], [3, 4]])

    picture = drawn(right, np.array([[1.0, 0], [3, 5]]))

    (expected,), (got,) = picture.expected.planes, picture.got.planes
    assert texts(expected) == [["1", "2"], ["3", "4"]]
    assert texts(got) == [["1", "0"], ["3", "5"]]
    assert expected.marked == got.marked == ((0, 1), (1, 1))
    assert expected.focus == got.focus == (0, 1)
    assert (picture.cell, picture.right) == ("out[0, 1]", "2")


def test_planes_are_labelled_with_the_names_of_their_axes():
    right = np.zeros((1, 2, 2, 2))

    picture = drawn(right, right + 1)

    labels = [plane.label for plane in picture.got.planes]
    assert labels == ["n = 0, k = 0", "n = 0, k = 1"]


@pytest.mark.parametrize("axes", [{}, {"out": ("...", "H", "W")}, {"out": ("N", "C")}])
def test_planes_of_unnamed_axes_are_labelled_with_their_index(axes):
    right = np.zeros((1, 2, 2, 2))

    picture = drawn(right, right + 1, axes=axes)

    assert [plane.label for plane in picture.got.planes] == ["[0, 0]", "[0, 1]"]


def test_a_large_array_is_shown_around_its_first_wrong_cell():
    right = np.arange(10_000.0).reshape(100, 100)
    mine = right.copy()
    mine[70, 40] = -1

    (plane,) = drawn(right, mine).got.planes

    assert (len(plane.cells), len(plane.cells[0])) == NEAR
    assert plane.cells[70 - plane.top][40 - plane.left] == "-1"
    assert plane.left_out == 10_000 - prod(NEAR)


def test_planes_with_wrong_cells_are_shown_before_others():
    right = np.zeros((2, 5, 1, 1))
    mine = right.copy()
    mine[0, 3] = mine[1, 4] = 1

    picture = drawn(right, mine)

    labels = [plane.label for plane in picture.got.planes]
    assert labels == ["n = 0, k = 0", "n = 0, k = 1", "n = 0, k = 3", "n = 1, k = 4"]
    assert [bool(plane.marked) for plane in picture.got.planes] == [0, 0, 1, 1]
    assert picture.got.planes_left_out == 6


def test_different_shapes_are_shown_side_by_side_without_marks():
    picture = drawn(np.ones((3, 3)), np.ones((5, 5)))

    sides = [(g.shape, g.planes[0].marked) for g in (picture.expected, picture.got)]
    assert sides == [((3, 3), ()), ((5, 5), ())]
    assert picture.cell == ""


def test_an_answer_without_cells_has_no_plane():
    picture = drawn(np.ones((3, 3)), np.ones((0, 3)))

    assert picture.got.planes == ()
    assert len(picture.expected.planes) == 1


def test_a_huge_answer_of_a_wrong_shape_is_shown_in_part():
    picture = drawn(np.ones((1, 1, 2, 2)), np.ones((300, 300, 2, 2)))

    assert len(picture.got.planes) == MAX_PLANES
    assert picture.got.planes_left_out == 300 * 300 - MAX_PLANES


def test_a_line_of_numbers_is_one_row():
    (plane,) = drawn(np.arange(3.0), np.zeros(3)).got.planes

    assert texts(plane) == [["0", "0", "0"]]
    assert plane.focus == (0, 1)


def test_numbers_that_are_no_numbers_are_told():
    mine = np.array([[np.nan, np.inf, -np.inf, 1]])

    (plane,) = drawn(np.ones((1, 4)), mine).got.planes

    assert texts(plane) == [["nan", "inf", "-inf", "1"]]
    assert plane.marked == ((0, 0), (0, 1), (0, 2))


def test_numbers_that_differ_late_are_told_apart():
    right = np.array([1_000_003.0, 1])
    call = Call("f", (1,)).within(0, 0)

    picture = drawn(right, np.array([1_000_004.0, 1]), call=call)

    assert picture.expected.planes[0].cells[0] == ("1000003.0", "1")
    assert picture.got.planes[0].cells[0] == ("1000004.0", "1")


def test_a_part_of_a_tuple_is_shown_under_its_name():
    right, mine = (np.ones(2), np.ones((2, 2))), (np.ones(2), np.zeros((2, 2)))
    call = Call("backward", (1,)).only(1, "dw")

    picture = drawn(right, mine, call=call)

    assert picture.cell == "dw[0, 0]"
    assert picture.got.shape == (2, 2)


@pytest.mark.parametrize(
    ("right", "mine"),
    [
        (4, 5),
        (4.0, 5.0),
        ((1, 2), (1, 3)),
        ([1, 2], None),
        (np.ones(2), None),
        (np.ones(2), [1.0, 2.0]),
        (np.ones(2), Unsupported("a dict")),
        (np.array(1.0), np.array(2.0)),
        (np.ones(2, dtype=int), np.ones(2)),
        (np.ones(2), Raised("IndexError", ("IndexError",), "", ())),
        (Raised("ValueError", ("ValueError",), "", ()), np.ones(2)),
        ((np.ones(2), np.ones(2)), (np.ones(2),)),
    ],
)
def test_what_words_tell_has_no_picture(right, mine):
    assert drawn(right, mine) is None


# --- the first wrong cell, worked out


X = np.arange(9.0).reshape(1, 1, 3, 3)
WINDOW = Working.of_products(
    X[0, 0, :2, 1:],
    np.array([[1.0, 0], [0, 2]]),
    source="x[0, 0, 0:2, 1:3]",
    places=(cells("x", 0, 0, range(2), range(1, 3)),),
)


def worked(working, x=X):
    call = Call("conv2d", (), {"x": x})
    return drawn(np.ones((1, 1)), np.zeros((1, 1)), working=working, call=call)


def test_the_window_is_marked_in_its_input_and_multiplied():
    picture = worked(WINDOW)

    (x,) = picture.inputs
    assert x.name == "x"
    assert x.planes[0].marked == ((0, 1), (0, 2), (1, 1), (1, 2))
    assert x.planes[0].label == "n = 0, c = 0"
    (product,) = picture.products
    planes = (product.window, product.factors, product.products)
    assert [texts(plane) for plane in planes] == [
        [["1", "2"], ["4", "5"]],
        [["1", "0"], ["0", "2"]],
        [["1", "0"], ["0", "10"]],
    ]
    assert picture.result == "the products sum to 11"


def test_the_border_that_the_call_adds_is_shown_around_the_input():
    place = cells("x", 0, 0, range(-1, 1), range(-1, 1), border=1)

    (x,) = worked(replace(WINDOW, places=(place,))).inputs

    plane = x.planes[0]
    assert (plane.top, plane.left) == (-1, -1)
    assert texts(plane)[0] == ["0"] * 5
    assert texts(plane)[1] == ["0", "0", "1", "2", "0"]
    assert (-1, -1) in plane.marked
    assert plane.left_out == 0


def test_a_large_input_is_shown_around_the_window():
    x = np.arange(2500.0).reshape(1, 1, 50, 50)
    place = cells("x", 0, 0, range(30, 35), range(20, 25))

    (grid,) = worked(replace(WINDOW, places=(place,)), x).inputs

    plane = grid.planes[0]
    assert len(plane.marked) == 25
    assert plane.cells[30 - plane.top][20 - plane.left] == "1520"
    assert plane.left_out == 2500 - prod(NEAR)


def test_many_channels_are_shown_in_part_and_the_rest_is_counted():
    x = np.ones((1, 9, 2, 2))
    place = cells("x", 0, range(9), range(2), range(2))
    working = Working.of_products(x[0], x[0], places=(place,))

    picture = worked(working, x)

    assert len(picture.products) == len(picture.inputs[0].planes) == MAX_PLANES
    assert picture.products_left_out == 9 - MAX_PLANES
    assert picture.products[1].window.label == "n = 0, c = 1"


def test_a_window_of_nothing_is_no_obstacle():
    nothing = Working.of_products(
        np.ones((2, 0, 0)),
        np.ones((2, 0, 0)),
        places=(Place("x", ((0,),) * 2, (), ()),),
    )

    picture = worked(nothing)

    assert picture.inputs[0].planes[0].marked == ()
    assert nothing.lines()[-1] == "the products sum to 0"


def test_what_a_cell_receives_is_told():
    shares = (share("dout[0]", 3.0, "times w[0] = 2", 6.0),)

    (found,) = worked(replace(WINDOW, shares=shares)).shares

    assert (found.sent, found.received) == ("3", "6")


# --- laws


ANY = st.one_of(
    arrays.arrays(
        st.sampled_from([np.float64, np.float32, np.int64, np.uint8, np.bool_]),
        arrays.array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=3),
    ),
    st.none(),
    st.integers(),
    st.floats(),
    st.text(max_size=3),
)


@given(right=ANY, mine=ANY)
def test_whatever_was_answered_there_is_a_picture_or_none(right, mine):
    suite = Suite(right, IMAGES)
    case = Case("check", 0, Call("f", ()))
    mismatch = compare(Returned(right), Returned(mine), case.call)
    if mismatch is None:
        return

    picture = draw(suite, Evidence(case, Returned(mine), mismatch), None)

    if picture is not None:
        assert isinstance(picture, Picture)
        json.dumps(picture, allow_nan=False)
        for grid in (picture.expected, picture.got):
            for plane in grid.planes:
                assert len({len(row) for row in plane.cells}) == 1
                assert plane.left_out == 0


@given(
    right=arrays.arrays(np.float64, (2, 2, 3), elements=st.integers(-3, 3).map(float)),
    mine=arrays.arrays(np.float64, (2, 2, 3), elements=st.integers(-3, 3).map(float)),
)
def test_exactly_the_cells_that_differ_are_marked(right, mine):
    if (right == mine).all():
        return

    picture = drawn(right, mine)

    for number, plane in enumerate(picture.got.planes):
        differ = np.argwhere(right[number] != mine[number]).tolist()
        assert [list(at) for at in plane.marked] == differ
