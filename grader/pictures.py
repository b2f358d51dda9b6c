"""Draw what a failed public check looks like, from its call and the two answers.

This is the judge's side: it sees arrays, and leaves texts. It is imported only once
there is something to draw. Hidden checks are never drawn.
"""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.checks.check import number
from grader.checks.compare import wrong_cells
from grader.checks.observed import binder
from grader.checks.working import planes_of
from grader.picture import Grid, Picture, Plane, Product
from grader.reply import Returned

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.checks.compare import Mismatch
    from grader.checks.diagnose import Evidence
    from grader.checks.suite import ExerciseSuite
    from grader.checks.working import Place, Working

Array = np.ndarray[Any, Any]
Axes = tuple[str, ...]

MAX_PLANES = 4
MAX_SIDES = (14, 12)
"""The most rows and columns that are shown whole."""

NEAR = (7, 8)
"""How many rows and columns are shown of more: those near the first wrong cell."""


def draw(
    suite: ExerciseSuite, evidence: Evidence, working: Working | None
) -> Picture | None:
    """Return the picture of one failing call, or None where words say it all.

    Parameters
    ----------
    suite : ExerciseSuite
        The exercise.
    evidence : Evidence
        The failing call of a public check, and its answer.
    working : Working, optional
        The first wrong cell worked out.
    """
    call, mismatch = evidence.case.call, evidence.mismatch
    if mismatch is None or mismatch.rung not in ("shape", "finite", "value"):
        return None
    answers = _answers(suite, evidence, mismatch)
    if answers is None:
        return None
    name, right, mine = answers
    axes = suite.axes(call.function)
    leading = axes.get(name, ())[:-2]
    if right.shape != mine.shape or mismatch.index is None:
        return Picture(
            expected=_some(name, right, leading), got=_some(name, mine, leading)
        )
    with np.errstate(invalid="ignore"):  # infinities are wrong, and no news here
        wrong = wrong_cells(
            right.astype(np.float64), mine.astype(np.float64), call.tolerance
        )
    expected, got = _both(name, right, mine, wrong, mismatch.index, leading)
    cell = mismatch.index
    picture = Picture(
        expected=expected,
        got=got,
        cell=f"{name}[{', '.join(map(str, cell))}]",
        right=_told_apart(right[cell], mine[cell])[0],
    )
    if working is None:
        return picture
    arguments = binder(suite, call.function)(call)
    return _worked(picture, working, arguments, axes)


def _answers(
    suite: ExerciseSuite, evidence: Evidence, mismatch: Mismatch
) -> tuple[str, Array, Array] | None:
    """Return the compared arrays and their name; None where one is no array."""
    expected = suite.expected(evidence.case)
    if not isinstance(expected, Returned) or not isinstance(evidence.reply, Returned):
        return None
    right: Any = expected.value
    mine: Any = evidence.reply.value
    name = "out"
    if mismatch.part is not None:
        part = evidence.case.call.part
        name = f"out[{mismatch.part}]" if part is None else part[1]
        right, mine = right[mismatch.part], mine[mismatch.part]
    for value in (right, mine):
        if not isinstance(value, np.ndarray) or value.ndim == 0:
            return None
    return name, right, mine


def _some(name: str, array: Array, leading: Axes) -> Grid:
    """Return the first planes of an array, from their first cell on."""
    if not array.size:
        return Grid(name, array.shape)
    sheet = np.atleast_2d(array)
    places = islice(np.ndindex(*sheet.shape[:-2]), MAX_PLANES)
    planes = (_plane(sheet[at], _label(at, leading)) for at in places)
    return Grid(name, array.shape, tuple(planes))


def _both(
    name: str, right: Array, mine: Array, wrong: Array, cell: Sequence[int], names: Axes
) -> tuple[Grid, Grid]:
    """Return the same planes of two arrays of one shape, wrong cells marked."""
    one, other, marks = map(np.atleast_2d, (right, mine, wrong))
    *lead, row, column = (0, *cell) if right.ndim == 1 else cell
    expected: list[Plane] = []
    got: list[Plane] = []
    for at in _chosen(marks):
        label, focus = _label(at, names), None
        if at == tuple(lead):
            focus = (row, column)
        wrong_here = [(int(i), int(j)) for i, j in np.argwhere(marks[at])]
        rows, columns = _view(marks[at].shape, focus or (*wrong_here, (0, 0))[0])
        marked = tuple((i, j) for i, j in wrong_here if i in rows and j in columns)
        pairs = [
            [
                _told_apart(one[at][i, j], other[at][i, j])
                if marks[at][i, j]
                else (number(one[at][i, j]), number(other[at][i, j]))
                for j in columns
            ]
            for i in rows
        ]
        for side, planes in enumerate((expected, got)):
            planes.append(
                Plane(
                    tuple(tuple(pair[side] for pair in line) for line in pairs),
                    label=label,
                    top=rows.start,
                    left=columns.start,
                    height=marks[at].shape[0],
                    width=marks[at].shape[1],
                    marked=marked,
                    focus=focus,
                )
            )
    return (
        Grid(name, right.shape, tuple(expected)),
        Grid(name, mine.shape, tuple(got)),
    )


