"""The picture of a wrong answer: both grids, and the first wrong cell worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.report.html_grid import table
from grader.report.html_nodes import node, unseen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.picture import Grid, Picture, Product
    from grader.report.html_grid import Marks
    from grader.report.html_nodes import Node

MOST_SHARES = 8
"""More lines than this are folded: they can be looked up, and need not be read."""


def figures(picture: Picture) -> Iterator[Node]:
    """Yield the figures of a picture, in the order in which they are read."""
    yield _answers(picture)
    if picture.result:
        yield _worked(picture)


# --- expected and yours


def _answers(picture: Picture) -> Node:
    expected, got = picture.expected, picture.got
    rows = []
    for number in range(max(len(expected.planes), len(got.planes))):
        pair = (
            _one(expected, number, "expected", "wanted"),
            _one(got, number, "yours", "differs"),
        )
        rows.append(node("div", *pair, class_="row pair"))
    return node(
        "figure",
        node("figcaption", *_told(picture)),
        *rows,
        _planes_left_out(picture),
    )


def _one(grid: Grid, number: int, title: str, marks: Marks) -> Node | None:
    if number < len(grid.planes):
        return table(grid.planes[number], title, marks)
    return None


def _told(picture: Picture) -> Iterator[Node | str]:
    if not picture.cell:
        yield "Side by side, as the shapes differ"
        yield "." if picture.got.planes else "; yours has no cell at all."
        return
    wrong = sum(len(plane.marked) for plane in picture.got.planes)
    yield (
        "The cell in the frame differs: " if wrong == 1 else "The first that differs: "
    )
    yield node("code", picture.cell)
    yield "."


def _planes_left_out(picture: Picture) -> Node | None:
    said = []
    sides = {"expected": picture.expected, "yours": picture.got}
    counts = {name: grid.planes_left_out for name, grid in sides.items() if grid.planes}
    for name, count in counts.items():
        if count:
            planes = "plane is" if count == 1 else "planes are"
            said.append(f"{name}: {count} more {planes} not shown")
    if picture.cell:
        said = said[:1]
        said = [text.partition(": ")[2] for text in said]
    return node("p", "; ".join(said), class_="more") if said else None


# --- the first wrong cell


def _worked(picture: Picture) -> Node:
    figure = node(
        "figure",
        node("figcaption", "How ", node("code", picture.cell), " comes about"),
    )
    figure.extend(_inputs(picture))
    multiplied = any(each.factors is not None for each in picture.products)
    if multiplied or not picture.inputs:
        shown = _shown(picture.products)
        where = None if len(shown) > 1 else picture.source
        figure.extend(_equation(each, where, picture.by) for each in shown)
        if picture.products_left_out:
            planes = "plane" if picture.products_left_out == 1 else "planes"
            text = f"and {picture.products_left_out} more {planes}, not shown"
            figure.append(node("p", text, class_="more"))
    listed = _shares(picture) if picture.shares else None
    if listed is None or listed.tag == "details":  # else it says the same, line by line
        figure.append(node("p", _sentence(picture.result), class_="result"))
    if listed is not None:
        figure.append(listed)
    return figure


def _inputs(picture: Picture) -> list[Node]:
    """Return the inputs, one a row where they have several planes."""
    grids = [
        [table(plane, grid.name, "window") for plane in grid.planes if plane.cells]
        for grid in picture.inputs
    ]
    if all(len(planes) <= 1 for planes in grids):
        grids = [[made for planes in grids for made in planes]]
    return [node("div", *planes, class_="row pair") for planes in grids if planes]


def _shown(products: tuple[Product, ...]) -> list[Product]:
    return [p for p in products if p.window.cells and p.window.cells[0]]


def _equation(each: Product, where: str | None, by: str) -> Node:
    window = table(each.window, "window", label=where, numbered=False)
    row = node("div", window, class_="row")
    for sign, said, plane, name in (
        ("×", "times", each.factors, by),
        ("=", "equals", each.products, "products"),
    ):
        if plane is not None:
            mark = node("span", sign, aria_hidden="true")
            shown = node("span", mark, unseen(said), class_="sign")
            made = table(plane, name, numbered=False)
            row.append(node("div", shown, made, class_="term"))
    return row


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _shares(picture: Picture) -> Node:
    lines = [
        node(
            "tr",
            node("th", node("code", each.source), scope="row"),
            node("td", each.sent, class_="number"),
            node("td", each.how),
            node("td", each.received, class_="number"),
        )
        for each in picture.shares
    ]
    heads = (
        node("th", "from", scope="col"),
        node("th", "sends", scope="col", class_="number"),
        node("th", "on the way", scope="col"),
        node("th", "arrives", scope="col", class_="number"),
    )
    total = node(
        "tr",
        node("th", "in all", scope="row", colspan="3"),
        node("td", picture.right, class_="number"),
    )
    name = f"What {picture.cell} receives"
    made = node(
        "table",
        node("caption", name),
        node("thead", node("tr", *heads)),
        node("tbody", *lines),
        node("tfoot", total),
        class_="shares",
    )
    box = node(
        "div", made, class_="scroll", role="region", tabindex="0", aria_label=name
    )
    if len(lines) <= MOST_SHARES and not _adds_up_above(picture):
        return box
    return node("details", node("summary", f"{name}, one by one"), box)


def _adds_up_above(picture: Picture) -> bool:
    """Tell whether the products show the same already."""
    return any(each.products is not None for each in picture.products)
