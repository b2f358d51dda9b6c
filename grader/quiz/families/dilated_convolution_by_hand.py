"""A dilated convolution, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math, Window, blank_grid, grid, row
from grader.quiz.families._arrays import correlate, flat, products, turned, window
from grader.quiz.family import Draft, family, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.draw import Draw
    from grader.quiz.families._arrays import Cells


class Case(NamedTuple):
    """The sizes of the kernel and the output, the dilation, the smallest weight."""

    tall: int
    wide: int
    rows: int
    columns: int
    dilation: int
    low: int


def cases(level: int) -> Iterator[Case]:
    """Yield the sizes of a level."""
    if level == 1:
        for columns in (3, 4):
            for dilation in (2, 3):
                yield Case(1, 2, 1, columns, dilation, 1)
    elif level == 2:
        for columns in (2, 3, 4):
            for dilation in (2, 3):
                yield Case(1, 3, 1, columns, dilation, -2)
    else:
        for rows, columns in ((1, 2), (2, 1), (2, 2)):
            yield Case(2, 2, rows, columns, 2, -2)
        yield Case(2, 2, 1, 2, 3, -2)


@family(
    title="Dilated convolution by hand",
    type="cloze",
    concept="variants of convolution",
    levels=("two weights in a row", "three weights in a row", "in two dimensions"),
    cases=cases,
)
def dilated_convolution_by_hand(case: Case, draw: Draw) -> Draft | None:
    """Compute every cell of a dilated convolution."""
    tall, wide, rows, columns, dilation, low = case
    height, width = (tall - 1) * dilation + rows, (wide - 1) * dilation + columns
    image = draw.grid(height, width, 0, 9)
    kernel = draw.grid(tall, wide, low, 3)
    result = correlate(image, kernel, dilation=dilation)
    if 0 in flat(kernel) or kernel == turned(kernel):
        return None
    down = dilation if tall > 1 else 1  # a single row has no gaps to spread
    beliefs = {
        "dilation-ignored": correlate(image, kernel),
        "kernel-flipped": correlate(image, turned(kernel), dilation=dilation),
        "dilation-taken-as-stride": correlate(image, kernel, dilation),
        "dilation-repeats-weights": correlate(image, _repeated(kernel, down, dilation)),
        "dilation-spreads-image": correlate(_spread(image, down, dilation), kernel),
    }
    if tall > 1:
        beliefs["dilation-rows-only"] = correlate(image, _spread(kernel, dilation, 1))
        beliefs["dilation-columns-only"] = correlate(
            image, _spread(kernel, 1, dilation)
        )
    read = [
        (u * dilation, v * dilation) for u in range(tall) for v in range(wide)
    ]  # the cells under the weights at the first position
    rules = "stride 1, no padding, the kernel is not flipped"
    return Draft(
        prompt=(
            f"Apply this kernel with dilation {dilation} ({rules}): neighbouring "
            f"weights read cells that are {dilation} apart.",
            row(grid(image, "input"), grid(kernel, "kernel")),
            blank_grid(rows, columns, "output"),
        ),
        answer=flat(result),
        wrong=tuple(
            wrong(name, flat(window(cells, 0, 0, rows, columns)))
            for name, cells in beliefs.items()
            if len(cells) >= rows and len(cells[0]) >= columns
        ),
        solution=(
            "Spread out, the kernel covers "
            f"{_size(height - rows + 1, width - columns + 1)} cells and skips those "
            "in between. At the first position it reads:",
            grid(image, "input", tuple(Window(top, left) for top, left in read)),
            Math(
                f"{products([image[r][c] for r, c in read], flat(kernel))} = "
                f"{result[0][0]}"
            ),
            "The window moves on by 1, the gaps stay:",
            grid(result, "output", (Window(0, 0),)),
        ),
    )


def _spread(cells: Cells, down: int, across: int) -> Cells:
    """Return `cells` with zeros between them, so that they lie that far apart."""
    height, width = (len(cells) - 1) * down + 1, (len(cells[0]) - 1) * across + 1
    return tuple(
        tuple(
            0 if r % down or c % across else cells[r // down][c // across]
            for c in range(width)
        )
        for r in range(height)
    )


def _repeated(cells: Cells, down: int, across: int) -> Cells:
    """Return `cells` with each gap filled by the cell before it."""
    height, width = (len(cells) - 1) * down + 1, (len(cells[0]) - 1) * across + 1
    return tuple(
        tuple(cells[r // down][c // across] for c in range(width))
        for r in range(height)
    )


def _size(height: int, width: int) -> str:
    return str(width) if height == 1 else f"{height} × {width}"
