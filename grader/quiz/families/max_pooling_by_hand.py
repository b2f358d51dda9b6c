"""Max pooling of a small map, cell by cell."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Window, blank_grid, grid, text
from grader.quiz.families._arrays import flat, listed, mean, pool, window
from grader.quiz.family import Draft, family, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.draw import Draw


class Case(NamedTuple):
    """The sizes; the map's numbers are drawn from `low` to 9."""

    height: int
    width: int
    window: int
    stride: int
    low: int


def cases(level: int) -> Iterator[Case]:
    """Yield the sizes of a level."""
    if level == 1:
        yield Case(4, 4, 2, 2, 0)
        yield Case(2, 6, 2, 2, 0)
    elif level == 2:
        for height, width in ((3, 3), (3, 4), (4, 4)):
            yield Case(height, width, 2, 1, 0)
    else:
        for low, (height, width) in product((-9, -20), ((4, 5), (5, 4), (5, 5))):
            yield Case(height, width, 3, 1, low)
            yield Case(height, width, 2, 2, low)


@family(
    title="Max pooling by hand",
    type="cloze",
    concept="pooling",
    levels=("stride equal to the window", "overlapping windows", "negative numbers"),
    cases=cases,
)
def max_pooling_by_hand(case: Case, draw: Draw) -> Draft | None:
    """Max pooling of a small map, cell by cell."""
    height, width, size, stride, low = case
    image = draw.grid(height, width, low, 9 if low == 0 else 3)
    pooled = pool(image, size, stride, max)
    rows, columns = len(pooled), len(pooled[0])
    answer = flat(pooled)
    if len(set(answer)) == 1:
        return None  # every window has the same winner: nothing to see
    other = size if stride != size else 1
    wrongs = [
        wrong("pooling-mean-instead-of-maximum", flat(pool(image, size, stride, mean))),
        wrong("pooling-minimum", flat(pool(image, size, stride, min))),
        wrong("pooling-maximum-from-zero", tuple(max(0, n) for n in answer)),
        wrong(
            "pooling-first-cell",
            flat(pool(image, size, stride, lambda cells: cells[0])),
        ),
    ]
    elsewhere = pool(image, size, other, max)
    if len(elsewhere) >= rows and len(elsewhere[0]) >= columns:
        corner = tuple(tuple(cells[:columns]) for cells in elsewhere[:rows])
        wrongs.append(wrong("stride-ignored", flat(corner)))
    first = flat(window(image, 0, 0, size, size))
    spot = Window(0, 0, size, size)
    return Draft(
        prompt=(
            f"Apply max pooling with a {size} × {size} window and stride {stride} "
            "(no padding; a window that does not fit is dropped).",
            grid(image, "input"),
            blank_grid(rows, columns, "max pooling"),
        ),
        answer=answer,
        wrong=tuple(wrongs),
        solution=(
            text(
                f"There are {rows} × {columns} positions. The first window holds "
                f"{listed(first)}; the largest of these "
                f"is {answer[0]}."
            ),
            grid(image, "input", (spot,)),
            f"The window moves on by {stride}; every position gives its maximum:",
            grid(pooled, "max pooling", (Window(0, 0),)),
        ),
    )
