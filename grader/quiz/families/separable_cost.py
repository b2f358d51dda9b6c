"""How many products a split kernel saves."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math
from grader.quiz.family import Draft, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator


class Case(NamedTuple):
    """A square kernel over a square map of the same size as the image."""

    kernel: int
    size: int
    ask: str


def cases(level: int) -> Iterator[Case]:
    """Yield every kernel and map of a level."""
    ask = {1: "cell", 2: "map", 3: "saving"}[level]
    for kernel in (3, 4, 5, 6, 7, 9, 11, 13):
        for size in (8, 10, 12, 15, 16, 20, 24, 30, 32, 40, 50, 64, 100):
            if kernel < size:
                yield Case(kernel, size, ask)


@family(
    title="Cost of a split kernel",
    type="numeric",
    concept="variants of convolution",
    levels=("one output", "a whole map", "what is saved"),
    cases=cases,
)
def separable_cost(case: Case) -> Draft:
    """How many products a split kernel takes or saves."""
    kernel, size, ask = case
    cells = 1 if ask == "cell" else size * size
    full, parts = cells * kernel * kernel, cells * 2 * kernel
    saved = full - parts
    asked = {
        "cell": "How many products does one output cell take now (one for each weight "
        "of the column and of the row)?",
        "map": "How many products does the whole map take now?",
        "saving": "How many products does that save for the whole map?",
    }[ask]
    per_cell = Math(f"{kernel} + {kernel} = {2 * kernel}")
    steps: tuple[str | Math, ...] = (
        "Each output takes one product for every weight of the column, then one for "
        "every weight of the row:",
        per_cell,
    )
    if ask != "cell":
        steps += (
            f"There are {size}·{size} = {show(cells)} cells:",
            Math(f"{show(cells)}·{2 * kernel} = {show(parts)}"),
        )
    if ask == "saving":
        steps += (
            f"The full kernel takes {show(cells)}·{kernel * kernel} = {show(full)}:",
            Math(f"{show(full)} - {show(parts)} = {show(saved)}"),
        )
    answer = saved if ask == "saving" else parts
    one = cells * kernel
    return Draft(
        prompt=(
            f"A {kernel} × {kernel} kernel is a column times a row, and is applied as "
            f"the column, then the row. The image and the map have {size} × {size} "
            f"cells (padding keeps the size). {asked}",
        ),
        answer=answer,
        wrong=(
            wrong("separable-cost-multiplied", 0 if ask == "saving" else full),
            wrong(
                "separable-second-part-missing", full - one if ask == "saving" else one
            ),
            wrong(
                "multiplications-output-not-squared",
                answer // size if ask != "cell" else answer,
            ),
        ),
        solution=steps,
    )
