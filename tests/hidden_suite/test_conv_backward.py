"""The checks of conv_backward: right ways pass, wrong ways are named."""

from pathlib import Path

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from grader.verdict import Verdict

NAME = "conv_backward"
SUBMISSIONS = sorted((Path(__file__).parents[1] / "submissions" / NAME).glob("*/*.py"))


def by_loops(dout, x, w, stride=1, padding=0):
    _, C, H, W = x.shape
    K, _, KH, KW = w.shape
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(K)
    for n, k, i, j in np.ndindex(dout.shape):
        db[k] += dout[n, k, i, j]
        for c, u, v in np.ndindex(C, KH, KW):
            row, col = i * stride + u - padding, j * stride + v - padding
            if 0 <= row < H and 0 <= col < W:
                dw[k, c, u, v] += dout[n, k, i, j] * x[n, c, row, col]
                dx[n, c, row, col] += dout[n, k, i, j] * w[k, c, u, v]
    return dx, dw, db


def by_windows(dout, x, w, stride=1, padding=0):
    N, K, rows, cols = dout.shape
    KH, KW = w.shape[2:]
    around = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    xp = np.pad(x, around).astype(float)
    windows = sliding_window_view(xp, (KH, KW), (2, 3))[:, :, ::stride, ::stride]
    dw = np.einsum("nkij,ncijuv->kcuv", dout, windows)
    # The gradients with stride - 1 zeros between, and enough zeros around.
    spread = np.zeros((N, K, xp.shape[2] + KH - 1, xp.shape[3] + KW - 1))
    down = slice(KH - 1, KH + (rows - 1) * stride, stride)
    right = slice(KW - 1, KW + (cols - 1) * stride, stride)
    spread[:, :, down, right] = dout
    windows = sliding_window_view(spread, (KH, KW), (2, 3))
    dxp = np.einsum("nkijuv,kcuv->ncij", windows, w[:, :, ::-1, ::-1])
    H, W = x.shape[2:]
    dx = dxp[:, :, padding : padding + H, padding : padding + W]
    return dx, dw, dout.sum(axis=(0, 2, 3))


def in_float32(dout, x, w, stride=1, padding=0):
    dout, x, w = (array.astype(np.float32) for array in (dout, x, w))
    dx, dw, db = by_windows(dout, x, w, stride, padding)
    return dx.astype(np.float32), dw.astype(np.float32), db.astype(np.float32)


@pytest.mark.parametrize("way", [by_loops, by_windows, in_float32])
@pytest.mark.parametrize("seed", [0, 1])
def test_a_right_way_passes_every_check_without_a_diagnosis(judged, named, way, seed):
    result = judged(NAME, {"conv2d_backward": way}, seed)

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


def test_a_right_db_earns_its_points_although_dx_is_wrong(judged):
    def conv2d_backward(dout, x, w, stride=1, padding=0):
        dx, dw, db = by_windows(dout, x, w, stride, padding)
        return dx + 1, dw, db

    result = judged(NAME, {"conv2d_backward": conv2d_backward})

    lost = {c.claim for c in result.checks if c.verdict is Verdict.WRONG}
    assert all("db" not in claim and "dw" not in claim for claim in lost)
    assert result.score == 16


def test_changing_the_incoming_gradient_costs_one_check(judged):
    def conv2d_backward(dout, x, w, stride=1, padding=0):
        answer = by_windows(dout, x, w, stride, padding)
        dout *= 2
        return answer

    result = judged(NAME, {"conv2d_backward": conv2d_backward})

    failed = [c.name for c in result.checks if c.verdict is not Verdict.PASS]
    assert failed == ["leaves_the_inputs_alone"]


@pytest.mark.parametrize("part", [0, 1, 2])
def test_the_first_wrong_gradient_is_worked_out(judged, part):
    def conv2d_backward(dout, x, w, stride=1, padding=0):
        answer = list(by_windows(dout, x, w, stride, padding))
        answer[part] = answer[part] + 1
        return tuple(answer)

    result = judged(NAME, {"conv2d_backward": conv2d_backward})

    failed = next(c for c in result.checks if c.verdict is Verdict.WRONG)
    expected = failed.finding.problem.split("expected ")[1].split(",")[0]
    assert failed.finding.working[-1].endswith(f"sum to {expected}")
