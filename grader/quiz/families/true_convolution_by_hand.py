"""True convolution against cross-correlation, by hand."""

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
    """The sizes and the smallest weight; numbers stay small."""

    height: int
    width: int
    kernel: int
    low: int


def cases(level: int) -> Iterator[Case]:
    """Yield the sizes of a level."""
    if level == 1:
        yield from (Case(2, 3, 2, 0), Case(3, 2, 2, 0), Case(3, 3, 2, 0))
    elif level == 2:
        yield from (Case(3, 3, 2, -2), Case(3, 4, 2, -1), Case(4, 3, 2, -1))
    else:
        yield from (Case(3, 4, 3, -1), Case(4, 3, 3, -1), Case(3, 3, 3, -1))


@family(
    title="True convolution by hand",
    type="cloze",
    concept="convolution by hand",
    levels=("small weights", "negative weights", "a 3 × 3 kernel"),
    cases=cases,
)
def true_convolution_by_hand(case: Case, draw: Draw) -> Draft | None:
    """Compute every cell of a true convolution."""
    height, width, side, low = case
    image = draw.grid(height, width, 0, 5)
    kernel = draw.grid(side, side, low, 1 if side == 3 else 2)
    flipped = turned(kernel)
    result = correlate(image, flipped)
    as_it_is = correlate(image, kernel)
    if as_it_is == result:
        return None  # the flip would not show

    def instead(other: Cells) -> tuple[Number, ...]:
        return flat(correlate(image, other))

    first = flat(window(image, 0, 0, side, side))
    return Draft(
        prompt=(
            "Convolve this image with this kernel in the mathematical sense (true "
            "convolution, not cross-correlation), stride 1, no padding.",
            row(
                grid(image, "image"),
                "∗",
                grid(kernel, "kernel"),
                "=",
                blank_grid(len(result), len(result[0]), "output"),
            ),
        ),
        answer=flat(result),
        wrong=(
            wrong("kernel-not-flipped", flat(as_it_is)),
            wrong("kernel-flipped-vertically-only", instead(kernel[::-1])),
            wrong(
                "kernel-flipped-horizontally-only",
                instead(tuple(line[::-1] for line in kernel)),
            ),
            wrong("kernel-transposed", instead(transposed(kernel))),
            wrong("image-flipped", flat(correlate(turned(image), kernel))),
            wrong("negative-values-clipped", tuple(max(0, n) for n in flat(result))),
        ),
        solution=(
            "True convolution turns the kernel by 180 degrees, then slides it:",
            row(grid(kernel, "kernel"), "→", grid(flipped, "turned")),
            "The first window, multiplied cell by cell with the turned kernel:",
            row(
                grid(image, "image", (Window(0, 0, side, side),)),
                grid(flipped, "turned"),
            ),
            Math(f"{products(first, flat(flipped))} = {result[0][0]}"),
            "Every position gives one number:",
            grid(result, "output", (Window(0, 0),)),
        ),
    )
