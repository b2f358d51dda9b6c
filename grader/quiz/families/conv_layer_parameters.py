"""How many numbers a convolutional layer learns."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math, Volume, Volumes
from grader.quiz.family import Draft, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator


class Case(NamedTuple):
    """A convolutional layer and its square input; padding keeps the size."""

    size: int
    depth: int
    filters: int
    kernel: int
    bias: bool


def cases(level: int) -> Iterator[Case]:
    """Yield every layer of a level."""
    sizes = (8, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64)
    depths = {1: (1, 2, 3), 2: (3, 4, 5, 6, 8, 10, 12, 16), 3: (3, 8, 16, 20, 32)}
    filters = {1: range(2, 13), 2: (4, 5, 6, 8, 10, 12, 16, 20), 3: (16, 20, 32, 64)}
    for layer in product(sizes, depths[level], filters[level], (1, 3, 5, 7, 9, 11)):
        size, depth, count, kernel = layer
        weights = kernel * kernel * depth * count
        if kernel < size and weights > 30 and (level == 3 or weights < 10_000):
            for bias in (True, False) if level > 1 else (True,):
                yield Case(size, depth, count, kernel, bias)


@family(
    title="Parameters of a convolutional layer",
    type="numeric",
    concept="counting",
    levels=("few channels, with bias", "more channels, with or without bias", "large"),
    cases=cases,
)
def conv_layer_parameters(case: Case) -> Draft:
    """How many numbers a convolutional layer learns."""
    size, depth, filters, kernel, bias = case
    one = kernel * kernel * depth
    biases = filters if bias else 0
    total = one * filters + biases
    said = "one bias for each filter" if bias else "no biases"
    per_position = size * size * one * filters + biases
    return Draft(
        prompt=(
            f"The input of a convolutional layer is {show((size, size, depth))}. The "
            f"layer has {filters} filters of size {kernel} × {kernel} that span the "
            f"depth of the input, {said}, stride 1 and padding {kernel // 2}. "
            "How many parameters does it learn?",
        ),
        answer=total,
        wrong=(
            wrong("parameters-without-bias", one * filters),
            wrong("parameters-bias-although-off", one * filters + filters),
            wrong("parameters-without-channels", kernel * kernel * filters + biases),
            wrong("parameters-without-filters", one + min(biases, 1)),
            wrong("parameters-bias-per-input-channel", one * filters + depth),
            wrong("parameters-one-bias-per-layer", one * filters + 1),
            wrong("neurons-counted-as-parameters", size * size * filters),
            wrong("parameters-not-shared", per_position),
        ),
        solution=(
            "A filter holds one weight for each cell of its window in every channel:",
            Math(f"{kernel}·{kernel}·{depth} = {show(one)}"),
            f"{filters} filters, with {said}; the size of the image does not matter, "
            "because every position uses the same weights:",
            Math(f"{filters}·{show(one)} + {biases} = {show(total)}"),
        ),
        figure=Volumes(
            (
                Volume(size, size, depth, "input"),
                Volume(kernel, kernel, depth, "one filter"),
            ),
            (f"{filters} filters",),
        ),
    )
