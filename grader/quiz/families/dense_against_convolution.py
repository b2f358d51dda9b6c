"""The parameters of a dense layer and of a convolution on the same image."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import BLANK, Math, Volume, Volumes, table
from grader.quiz.families._layers import a
from grader.quiz.family import Draft, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator


class Case(NamedTuple):
    """An image, the dense layer and the convolution that read it."""

    height: int
    width: int
    depth: int
    neurons: int
    filters: int
    kernel: int
    bias: bool


ROUND = (
    (100, 100), (100, 200), (200, 200), (200, 300), (300, 400), (400, 500),
    (500, 500), (500, 1000), (600, 1000), (1000, 1000), (1000, 2000),
)  # fmt: skip


def cases(level: int) -> Iterator[Case]:
    """Yield every pair of layers of a level."""
    if level == 1:
        for image, neurons, kernel in product(ROUND, (10, 20, 30, 50, 100), (3, 5, 7)):
            for depth, filters in product((1, 3), (5, 10, 20)):
                yield Case(*image, depth, neurons, filters, kernel, bias=False)
    elif level == 2:
        sizes, counts = range(12, 60), (10, 12, 20, 30, 50, 100)
        for size, depth, neurons in product(sizes, (1, 3), counts):
            for filters, kernel in product((4, 6, 8, 10, 20), (3, 5, 7)):
                yield Case(size, size, depth, neurons, filters, kernel, bias=True)
    else:
        for size, depth, filters in product(range(6, 25), (1, 3), range(2, 11)):
            for kernel in (3, 5):
                out = size - kernel + 1
                if out * out * filters <= 2_000:
                    neurons = out * out * filters
                    yield Case(size, size, depth, neurons, filters, kernel, bias=True)


@family(
    title="Dense layer against convolution",
    type="cloze",
    concept="counting",
    levels=("weights only, round sizes", "with biases", "layers with equal outputs"),
    cases=cases,
)
def dense_against_convolution(case: Case) -> Draft:
    """Count the parameters of a dense layer and of a convolution on one image."""
    height, width, depth, neurons, filters, kernel, bias = case
    inputs = height * width * depth
    dense, dense_bias = inputs * neurons, neurons if bias else 0
    one = kernel * kernel * depth
    shared, filter_bias = one * filters, filters if bias else 0
    answer = (dense + dense_bias, shared + filter_bias)
    counted = (
        "Each neuron and each filter has one bias. How many parameters does each "
        "layer have?"
        if bias
        else "Leave the biases aside. How many weights does each layer have?"
    )
    what = "parameters" if bias else "weights"
    out = height - kernel + 1
    equal = (
        " Both layers have equally many outputs: the convolution slides with stride "
        "1 and no padding."
        if height == width and neurons == out * out * filters
        else ""
    )
    rows = (f"dense, {show(neurons)} neurons", f"convolution, {filters} filters")
    return Draft(
        prompt=(
            f"{a(height, width, depth).capitalize()} image "
            f"is read by two layers. A dense "
            f"layer with {show(neurons)} neurons takes it as one flat vector. A "
            f"convolution has {filters} filters of size "
            f"{show((kernel, kernel, depth))}.{equal} {counted}",
            table(("layer", what), [(row, BLANK) for row in rows]),
        ),
        answer=answer,
        wrong=(
            wrong(
                "dense-input-without-colours",
                (height * width * neurons + dense_bias, answer[1]),
            ),
            wrong(
                "parameters-without-channels",
                (answer[0], kernel * kernel * filters + filter_bias),
            ),
            wrong("parameters-without-bias", (dense, shared)),
            wrong("parameters-without-filters", (answer[0], one + min(filter_bias, 1))),
            wrong("parameters-depend-on-image-size", (answer[0], inputs * filters)),
            wrong("dense-neurons-counted", (neurons, answer[1])),
            wrong(
                "dense-inputs-and-outputs-added",
                (inputs + neurons + dense_bias, answer[1]),
            ),
            wrong("dense-bias-per-input", (dense + inputs, answer[1])),
            wrong(
                "dense-bias-as-extra-output",
                ((inputs + 1) * (neurons + 1), answer[1]),
            ),
            wrong("parameters-one-bias-per-layer", (dense + 1, shared + 1)),
            wrong("parameters-bias-although-off", (dense + neurons, shared + filters)),
        ),
        solution=(
            f"The flat image holds {height}·{width}·{depth} = {show(inputs)} numbers, "
            "and the dense layer has a weight for each of them in every neuron"
            + (", and a bias for every neuron:" if bias else ":"),
            Math(
                f"{show(inputs)}·{show(neurons)}"
                + (f" + {show(neurons)}" if bias else "")
                + f" = {show(answer[0])}"
            ),
            "A filter has a weight for each cell of its window in every channel, "
            "and serves all positions; the size of the image does not matter:",
            Math(
                f"{filters}·{kernel}·{kernel}·{depth}"
                + (f" + {filters}" if bias else "")
                + f" = {show(answer[1])}"
            ),
            table(("layer", what), [(rows[0], answer[0]), (rows[1], answer[1])]),
        ),
        figure=Volumes(
            (
                Volume(height, width, depth, "image"),
                Volume(kernel, kernel, depth, "one filter"),
            ),
            (f"{filters} filters",),
        ),
    )
