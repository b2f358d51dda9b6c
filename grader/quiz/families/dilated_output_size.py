"""How many cells a dilated kernel covers, and how large its map is."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import BLANK, Grid, Math, Window, table
from grader.quiz.families._layers import a, positions, positions_formula
from grader.quiz.family import Draft, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator


class Case(NamedTuple):
    """A dilated convolution of a square image."""

    size: int
    kernel: int
    dilation: int
    stride: int
    padding: int


def cases(level: int) -> Iterator[Case]:
    """Yield every layer of a level."""
    for size, kernel, dilation in product(range(12, 100), (2, 3, 4, 5, 7), (2, 3, 4)):
        covered = dilation * (kernel - 1) + 1
        if covered >= size:
            continue
        if level == 1:
            yield Case(size, kernel, dilation, 1, 0)
        elif level == 2:
            for padding in range(1, 5):
                yield Case(size, kernel, dilation, 1, padding)
        else:
            for stride, padding in product((2, 3), (0, 1, 2, 3)):
                if stride != dilation:
                    yield Case(size, kernel, dilation, stride, padding)


@family(
    title="Size of a dilated convolution",
    type="cloze",
    concept="variants of convolution",
    levels=("no padding", "padding", "a stride as well"),
    cases=cases,
)
def dilated_output_size(case: Case) -> Draft:
    """Find how many cells a dilated kernel covers, and the size of its map."""
    size, kernel, dilation, stride, padding = case

    def filled(covered: int) -> tuple[int, int, int]:
        out = positions(size, covered, stride, padding)
        return (covered, out, kernel * kernel)

    covered = dilation * (kernel - 1) + 1
    answer = filled(covered)
    out, weights = answer[1:]
    padded = f"padding {padding} on every side" if padding else "no padding"
    header = ("of the layer", "number")
    rows = (
        "cells from the first weight to the last, along one axis",
        "height (and width) of the output",
        "weights of the kernel",
    )
    return Draft(
        prompt=(
            f"{a(size, size).capitalize()} image "
            f"with one channel passes through one {kernel} × "
            f"{kernel} kernel with dilation {dilation}, stride {stride} and {padded}.",
            table(header, [(row, BLANK) for row in rows]),
        ),
        answer=answer,
        wrong=tuple(
            (name, value, note)
            for name, value, note in (
                wrong("dilation-size-multiplied", filled(dilation * kernel)),
                wrong("dilation-size-added", filled(dilation + kernel)),
                wrong("dilation-off-by-one", filled((dilation + 1) * (kernel - 1) + 1)),
                wrong("dilation-ignored", filled(kernel)),
                wrong(
                    "dilation-missing-from-shape",
                    (covered, filled(kernel)[1], weights),
                ),
                wrong("dilation-gaps-have-weights", (covered, out, covered**2)),
                wrong("output-size-without-plus-one", (covered, out - 1, weights)),
                wrong(
                    "padding-counted-once",
                    (covered, (size + padding - covered) // stride + 1, weights),
                ),
                wrong(
                    "padding-left-out-of-size",
                    (covered, positions(size, covered, stride), weights),
                ),
                wrong(
                    "stride-left-out-of-size",
                    (covered, positions(size, covered, 1, padding), weights),
                ),
                wrong("parameters-kernel-not-squared", (covered, out, kernel)),
            )
            if isinstance(value, tuple) and all(int(n) > 0 for n in value)
        ),
        solution=(
            f"Neighbouring weights read cells that are {dilation} apart; there are "
            f"{kernel} - 1 such steps, and the first cell:",
            Math(f"{dilation}·({kernel} - 1) + 1 = {covered}"),
            *_drawing(case),
            "With that size the map is computed as always:",
            Math(positions_formula(size, covered, stride, padding)),
            f"The gaps hold no weights: {kernel}·{kernel} = {show(weights)}.",
            table(header, list(zip(rows, answer, strict=True))),
        ),
    )


def _drawing(case: Case) -> tuple[Grid, ...]:
    """Return one row of the kernel with its gaps, when it is short enough."""
    covered = case.dilation * (case.kernel - 1) + 1
    if covered > 13:
        return ()
    places = range(0, covered, case.dilation)
    cells = tuple("w" if place in places else "" for place in range(covered))
    return (
        Grid((cells,), "one row of the kernel", tuple(Window(0, p) for p in places)),
    )
