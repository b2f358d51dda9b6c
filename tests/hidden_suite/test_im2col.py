"""The checks of im2col: right ways pass, wrong ways are named, slow ones cost."""

from pathlib import Path

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from grader.verdict import Verdict

NAME = "im2col"
FOLDER = Path(__file__).parents[1] / "submissions" / NAME
SLOW = FOLDER / "wrong/slow_loops.py"
SUBMISSIONS = sorted(set(FOLDER.glob("*/*.py")) - {SLOW})


def padded(x, padding):
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


def patches_by_loops(x, kernel_size, stride=1, padding=0):
    KH, KW = np.broadcast_to(kernel_size, 2)
    xp = padded(x, padding)
    tops = range(0, xp.shape[2] - KH + 1, stride)
    lefts = range(0, xp.shape[3] - KW + 1, stride)
    columns = [
        xp[:, :, i : i + KH, j : j + KW].reshape(len(x), -1)
        for i in tops
        for j in lefts
    ]
    return np.stack(columns, axis=-1)


def patches_by_windows(x, kernel_size, stride=1, padding=0):
    size = tuple(np.broadcast_to(kernel_size, 2))
    windows = sliding_window_view(padded(x, padding), size, axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    N, C, rows, cols, KH, KW = windows.shape
    moved = np.moveaxis(windows, (4, 5), (2, 3))
    return moved.reshape(N, C * KH * KW, rows * cols)


def patches_in_float32(x, kernel_size, stride=1, padding=0):
    return patches_by_windows(x.astype(np.float32), kernel_size, stride, padding)


def layer_by_loops(x, w, b, stride=1, padding=0):
    xp, (K, _, KH, KW) = padded(x, padding), w.shape
    rows = (xp.shape[2] - KH) // stride + 1
    cols = (xp.shape[3] - KW) // stride + 1
    out = np.zeros((len(x), K, rows, cols))
    for n, k, i, j in np.ndindex(out.shape):
        r, c = i * stride, j * stride
        out[n, k, i, j] = np.sum(xp[n, :, r : r + KH, c : c + KW] * w[k]) + b[k]
    return out


def layer_by_einsum(x, w, b, stride=1, padding=0):
    windows = sliding_window_view(padded(x, padding), w.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("ncijuv,kcuv->nkij", windows, w) + b[:, None, None]


def layer_in_float32(x, w, b, stride=1, padding=0):
    x, w, b = (array.astype(np.float32) for array in (x, w, b))
    return layer_by_einsum(x, w, b, stride, padding)


WAYS = [
    (patches_by_loops, layer_by_loops),
    (patches_by_windows, layer_by_einsum),
    (patches_in_float32, layer_in_float32),
]


@pytest.mark.parametrize("way", WAYS, ids=["loops", "windows", "float32"])
@pytest.mark.parametrize("seed", [0, 1])
def test_a_right_way_passes_every_check_without_a_diagnosis(judged, named, way, seed):
    functions = dict(zip(("im2col", "conv2d_im2col"), way, strict=True))

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


def test_slow_loops_lose_the_check_of_the_time_and_no_other(judged_in_sandbox):
    result = judged_in_sandbox(NAME, SLOW)

    failed = [c for c in result.checks if c.verdict is not Verdict.PASS]
    assert [c.name for c in failed] == ["layer_without_loops"]
    assert failed[0].misconceptions == ()


def test_the_solution_is_fast_enough_in_a_worker(judged_in_sandbox, root):
    result = judged_in_sandbox(NAME, root / "solutions" / f"{NAME}.py")

    assert result.score == 40


def test_the_first_wrong_patch_and_the_first_wrong_sum_are_worked_out(judged):
    def im2col(x, kernel_size, stride=1, padding=0):
        return patches_by_windows(x, kernel_size, stride, padding) + 1

    def conv2d_im2col(x, w, b, stride=1, padding=0):
        return layer_by_einsum(x, w, b, stride, padding) + 1

    result = judged(NAME, {"im2col": im2col, "conv2d_im2col": conv2d_im2col})

    patch, total = (
        check.finding.working
        for check in result.checks
        if check.verdict is Verdict.WRONG and check.visibility == "public"
    )
    assert patch[-1] == "column 0 is this window; line 0 is 1"
    assert total[-1].startswith("the products sum to ")
