"""Where the gradient goes through average pooling, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math, Window, blank_grid, grid
from grader.quiz.families._arrays import flat
from grader.quiz.families._pooling_gradient import received, to_cell
from grader.quiz.family import Draft, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.draw import Draw
    from grader.quiz.families._arrays import Cells, Number
    from grader.quiz.families._pooling_gradient import Rule


class Case(NamedTuple):
    """The sizes; the window is 2 × 2. Gradients are multiples of `unit`."""

    height: int
    width: int
    stride: int
    unit: int


def cases(level: int) -> Iterator[Case]:
    """Yield the sizes of a level."""
    if level == 1:
        yield from (Case(2, 4, 2, 4), Case(4, 2, 2, 4), Case(4, 4, 2, 4))
    else:
        unit = 4 if level == 2 else 1
        for height, width in ((2, 3), (3, 2), (3, 3)):
            yield Case(height, width, 1, unit)


@family(
    title="The gradient of average pooling by hand",
    type="cloze",
    concept="gradients",
    levels=("windows side by side", "overlapping windows", "quarters and signs"),
    cases=cases,
)
def average_pooling_gradient_by_hand(case: Case, draw: Draw) -> Draft | None:
    """Share the gradient among the cells of each window of average pooling."""
    height, width, stride, unit = case
    image = draw.grid(height, width, 0, 9)
    rows, columns = (height - 2) // stride + 1, (width - 2) // stride + 1
    steps = draw.grid(rows, columns, -6 if unit == 1 else 1, 6)
    incoming = tuple(tuple(unit * n for n in line) for line in steps)
    if len(set(flat(incoming))) == 1 or 0 in flat(incoming):
        return None

    def shared(rule: Rule) -> tuple[Number, ...]:
        return flat(_added(image, incoming, stride, rule))

    answer = _added(image, incoming, stride, _equally)
    visits = flat(_added(image, ((1,) * columns,) * rows, stride, _wholly))
    first = incoming[0][0]
    return Draft(
        prompt=(
            f"A map went through average pooling with a 2 × 2 window and stride "
            f"{stride}. Going back, each output receives the gradient shown. What "
            "gradient does each cell of the map receive?",
            grid(image, "map"),
            grid(incoming, "incoming gradient"),
            blank_grid(height, width, "gradient of the map"),
        ),
        answer=flat(answer),
        wrong=(
            wrong("average-pool-gradient-not-divided", shared(_wholly)),
            wrong(
                "average-pool-gradient-assigned",
                _last(height, width, incoming, stride),
            ),
            wrong(
                "average-pool-gradient-divided-by-side",
                shared(lambda _, gradient: (gradient / 2,) * 4),
            ),
            wrong("average-pool-gradient-to-winner", shared(_winner)),
            wrong(
                "average-pool-gradient-to-one-cell",
                shared(lambda _, gradient: (gradient / 4, 0, 0, 0)),
            ),
            wrong(
                "average-pool-gradient-divided-by-visits",
                tuple(
                    _plain(amount / count)
                    for amount, count in zip(flat(answer), visits, strict=True)
                ),
            ),
        ),
        solution=(
            "Each of the 4 cells of a window made up a quarter of its mean, so each "
            "receives a quarter of its gradient, whatever the cells hold. The first "
            "window:",
            grid(image, "map", (Window(0, 0, 2, 2),)),
            Math(f"{first}/4 = {show(first / 4)}"),
            *(
                ("A cell of several windows adds up what it receives from each:",)
                if stride == 1
                else ("The windows do not overlap, so each cell is served once:",)
            ),
            grid(answer, "gradient of the map"),
        ),
    )


def _equally(_: tuple[Number, ...], gradient: Number) -> tuple[Number, ...]:
    return (gradient / 4,) * 4


def _wholly(_: tuple[Number, ...], gradient: Number) -> tuple[Number, ...]:
    return (gradient,) * 4


def _winner(cells: tuple[Number, ...], gradient: Number) -> tuple[Number, ...]:
    return to_cell(cells.index(max(cells)), gradient)


def _added(image: Cells, incoming: Cells, stride: int, rule: Rule) -> Cells:
    """Add what each window gives its cells."""
    whole = received(image, incoming, stride, rule)
    return tuple(tuple(map(_plain, line)) for line in whole)


def _last(height: int, width: int, incoming: Cells, stride: int) -> tuple[Number, ...]:
    """Let the last window that a cell lies in replace what earlier ones gave it."""
    return tuple(
        _plain(
            incoming[min(row // stride, len(incoming) - 1)][
                min(column // stride, len(incoming[0]) - 1)
            ]
            / 4
        )
        for row in range(height)
        for column in range(width)
    )


def _plain(amount: float) -> Number:
    """Return a whole number as an integer."""
    return int(amount) if amount == int(amount) else amount
