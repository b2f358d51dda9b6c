"""The checks of variants: right ways pass, wrong ways are named."""

from pathlib import Path

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from grader.verdict import Verdict

NAME = "variants"
SUBMISSIONS = sorted((Path(__file__).parents[1] / "submissions" / NAME).glob("*/*.py"))


def with_bias(maps, b):
    return maps + b.reshape(-1, *[1] * (maps.ndim - 2))


def dilated_by_taps(x, w, b, dilation):
    (N, _, H, W), (K, _, KH, KW) = x.shape, w.shape
    rows, cols = H - dilation * (KH - 1), W - dilation * (KW - 1)
    out = np.zeros((N, K, rows, cols))
    for u, v in np.ndindex(KH, KW):
        r, c = u * dilation, v * dilation
        seen = x[:, :, r : r + rows, c : c + cols]
        out += np.einsum("ncij,kc->nkij", seen, w[:, :, u, v])
    return with_bias(out, b)


def dilated_by_a_spread_kernel(x, w, b, dilation):
    K, C, KH, KW = w.shape
    spread = np.zeros((K, C, dilation * (KH - 1) + 1, dilation * (KW - 1) + 1))
    spread[:, :, ::dilation, ::dilation] = w
    windows = sliding_window_view(x, spread.shape[2:], axis=(2, 3))
    return with_bias(np.einsum("ncijuv,kcuv->nkij", windows, spread), b)


def line_by_a_matrix(x, w, stride):
    matrix = np.zeros((len(x), (len(x) - 1) * stride + len(w)))
    for i, line in enumerate(matrix):
        line[i * stride : i * stride + len(w)] = w
    return x @ matrix


def line_by_convolution(x, w, stride):
    spread = np.zeros((len(x) - 1) * stride + 1)
    spread[::stride] = x
    return np.convolve(spread, w)


def transposed_by_taps(x, w, b, stride=1, padding=0):
    (N, _, H, W), (_, K, KH, KW) = x.shape, w.shape
    full = np.zeros((N, K, (H - 1) * stride + KH, (W - 1) * stride + KW))
    for u, v in np.ndindex(KH, KW):
        rows = slice(u, u + (H - 1) * stride + 1, stride)
        cols = slice(v, v + (W - 1) * stride + 1, stride)
        full[:, :, rows, cols] += np.einsum("ncij,ck->nkij", x, w[:, :, u, v])
    tall, wide = full.shape[2:]
    return with_bias(full[:, :, padding : tall - padding, padding : wide - padding], b)


def transposed_by_gathering(x, w, b, stride=1, padding=0):
    (N, C, H, W), (_, _, KH, KW) = x.shape, w.shape
    tall, wide = (H - 1) * stride + 1, (W - 1) * stride + 1
    spread = np.zeros((N, C, tall + 2 * KH - 2, wide + 2 * KW - 2))
    down, right = (
        slice(KH - 1, KH - 1 + tall, stride),
        slice(KW - 1, KW - 1 + wide, stride),
    )
    spread[:, :, down, right] = x
    windows = sliding_window_view(spread, (KH, KW), axis=(2, 3))
    out = np.einsum("ncijuv,ckuv->nkij", windows, w[:, :, ::-1, ::-1])
    rows, cols = out.shape[2:]
    return with_bias(out[:, :, padding : rows - padding, padding : cols - padding], b)


def grouped_by_zeros(x, w, b, groups):
    K, depth = w.shape[:2]
    full = np.zeros((K, x.shape[1], *w.shape[2:]))
    for k in range(K):
        first = k // (K // groups) * depth
        full[k, first : first + depth] = w[k]
    return dilated_by_taps(x, full, b, 1)


