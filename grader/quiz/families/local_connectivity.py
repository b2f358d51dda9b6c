"""How many inputs one neuron of a convolutional layer reads, and what it costs."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math, Volume, Volumes
from grader.quiz.family import Draft, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator


class Case(NamedTuple):
    """A convolution with stride 1 and no padding."""

    size: int
    depth: int
    filters: int
    kernel: int
    map: bool


def cases(level: int) -> Iterator[Case]:
    """Yield every layer of a level; the last asks for a whole map's connections."""
    sizes = (8, 10, 12, 14, 16, 20, 24, 28, 32) if level < 3 else range(5, 15)
    depths = (1,) if level == 1 else (2, 3, 4, 8, 10)
    for size, depth, kernel in product(sizes, depths, (2, 3, 4, 5)):
        for filters in (4, 6, 10):
            yield Case(size, depth, filters, kernel, map=level == 3)


@family(
    title="Local connectivity",
    type="single",
    concept="connectivity",
    levels=("one channel", "several channels", "all connections of a map"),
    cases=cases,
)
def local_connectivity(case: Case) -> Draft | None:
    """How many inputs one neuron of a convolutional layer reads."""
    size, depth, filters, kernel, whole = case
    out = size - kernel + 1
    one, every = kernel * kernel * depth, size * size * depth
    neurons = out * out if whole else 1
    asked = (
        "How many connections lead from the input to one map (one for each input "
        "that each of its neurons reads)?"
        if whole
        else "How many inputs does one neuron of the output read?"
    )
    last = (
        Math(f"{out}·{out}·{one} = {show(neurons * one)}")
        if whole
        else Math(f"{kernel}·{kernel}·{depth} = {one}")
    )
    return Draft(
        prompt=(
            f"A {size} × {size} × {depth} input passes through {filters} filters of "
            f"size {kernel} × {kernel} × {depth}, stride 1, no padding. {asked}",
        ),
        answer=neurons * one,
        wrong=(
            wrong("connected-to-every-input", neurons * every),
            wrong("locality-mixed-up-with-sharing", one if whole else out * out),
            wrong("parameters-without-channels", neurons * kernel * kernel),
            wrong("parameters-kernel-not-squared", neurons * kernel * depth),
            wrong("connected-diagonal-only", neurons * kernel),
            wrong("multiplications-at-input-size", size * size * one if whole else one),
        ),
        solution=(
            "A neuron reads its window and nothing else, in every channel:",
            Math(f"{kernel}·{kernel}·{depth} = {one}"),
            *(
                (f"The map has {out}·{out} = {out * out} neurons, so there are:", last)
                if whole
                else ()
            ),
        ),
        figure=Volumes(
            (Volume(size, size, depth, "input"), Volume("?", "?", filters, "maps")),
            (f"{kernel} × {kernel}",),
        ),
    )
