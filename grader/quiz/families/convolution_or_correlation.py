"""Which map is the true convolution, which the cross-correlation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math, grid, row
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
    from grader.quiz.families._arrays import Cells


class Case(NamedTuple):
    """The sizes, and whether the kernel is to be flipped."""

    size: int
    kernel: int
    flip: bool


def cases(level: int) -> Iterator[Case]:
    """Yield the sizes of a level."""
    if level == 1:
        yield Case(3, 2, flip=False)
    elif level == 2:
        yield Case(3, 2, flip=True)
    else:
        yield Case(4, 3, flip=False)
        yield Case(4, 3, flip=True)


@family(
    title="Convolution or cross-correlation",
    type="single",
    concept="convolution by hand",
    levels=("cross-correlation", "true convolution", "a 3 × 3 kernel"),
    cases=cases,
)
def convolution_or_correlation(case: Case, draw: Draw) -> Draft | None:
    """Pick the map of a true convolution or of a cross-correlation."""
    size, side, flip = case
    image = draw.grid(size, size, 0, 5)
    kernel = draw.grid(side, side, -1, 2)
    used = turned(kernel) if flip else kernel
    result = correlate(image, used)
    other = correlate(image, turned(used))
    quarter = transposed(kernel[::-1])
    mirrored = tuple(line[::-1] for line in kernel)
    if len(set(flat(result))) == 1:
        return None
    asked, opposite = "cross-correlation", "true convolution"
    if flip:
        asked, opposite = opposite, asked
    note = "" if flip else "A cross-correlation reverses neither axis."
    first = flat(window(image, 0, 0, side, side))
    flipped = (
        (
            "A true convolution turns the kernel by 180 degrees before it slides:",
            row(grid(kernel, "kernel"), "→", grid(used, "turned")),
        )
        if flip
        else ("A cross-correlation slides the kernel as it is.",)
    )
    return Draft(
        prompt=(
            f"Which map is the {asked} of this image with this kernel (stride 1, no "
            "padding)? Rows are separated by “/”.",
            row(grid(image, "image"), grid(kernel, "kernel")),
        ),
        answer=_written(result),
        wrong=(
            wrong(
                "kernel-not-flipped" if flip else "kernel-flipped",
                _written(other),
                note=f"This is the {opposite}.",
            ),
            wrong("kernel-transposed", _written(correlate(image, transposed(kernel)))),
            wrong(
                "kernel-flipped-vertically-only",
                _written(correlate(image, kernel[::-1])),
                note=note,
            ),
            wrong(
                "kernel-flipped-horizontally-only",
                _written(correlate(image, mirrored)),
                note=note,
            ),
            wrong("kernel-turned-by-90-degrees", _written(correlate(image, quarter))),
        ),
        solution=(
            *flipped,
            "The first window gives the number at the top left:",
            Math(f"{products(first, flat(used))} = {result[0][0]}"),
            f"The other windows follow in the same way: the {asked} is "
            f"{_written(result)}.",
        ),
    )


def _written(cells: Cells) -> str:
    return " / ".join(" ".join(map(str, line)) for line in cells)
