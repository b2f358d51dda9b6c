"""Figures as SVG, with a text that says the same to those who cannot see them.

Lines and numbers take the colour of the text around them, highlights are
translucent, so one figure serves light pages, dark pages and paper.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Generic, TypeVar

from grader.quiz import volumes
from grader.quiz.blocks import Blank, Grid, Layers, Row, Volumes
from grader.quiz.drawing import CLOSING, OPENING, size, text
from grader.quiz.plain import cell
from grader.quiz.question import show
from grader.quiz.quick import memo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from grader.quiz.blocks import Figure

T = TypeVar("T")

SIDE = 30
GAP = 14
FILLS = {
    "focus": ("#e08700", ".32"),
    "second": ("#2f7de1", ".28"),
    "muted": ("#808080", ".16"),
}


class Pen(Generic[T]):
    """Draws figures as they stand in a file; a piece that many share is written once.

    Parameters
    ----------
    written : callable
        ``written(piece)`` returns a piece of an ``<svg>`` element, bytes or a string.
        Pieces end where a blank would change nothing.
    label : callable, optional
        ``label(words)`` returns the words for a figure as its attribute, where that
        is quicker than to write the attribute as a piece.
    """

    def __init__(
        self, written: Callable[[str], T], label: Callable[[str], T] | None = None
    ) -> None:
        self._written = written
        self._label = label or self._labelled
        self._boxes = volumes.Boxes(written)
        self._ends = written(OPENING), written(CLOSING)
        self._size = memo(self._size_of)

    def draw(self, figure: Figure) -> tuple[str, list[T]]:
        """Return what a figure shows, and its ``<svg>`` element in pieces.

        The words are those of `alt`, as they stand in an attribute.
        """
        sides: tuple[float, float]
        if isinstance(figure, Volumes):
            about, sides, body = self._boxes.draw(figure)
        else:
            about = escape(alt(figure))
            width, height, whole = _whole(figure)
            sides, body = (width, height), [self._written(whole)]
        opening, closing = self._ends
        return about, [opening, self._label(about), self._size(sides), *body, closing]

    def _labelled(self, about: str) -> T:
        return self._written(f'aria-label="{about}"')

    def _size_of(self, sides: tuple[float, float]) -> T:
        return self._written(size(*sides))


_PEN = Pen(str)


def svg(figure: Figure) -> str:
    """Return a figure as one ``<svg>`` element with its alternative text."""
    return "".join(_PEN.draw(figure)[1])


def _whole(figure: Grid | Row | Layers) -> tuple[float, float, str]:
    """Return the width, height and drawing of a figure."""
    if isinstance(figure, Grid):
        return _grid(figure)
    return _row(figure) if isinstance(figure, Row) else _layers(figure)


def alt(figure: Figure) -> str:
    """Return what the figure shows, in words."""
    if isinstance(figure, Volumes):
        return volumes.alt(figure)
    if isinstance(figure, Grid):
        return _grid_alt(figure)
    if isinstance(figure, Row):
        return "; ".join(i if isinstance(i, str) else alt(i) for i in figure.items)
    parts = []
    for layer, units in enumerate(figure.units):
        label = figure.labels[layer] if layer < len(figure.labels) else f"Layer {layer}"
        parts.append(f"{label}: {', '.join(units)}")
    joins = [
        f"{figure.units[a][i]} to {figure.units[a + 1][j]}" for a, i, j in figure.edges
    ]
    return f"Units in layers. {'; '.join(parts)}. Connections: {', '.join(joins)}."


def _grid_alt(grid: Grid) -> str:
    numbers = _blank_numbers()
    rows = "; ".join(
        " ".join(cell(value, numbers) or "empty" for value in cells)
        for cells in grid.cells
    )
    shape = f"{len(grid.cells)} × {len(grid.cells[0])}"
    marked = "".join(
        f" Highlighted: rows {w.row + 1} to {w.row + w.height}, "
        f"columns {w.column + 1} to {w.column + w.width}."
        for w in grid.windows
        if w.tone != "muted"
    )
    return f"{grid.label or 'Grid'}, {shape}: {rows}.{marked}"


def _blank_numbers() -> Iterator[int]:
    number = 0
    while True:
        yield (number := number + 1)


def _grid(grid: Grid, left: float = 1, top: float = 1) -> tuple[float, float, str]:
    """Return the width, height and drawing of a grid whose corner is given."""
    texts = [[_shown(value) for value in cells] for cells in grid.cells]
    longest = max((len(word) for cells in texts for word in cells), default=1)
    side = max(SIDE, 9 * longest + 8)
    rows, columns = len(grid.cells), max(map(len, grid.cells))
    wide = max(side * columns, 7.5 * len(grid.label))
    start = left + (wide - side * columns) / 2
    parts = []
    if grid.label:
        parts.append(text(left + wide / 2, top + 8, grid.label, ' opacity=".75"'))
        top += 20
    for w in grid.windows:
        fill, opacity = FILLS[w.tone]
        parts.append(
            f'<rect x="{start + w.column * side:g}" y="{top + w.row * SIDE:g}" '
            f'width="{w.width * side:g}" height="{w.height * SIDE:g}" '
            f'fill="{fill}" fill-opacity="{opacity}" stroke="{fill}" '
            f'stroke-width="{0 if w.tone == "muted" else 2}"/>'
        )
    lines = [
        f"M{start + c * side:g} {top:g}v{rows * SIDE:g}" for c in range(columns + 1)
    ]
    lines += [
        f"M{start:g} {top + r * SIDE:g}h{columns * side:g}" for r in range(rows + 1)
    ]
    parts.append(f'<path d="{"".join(lines)}" stroke="currentColor" opacity=".45"/>')
    for r, cells in enumerate(texts):
        for c, word in enumerate(cells):
            if word:
                middle = start + (c + 0.5) * side
                parts.append(text(middle, top + (r + 0.5) * SIDE, word))
    bottom = top + rows * SIDE + 1
    return left + wide + 1, bottom, "".join(parts)


def _shown(value: object) -> str:
    if value is None or isinstance(value, Blank):
        return ""
    return show(getattr(value, "source", value)).replace("-", "−")


def _row(row: Row) -> tuple[float, float, str]:
    sizes = [_grid(item)[:2] if isinstance(item, Grid) else None for item in row.items]
    height = max((s[1] for s in sizes if s), default=SIDE)
    x = 1.0
    parts = []
    for item, measured in zip(row.items, sizes, strict=True):
        if isinstance(item, str):
            wide = 8.5 * len(item) + 4
            parts.append(text(x + wide / 2, height / 2 + 5, item, ' font-size="17"'))
            x += wide + GAP
        elif measured is not None:
            parts.append(_grid(item, x, 1 + (height - measured[1]) / 2)[2])
            x += measured[0] - 1 + GAP
    return x - GAP + 1, height, "".join(parts)


def _layers(block: Layers) -> tuple[float, float, str]:
    """Draw layers from the bottom up, units as circles."""
    most = max(map(len, block.units))
    longest = max(len(name) for units in block.units for name in units)
    radius = max(14.0, 4.2 * longest + 4)
    pitch, rise = 2 * radius + 12, 2 * radius + 40
    margin = 7.5 * max((len(label) for label in block.labels), default=0) + 12
    height = rise * (len(block.units) - 1) + 2 * radius + 6

    def centre(layer: int, unit: int) -> tuple[float, float]:
        indent = (most - len(block.units[layer])) * pitch / 2
        x = margin + indent + radius + unit * pitch
        return x, height - radius - 3 - layer * rise

    parts = [
        _edge(centre(layer, i), centre(layer + 1, j), radius)
        for layer, i, j in block.edges
    ]
    for layer, label in enumerate(block.labels):
        y = centre(layer, 0)[1]
        parts.append(text(margin / 2, y, label, ' opacity=".75"'))
    marked = set(block.marked)
    for layer, units in enumerate(block.units):
        for unit, name in enumerate(units):
            parts.append(
                _unit(centre(layer, unit), radius, name, (layer, unit) in marked)
            )
    return margin + most * pitch, height, "".join(parts)


def _edge(low: Sequence[float], high: Sequence[float], radius: float) -> str:
    return (
        f'<path d="M{low[0]:g} {low[1] - radius:g}L{high[0]:g} {high[1] + radius:g}" '
        'stroke="currentColor" opacity=".6"/>'
    )


def _unit(at: Sequence[float], radius: float, name: str, marked: object) -> str:
    fill, opacity = FILLS["focus"] if marked else ("currentColor", "0")
    return (
        f'<circle cx="{at[0]:g}" cy="{at[1]:g}" r="{radius:g}" fill="{fill}" '
        f'fill-opacity="{opacity}" stroke="currentColor"/>' + text(at[0], at[1], name)
    )
