"""The checks of maxpool_backward: right ways pass, wrong ways are named."""

from pathlib import Path

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from grader.verdict import Verdict

NAME = "maxpool_backward"
SUBMISSIONS = sorted((Path(__file__).parents[1] / "submissions" / NAME).glob("*/*.py"))


def numbers(size, stride):
    height, width = np.broadcast_to(size, 2)
    return height, width, *np.broadcast_to(size if stride is None else stride, 2)


def max_by_loops(dout, x, size, stride=None):
    height, width, down, right = numbers(size, stride)
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(dout.shape):
        best = None
        for u in range(i * down, i * down + height):
            for v in range(j * right, j * right + width):
                if best is None or x[n, c, u, v] > x[(n, c, *best)]:
                    best = (u, v)
        dx[(n, c, *best)] += dout[n, c, i, j]
    return dx


def avg_by_loops(dout, x, size, stride=None):
    height, width, down, right = numbers(size, stride)
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(dout.shape):
        for u, v in np.ndindex(height, width):
            dx[n, c, i * down + u, j * right + v] += dout[n, c, i, j] / height / width
    return dx


def max_by_windows(dout, x, size, stride=None):
    height, width, down, right = numbers(size, stride)
    dx = np.zeros(x.shape)
    of_x, of_dx = (
        sliding_window_view(a, (height, width), axis=(2, 3), writeable=a is dx)[
            :, :, ::down, ::right
        ]
        for a in (x, dx)
    )
    for place in np.ndindex(dout.shape):
        winner = np.unravel_index(of_x[place].argmax(), (height, width))
        of_dx[(*place, *winner)] += dout[place]
    return dx


def avg_by_dense_matrix(dout, x, size, stride=None):
    """Backward is the transpose of the matrix that the forward pass multiplies with."""
    height, width, down, right = numbers(size, stride)
    H, W = x.shape[2:]
    rows, columns = dout.shape[2:]
    vertical, horizontal = np.zeros((rows, H)), np.zeros((columns, W))
    for i in range(rows):
        vertical[i, i * down : i * down + height] = 1 / height
    for j in range(columns):
        horizontal[j, j * right : j * right + width] = 1 / width
    return np.einsum("ih,jw,ncij->nchw", vertical, horizontal, dout)


def in_float32(function):
    return lambda *args, **kwargs: function(*args, **kwargs).astype(np.float32)


WAYS = {
    "loops": (max_by_loops, avg_by_loops),
    "windows": (max_by_windows, avg_by_dense_matrix),
    "float32": (in_float32(max_by_windows), in_float32(avg_by_dense_matrix)),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", [0, 1])
def test_a_right_way_passes_every_check_without_a_diagnosis(judged, named, way, seed):
    names = ("max_pool2d_backward", "avg_pool2d_backward")

    result = judged(NAME, dict(zip(names, WAYS[way], strict=True)), seed)

    assert (result.score, result.verdict) == (40, Verdict.PASS)
    assert named(result) == []


def test_the_wrong_implementation_without_a_switch_is_right(unswitched_mismatches):
    assert unswitched_mismatches(NAME) == []


@pytest.mark.parametrize("file", SUBMISSIONS, ids=lambda file: file.stem)
def test_a_submission_gets_its_verdict_and_its_cause(
    judged, named, expectation, functions_of, file
):
    result = judged(NAME, functions_of(file))

    assert (result.verdict.value, named(result)) == expectation(file)


@pytest.mark.parametrize("stem", ["every_tie_wins", "last_tie_wins", "tie_split"])
@pytest.mark.parametrize("seed", range(5))
def test_another_rule_for_ties_costs_the_check_of_ties_only(
    judged, functions_of, stem, seed
):
    (file,) = (file for file in SUBMISSIONS if file.stem == stem)

    result = judged(NAME, functions_of(file), seed)

    failed = [c.name for c in result.checks if c.verdict is not Verdict.PASS]
    assert failed == ["the_first_of_equal_winners_gets_all"]


@pytest.mark.parametrize("seed", range(5))
def test_assigning_where_windows_overlap_is_caught_for_both_orientations(
    judged, functions_of, seed
):
    (file,) = (f for f in SUBMISSIONS if f.stem == "assigned_to_the_winner")

    result = judged(NAME, functions_of(file), seed)

    failed = {c.name for c in result.checks if c.verdict is not Verdict.PASS}
    assert failed >= {"gradients_of_several_windows_add_up", "windows_of_any_shape"}
    assert "the_winner_gets_the_gradient" not in failed


@pytest.mark.parametrize("seed", range(5))
def test_a_flat_place_split_by_the_height_is_named(judged, solution_with, named, seed):
    """Wrong for 3x2 windows, and for 2x3 windows too, where it may leave the map."""

    def max_pool2d_backward(dout, x, size, stride=None):
        height, width, down, right = numbers(size, stride)
        dx = np.zeros(x.shape)
        for n, c, i, j in np.ndindex(dout.shape):
            top, left = i * down, j * right
            place = x[n, c, top : top + height, left : left + width].argmax()
            dx[n, c, top + place // height, left + place % height] += dout[n, c, i, j]
        return dx

    functions = solution_with(NAME, max_pool2d_backward=max_pool2d_backward)

    assert named(judged(NAME, functions, seed)) == [
        "max-pool-gradient-index-split-by-height"
    ]


def test_the_working_says_which_windows_a_cell_wins(judged, solution_with):
    def max_pool2d_backward(dout, x, size, stride=None):
        return np.minimum(max_by_loops(dout, x, size, stride), 1)

    functions = solution_with(NAME, max_pool2d_backward=max_pool2d_backward)
    result = judged(NAME, functions)

    check = next(c for c in result.checks if c.name == "the_eight_wins_four_windows")
    assert check.finding.working[0] == "window x[0, 0, 0:3, 0:3]:"
    assert check.finding.working[-1].startswith(
        "this cell lies in 4 windows and gets 1"
    )
    assert check.finding.working[-1].endswith("= 4")
