"""How many multiply-adds a convolutional layer costs."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math, Volume, Volumes
from grader.quiz.families._layers import filters_sentence, positions, positions_formula
from grader.quiz.family import Draft, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator


class Case(NamedTuple):
    """A convolutional layer and its square input."""

    size: int
    depth: int
    filters: int
    kernel: int
    stride: int
    padding: int


def cases(level: int) -> Iterator[Case]:
    """Yield every layer of a level whose products are short to work out."""
    depths = {1: (1, 2, 3), 2: (2, 3, 4, 5, 6, 8), 3: (1, 2, 3, 4, 8)}[level]
    for depth, filters, kernel in product(depths, (2, 4, 5, 6, 8, 10), (3, 5, 7)):
        layer = (depth, filters, kernel)
        if level == 1:
            for size in range(kernel + 1, 33):
                yield Case(size, *layer, stride=1, padding=0)
        elif level == 2:
            for size, padding in product(range(kernel + 1, 33), range(1, 3)):
                if padding <= kernel // 2:
                    yield Case(size, *layer, stride=1, padding=padding)
        else:
            for size, stride in product(range(kernel + 2, 45), (2, 3, 4)):
                if stride < kernel:
                    yield Case(size, *layer, stride, padding=0)


@family(
    title="Multiply-adds of a layer",
    type="numeric",
    concept="counting",
    levels=("stride 1, no padding", "padding", "a stride"),
    cases=cases,
)
def layer_multiply_adds(case: Case) -> Draft:
    """How many multiply-adds a convolutional layer costs."""
    size, depth, filters, kernel, stride, padding = case
    out = positions(size, kernel, stride, padding)
    one = kernel * kernel * depth
    neurons = out * out * filters
    cost = neurons * one
    return Draft(
        prompt=(
            filters_sentence((size, size, depth), filters, kernel, stride, padding)
            + " How many multiply-adds does the layer compute for one image? One "
            "product and its addition are one multiply-add; products with zeros of "
            "the padding count, biases do not.",
        ),
        answer=cost,
        wrong=(
            wrong("multiplications-at-input-size", size * size * filters * one),
            wrong("multiplications-counted-as-parameters", filters * one),
            wrong("multiplications-without-channels", neurons * kernel * kernel),
            wrong("multiplications-without-filters", out * out * one),
            wrong("multiplications-kernel-not-squared", neurons * kernel * depth),
            wrong("multiplications-output-not-squared", out * filters * one),
            wrong("multiplications-and-additions-apart", 2 * cost),
            wrong("multiplications-include-bias", cost + neurons),
            wrong(
                "multiplications-zeros-not-counted",
                filters * depth * _real(case) ** 2,
            ),
        ),
        solution=(
            "Each output cell sums one product for every cell of its window, in "
            "every channel:",
            Math(f"{kernel}·{kernel}·{depth} = {one}"),
            "The window has so many positions along each axis:",
            Math(positions_formula(size, kernel, stride, padding)),
            f"With {filters} filters there are {out}·{out}·{filters} = "
            f"{show(neurons)} output cells:",
            Math(f"{show(neurons)}·{one} = {show(cost)}"),
        ),
        figure=Volumes(
            (Volume(size, size, depth, "input"), Volume("?", "?", "?", "output")),
            (f"{filters} filters {show((kernel, kernel, depth))}",),
        ),
    )


def _real(case: Case) -> int:
    """Count the products along one axis whose cell lies inside the image."""
    starts = range(
        -case.padding, case.size + case.padding - case.kernel + 1, case.stride
    )
    return sum(
        0 <= start + tap < case.size for start in starts for tap in range(case.kernel)
    )
