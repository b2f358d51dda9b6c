"""Whether max pooling is differentiable, at one window of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import grid
from grader.quiz.family import Draft, family, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator


class Case(NamedTuple):
    """A 2 × 2 window in reading order."""

    a: int
    b: int
    c: int
    d: int


def cases(level: int) -> Iterator[Case]:
    """Yield windows whose runner-up is far from the largest, next to it, or equal."""
    gaps = {1: (3, 4, 5), 2: (1,), 3: (0,)}[level]
    for largest in range(4, 10):
        for gap in gaps:
            second = largest - gap
            for third in range(second):
                fourth = second - third - 1
                # Opposite winners look alike after half a turn.
                for turn in range(4 if gap else 2):
                    cells = (largest, third, second, fourth)
                    if fourth < second and third < second:
                        yield Case(*cells[turn:], *cells[:turn])


@family(
    title="Is max pooling differentiable?",
    type="single",
    concept="gradients",
    levels=("a clear winner", "a close runner-up", "two winners"),
    cases=cases,
)
def max_pooling_derivative(case: Case) -> Draft:
    """Say what the derivative of max pooling is at one window."""
    cells = tuple(case)
    largest = max(cells)
    tie = cells.count(largest) > 1
    lone = f"the cell with {largest}"
    pair = f"both cells with {largest}"
    answer = (
        f"None exists at such a tie; by convention the first cell with {largest} in "
        "reading order gets 1 and the others 0"
        if tie
        else f"1 for {lone} and 0 for the others"
    )
    wrongs = [
        wrong(
            "max-pool-not-differentiable",
            "None exists anywhere, so no gradient can pass a max pooling layer",
        ),
        wrong("max-pool-gradient-spread-evenly", "1/4 for each of the four cells"),
        wrong("max-pool-gradient-to-every-cell", "1 for each of the four cells"),
        wrong("max-pool-gradient-zero-everywhere", "0 for each of the four cells"),
    ]
    if tie:
        wrongs += [
            wrong("max-pool-gradient-to-all-ties", f"1 for {pair}, by convention"),
            wrong(
                "max-pool-gradient-split-among-ties",
                f"It exists: 1/2 for {pair} and 0 for the others",
            ),
        ]
        why = (
            f"Two cells hold {largest}. Raising either raises the maximum, lowering it "
            "changes nothing: no derivative exists there. Such points are rare, and a "
            "fixed choice is made so that training goes on."
        )
    else:
        wrongs += [
            wrong(
                "max-pool-gradient-times-input",
                f"{largest} for {lone} and 0 for the others",
            ),
            wrong(
                "max-pool-gradient-to-minimum",
                f"1 for the cell with {min(cells)} and 0 for the others",
            ),
        ]
        why = (
            f"A small change of {lone} changes the output just as much; small changes "
            "of the others change nothing. So it is differentiable here, as everywhere "
            "but at ties."
        )
    return Draft(
        prompt=(
            "Max pooling looks at this 2 × 2 window. What is the derivative of its "
            "output with respect to each of the four cells?",
            grid((cells[:2], cells[2:]), "window"),
        ),
        answer=answer,
        wrong=tuple(wrongs),
        solution=(why, f"{answer}."),
    )