def _chosen(marks: Array) -> list[tuple[int, ...]]:
    """Return which planes to show: those with wrong cells before others, in order."""
    with_wrong = marks.any(axis=(-2, -1))
    ranked = [
        tuple(map(int, at))
        for found in (with_wrong, ~with_wrong)
        for at in islice(np.argwhere(found), MAX_PLANES)
    ]
    return sorted(ranked[:MAX_PLANES])


def _view(shape: Sequence[int], focus: tuple[int, int]) -> tuple[range, range]:
    """Return the rows and columns to show, with the focus well inside."""
    found = []
    for size, most, near, at in zip(shape, MAX_SIDES, NEAR, focus, strict=True):
        start = max(min(at - near // 2, size - near), 0)
        found.append(range(size) if size <= most else range(start, start + near))
    return found[0], found[1]


def _plane(sheet: Array, label: str = "") -> Plane:
    """Return a plane from its first cell on."""
    rows, columns = _view(sheet.shape, (0, 0))
    cells = tuple(tuple(number(sheet[i, j]) for j in columns) for i in rows)
    height, width = sheet.shape
    return Plane(cells, label, height=height, width=width)


def _told_apart(right: Any, mine: Any) -> tuple[str, str]:
    """Return two numbers as texts that differ, as the numbers do."""
    texts = number(right), number(mine)
    if texts[0] == texts[1]:
        texts = repr(float(right)), repr(float(mine))
    return texts


def _label(at: Sequence[int], names: Axes) -> str:
    """Say which plane it is: ``n = 0, k = 1`` where the axes have plain names."""
    if len(names) != len(at) or not all(map(str.isidentifier, names)):
        return f"[{', '.join(map(str, at))}]" if at else ""
    return ", ".join(
        f"{name.lower()} = {index}" for name, index in zip(names, at, strict=True)
    )


# --- the first wrong cell, worked out


def _worked(
    picture: Picture,
    working: Working,
    arguments: Mapping[str, Any],
    axes: Mapping[str, Axes],
) -> Picture:
    products = _products(working, axes)
    inputs = [
        _under(place, arguments[place.argument], axes.get(place.argument, ())[:-2])
        for place in working.places
    ]
    return picture._replace(
        inputs=tuple(inputs),
        products=tuple(products[:MAX_PLANES]),
        products_left_out=max(len(products) - MAX_PLANES, 0),
        by=working.by if working.factors is not None else "",
        source=working.source,
        result=working.result,
        shares=working.shares,
    )


def _products(working: Working, axes: Mapping[str, Axes]) -> list[Product]:
    windows = planes_of(np.asarray(working.window))
    labels = [""] * len(windows)
    if working.places:
        place = working.places[0]
        names = axes.get(place.argument, ())[:-2]
        places = list(product(*place.lead))
        if len(places) == len(windows):
            labels = [_label(at, names) for at in places]
    if working.factors is None:
        return [
            Product(_plane(window, label))
            for window, label in zip(windows, labels, strict=True)
        ]
    factors = planes_of(np.asarray(working.factors))
    return [
        Product(_plane(window, label), _plane(by), _plane(window * by))
        for window, by, label in zip(windows, factors, labels, strict=True)
    ]


def _under(place: Place, argument: Array, names: Axes) -> Grid:
    """Return the planes of an argument with the cells of a place marked."""
    sheet = np.atleast_2d(argument)
    border = place.border
    height, width = sheet.shape[-2:]
    row, column = (
        at[len(at) // 2] + border if at else 0 for at in (place.rows, place.columns)
    )
    rows, columns = _view((height + 2 * border, width + 2 * border), (row, column))
    rows = range(rows.start - border, rows.stop - border)
    columns = range(columns.start - border, columns.stop - border)
    marked = tuple(
        (i, j) for i in place.rows for j in place.columns if i in rows and j in columns
    )
    planes = [
        Plane(
            tuple(tuple(_cell(sheet[at], i, j) for j in columns) for i in rows),
            label=_label(at, names),
            top=rows.start,
            left=columns.start,
            height=height,
            width=width,
            marked=marked,
            focus=place.focus,
        )
        for at in islice(product(*place.lead), MAX_PLANES)
    ]
    return Grid(place.argument, argument.shape, tuple(planes))


def _cell(plane: Array, row: int, column: int) -> str:
    """Return a cell of a plane; a zero where the border lies."""
    height, width = plane.shape
    if 0 <= row < height and 0 <= column < width:
        return number(plane[row, column])
    return "0"
