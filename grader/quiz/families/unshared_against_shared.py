"""What sharing saves: weights for each position against weights for all."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import BLANK, Math, Volume, Volumes, table
from grader.quiz.families._layers import a, positions, positions_formula
from grader.quiz.family import Draft, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator


class Case(NamedTuple):
    """A layer of windows without padding on a square input."""

    size: int
    depth: int
    filters: int
    kernel: int
    stride: int
    bias: bool


LECTURE = Case(227, 3, 96, 11, 4, bias=True)


def cases(level: int) -> Iterator[Case]:
    """Yield every layer of a level."""
    depths, kernels = (1, 2, 3, 4, 5), (2, 3, 4, 5)
    for depth, filters, kernel in product(depths, (2, 3, 4, 5, 6, 8, 10), kernels):
        layer = (depth, filters, kernel)
        if level < 3:
            for size in range(kernel + 2, 28):
                yield Case(size, *layer, 1, bias=level == 2)
        else:
            for size, stride in product(range(8, 49), (2, 3, 4)):
                if (size - kernel) % stride == 0:
                    yield Case(size, *layer, stride, bias=True)
    if level == 3:
        yield LECTURE


@family(
    title="Unshared against shared weights",
    type="cloze",
    concept="counting",
    levels=("stride 1, no biases", "with biases", "a stride"),
    cases=cases,
)
def unshared_against_shared(case: Case) -> Draft:
    """Count the parameters with one filter per map and with one per position."""
    size, depth, filters, kernel, stride, bias = case
    out = positions(size, kernel, stride)
    neurons, one = out * out * filters, kernel * kernel * depth
    few, many = (filters, neurons) if bias else (0, 0)
    answer = (filters * one + few, neurons * one + many)

    def unshared(count: int) -> tuple[int, int]:
        return (answer[0], count)

    biases = (
        " Whatever has its own weights has its own bias, too."
        if bias
        else " There are no biases."
    )
    rows = ("shared by all positions of a map", "own weights at every position")
    return Draft(
        prompt=(
            f"A layer reads {a(size, size, depth)} input through windows of "
            f"{show((kernel, kernel, depth))} cells, stride {stride}, no padding, and "
            f"makes {filters} maps.{biases} How many parameters does it have when all "
            "positions of a map share their weights, and how many when they do not?",
            table(("weights", "parameters"), [(row, BLANK) for row in rows]),
        ),
        answer=answer,
        wrong=(
            wrong("unshared-weights-shared", (answer[0], answer[0])),
            wrong("parameters-not-shared", (answer[1], answer[1])),
            wrong("unshared-bias-per-filter", unshared(neurons * one + few)),
            wrong("unshared-one-weight-per-cell", unshared(neurons + many)),
            wrong(
                "unshared-counted-as-dense",
                unshared(neurons * size * size * depth + many),
            ),
            wrong(
                "unshared-positions-of-input",
                unshared(size * size * filters * (one + bias)),
            ),
            wrong(
                "unshared-positions-not-squared",
                unshared(out * filters * (one + bias)),
            ),
            wrong("neurons-counted-as-parameters", (neurons, answer[1])),
            wrong("parameters-without-bias", (filters * one, neurons * one)),
            wrong(
                "parameters-bias-although-off",
                (filters * (one + 1), neurons * (one + 1)),
            ),
            wrong(
                "parameters-without-channels",
                (
                    kernel * kernel * filters + few,
                    kernel * kernel * neurons + many,
                ),
            ),
        ),
        solution=(
            f"One window has {kernel}·{kernel}·{depth} = {one} weights"
            + (f" and a bias: {one + 1}." if bias else "."),
            f"Shared, each of the {filters} maps needs them once:",
            Math(f"{filters}·{one + bias} = {show(answer[0])}"),
            "Along each axis there are so many positions:",
            Math(positions_formula(size, kernel, stride)),
            f"Not shared, each of the {out}·{out}·{filters} = {show(neurons)} output "
            "cells needs its own:",
            Math(f"{show(neurons)}·{one + bias} = {show(answer[1])}"),
            table(
                ("weights", "parameters"), [(rows[0], answer[0]), (rows[1], answer[1])]
            ),
        ),
        figure=Volumes(
            (Volume(size, size, depth, "input"), Volume("?", "?", filters, "maps")),
            (f"windows {kernel} × {kernel}",),
        ),
    )
