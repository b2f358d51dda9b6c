"""The way back through pooling with a 2 × 2 window: who receives what."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from grader.quiz.families._arrays import flat, window

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.quiz.families._arrays import Cells, Number

    Rule: TypeAlias = Callable[[tuple[Number, ...], Number], tuple[Number, ...]]
    """The four cells of a window and its gradient, to what each cell receives."""


def received(
    image: Cells, incoming: Cells, stride: int, rule: Rule
) -> tuple[tuple[float, ...], ...]:
    """Return what each cell of `image` receives from all its windows together."""
    total = [[0.0] * len(image[0]) for _ in image]
    for top, line in enumerate(incoming):
        for left, gradient in enumerate(line):
            corner = (top * stride, left * stride)
            given = rule(flat(window(image, *corner, 2, 2)), gradient)
            for place, amount in enumerate(given):
                total[corner[0] + place // 2][corner[1] + place % 2] += amount
    return tuple(map(tuple, total))


def to_cell(place: int, gradient: Number) -> tuple[Number, ...]:
    """Return the gradient for one cell of a window, and 0 for the others."""
    return tuple(gradient if each == place else 0 for each in range(4))
