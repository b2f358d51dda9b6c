"""The checks of padding: right ways pass, wrong ways are named."""

from pathlib import Path

import numpy as np
import pytest

from grader.verdict import Verdict

NAME = "padding"
SUBMISSIONS = sorted((Path(__file__).parents[1] / "submissions" / NAME).glob("*/*.py"))


def cell_by_cell(x, pad):
    *stack, H, W = x.shape
    out = np.zeros((*stack, H + 2 * pad, W + 2 * pad))
    for i, j in np.ndindex(H, W):
        out[..., i + pad, j + pad] = x[..., i, j]
    return out


def by_numpy(x, pad):
    return np.pad(x, [(0, 0)] * (x.ndim - 2) + [(pad, pad)] * 2)


def as_matrix_products(x, pad):
    H, W = x.shape[-2:]
    down, right = (np.eye(size + 2 * pad, size, -pad) for size in (H, W))
    return down @ x @ right.T


def in_float32(x, pad):
    return by_numpy(x.astype(np.float32), pad)


def searched(kernel_size):
    for pad in range(kernel_size):
        if kernel_size == 2 * pad + 1:
            return pad
    raise ValueError


@pytest.mark.parametrize(
    "way", [cell_by_cell, by_numpy, as_matrix_products, in_float32]
)
@pytest.mark.parametrize("seed", [0, 1])
def test_a_right_border_passes_every_check(judged, named, solution_with, way, seed):
    result = judged(NAME, solution_with(NAME, zero_pad=way), seed)

    assert (result.score, result.verdict) == (40, Verdict.PASS)
    assert named(result) == []


@pytest.mark.parametrize("seed", [0, 1])
def test_a_right_amount_passes_every_check(judged, named, solution_with, seed):
    result = judged(NAME, solution_with(NAME, same_padding=searched), seed)

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


@pytest.mark.parametrize(("broken", "left"), [("zero_pad", 12), ("same_padding", 28)])
def test_a_broken_function_costs_its_own_points(judged, solution_with, broken, left):
    functions = solution_with(NAME, **{broken: lambda *_, **__: None})

    assert judged(NAME, functions).score == left


def test_changing_the_image_costs_one_check(judged, solution_with):
    def zero_pad(x, pad):
        answer = by_numpy(x, pad)
        x[..., 0, 0] = 0
        return answer

    result = judged(NAME, solution_with(NAME, zero_pad=zero_pad))

    failed = [c.name for c in result.checks if c.verdict is not Verdict.PASS]
    assert failed == ["inputs_stay_as_they_were"]


def test_the_first_wrong_cell_is_worked_out(judged, solution_with):
    def border_of_sevens(x, pad):
        return np.where(by_numpy(np.ones_like(x), pad) == 0, 7, by_numpy(x, pad))

    result = judged(NAME, solution_with(NAME, zero_pad=border_of_sevens))

    shown = [c for c in result.checks if c.verdict is Verdict.WRONG]
    assert shown[0].finding.working[-1] == "this cell lies in the border: 0"
