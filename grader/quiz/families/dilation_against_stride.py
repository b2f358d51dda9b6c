"""What tells a dilated convolution from one with a stride."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math, Window, grid, text
from grader.quiz.families._arrays import listed
from grader.quiz.families._layers import positions, positions_formula
from grader.quiz.family import Draft, family, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator


class Case(NamedTuple):
    """Two layers on one row of cells: one with a stride, one with a dilation."""

    size: int
    kernel: int
    step: int
    output: int


def cases(level: int) -> Iterator[Case]:
    """Yield every pair of layers of a level, and the outputs that are compared."""
    kernels, steps = ((3,), (2,)) if level == 1 else ((2, 3, 4), (2, 3))
    for size, kernel, step in product(range(7, 19), kernels, steps):
        shared = min(positions(size, kernel, step), size - step * (kernel - 1))
        for output in (3, 4) if level == 3 else (2, 3)[: 3 - level]:
            if output <= shared:
                yield Case(size, kernel, step, output)


@family(
    title="Dilation against stride",
    type="multiple",
    concept="variants of convolution",
    levels=("3 weights, step 2", "2 to 4 weights, step 2 or 3", "a later output"),
    cases=cases,
)
def dilation_against_stride(case: Case) -> Draft:
    """Tell what a stride does from what a dilation does."""
    size, kernel, step, output = case
    first = output - 1
    covered = step * (kernel - 1) + 1
    strided = tuple(range(first * step + 1, first * step + kernel + 1))
    dilated = tuple(range(first + 1, first + covered + 1, step))
    wider = tuple(range(first + 1, first + kernel * (step + 1), step + 1))
    many, few = size - covered + 1, positions(size, kernel, step)

    def reads(layer: str, cells: tuple[int, ...]) -> str:
        return f"Output {output} of {layer} reads the cells {listed(cells)}"

    def outputs(layer: str, count: int) -> str:
        return f"{layer} has {count} outputs"

    rights = (
        reads("S", strided),
        reads("D", dilated),
        outputs("S", few),
        f"Both layers have {kernel} weights",
        outputs("D", many),
    )
    # Which statements are offered changes from case to case, so that nobody learns
    # a pattern.
    turn = (size + kernel + step + output) % 3
    answer = {0: rights[1:4], 1: (rights[0], *rights[3:]), 2: rights[:2]}[turn]
    wrongs = (
        wrong("stride-taken-as-dilation", reads("S", dilated)),
        wrong("dilation-taken-as-stride", reads("D", strided)),
        wrong("dilation-off-by-one", reads("D", wider)),
        wrong("dilation-gaps-have-weights", f"D has {covered} weights"),
        wrong("dilation-missing-from-shape", outputs("D", size - kernel + 1)),
        wrong("stride-ignored", outputs("S", size - kernel + 1)),
        wrong(
            "dilation-size-multiplied",
            f"The kernel of D covers {step * kernel} cells from its first weight to "
            "its last",
        ),
    )
    chosen = {0: (0, 2, 3), 1: (1, 4, 5), 2: (0, 1, 3, 6)}[turn]
    return Draft(
        prompt=(
            f"Two layers read the same row of {size} cells, numbered from 1, without "
            f"padding. Each has one kernel with {kernel} weights. S moves it with "
            f"stride {step}. D gives it dilation {step} and moves it with stride 1. "
            f"Outputs are counted from 1; look at output {output}. Which statements "
            "are true?",
            grid([tuple(range(1, size + 1))], "cells"),
        ),
        answer=answer,
        wrong=tuple(
            wrongs[index] for index in chosen if index != 2 or wider[-1] <= size
        ),
        solution=(
            f"Stride moves the window: output {output} of S starts {first}·{step} = "
            f"{first * step} cells after the first one, and reads {kernel} "
            "neighbours. Dilation spreads the weights inside the window: output "
            f"{output} of D starts {first} {'cell' if first == 1 else 'cells'} after "
            f"the first one and reads every {_nth(step)} cell.",
            grid(
                [tuple(range(1, size + 1))],
                f"output {output} of S",
                (Window(0, strided[0] - 1, 1, kernel),),
            ),
            grid(
                [tuple(range(1, size + 1))],
                f"output {output} of D",
                tuple(Window(0, cell - 1, tone="second") for cell in dilated),
            ),
            text(
                "S has ",
                Math(positions_formula(size, kernel, step)),
                " outputs. The kernel of D covers ",
                Math(f"{step}·({kernel} - 1) + 1 = {covered}"),
                " cells, so D has ",
                Math(f"{size} - {covered} + 1 = {many}"),
                " outputs. The gaps hold no weights.",
            ),
            f"True: {'; '.join(answer)}.",
        ),
    )


def _nth(step: int) -> str:
    return {2: "second", 3: "third"}[step]
