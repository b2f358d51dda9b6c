"""Height, width and depth of a pooling layer's output."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math, Volume, Volumes
from grader.quiz.combinations import Combinations
from grader.quiz.families._layers import a, positions, positions_formula
from grader.quiz.family import Draft, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Case(NamedTuple):
    """A pooling layer without padding and its input."""

    kind: str
    height: int
    width: int
    depth: int
    window: int
    stride: int


DEPTHS = (4, 6, 8, 12, 16, 24, 32, 64)


def cases(level: int) -> Combinations[Case]:
    """Return every pooling layer of a level."""
    return Combinations(_case, ("max", "average"), DEPTHS, list(_windows(level)))


def _case(kind: str, depth: int, window: tuple[int, int, int, int]) -> Case:
    height, width, size, stride = window
    return Case(kind, height, width, depth, size, stride)


def _windows(level: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield each height, width, window and stride of a level."""
    if level == 1:
        for window, size in product((2, 3, 4), range(12, 73)):
            if size % window == 0:
                yield size, size, window, window
    elif level == 2:
        for window, stride, size in product((2, 3, 4), (1, 2, 3), range(12, 73)):
            if stride < window and (size - window) % stride == 0:
                yield size, size, window, stride
    else:
        for window, stride, height in product((2, 3, 5), (2, 3, 4), range(14, 54)):
            width = height + stride + 1
            # Cells are left over on at least one axis.
            if any((side - window) % stride for side in (height, width)):
                yield height, width, window, stride


@family(
    title="Output shape of pooling",
    type="single",
    concept="output shape",
    levels=("stride equal to the window", "overlapping windows", "cells left over"),
    cases=cases,
)
def pooling_output_shape(case: Case) -> Draft:
    """Height, width and depth of a pooling layer's output."""
    kind, height, width, depth, window, stride = case
    out = tuple(positions(side, window, stride) for side in (height, width))

    def instead(count: Callable[[int], int]) -> tuple[int, ...]:
        return (count(height), count(width), depth)

    return Draft(
        prompt=(
            f"{a(height, width, depth).capitalize()} volume "
            f"passes through {kind} pooling "
            f"with a {window} × {window} window, stride {stride} and no padding. A "
            "window that does not fit is dropped. What is the shape of the output "
            "(height × width × depth)?",
        ),
        answer=(*out, depth),
        wrong=(
            wrong("pooling-depth-one", (*out, 1)),
            wrong("pooling-depth-divided", (*out, max(1, depth // stride))),
            wrong(
                "pooling-size-rounded-up",
                instead(lambda n: -((window - n) // stride) + 1),
            ),
            wrong(
                "pooling-window-size-taken-as-stride",
                instead(lambda n: positions(n, window, window)),
            ),
            wrong(
                "pooling-stride-taken-as-window-size",
                instead(lambda n: positions(n, stride, stride)),
            ),
            wrong(
                "output-size-without-plus-one",
                instead(lambda n: (n - window) // stride),
            ),
            wrong(
                "stride-left-out-of-size",
                instead(lambda n: n - window + 1),
            ),
            wrong("output-size-equals-input-size", (height, width, depth)),
        ),
        solution=(
            "Along the height, the first window and one more for every full stride:",
            Math(f"H_out = {positions_formula(height, window, stride)}"),
            *(
                ("The width is the same.",)
                if width == height
                else (
                    "Along the width:",
                    Math(f"W_out = {positions_formula(width, window, stride)}"),
                )
            ),
            f"Pooling works on every channel alone, so the depth stays {depth}.",
            f"The output is {show((*out, depth))}.",
        ),
        figure=Volumes(
            (Volume(height, width, depth, "input"), Volume("?", "?", "?", "output")),
            (f"{kind} {window} × {window}, stride {stride}",),
        ),
    )
