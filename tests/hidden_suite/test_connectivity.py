"""The checks of connectivity: right ways pass, wrong ways are named."""

from pathlib import Path

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from grader.verdict import Verdict

NAME = "connectivity"
SUBMISSIONS = sorted((Path(__file__).parents[1] / "submissions" / NAME).glob("*/*.py"))


def inputs_by_a_mask(row, col, kernel_size, stride=1):
    height, width = np.broadcast_to(kernel_size, 2)
    top, left = row * stride, col * stride
    mask = np.zeros((top + height, left + width), bool)
    mask[top:, left:] = True
    return np.argwhere(mask)


def inputs_in_few_bits(row, col, kernel_size, stride=1):
    return inputs_by_a_mask(row, col, kernel_size, stride).astype(np.int32)


def inputs_by_windows(row, col, kernel_size, stride=1):
    height, width = np.broadcast_to(kernel_size, 2)
    image = np.indices(((row + 1) * stride + height, (col + 1) * stride + width))
    windows = sliding_window_view(image, (height, width), axis=(1, 2))
    return windows[:, row * stride, col * stride].reshape(2, -1).T


def field_by_walking(layers):
    seen = {0}
    for kernel, stride in list(layers)[::-1]:
        seen = {cell * stride + tap for cell in seen for tap in range(kernel)}
    return max(seen) - min(seen) + 1


def field_by_a_formula(layers):
    strides = np.cumprod([1, *(stride for _, stride in layers)])
    return 1 + sum((k - 1) * s for (k, _), s in zip(layers, strides, strict=False))


def field_by_positions(layers):
    first, last = 0, 0
    for kernel, stride in reversed(layers):
        first, last = first * stride, last * stride + kernel - 1
    return int(last - first + 1)


def matrix_by_rows(kernel, height, width):
    KH, KW = kernel.shape
    lines = []
    for i, j in np.ndindex(height - KH + 1, width - KW + 1):
        image = np.zeros((height, width))
        image[i : i + KH, j : j + KW] = kernel
        lines.append(image.ravel())
    return np.array(lines)


def matrix_by_numbers(kernel, height, width):
    numbers = np.arange(height * width).reshape(height, width)
    windows = sliding_window_view(numbers, kernel.shape)
    columns = windows.reshape(-1, kernel.size)
    matrix = np.zeros((len(columns), height * width))
    np.put_along_axis(
        matrix, columns, np.broadcast_to(kernel.ravel(), columns.shape), 1
    )
    return matrix


def matrix_in_float32(kernel, height, width):
    return matrix_by_numbers(kernel, height, width).astype(np.float32)


WAYS = [
    (inputs_by_a_mask, field_by_walking, matrix_by_rows),
    (inputs_by_windows, field_by_a_formula, matrix_by_numbers),
    (inputs_in_few_bits, field_by_positions, matrix_in_float32),
]


@pytest.mark.parametrize("way", WAYS, ids=["loops", "windows", "narrow"])
@pytest.mark.parametrize("seed", [0, 1])
def test_a_right_way_passes_every_check_without_a_diagnosis(judged, named, way, seed):
    names = ("connected_inputs", "receptive_field", "correlation_matrix")

    result = judged(NAME, dict(zip(names, way, strict=True)), seed)

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
    functions = solution_with(NAME, receptive_field=lambda layers: 0)

    result = judged(NAME, functions)

    failed = {c.name for c in result.checks if c.verdict is not Verdict.PASS}
    assert failed
    assert all(name.startswith("field_") for name in failed)
    assert result.score == 28


def test_the_working_says_which_window_a_row_of_the_matrix_stands_for(
    judged, solution_with
):
    def correlation_matrix(kernel, height, width):
        return matrix_by_rows(kernel, height, width) + 1

    result = judged(NAME, solution_with(NAME, correlation_matrix=correlation_matrix))

    failed = next(c for c in result.checks if c.verdict is Verdict.WRONG)
    assert failed.finding.working[0].startswith("window of output (0, 0), as numbers")
    assert failed.finding.working[-1] == "row 0, column 0: under kernel[0, 0] = 5"
