"""The whole map of a cross-correlation, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math, Window, blank_grid, grid, row
from grader.quiz.families._arrays import (
    correlate,
    flat,
    products,
    transposed,
    turned,
    window,
)
from grader.quiz.family import Draft, family, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.draw import Draw
    from grader.quiz.families._arrays import Cells, Number


class Case(NamedTuple):
    """The sizes, the stride and the smallest weight; numbers stay small."""

    height: int
    width: int
    kernel: int
    stride: int
    low: int


def cases(level: int) -> Iterator[Case]:
    """Yield the sizes of a level."""
    if level == 1:
        yield from (Case(2, 3, 2, 1, 0), Case(3, 2, 2, 1, 0), Case(3, 3, 2, 1, 0))
    elif level == 2:
        yield from (Case(3, 3, 2, 1, -1), Case(3, 4, 2, 1, -1), Case(4, 4, 2, 2, -1))
    else:
        yield from (Case(3, 4, 3, 1, -1), Case(4, 3, 3, 1, -1), Case(5, 4, 2, 2, -2))


@family(
    title="Cross-correlation by hand",
    type="cloze",
    concept="convolution by hand",
    levels=("small weights", "negative weights", "larger kernels and strides"),
    cases=cases,
)
def cross_correlation_by_hand(case: Case, draw: Draw) -> Draft | None:
    """Compute every cell of a cross-correlation."""
    height, width, side, stride, low = case
    image = draw.grid(height, width, 0, 5)
    kernel = draw.grid(side, side, low, 1 if side == 3 else 2)
    result = correlate(image, kernel, stride)
    flipped = correlate(image, turned(kernel), stride)
    if flipped == result or len(set(flat(result))) == 1:
        return None  # a slip would not show

    def instead(other: Cells) -> tuple[Number, ...]:
        return flat(correlate(image, other, stride))

    ones = ((1,) * side,) * side
    first = flat(window(image, 0, 0, side, side))
    return Draft(
        prompt=(
            "Cross-correlate this image with this kernel (slid as it is, without a "
            f"flip), stride {stride}, no padding.",
            row(
                grid(image, "image"),
                grid(kernel, "kernel"),
                "=",
                blank_grid(len(result), len(result[0]), "output"),
            ),
        ),
        answer=flat(result),
        wrong=(
            wrong("kernel-flipped", flat(flipped)),
            wrong("kernel-transposed", instead(transposed(kernel))),
            wrong("kernel-flipped-vertically-only", instead(kernel[::-1])),
            wrong(
                "kernel-flipped-horizontally-only",
                instead(tuple(line[::-1] for line in kernel)),
            ),
            wrong("window-summed-without-kernel", instead(ones)),
            wrong("negative-values-clipped", tuple(max(0, n) for n in flat(result))),
            wrong("stride-ignored", _at_stride_one(image, kernel, result)),
        ),
        solution=(
            "The first window, multiplied cell by cell with the kernel:",
            row(
                grid(image, "image", (Window(0, 0, side, side),)),
                grid(kernel, "kernel"),
            ),
            Math(f"{products(first, flat(kernel))} = {result[0][0]}"),
            f"The window moves on by {stride}; every position gives one number:",
            grid(result, "output", (Window(0, 0),)),
        ),
    )


def _at_stride_one(image: Cells, kernel: Cells, result: Cells) -> tuple[Number, ...]:
    """Return as many cells of the map of stride 1 as the right map has."""
    whole = correlate(image, kernel)
    return flat(window(whole, 0, 0, len(result), len(result[0])))
