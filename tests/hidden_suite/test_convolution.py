"""The checks of convolution: right ways pass, wrong ways are named."""

from pathlib import Path

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from grader.verdict import Verdict

NAME = "convolution"
SUBMISSIONS = sorted((Path(__file__).parents[1] / "submissions" / NAME).glob("*/*.py"))


def correlated_by_loops(image, kernel):
    (H, W), (KH, KW) = image.shape, kernel.shape
    out = np.zeros((H - KH + 1, W - KW + 1))
    for i, j, u, v in np.ndindex(*out.shape, KH, KW):
        out[i, j] += image[i + u, j + v] * kernel[u, v]
    return out


def correlated_by_windows(image, kernel):
    windows = sliding_window_view(image, kernel.shape)
    return np.einsum("ijuv,uv->ij", windows, kernel)


def correlated_by_columns(image, kernel):
    windows = sliding_window_view(image, kernel.shape)
    columns = windows.reshape(-1, kernel.size)
    return (columns @ kernel.ravel()).reshape(windows.shape[:2])


def correlated_in_float32(image, kernel):
    return correlated_by_columns(image.astype(np.float32), kernel.astype(np.float32))


def volume_by_loops(x, w, b):
    K, C, KH, KW = w.shape
    out = np.zeros((K, x.shape[1] - KH + 1, x.shape[2] - KW + 1))
    for k, i, j in np.ndindex(out.shape):
        out[k, i, j] = b[k]
        for c, u, v in np.ndindex(C, KH, KW):
            out[k, i, j] += x[c, i + u, j + v] * w[k, c, u, v]
    return out


def volume_by_windows(x, w, b):
    windows = sliding_window_view(x, w.shape[2:], (1, 2))
    return np.einsum("cijuv,kcuv->kij", windows, w) + b[:, None, None]


def volume_in_float32(x, w, b):
    return volume_by_windows(*(array.astype(np.float32) for array in (x, w, b)))


def by_scattering(image, kernel):
    (H, W), (KH, KW) = image.shape, kernel.shape
    full = np.zeros((H + KH - 1, W + KW - 1))
    for u, v in np.ndindex(KH, KW):
        full[u : u + H, v : v + W] += image * kernel[u, v]
    return full[KH - 1 : H, KW - 1 : W]


def turned(correlate2d):
    return lambda image, kernel: correlate2d(image, np.rot90(kernel, 2))


def volume_of(correlate2d):
    def conv_volume(x, w, b):
        maps = [sum(map(correlate2d, x, filters)) for filters in w]
        return np.array(maps) + b[:, None, None]

    return conv_volume


@pytest.mark.parametrize(
    "functions",
    [
        (correlated_by_loops, by_scattering, volume_by_loops),
        (correlated_by_windows, turned(correlated_by_windows), volume_by_windows),
        (
            correlated_by_columns,
            turned(correlated_by_columns),
            volume_of(correlated_by_columns),
        ),
        (correlated_in_float32, turned(correlated_in_float32), volume_in_float32),
    ],
    ids=["loops", "windows", "columns", "float32"],
)
@pytest.mark.parametrize("seed", [0, 1])
def test_a_right_way_passes_every_check_without_a_diagnosis(
    judged, named, functions, seed
):
    names = ("correlate2d", "convolve2d", "conv_volume")

    result = judged(NAME, dict(zip(names, functions, strict=True)), seed)

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


@pytest.mark.parametrize(
    ("broken", "left"),
    [("correlate2d", 26), ("convolve2d", 30), ("conv_volume", 24)],
)
def test_a_broken_function_costs_its_own_points(judged, solution_with, broken, left):
    functions = solution_with(NAME, **{broken: lambda *_, **__: None})

    assert judged(NAME, functions).score == left


@pytest.mark.parametrize(
    ("function", "argument", "failed"),
    [
        ("correlate2d", "kernel", "correlation_leaves_its_inputs"),
        ("convolve2d", "image", "convolution_leaves_its_inputs"),
        ("conv_volume", "b", "volume_leaves_its_inputs"),
    ],
)
def test_changing_an_input_costs_one_check(
    judged, solution_with, function, argument, failed
):
    right = solution_with(NAME)[function]

    def change(**arrays):
        answer = right(**arrays)
        arrays[argument] *= 2
        return answer

    result = judged(NAME, solution_with(NAME, **{function: change}))

    assert [c.name for c in result.checks if c.verdict is not Verdict.PASS] == [failed]


@pytest.mark.parametrize("function", ["correlate2d", "convolve2d", "conv_volume"])
def test_the_first_wrong_cell_is_worked_out(judged, solution_with, function):
    right = solution_with(NAME)[function]

    def off_by_one(**arrays):
        return right(**arrays) + 1

    result = judged(NAME, solution_with(NAME, **{function: off_by_one}))

    shown = [c for c in result.checks if c.verdict is Verdict.WRONG and c.finding.call]
    assert shown
    for check in shown:
        expected = check.finding.problem.split("expected ")[1].split(",")[0]
        assert check.finding.working[-1].endswith(f" {expected}")