def grouped_by_reshape(x, w, b, groups):
    N, C, H, W = x.shape
    parts = x.reshape(N, groups, C // groups, H, W)
    filters = w.reshape(groups, len(w) // groups, *w.shape[1:])
    windows = sliding_window_view(parts, w.shape[2:], axis=(3, 4))
    maps = np.einsum("ngcijuv,gkcuv->ngkij", windows, filters)
    return with_bias(maps.reshape(N, len(w), *maps.shape[3:]), b)


def pointwise_by_matmul(x, w, b):
    N, C, H, W = x.shape
    return with_bias((w @ x.reshape(N, C, -1)).reshape(N, -1, H, W), b)


def pointwise_by_tensordot(x, w, b):
    return np.moveaxis(np.tensordot(x, w, (1, 1)) + b, -1, 1)


def depthwise_by_taps(x, depthwise, pointwise):
    C, KH, KW = depthwise.shape
    rows, cols = x.shape[2] - KH + 1, x.shape[3] - KW + 1
    mid = np.zeros((len(x), C, rows, cols))
    for u, v in np.ndindex(KH, KW):
        mid += x[:, :, u : u + rows, v : v + cols] * depthwise[:, u, v, None, None]
    return pointwise_by_matmul(mid, pointwise, np.zeros(len(pointwise)))


def depthwise_as_one_filter(x, depthwise, pointwise):
    w = pointwise[:, :, None, None] * depthwise
    return dilated_by_a_spread_kernel(x, w, np.zeros(len(w)), 1)


def separable_by_product(image, column, row):
    windows = sliding_window_view(image, (len(column), len(row)))
    return np.einsum("ijuv,u,v->ij", windows, column, row)


def separable_row_first(image, column, row):
    across = np.array([np.correlate(line, row) for line in image])
    return np.array([np.correlate(line, column) for line in across.T]).T


def volume_by_slices(x, w, b):
    D, KD = x.shape[2], w.shape[2]
    zeros = np.zeros(len(b))
    slices = [
        sum(dilated_by_taps(x[:, :, d + t], w[:, :, t], zeros, 1) for t in range(KD))
        for d in range(D - KD + 1)
    ]
    return with_bias(np.stack(slices, axis=2), b)


def volume_by_windows(x, w, b):
    windows = sliding_window_view(x, w.shape[2:], axis=(2, 3, 4))
    return with_bias(np.einsum("ncdijtuv,kctuv->nkdij", windows, w), b)


def flattened_in_order(x, channel, column, row):
    return separable_by_product(np.einsum("c,chw->hw", channel, x), column, row)


def flattened_channels_last(x, channel, column, row):
    maps = [separable_row_first(plane, column, row) for plane in x]
    return sum(weight * plane for weight, plane in zip(channel, maps, strict=True))


NAMES = (
    "dilated_conv2d",
    "transposed_conv1d",
    "transposed_conv2d",
    "grouped_conv2d",
    "pointwise_conv2d",
    "depthwise_separable_conv2d",
    "spatially_separable_conv2d",
    "conv3d",
    "flattened_conv",
)
ONE_WAY = (
    dilated_by_taps,
    line_by_a_matrix,
    transposed_by_taps,
    grouped_by_zeros,
    pointwise_by_matmul,
    depthwise_by_taps,
    separable_by_product,
    volume_by_slices,
    flattened_in_order,
)
ANOTHER_WAY = (
    dilated_by_a_spread_kernel,
    line_by_convolution,
    transposed_by_gathering,
    grouped_by_reshape,
    pointwise_by_tensordot,
    depthwise_as_one_filter,
    separable_row_first,
    volume_by_windows,
    flattened_channels_last,
)


def in_float32(function):
    def narrow(value):
        return value.astype(np.float32) if isinstance(value, np.ndarray) else value

    def run(*args, **kwargs):
        kwargs = {name: narrow(value) for name, value in kwargs.items()}
        return function(*map(narrow, args), **kwargs).astype(np.float32)

    return run


WAYS = [ONE_WAY, ANOTHER_WAY, tuple(map(in_float32, ANOTHER_WAY))]


@pytest.mark.parametrize("way", WAYS, ids=["taps", "windows", "float32"])
@pytest.mark.parametrize("seed", [0, 1])
def test_a_right_way_passes_every_check_without_a_diagnosis(judged, named, way, seed):
    result = judged(NAME, dict(zip(NAMES, way, strict=True)), seed)

    assert (result.score, result.verdict) == (80, Verdict.PASS)
    assert named(result) == []


def test_the_wrong_implementation_without_a_switch_is_right(unswitched_mismatches):
    assert unswitched_mismatches(NAME) == []


@pytest.mark.parametrize("file", SUBMISSIONS, ids=lambda file: file.stem)
def test_a_submission_gets_its_verdict_and_its_cause(
    judged, named, expectation, functions_of, file
):
    result = judged(NAME, functions_of(file))

    assert (result.verdict.value, named(result)) == expectation(file)


@pytest.mark.parametrize("name", NAMES)
def test_one_wrong_function_costs_its_own_checks_only(judged, solution_with, name):
    functions = solution_with(NAME, **{name: lambda *args, **kwargs: None})

    result = judged(NAME, functions)

    wrong = {c.name.split("_")[0] for c in result.checks if c.score == 0}
    assert len(wrong) == 1 or name == "transposed_conv2d"
    assert 80 - 16 <= result.score < 80


@pytest.mark.parametrize("name", NAMES)
def test_the_first_wrong_cell_is_worked_out(judged, solution_with, name):
    right = solution_with(NAME)[name]
    functions = solution_with(NAME, **{name: lambda *a, **k: right(*a, **k) + 1})

    result = judged(NAME, functions)

    failed = next(c for c in result.checks if c.verdict is Verdict.WRONG)
    expected = failed.finding.problem.split("expected ")[1].split(",")[0]
    assert failed.finding.working[-1].endswith((f"to {expected}", f"gives {expected}"))
