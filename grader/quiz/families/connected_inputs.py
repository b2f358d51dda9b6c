"""Which inputs one output of a convolution reads."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Grid, Row, Window, grid, row
from grader.quiz.families._arrays import listed
from grader.quiz.families._layers import positions
from grader.quiz.family import Draft, family, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.family import Wrong


class Case(NamedTuple):
    """A window on a numbered input, and the output in question, counted from 1."""

    height: int
    width: int
    kernel: int
    stride: int
    row: int
    column: int

    def number(self, row: int, column: int) -> int:
        """Return the number of an input cell whose places count from 0."""
        return row * self.width + column + 1

    def cells(
        self, top: int, left: int, height: int = 0, width: int = 0
    ) -> tuple[int, ...]:
        """Return the numbers of the cells of a window that lie inside the input."""
        places = product(
            range(max(top, 0), min(top + (height or self.kernel), self.height)),
            range(max(left, 0), min(left + (width or self.kernel), self.width)),
        )
        return tuple(self.number(*place) for place in places)


SIZES = ((4, 4), (4, 6), (6, 4), (6, 6), (5, 5), (5, 7), (7, 5), (7, 7), (4, 5), (5, 6))


def cases(level: int) -> Iterator[Case]:
    """Yield every output of every layer of a level but the first output."""
    layers = {1: ((2, 2), (2, 1)), 2: ((3, 3), (3, 1)), 3: ((3, 2), (2, 3))}[level]
    for (height, width), (kernel, stride) in product(SIZES, layers):
        rows, columns = (positions(side, kernel, stride) for side in (height, width))
        for i, j in product(range(1, rows + 1), range(1, columns + 1)):
            if (i, j) != (1, 1):
                yield Case(height, width, kernel, stride, i, j)


@family(
    title="Which inputs reach this output",
    type="multiple",
    concept="connectivity",
    levels=("2 × 2 windows", "3 × 3 windows", "windows that overlap or leave gaps"),
    cases=cases,
)
def connected_inputs(case: Case) -> Draft:
    """Find the inputs that one output of a convolution reads."""
    height, width, kernel, stride, i, j = case
    top, left = (i - 1) * stride, (j - 1) * stride
    window = case.cells(top, left)
    last = kernel - 1
    offered = {
        *(case.number(top + r, left + c) for r, c in product((0, last), (0, last))),
        case.number(top + kernel // 2, left + kernel // 2),
    }
    rows, columns = (positions(side, kernel, stride) for side in (height, width))
    numbers = [[case.number(r, c) for c in range(width)] for r in range(height)]
    outputs = [[f"h{r}{c}" for c in range(1, columns + 1)] for r in range(1, rows + 1)]
    name = f"h{i}{j}"
    return Draft(
        prompt=(
            f"The inputs of a layer are numbered row by row from 1 to "
            f"{height * width}. A {kernel} × {kernel} window slides over them with "
            f"stride {stride} and no padding; {name} is the output in row {i}, column "
            f"{j}, and h11 the first. Which of these inputs does {name} read?",
            _figure(numbers, outputs, (i - 1, j - 1), ()),
        ),
        answer=tuple(map(str, sorted(offered))),
        wrong=_wrong(case, window),
        solution=(
            f"{name} lies {i - 1} down and {j - 1} to the right of h11. "
            f"Each step is {stride} {'cell' if stride == 1 else 'cells'}, so its "
            f"window starts at input {window[0]} and is {kernel} × {kernel} cells "
            "large:",
            _figure(
                numbers,
                outputs,
                (i - 1, j - 1),
                (Window(top, left, kernel, kernel),),
            ),
            f"{name} reads the inputs {listed(window)}.",
        ),
    )


def _figure(
    numbers: list[list[int]],
    outputs: list[list[str]],
    output: tuple[int, int],
    windows: tuple[Window, ...],
) -> Row:
    inputs = grid(numbers, "inputs", windows)
    return row(
        inputs, "→", Grid(tuple(map(tuple, outputs)), "outputs", (Window(*output),))
    )


def _wrong(case: Case, window: tuple[int, ...], most: int = 5) -> tuple[Wrong, ...]:
    """Return cells outside the window, each with the belief that includes it."""
    _, _, kernel, stride, i, j = case
    top, left = (i - 1) * stride, (j - 1) * stride
    # The place of an output that looks one cell further, or over gaps, or is swapped.
    beliefs = (
        ("connected-stride-ignored", case.cells(i - 1, j - 1)),
        ("connected-row-and-column-exchanged", case.cells(left, top)),
        ("connected-window-centred", case.cells(top - kernel // 2, left - kernel // 2)),
        (
            "connected-one-cell-too-many",
            case.cells(top, left, kernel + 1, kernel + 1),
        ),
        ("connected-to-every-input", case.cells(0, 0, case.height, case.width)),
    )
    found: dict[int, str] = {}
    for name, cells in beliefs:
        fresh = [cell for cell in cells if cell not in window and cell not in found]
        room = most - len(found)
        share = room if name == "connected-to-every-input" else min(2, room)
        found.update(dict.fromkeys(fresh[:share], name))
    kept = sorted(found.items())
    return tuple(wrong(name, str(cell)) for cell, name in kept)
