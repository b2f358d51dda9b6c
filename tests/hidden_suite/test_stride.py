"""The checks of stride: right ways pass, wrong ways are named."""

from pathlib import Path

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from grader.verdict import Verdict

NAME = "stride"
SUBMISSIONS = sorted((Path(__file__).parents[1] / "submissions" / NAME).glob("*/*.py"))


def by_loops(x, w, b, stride=1, padding=0):
    _, C, H, W = x.shape
    KH, KW = w.shape[2:]
    rows = (H - KH + 2 * padding) // stride + 1
    cols = (W - KW + 2 * padding) // stride + 1
    out = np.zeros((len(x), len(w), rows, cols))
    for n, k, i, j in np.ndindex(out.shape):
        out[n, k, i, j] = b[k]
        for c, u, v in np.ndindex(C, KH, KW):
            row, col = i * stride + u - padding, j * stride + v - padding
            if 0 <= row < H and 0 <= col < W:
                out[n, k, i, j] += x[n, c, row, col] * w[k, c, u, v]
    return out


def windows(x, w, stride, padding):
    around = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    every = sliding_window_view(np.pad(x, around), w.shape[2:], (2, 3))
    return every[:, :, ::stride, ::stride]


def by_einsum(x, w, b, stride=1, padding=0):
    seen = windows(x, w, stride, padding)
    return np.einsum("ncijuv,kcuv->nkij", seen, w) + b[:, None, None]


def by_im2col(x, w, b, stride=1, padding=0):
    # (N, H', W', C, KH, KW)
    seen = windows(x, w, stride, padding).transpose(0, 2, 3, 1, 4, 5)
    columns = seen.reshape(*seen.shape[:3], -1)
    return (columns @ w.reshape(len(w), -1).T + b).transpose(0, 3, 1, 2)


def in_float32(x, w, b, stride=1, padding=0):
    x, w, b = (array.astype(np.float32) for array in (x, w, b))
    return by_im2col(x, w, b, stride, padding)


def counted(size, kernel_size, stride=1, padding=0):
    corners = range(-padding, size + padding - kernel_size + 1, stride)
    if not corners:
        raise ValueError
    return len(corners)


def rounded(size, kernel_size, stride=1, padding=0):
    if kernel_size > size + 2 * padding:
        raise ValueError
    return int(np.floor((size - kernel_size + 2 * padding) / stride + 1))


@pytest.mark.parametrize("way", [by_loops, by_einsum, by_im2col, in_float32])
@pytest.mark.parametrize("seed", [0, 1])
def test_a_right_layer_passes_every_check(judged, named, solution_with, way, seed):
    result = judged(NAME, solution_with(NAME, conv2d=way), seed)

    assert (result.score, result.verdict) == (40, Verdict.PASS)
    assert named(result) == []


@pytest.mark.parametrize("way", [counted, rounded])
@pytest.mark.parametrize("seed", [0, 1])
def test_a_right_size_passes_every_check(judged, named, solution_with, way, seed):
    result = judged(NAME, solution_with(NAME, output_size=way), seed)

    assert (result.score, result.verdict) == (40, Verdict.PASS)
    assert named(result) == []


def test_the_wrong_implementations_without_a_switch_are_right(unswitched_mismatches):
    assert unswitched_mismatches(NAME) == []


@pytest.mark.parametrize("file", SUBMISSIONS, ids=lambda file: file.stem)
def test_a_submission_gets_its_verdict_and_its_cause(
    judged, named, expectation, functions_of, file
):
    result = judged(NAME, functions_of(file))

    assert (result.verdict.value, named(result)) == expectation(file)


def test_a_broken_layer_leaves_the_points_of_the_size(judged, solution_with):
    result = judged(NAME, solution_with(NAME, conv2d=lambda *_, **__: None))

    assert result.score == 10


def test_padding_in_place_costs_one_check(judged, solution_with):
    def conv2d(x, w, b, stride=1, padding=0):
        answer = by_einsum(x, w, b, stride, padding)
        x[:, :, 0] = 0
        return answer

    result = judged(NAME, solution_with(NAME, conv2d=conv2d))

    failed = [c.name for c in result.checks if c.verdict is not Verdict.PASS]
    assert failed == ["inputs_stay_as_they_were"]


def test_a_buffer_of_integers_costs_one_check(judged, solution_with):
    def conv2d(x, w, b, stride=1, padding=0):
        return by_einsum(x, w, b, stride, padding).astype(x.dtype)

    result = judged(NAME, solution_with(NAME, conv2d=conv2d))

    failed = [c.name for c in result.checks if c.verdict is not Verdict.PASS]
    assert failed == ["integers_give_fractions"]


def test_the_first_wrong_cell_is_worked_out(judged, solution_with):
    def conv2d(x, w, b, stride=1, padding=0):
        return by_einsum(x, w, b, stride, padding) + 1

    result = judged(NAME, solution_with(NAME, conv2d=conv2d))

    shown = [c for c in result.checks if c.verdict is Verdict.WRONG and c.finding.call]
    assert shown
    for check in shown:
        expected = check.finding.problem.split("expected ")[1].split(",")[0]
        assert check.finding.working[-1].endswith(f" {expected}")
