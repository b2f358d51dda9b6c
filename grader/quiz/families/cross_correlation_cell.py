"""One output cell of a cross-correlation, by hand."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math, Window, grid, row
from grader.quiz.families._arrays import flat, products, transposed, turned, window
from grader.quiz.family import Draft, family, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.draw import Draw
    from grader.quiz.families._arrays import Cells


class Case(NamedTuple):
    """The sizes, the stride, and the output cell, counted from 1."""

    size: int
    kernel: int
    stride: int
    row: int
    column: int


def cases(level: int) -> Iterator[Case]:
    """Yield every output cell of the sizes of a level."""
    sizes = {1: ((4, 2, 1),), 2: ((4, 3, 1), (5, 3, 1)), 3: ((5, 3, 2), (6, 2, 2))}
    for size, kernel, stride in sizes[level]:
        places = range(1, (size - kernel) // stride + 2)
        for at_row, at_column in product(places, places):
            yield Case(size, kernel, stride, at_row, at_column)


@family(
    title="One cell of a cross-correlation",
    type="numeric",
    concept="convolution by hand",
    levels=("a 2 × 2 kernel", "a 3 × 3 kernel", "with a stride"),
    cases=cases,
)
def cross_correlation_cell(case: Case, draw: Draw) -> Draft | None:
    """Compute one output cell of a cross-correlation."""
    size, side, stride, at_row, at_column = case
    image = draw.grid(size, size, 0, 9)
    kernel = draw.grid(side, side, 0 if side == 2 and stride == 1 else -1, 2)
    top, left = (at_row - 1) * stride, (at_column - 1) * stride
    seen = window(image, top, left, side, side)
    answer = _sum(seen, kernel)
    if not any(flat(kernel)) or kernel == turned(kernel):
        return None
    exchanged = window(image, left, top, side, side)
    corner = window(image, at_row - 1, at_column - 1, side, side)
    return Draft(
        prompt=(
            "An image is cross-correlated with a kernel (slid as it is, without a "
            f"flip), stride {stride}, no padding. Which number stands in row {at_row}, "
            f"column {at_column} of the output? Rows and columns count from 1.",
            row(grid(image, "image"), grid(kernel, "kernel")),
        ),
        answer=answer,
        wrong=(
            wrong("kernel-flipped", _sum(seen, turned(kernel))),
            wrong("stride-ignored", _sum(corner, kernel)),
            wrong("connected-row-and-column-exchanged", _sum(exchanged, kernel)),
            wrong("kernel-transposed", _sum(seen, transposed(kernel))),
            wrong("kernel-flipped-vertically-only", _sum(seen, kernel[::-1])),
            wrong(
                "kernel-flipped-horizontally-only",
                _sum(seen, tuple(line[::-1] for line in kernel)),
            ),
            wrong("window-summed-without-kernel", sum(flat(seen))),
        ),
        solution=(
            f"The window of this cell starts in row {top + 1}, column {left + 1} of "
            "the image:",
            row(
                grid(image, "image", (Window(top, left, side, side),)),
                grid(kernel, "kernel"),
            ),
            "Multiply cell by cell and add:",
            Math(f"{products(flat(seen), flat(kernel))} = {answer}"),
        ),
    )


def _sum(left: Cells, right: Cells) -> int | float:
    return sum(a * b for a, b in zip(flat(left), flat(right), strict=True))
