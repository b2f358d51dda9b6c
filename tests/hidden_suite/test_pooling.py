"""The checks of pooling: right ways pass, wrong ways are named."""

from pathlib import Path

import numpy as np
import pytest
from numpy.lib.stride_tricks import as_strided, sliding_window_view

from grader.verdict import Verdict

NAME = "pooling"
SUBMISSIONS = sorted((Path(__file__).parents[1] / "submissions" / NAME).glob("*/*.py"))


def by_loops(reduce):
    def pool(x, size, stride=None):
        height, width = np.broadcast_to(size, 2)
        down, right = np.broadcast_to(size if stride is None else stride, 2)
        rows = range(0, x.shape[2] - height + 1, down)
        columns = range(0, x.shape[3] - width + 1, right)
        return np.array(
            [
                [
                    [
                        [reduce(m[i : i + height, j : j + width]) for j in columns]
                        for i in rows
                    ]
                    for m in image
                ]
                for image in x
            ]
        )

    return pool


def by_windows(reduce):
    def pool(x, size, stride=None):
        size = tuple(np.broadcast_to(size, 2))
        down, right = np.broadcast_to(size if stride is None else stride, 2)
        windows = sliding_window_view(x, size, axis=(2, 3))[:, :, ::down, ::right]
        return reduce(windows, axis=(-2, -1))

    return pool


def by_columns_in_float32(reduce):
    def pool(x, size, stride=None):
        (height, width) = np.broadcast_to(size, 2)
        (down, right) = np.broadcast_to(stride or size, 2)
        x = np.ascontiguousarray(x, dtype=np.float32)
        n, c, h, w = x.strides
        rows = (x.shape[2] - height) // down + 1
        columns = (x.shape[3] - width) // right + 1
        patches = as_strided(
            x,
            (*x.shape[:2], rows, columns, height, width),
            (n, c, h * down, w * right, h, w),
        )
        return reduce(patches.reshape(*patches.shape[:4], -1), axis=-1)

    return pool


WAYS = {
    "loops": (by_loops(np.max), by_loops(np.mean)),
    "windows": (by_windows(np.max), by_windows(np.mean)),
    "float32": (by_columns_in_float32(np.max), by_columns_in_float32(np.mean)),
}
GLOBAL = {
    "loops": lambda x: np.array([[m.mean() for m in image] for image in x]),
    "windows": lambda x: x.reshape(*x.shape[:2], -1).mean(axis=2),
    "float32": lambda x: np.mean(x, axis=(2, 3), dtype=np.float32),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", [0, 1])
def test_a_right_way_passes_every_check_without_a_diagnosis(judged, named, way, seed):
    names = ("max_pool2d", "avg_pool2d", "global_avg_pool2d")
    functions = dict(zip(names, (*WAYS[way], GLOBAL[way]), strict=True))

    result = judged(NAME, functions, seed)

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


def test_one_wrong_function_costs_its_own_checks_only(judged, solution_with):
    def global_avg_pool2d(x):
        return x.sum(axis=(2, 3))

    result = judged(NAME, solution_with(NAME, global_avg_pool2d=global_avg_pool2d))

    assert result.score == 36


def test_stored_integers_cost_the_check_of_fractions_only(judged, solution_with):
    def avg_pool2d(x, size, stride=None):
        return by_windows(np.mean)(x, size, stride).astype(x.dtype)

    result = judged(NAME, solution_with(NAME, avg_pool2d=avg_pool2d))

    failed = [c.name for c in result.checks if c.verdict is not Verdict.PASS]
    assert failed == ["means_of_whole_numbers_keep_their_fractions"]


def test_means_of_empty_windows_are_explained_too(judged, solution_with, named):
    def avg_pool2d(x, size, stride=None):
        shape = by_windows(np.mean)(x, size, stride).shape
        step = size if stride is None else stride
        (height, width), (down, right) = (np.broadcast_to(v, 2) for v in (size, step))
        out = np.full(shape, np.nan)
        for n, c, i, j in np.ndindex(out.shape):
            left = i * right
            window = x[n, c, i * down : i * down + height, left : left + width]
            if window.size:
                out[n, c, i, j] = window.mean()
        return out

    result = judged(NAME, solution_with(NAME, avg_pool2d=avg_pool2d))

    assert named(result) == ["row-index-used-for-columns"]


def test_the_working_shows_the_window_of_the_first_wrong_cell(judged, solution_with):
    def max_pool2d(x, size, stride=None):
        return by_windows(np.max)(x, size, stride) + 1

    result = judged(NAME, solution_with(NAME, max_pool2d=max_pool2d))

    finding = result.checks[0].finding
    assert finding.working[0] == "window x[0, 0, 0:2, 0:2]:"
    assert finding.working[-1].startswith("the largest of them is ")
