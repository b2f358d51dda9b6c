"""How many neurons a convolutional layer has, and how few numbers it learns."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import BLANK, Math, Volume, Volumes, table
from grader.quiz.families._layers import (
    biases_words,
    filters_sentence,
    positions,
    positions_formula,
)
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
    bias: bool


LECTURE = Case(227, 3, 96, 11, 4, 0, bias=True)


def cases(level: int) -> Iterator[Case]:
    """Yield every layer of a level."""
    filters = {1: (2, 3, 4, 5, 6, 8, 10), 2: (6, 8, 10, 12, 16, 20), 3: (8, 16, 20)}
    for depth, count, kernel in product((1, 2, 3, 4, 6, 8), filters[level], (3, 5, 7)):
        if level == 1:
            for size in range(6, 33):
                if kernel < size:
                    layer = (size, depth, count, kernel, 1, kernel // 2)
                    yield Case(*layer, bias=True)
        elif level == 2:
            for size, bias in product(range(10, 34), (True, False)):
                yield Case(size, depth, count, kernel, 1, 0, bias)
        else:
            for size, stride in product(range(15, 81), (2, 3, 4)):
                if (size - kernel) % stride == 0 and stride < kernel:
                    yield Case(size, depth, count, kernel, stride, 0, bias=True)
    if level == 3:
        yield LECTURE


@family(
    title="Neurons and parameters of a layer",
    type="cloze",
    concept="counting",
    levels=("padding keeps the size", "no padding", "a stride"),
    cases=cases,
)
def neurons_against_parameters(case: Case) -> Draft:
    """How many neurons a convolutional layer has, and how few numbers it learns."""
    size, depth, filters, kernel, stride, padding, bias = case
    out = positions(size, kernel, stride, padding)
    one = kernel * kernel * depth
    biases = filters if bias else 0
    neurons, parameters = out * out * filters, one * filters + biases
    full = positions(size, kernel, 1, padding)
    rows = ("neurons (cells of the output)", "parameters (numbers it learns)")
    return Draft(
        prompt=(
            filters_sentence((size, size, depth), filters, kernel, stride, padding)
            + f" {biases_words(bias=bias)} How many neurons and how many parameters "
            "does the layer have?",
            table(("of the layer", "number"), [(row, BLANK) for row in rows]),
        ),
        answer=(neurons, parameters),
        wrong=(
            wrong("neurons-counted-as-parameters", (neurons, neurons)),
            wrong("parameters-counted-as-neurons", (parameters, parameters)),
            wrong("parameters-not-shared", (neurons, neurons * one + biases)),
            wrong("output-depth-one", (out * out, parameters)),
            wrong(
                "parameters-without-channels",
                (neurons, parameters - (depth - 1) * kernel * kernel * filters),
            ),
            wrong("parameters-without-filters", (neurons, one + min(biases, 1))),
            wrong("output-size-equals-input-size", (size * size * filters, parameters)),
            wrong("stride-left-out-of-size", (full * full * filters, parameters)),
            wrong("parameters-without-bias", (neurons, one * filters)),
            wrong("parameters-bias-although-off", (neurons, one * filters + filters)),
            wrong(
                "parameters-bias-per-input-channel", (neurons, one * filters + depth)
            ),
            wrong("output-depth-filters-times-channels", (neurons * depth, parameters)),
        ),
        solution=(
            "The window has so many positions along each axis:",
            Math(positions_formula(size, kernel, stride, padding)),
            f"Every position of every filter is a neuron, so the output is "
            f"{show((out, out, filters))}:",
            Math(f"{out}·{out}·{filters} = {show(neurons)}"),
            "All neurons of a map share one filter; the parameters are those of "
            f"{filters} filters{', each with one bias' if bias else ''}:",
            Math(
                f"{filters}·{kernel}·{kernel}·{depth} + {biases} = {show(parameters)}"
            ),
            table(
                ("of the layer", "number"),
                [(rows[0], neurons), (rows[1], parameters)],
            ),
        ),
        figure=Volumes(
            (
                Volume(size, size, depth, "input"),
                Volume("?", "?", "?", "neurons"),
            ),
            (f"{filters} filters {show((kernel, kernel, depth))}",),
        ),
    )
