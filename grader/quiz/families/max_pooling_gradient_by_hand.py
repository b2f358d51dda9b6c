"""Where the gradient goes through max pooling, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Window, blank_grid, grid
from grader.quiz.families._arrays import flat, window
from grader.quiz.families._pooling_gradient import received, to_cell
from grader.quiz.family import Draft, family, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.draw import Draw
    from grader.quiz.families._arrays import Cells, Number
    from grader.quiz.families._pooling_gradient import Rule


class Case(NamedTuple):
    """The sizes; the window is 2 × 2. `most` is the map's largest number."""

    height: int
    width: int
    stride: int
    most: int
    ties: bool


def cases(level: int) -> Iterator[Case]:
    """Yield the sizes of a level."""
    if level == 1:
        for height, width in ((2, 4), (4, 2), (4, 4), (2, 6)):
            yield Case(height, width, 2, 9, ties=False)
    else:
        most = 9 if level == 2 else 4
        for height, width in ((3, 3), (2, 4), (4, 3) if level == 3 else (3, 4)):
            yield Case(height, width, 1, most, ties=level == 3)


@family(
    title="The gradient of max pooling by hand",
    type="cloze",
    concept="gradients",
    levels=("windows side by side", "overlapping windows", "overlap and ties"),
    cases=cases,
)
def max_pooling_gradient_by_hand(case: Case, draw: Draw) -> Draft | None:
    """Route the gradient through max pooling, cell by cell."""
    height, width, stride, most, ties = case
    image = draw.grid(height, width, 0, most)
    rows, columns = (height - 2) // stride + 1, (width - 2) // stride + 1
    incoming = draw.grid(rows, columns, 1, 5)
    windows = [
        flat(window(image, top * stride, left * stride, 2, 2))
        for top in range(rows)
        for left in range(columns)
    ]
    if ties != any(cells.count(max(cells)) > 1 for cells in windows):
        return None

    def routed(rule: Rule) -> tuple[Number, ...]:
        return flat(_routed(image, incoming, stride, rule))

    answer = _routed(image, incoming, stride, _first)
    return Draft(
        prompt=(
            f"A map went through max pooling with a 2 × 2 window and stride {stride}. "
            "Going back, each output receives the gradient shown. What gradient does "
            "each cell of the map receive? (Of equal largest cells, the first in "
            "reading order wins.)",
            grid(image, "map"),
            grid(incoming, "incoming gradient"),
            blank_grid(height, width, "gradient of the map"),
        ),
        answer=flat(answer),
        wrong=(
            wrong("max-pool-gradient-to-all-ties", routed(_every_tie)),
            wrong("max-pool-gradient-to-last-tie", routed(_last)),
            wrong("max-pool-gradient-split-among-ties", routed(_split)),
            wrong("max-pool-gradient-assigned", _assigned(image, incoming, stride)),
            wrong(
                "max-pool-gradient-without-incoming",
                routed(lambda cells, _: _first(cells, 1)),
            ),
            wrong("max-pool-gradient-spread-evenly", routed(lambda _, g: (g / 4,) * 4)),
            wrong("max-pool-gradient-to-every-cell", routed(lambda _, g: (g,) * 4)),
            wrong("max-pool-gradient-to-first-cell", routed(lambda _, g: (g, 0, 0, 0))),
            wrong("max-pool-gradient-to-minimum", routed(_smallest)),
            wrong("max-pool-gradient-zero-everywhere", (0,) * (height * width)),
        ),
        solution=(
            "In every window, the whole incoming gradient goes to the cell that won:",
            *(
                f"Window {number}: {max(cells)} wins and receives {gradient}."
                for number, (cells, gradient) in enumerate(
                    zip(windows, flat(incoming), strict=True), 1
                )
            ),
            grid(image, "map", (Window(0, 0, 2, 2),)),
            "A cell that wins several windows receives the sum; all others receive 0.",
            grid(answer, "gradient of the map"),
        ),
    )


def _first(cells: tuple[Number, ...], gradient: Number) -> tuple[Number, ...]:
    return to_cell(cells.index(max(cells)), gradient)


def _last(cells: tuple[Number, ...], gradient: Number) -> tuple[Number, ...]:
    return to_cell(3 - cells[::-1].index(max(cells)), gradient)


def _smallest(cells: tuple[Number, ...], gradient: Number) -> tuple[Number, ...]:
    return to_cell(cells.index(min(cells)), gradient)


def _every_tie(cells: tuple[Number, ...], gradient: Number) -> tuple[Number, ...]:
    return tuple(gradient if cell == max(cells) else 0 for cell in cells)


def _split(cells: tuple[Number, ...], gradient: Number) -> tuple[Number, ...]:
    return _every_tie(cells, gradient / cells.count(max(cells)))


def _routed(image: Cells, incoming: Cells, stride: int, rule: Rule) -> Cells:
    """Add what each window gives its cells."""
    whole = received(image, incoming, stride, rule)
    return tuple(tuple(map(_plain, line)) for line in whole)


def _assigned(image: Cells, incoming: Cells, stride: int) -> tuple[Number, ...]:
    """Let the last window that a cell wins replace what earlier ones gave it."""
    last = [[0.0] * len(image[0]) for _ in image]
    for top, line in enumerate(incoming):
        for left, gradient in enumerate(line):
            cells = flat(window(image, top * stride, left * stride, 2, 2))
            winner = cells.index(max(cells))
            place = (top * stride + winner // 2, left * stride + winner % 2)
            last[place[0]][place[1]] = gradient
    return tuple(_plain(amount) for line in last for amount in line)


def _plain(amount: float) -> Number:
    """Return a whole number as an integer; thirds keep two digits."""
    return int(amount) if amount == int(amount) else round(amount, 2)
