"""The formulas and numbers in the remedies are right: each is worked out by hand."""

from __future__ import annotations

import re
from itertools import product

import numpy as np
import pytest

from grader.catalogue import CATALOGUE

OUTPUT_SIZE = "(size - kernel_size + 2 * padding) // stride + 1"
TRANSPOSED_SIZE = "(size - 1) * stride + kernel_size - 2 * padding"
DILATED_SIZE = "dilation * (kernel_size - 1) + 1"
SAME_PADDING = "(kernel_size - 1) // 2"


def evaluate(formula, **sizes):
    return eval(formula, {"__builtins__": {}}, sizes)


def windows(size, kernel_size, stride, padding):
    """Return the first cells of the windows inside the padded axis."""
    padded = size + 2 * padding
    return [i for i in range(0, padded, stride) if i + kernel_size <= padded]


@pytest.mark.parametrize(
    ("formula", "at_least"),
    [(OUTPUT_SIZE, 2), (TRANSPOSED_SIZE, 2), (DILATED_SIZE, 3), (SAME_PADDING, 4)],
)
def test_formula_is_quoted_in_remedies(formula, at_least):
    assert sum(formula in entry.remedy for entry in CATALOGUE.values()) >= at_least


def test_every_division_in_a_remedy_is_one_of_the_formulas_tested_here():
    known = {
        f"{OUTPUT_SIZE}.",
        f"{SAME_PADDING}.",
        f"{SAME_PADDING} on each side.",
        "p // KW, column p % KW.",
        "divide with //.",
    }
    divisions = [e.remedy for e in CATALOGUE.values() if "//" in e.remedy]

    assert [r for r in divisions if not r.endswith(tuple(known))] == []


def test_output_size_counts_the_windows():
    for size, kernel, stride, padding in product(
        range(5, 12), range(1, 6), range(1, 5), range(3)
    ):
        expected = len(windows(size, kernel, stride, padding))

        assert expected == evaluate(
            OUTPUT_SIZE, size=size, kernel_size=kernel, stride=stride, padding=padding
        )


def test_dilated_size_counts_the_cells_from_first_to_last():
    for kernel, dilation in product(range(1, 6), range(1, 5)):
        cells = range(0, kernel * dilation, dilation)

        assert cells[-1] - cells[0] + 1 == evaluate(
            DILATED_SIZE, kernel_size=kernel, dilation=dilation
        )


def test_same_padding_keeps_the_size_for_odd_kernels_only():
    for kernel in range(1, 10):
        kept = [p for p in range(10) if len(windows(20, kernel, 1, p)) == 20]
        expected = [evaluate(SAME_PADDING, kernel_size=kernel)] if kernel % 2 else []

        assert kept == expected


def test_even_kernels_miss_the_size_by_one_as_the_beliefs_say():
    assert len(windows(20, 4, 1, 4 // 2)) == 21
    assert len(windows(20, 4, 1, (4 - 1) // 2)) == 19


def test_transposed_size_is_that_of_the_pasted_copies():
    for size, kernel, stride, padding in product(
        range(2, 5), range(3, 6), range(1, 4), range(2)
    ):
        last_copy = (size - 1) * stride
        cells = range(last_copy + kernel)[padding : last_copy + kernel - padding]

        assert len(cells) == evaluate(
            TRANSPOSED_SIZE,
            size=size,
            kernel_size=kernel,
            stride=stride,
            padding=padding,
        )


def test_a_flat_place_splits_by_the_width():
    rows, columns = 3, 2
    places = [divmod(p, columns) for p in range(rows * columns)]

    assert places == list(np.ndindex(rows, columns))


def test_receptive_field_starts_at_one_and_grows_by_the_strides_before():
    layers = [(3, 2), (3, 1), (2, 2)]
    span = 1
    for kernel, stride in reversed(layers):
        span = (span - 1) * stride + kernel
    field, jump = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * jump
        jump *= stride

    assert field == span


def test_the_megapixel_example_has_sixty_million_weights():
    remedy = CATALOGUE["dense-input-without-colours"].remedy
    (number,) = re.findall(r"\d[\d,]{5,}", remedy)

    assert int(number.replace(",", "")) == 1_000_000 * 3 * 20


def test_sobel_is_the_column_times_the_row_of_the_remedy():
    remedy = CATALOGUE["separable-same-part-twice"].remedy
    column, row = (
        [int(number) for number in part.split(",")]
        for part in re.findall(r"\(([-\d, ]+)\)", remedy)
    )

    sobel = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    assert np.array_equal(np.outer(column, row), sobel)


def test_negative_zero_slices_nothing():
    assert np.arange(4)[0:-0].size == 0
