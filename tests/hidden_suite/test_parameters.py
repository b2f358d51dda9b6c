"""The checks of parameters: right ways pass, wrong ways are named."""

import math
from pathlib import Path

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from grader.verdict import Verdict

NAME = "parameters"
NAMES = ("dense_parameters", "conv_parameters", "unshared_parameters", "conv_macs")
SUBMISSIONS = sorted((Path(__file__).parents[1] / "submissions" / NAME).glob("*/*.py"))


def pair(size):
    return (size, size) if isinstance(size, int) else size


def dense_by_arrays(inputs, outputs, bias=True):
    weights = np.broadcast_to(0, (inputs, outputs))
    return weights.size + (outputs if bias else 0)


def conv_by_arrays(in_channels, out_channels, kernel_size, bias=True):
    filters = np.zeros((out_channels, in_channels, *pair(kernel_size)))
    return filters.size + (len(filters) if bias else 0)


def windows(in_channels, in_size, kernel_size, stride, padding):
    H, W = pair(in_size)
    image = np.zeros((in_channels, H + 2 * padding, W + 2 * padding))
    every = sliding_window_view(image, pair(kernel_size), axis=(1, 2))
    return every[:, ::stride, ::stride]


def unshared_by_windows(
    in_channels, in_size, out_channels, kernel_size, stride=1, padding=0, bias=True
):
    _, rows, columns, KH, KW = windows(
        in_channels, in_size, kernel_size, stride, padding
    ).shape
    return rows * columns * conv_by_arrays(in_channels, out_channels, (KH, KW), bias)


def macs_by_windows(
    in_channels, in_size, out_channels, kernel_size, stride=1, padding=0
):
    patches = windows(in_channels, in_size, kernel_size, stride, padding)
    return patches.size * out_channels


def dense_by_formula(inputs, outputs, bias=True):
    return (inputs + 1 if bias else inputs) * outputs


def conv_by_formula(in_channels, out_channels, kernel_size, bias=True):
    return out_channels * (math.prod((in_channels, *pair(kernel_size))) + bias)


def positions_by_walking(in_size, kernel_size, stride, padding):
    total = 1
    for size, kernel in zip(pair(in_size), pair(kernel_size), strict=True):
        start, count = -padding, 0
        while start + kernel <= size + padding:
            start, count = start + stride, count + 1
        total *= count
    return total


def unshared_by_walking(
    in_channels, in_size, out_channels, kernel_size, stride=1, padding=0, bias=True
):
    positions = positions_by_walking(in_size, kernel_size, stride, padding)
    return positions * conv_by_formula(in_channels, out_channels, kernel_size, bias)


def macs_by_walking(
    in_channels, in_size, out_channels, kernel_size, stride=1, padding=0
):
    positions = positions_by_walking(in_size, kernel_size, stride, padding)
    return positions * conv_by_formula(in_channels, out_channels, kernel_size, False)


def in_numpy_integers(function):
    return lambda *args, **kwargs: np.int64(function(*args, **kwargs))


WAYS = {
    "arrays": (dense_by_arrays, conv_by_arrays, unshared_by_windows, macs_by_windows),
    "walks": (dense_by_formula, conv_by_formula, unshared_by_walking, macs_by_walking),
    "numpy integers": tuple(
        map(
            in_numpy_integers,
            (dense_by_formula, conv_by_formula, unshared_by_walking, macs_by_walking),
        )
    ),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", [0, 1])
def test_a_right_way_passes_every_check_without_a_diagnosis(judged, named, way, seed):
    result = judged(NAME, dict(zip(NAMES, WAYS[way], strict=True)), seed)

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


@pytest.mark.parametrize(
    ("name", "score"),
    [
        ("dense_parameters", 32),
        ("conv_parameters", 28),
        ("unshared_parameters", 30),
        ("conv_macs", 30),
    ],
)
def test_one_wrong_function_costs_its_own_checks_only(
    judged, solution_with, name, score
):
    functions = solution_with(NAME, **{name: lambda *args, **kwargs: 0})

    assert judged(NAME, functions).score == score
