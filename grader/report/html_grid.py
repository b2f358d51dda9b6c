"""A plane of numbers as a table: rows and columns numbered, some cells marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from grader.report.html_nodes import node, unseen

if TYPE_CHECKING:
    from grader.picture import Plane
    from grader.report.html_nodes import Node

Marks = Literal["differs", "wanted", "window", ""]
"""What the marked cells are: wrong values, the right ones there, a window's cells."""

WIDE = 260
"""Pixels that the narrowest phone has for a table: a wider one scrolls."""

_SAID = {"differs": "wrong", "wanted": "wanted", "window": "in the window"}


def table(
    plane: Plane,
    title: str,
    marks: Marks = "",
    *,
    label: str | None = None,
    numbered: bool = True,
) -> Node:
    """Return a plane as a table.

    Parameters
    ----------
    plane : Plane
        The numbers.
    title : str
        What they are.
    marks : {"differs", "wanted", "window", ""}
        What its marked cells are.
    label : str, optional
        What to add to the title, instead of the plane's label.
    numbered : bool
        Whether rows and columns carry their index.
    """
    label = plane.label if label is None else label
    name = f"{title}, {label}" if label else title
    # A long caption would stretch a small table: those who see read it above.
    shown = node("p", node("b", title), aria_hidden="true", class_="title")
    if label:
        shown.append(node("span", f" · {label}"))
    made = node("table", node("caption", unseen(name)), class_="grid")
    if numbered:
        columns = range(plane.left, plane.left + len(plane.cells[0]))
        heads = (_head(column, "col", 0 <= column < plane.width) for column in columns)
        made.append(node("thead", node("tr", node("td", class_="corner"), *heads)))
    made.append(node("tbody", *_rows(plane, marks, numbered=numbered)))
    left_out = plane.left_out
    note = None
    if left_out:
        cells = "cell is" if left_out == 1 else "cells are"
        note = node("p", f"{left_out} more {cells} not shown", class_="more")
    return node("div", shown, _scroll(made, plane, name), note)


def _scroll(made: Node, plane: Plane, name: str) -> Node:
    """Return the table in a box; one that scrolls can be reached by keyboard."""
    widest = max(sum(max(31, 11 + 9 * len(cell)) for cell in r) for r in plane.cells)
    if widest + 30 <= WIDE:
        return node("div", made, class_="scroll")
    return node(
        "div", made, class_="scroll", role="region", tabindex="0", aria_label=name
    )


def _rows(plane: Plane, marks: Marks, *, numbered: bool) -> list[Node]:
    marked = set(plane.marked)
    rows = []
    for i, line in enumerate(plane.cells, plane.top):
        cells = [
            _cell(plane, (i, j), text, marked, marks)
            for j, text in enumerate(line, plane.left)
        ]
        head = [_head(i, "row", 0 <= i < plane.height)] if numbered else []
        rows.append(node("tr", *head, *cells))
    return rows


def _head(index: int, scope: str, inside: bool) -> Node:
    """Return the number of a row or column; the border has none."""
    if inside:
        return node("th", f"{index}", scope=scope)
    return node("th", unseen("border"), scope=scope)


def _cell(
    plane: Plane,
    at: tuple[int, int],
    text: str,
    marked: set[tuple[int, int]],
    marks: Marks,
) -> Node:
    classes, said = [], ""
    row, column = at
    if not (0 <= row < plane.height and 0 <= column < plane.width):
        classes.append("border")
    if marks and at in marked:
        classes.append(marks)
        said = _SAID[marks]
        if marks == "window":
            sides = {"t": (-1, 0), "r": (0, 1), "b": (1, 0), "l": (0, -1)}
            classes += [
                f"edge-{side}"
                for side, (down, right) in sides.items()
                if (row + down, column + right) not in marked
            ]
    if marks and at == plane.focus:
        classes.append("first")
        said = f"this cell, {said}" if said else "this cell"
    made = node("td", text, class_=" ".join(classes)) if classes else node("td", text)
    if said:
        made.append(unseen(f" ({said})"))
    return made
