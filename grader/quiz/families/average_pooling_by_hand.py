"""Average pooling of a small map, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math, Window, blank_grid, grid
from grader.quiz.families._arrays import bracketed, flat, mean, pool, window
from grader.quiz.family import Draft, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.draw import Draw
    from grader.quiz.families._arrays import Number


class Case(NamedTuple):
    """The sizes; the window is 2 × 2, the numbers lie between `low` and 9."""

    height: int
    width: int
    stride: int
    low: int


def cases(level: int) -> Iterator[Case]:
    """Yield the sizes of a level."""
    if level == 1:
        yield from (Case(2, 4, 2, 0), Case(4, 2, 2, 0), Case(4, 4, 2, 0))
    elif level == 2:
        yield from (Case(2, 3, 1, 0), Case(3, 3, 1, 0), Case(3, 2, 1, 0))
    else:
        yield from (Case(3, 3, 1, -9), Case(5, 4, 2, -9), Case(4, 5, 2, -9))


@family(
    title="Average pooling by hand",
    type="cloze",
    concept="pooling",
    levels=("windows side by side", "overlapping windows", "negative numbers"),
    cases=cases,
)
def average_pooling_by_hand(case: Case, draw: Draw) -> Draft | None:
    """Average a small map, window by window."""
    height, width, stride, low = case
    image = draw.grid(height, width, low, 9)
    pooled = pool(image, 2, stride, mean)
    answer = flat(pooled)
    if len(set(answer)) == 1:
        return None  # every window has the same mean: nothing to see
    first = flat(window(image, 0, 0, 2, 2))
    summed = " + ".join(map(bracketed, first))

    def instead(reduce: object) -> tuple[Number, ...]:
        assert callable(reduce)
        return flat(pool(image, 2, stride, reduce))

    return Draft(
        prompt=(
            f"Apply average pooling with a 2 × 2 window and stride {stride} (no "
            "padding; a window that does not fit is dropped).",
            grid(image, "input"),
            blank_grid(len(pooled), len(pooled[0]), "average pooling"),
        ),
        answer=answer,
        wrong=(
            wrong("pooling-maximum-instead-of-mean", instead(max)),
            wrong("pooling-sum-instead-of-mean", instead(sum)),
            wrong("pooling-mean-divided-by-side", instead(lambda c: sum(c) / 2)),
            wrong(
                "pooling-mean-divided-by-stride",
                instead(lambda c: sum(c) / (stride * stride)),
            ),
            wrong("pooling-mean-rounded", instead(lambda c: sum(c) // 4)),
            wrong("pooling-mean-over-rows-only", instead(lambda c: sum(c[:2]) / 2)),
        ),
        solution=(
            f"There are {len(pooled)} × {len(pooled[0])} positions. The first window:",
            grid(image, "input", (Window(0, 0, 2, 2),)),
            Math(f"({summed})/4 = {show(answer[0])}"),
            f"The window moves on by {stride}; every position gives its mean:",
            grid(pooled, "average pooling", (Window(0, 0),)),
        ),
    )
