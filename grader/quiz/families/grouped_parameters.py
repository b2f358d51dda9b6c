"""How many parameters a grouped convolution learns."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math
from grader.quiz.family import Draft, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator


class Case(NamedTuple):
    """A grouped convolution and the square volume it is applied to."""

    size: int
    channels: int
    filters: int
    groups: int
    kernel: int
    bias: bool


def cases(level: int) -> Iterator[Case]:
    """Yield every layer of a level."""
    sizes = range(14, 57, 2)
    groups = {1: (2,), 2: (2, 3, 4), 3: (4, 8)}[level]
    channels = {1: (4, 6, 8, 10), 2: (6, 8, 12, 16, 24), 3: (16, 32, 64)}[level]
    filters = {1: (4, 6, 8, 10, 12), 2: (6, 8, 12, 24), 3: (16, 32, 64, 128)}[level]
    for size, c, k, g, side in product(sizes, channels, filters, groups, (1, 3, 5, 7)):
        if c % g == 0 and k % g == 0:
            for bias in (True, False) if level > 1 else (False,):
                yield Case(size, c, k, g, side, bias)


@family(
    title="Parameters of a grouped convolution",
    type="numeric",
    concept="counting",
    levels=("two groups, no biases", "with or without biases", "many channels"),
    cases=cases,
)
def grouped_parameters(case: Case) -> Draft:
    """How many parameters a grouped convolution learns."""
    size, channels, filters, groups, kernel, bias = case
    each = kernel * kernel * channels // groups
    biases = filters if bias else 0
    total = each * filters + biases
    said = "one bias for each filter" if bias else "no biases"
    return Draft(
        prompt=(
            f"A {show((size, size, channels))} volume passes through a convolution "
            f"with {filters} filters of {kernel} × {kernel} cells in {groups} groups: "
            "channels and filters are split evenly among the groups. There are "
            f"{said}. "
            "How many parameters does the layer learn?",
        ),
        answer=total,
        wrong=(
            wrong("grouped-parameters-not-divided", each * groups * filters + biases),
            wrong(
                "grouped-parameters-divided-twice", each * filters // groups + biases
            ),
            wrong(
                "groups-number-taken-as-size",
                kernel * kernel * groups * filters + biases,
            ),
            wrong("parameters-without-bias", each * filters),
            wrong("parameters-bias-although-off", each * filters + filters),
            wrong("parameters-without-filters", each + min(biases, 1)),
        ),
        solution=(
            f"A filter sees the channels of its own group only, {channels}/{groups} = "
            f"{channels // groups} of them:",
            Math(f"{kernel}·{kernel}·{channels // groups} = {show(each)}"),
            f"There are {filters} filters in all groups together, with {said}:",
            Math(f"{filters}·{show(each)} + {biases} = {show(total)}"),
        ),
    )
