"""Equivariance: where a feature goes when the image is shifted."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.family import Draft, family, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator


class Case(NamedTuple):
    """The place of the largest value of a map, and how the image is shifted."""

    row: int
    column: int
    down: int
    right: int
    stride: int


def cases(level: int) -> Iterator[Case]:
    """Yield every shift of a level; the feature stays inside the map."""
    places = product(range(3, 9), range(3, 9))
    for row, column in places:
        if level == 1:
            for right in (-2, -1, 1, 2, 3):
                yield Case(row, column, 0, right, 1)
        elif level == 2:
            for down, right in product((-2, -1, 1, 3), (-2, 2, 3)):
                yield Case(row, column, down, right, 1)
        else:
            for stride, down, right in product((2, 3), (-2, -1, 1, 2), (-1, 1, 2)):
                yield Case(row, column, down * stride, right * stride, stride)


@family(
    title="Shift in, shift out",
    type="single",
    concept="why convolutions",
    levels=("along one axis", "along both axes", "with a stride"),
    cases=cases,
)
def shift_in_shift_out(case: Case) -> Draft:
    """Where a feature goes when the image is shifted."""
    row, column, down, right, stride = case
    steps = (down // stride, right // stride)
    new = (row + steps[0], column + steps[1])
    moved = " and ".join(
        part
        for part in (
            _cells(down, "down", "up"),
            _cells(right, "to the right", "to the left"),
        )
        if part
    )
    divided = f" divided by the stride {stride}" if stride > 1 else ""
    return Draft(
        prompt=(
            f"A convolution with stride {stride} has its largest output in row {row}, "
            f"column {column} of the map. The image is then shifted by {moved}; the "
            "feature stays well inside the image, and the same filter is used. Where "
            "is the largest output now?",
        ),
        answer=_place(*new),
        wrong=(
            wrong("equivariance-taken-as-invariance", _place(row, column)),
            wrong(
                "shift-in-opposite-direction",
                _place(row - steps[0], column - steps[1]),
            ),
            wrong("shift-not-divided-by-stride", _place(row + down, column + right)),
            wrong(
                "connected-row-and-column-exchanged",
                _place(row + steps[1], column + steps[0]),
            ),
            wrong("shift-lost-in-convolution", "nobody can tell from this"),
        ),
        solution=(
            "The same filter looks everywhere, so it finds the same values where the "
            f"feature has gone: the map shifts with the image{divided}.",
            f"Rows: {row} {_signed(steps[0])}, columns: {column} {_signed(steps[1])}. "
            f"The largest output is now in {_place(*new)}.",
        ),
    )


def _place(row: int, column: int) -> str:
    return f"row {row}, column {column}"


def _cells(amount: int, forward: str, backward: str) -> str:
    if amount == 0:
        return ""
    unit = "cell" if abs(amount) == 1 else "cells"
    return f"{abs(amount)} {unit} {forward if amount > 0 else backward}"


def _signed(step: int) -> str:
    return f"- {-step}" if step < 0 else f"+ {step}"
