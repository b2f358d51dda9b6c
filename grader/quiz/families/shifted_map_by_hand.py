"""Equivariance in numbers: the map of a shifted image, without the kernel."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import blank_grid, grid
from grader.quiz.families._arrays import correlate, flat
from grader.quiz.family import Draft, family, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.draw import Draw
    from grader.quiz.families._arrays import Cells


class Case(NamedTuple):
    """The sizes of the image and the kernel, the stride, and the shift."""

    height: int
    width: int
    tall: int
    wide: int
    stride: int
    down: int
    right: int


def cases(level: int) -> Iterator[Case]:
    """Yield every shift of a level."""
    if level == 1:
        for wide, right in product((2, 3), (-2, -1, 1, 2, 3)):
            yield Case(1, 9, 1, wide, 1, 0, right)
    elif level == 2:
        for wide, right in product((2, 3), (-4, -2, 2, 4)):
            yield Case(1, 13, 1, wide, 2, 0, right)
    else:
        for down, right in product((-1, 0, 1), (-1, 0, 1)):
            if down != 0 or right != 0:
                yield Case(5, 5, 2, 2, 1, down, right)


@family(
    title="The map of a shifted image",
    type="cloze",
    concept="why convolutions",
    levels=("stride 1", "stride 2", "in two dimensions"),
    cases=cases,
)
def shifted_map_by_hand(case: Case, draw: Draw) -> Draft | None:
    """Find the map of a shifted image from the map alone."""
    height, width, tall, wide, stride, down, right = case
    thing = draw.grid(tall, 2, 1, 9)
    kernel = draw.grid(tall, wide, -2, 3)
    # So far from the border that every window which sees a part of it exists: the map
    # then says all about the kernel that the new map needs.
    rows = range(tall - 1, height - 2 * tall + 2)
    columns = range(wide - 1, width - wide)
    corner = (draw.choice(rows), draw.choice(columns))
    moved = (corner[0] + down, corner[1] + right)
    if moved[0] not in rows or moved[1] not in columns:
        return None
    before = correlate(_placed(thing, corner, height, width), kernel, stride)
    after = correlate(_placed(thing, moved, height, width), kernel, stride)
    steps = (down // stride, right // stride)
    if _count(before) < 2:
        return None
    way = " and ".join(
        words
        for words in (_cells(down, "down", "up"), _cells(right, "right", "left"))
        if words
    )
    far = _cells(steps[1], "right", "left")
    how = (
        f"With stride {stride}, a step of one cell in the map is a step of {stride} "
        f"cells in the image, so the map shifts by {far}."
        if stride > 1
        else f"So the map shifts {way}."
    )
    return Draft(
        prompt=(
            f"A convolution with some kernel (stride {stride}, no padding) makes this "
            f"map of this image. Then the image is shifted {way}; only zeros come in "
            "and go out. Fill in the new map. You do not need the kernel.",
            grid(_placed(thing, corner, height, width), "image"),
            grid(before, "map"),
            blank_grid(len(after), len(after[0]), "new map"),
        ),
        answer=flat(after),
        wrong=(
            wrong("equivariance-taken-as-invariance", flat(before)),
            wrong(
                "shift-in-opposite-direction",
                flat(_shifted(before, -steps[0], -steps[1])),
            ),
            wrong("shift-not-divided-by-stride", flat(_shifted(before, down, right))),
            wrong(
                "connected-row-and-column-exchanged",
                flat(_shifted(before, steps[1], steps[0]))
                if height > 1
                else flat(before),
            ),
        ),
        solution=(
            "The same weights are used at every position, so each number of the map "
            f"moves along with what caused it. {how}",
            grid(after, "new map"),
        ),
    )


def _placed(thing: Cells, corner: tuple[int, int], height: int, width: int) -> Cells:
    """Return an image of zeros with `thing` at `corner`."""
    top, left = corner
    return tuple(
        tuple(
            thing[r - top][c - left]
            if 0 <= r - top < len(thing) and 0 <= c - left < len(thing[0])
            else 0
            for c in range(width)
        )
        for r in range(height)
    )


def _shifted(cells: Cells, down: int, right: int) -> Cells:
    """Return `cells` shifted, with zeros where nothing comes from."""
    height, width = len(cells), len(cells[0])
    return tuple(
        tuple(
            cells[r - down][c - right]
            if 0 <= r - down < height and 0 <= c - right < width
            else 0
            for c in range(width)
        )
        for r in range(height)
    )


def _count(cells: Cells) -> int:
    return sum(number != 0 for number in flat(cells))


def _cells(amount: int, forward: str, backward: str) -> str:
    if amount == 0:
        return ""
    way = forward if amount > 0 else backward
    unit = "cell" if abs(amount) == 1 else "cells"
    return (
        f"{abs(amount)} {unit} {f'to the {way}' if way in ('left', 'right') else way}"
    )
