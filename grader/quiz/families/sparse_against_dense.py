"""How many connections a dense layer has, and how few a convolution."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import BLANK, Math, Volume, Volumes, Window, grid, row, table
from grader.quiz.families._layers import a, positions, positions_formula
from grader.quiz.family import Draft, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.blocks import Figure


class Case(NamedTuple):
    """A window without padding on one square channel, and how many maps it makes."""

    size: int
    kernel: int
    stride: int
    filters: int


def cases(level: int) -> Iterator[Case]:
    """Yield every layer of a level."""
    for size, kernel in product(range(4, 21), (2, 3, 4, 5)):
        if kernel >= size:
            continue
        if level == 1 and size % kernel == 0:
            yield Case(size, kernel, kernel, 1)
        elif level == 2:
            yield Case(size, kernel, 1, 1)
        elif level == 3:
            for stride, filters in product((1, 2, 3), (2, 3, 4, 5, 6, 8, 10)):
                if (size - kernel) % stride == 0:
                    yield Case(size, kernel, stride, filters)


@family(
    title="Sparse against dense connections",
    type="cloze",
    concept="connectivity",
    levels=("windows side by side", "stride 1", "several maps"),
    cases=cases,
)
def sparse_against_dense(case: Case) -> Draft:
    """Count the connections of a dense layer and of a convolution."""
    size, kernel, stride, filters = case
    out = positions(size, kernel, stride)
    inputs, window = size * size, kernel * kernel
    neurons = out * out * filters
    answer = (inputs * neurons, window * neurons, window * filters)
    dense, sparse, weights = answer
    maps = "one map" if filters == 1 else f"{filters} maps"
    rows = (
        "connections, dense layer",
        "connections, convolution",
        "different weights, convolution",
    )

    def counted(outputs: int) -> tuple[int, int, int]:
        return (inputs * outputs, window * outputs, weights)

    every = positions(size, kernel)
    return Draft(
        prompt=(
            f"A convolution reads {a(size, size)} input with one channel through "
            f"{kernel} × {kernel} windows, stride {stride}, no padding, and makes "
            f"{maps}. A dense layer with as many neurons reads the same input. A "
            "connection joins one input to one neuron; biases are left aside.",
            table(("how many", "number"), [(each, BLANK) for each in rows]),
        ),
        answer=answer,
        wrong=(
            wrong("connected-to-every-input", (dense, dense, weights)),
            wrong("locality-mixed-up-with-sharing", (dense, weights, weights)),
            wrong("parameters-not-shared", (dense, sparse, sparse)),
            wrong(
                "dense-inputs-and-outputs-added", (inputs + neurons, sparse, weights)
            ),
            wrong("dense-neurons-counted", (neurons, sparse, weights)),
            wrong("sharing-across-filters", (dense, sparse, window)),
            wrong("output-depth-one", counted(out * out)),
            wrong("output-size-without-plus-one", counted((out - 1) ** 2 * filters)),
            wrong("stride-left-out-of-size", counted(every * every * filters)),
            wrong(
                "multiplications-output-not-squared",
                (inputs * out * filters, window * out * filters, weights),
            ),
            wrong(
                "parameters-kernel-not-squared",
                (dense, kernel * neurons, kernel * filters),
            ),
        ),
        solution=(
            "The window has so many positions along each axis:",
            Math(positions_formula(size, kernel, stride)),
            f"So there are {out}·{out}·{filters} = {neurons} neurons. In the dense "
            f"layer each of them reads all {size}·{size} = {inputs} inputs:",
            Math(f"{neurons}·{inputs} = {show(dense)}"),
            f"In the convolution each reads its window of {kernel}·{kernel} = "
            f"{window}:",
            Math(f"{neurons}·{window} = {show(sparse)}"),
            "All neurons of a map share the weights of one window:",
            Math(f"{filters}·{window} = {weights}"),
            table(("how many", "number"), list(zip(rows, answer, strict=True))),
        ),
        figure=_figure(case, out),
    )


def _figure(case: Case, out: int) -> Figure:
    """Return the numbered input with the first window, or boxes when it is large."""
    size, kernel, _, filters = case
    if size > 6:
        boxes = (Volume(size, size, 1, "input"), Volume("?", "?", filters, "output"))
        return Volumes(boxes, (f"windows {kernel} × {kernel}",))
    numbers = [[r * size + c + 1 for c in range(size)] for r in range(size)]
    names = [[f"h{r}{c}" for c in range(1, out + 1)] for r in range(1, out + 1)]
    return row(
        grid(numbers, "inputs", (Window(0, 0, kernel, kernel),)),
        "→",
        grid(names, "outputs (one map)", (Window(0, 0),)),
    )
