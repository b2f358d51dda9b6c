"""Figures as SVG, with a text that says the same to those who cannot see them.

Lines and numbers take the colour of the text around them, highlights are
translucent, so one figure serves light pages, dark pages and paper.
"""

from __future__ import annotations

import math
from functools import lru_cache
from html import escape
from itertools import zip_longest
from typing import TYPE_CHECKING

from grader.quiz.blocks import Blank, Grid, Layers, Row, Volumes
from grader.quiz.plain import cell, size
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.quiz.blocks import Figure, Volume

SIDE = 30
GAP = 14
FILLS = {
    "focus": ("#e08700", ".32"),
    "second": ("#2f7de1", ".28"),
    "muted": ("#808080", ".16"),
}
# Templates: a figure has dozens of numbers, and these write them the fastest.
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="%s" '
    'viewBox="0 0 %g %g" width="%g" height="%g" '
    # A narrow page shrinks a figure by a quarter, then scrolls.
    'style="min-width:%.0fpx"'
)
_FONT = (
    ' font-family="DejaVu Sans,Verdana,Libertinus Serif,sans-serif" '
    'font-size="13" fill="currentColor">'
)
_TEXT = '<text x="%g" y="%g" text-anchor="middle"%s>%s</text>'
_AT = '<g transform="translate(%d %d)">'
_ARROW = '<path d="M0 0h%dm-7 -4l7 4l-7 4" fill="none" stroke="currentColor"/></g>'
_BOX = (
    '<path d="M%d %dh%dv%dh%dzl%d %dh%dl%d %dzm%d 0l%d %dv%dl%d %dz" '
    'fill="#2f7de1" fill-opacity=".14" '
    'stroke="currentColor" stroke-linejoin="round"%s/>'
)


def svg(figure: Figure) -> str:
    """Return a figure as one ``<svg>`` element with its alternative text."""
    return "".join(pieces(figure))


def pieces(figure: Figure) -> list[str]:
    """Return the ``<svg>`` element in pieces, some of which many figures share."""
    if isinstance(figure, Volumes):
        width, height, body = _volumes(figure)
    elif isinstance(figure, Grid):
        width, height, whole = _grid(figure)
        body = [whole]
    elif isinstance(figure, Row):
        width, height, whole = _row(figure)
        body = [whole]
    else:
        width, height, whole = _layers(figure)
        body = [whole]
    about = escape(alt(figure), quote=True)
    opening = _SVG % (about, width, height, width, height, width * 0.75)
    return [opening, _FONT, *body, "</svg>"]


@lru_cache(maxsize=8)  # a figure is often drawn, and then shown as an image
def alt(figure: Figure) -> str:
    """Return what the figure shows, in words."""
    if isinstance(figure, Grid):
        return _grid_alt(figure)
    if isinstance(figure, Row):
        return "; ".join(i if isinstance(i, str) else alt(i) for i in figure.items)
    if isinstance(figure, Volumes):
        parts = ["Volumes: "]
        for volume, step in zip_longest(figure.volumes, figure.steps):
            parts.append(f"{volume.label} {size(volume)}".strip())
            if step is not None:
                parts.append(f", then {step}: ")
        return "".join(parts)
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


def _text(x: float, y: float, words: str, extra: str = "") -> str:
    # 0.35 em below the middle centres figures in every renderer.
    return _TEXT % (x, y + 4.5, extra, _escaped(words))


@lru_cache(maxsize=4096)
def _escaped(words: str) -> str:
    return escape(words, quote=False)


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
        parts.append(_text(left + wide / 2, top + 8, grid.label, ' opacity=".75"'))
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
                parts.append(_text(middle, top + (r + 0.5) * SIDE, word))
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
            parts.append(_text(x + wide / 2, height / 2 + 5, item, ' font-size="17"'))
            x += wide + GAP
        elif measured is not None:
            parts.append(_grid(item, x, 1 + (height - measured[1]) / 2)[2])
            x += measured[0] - 1 + GAP
    return x - GAP + 1, height, "".join(parts)


def _volumes(block: Volumes) -> tuple[float, float, list[str]]:
    """Draw boxes whose sides grow with the root of the sizes they stand for."""
    boxes = [_box_sizes(volume) for volume in block.volumes]
    axis = 32 + max([tall + deep for _, tall, deep in boxes]) // 2
    x = 6
    parts: list[str] = []
    for index, volume in enumerate(block.volumes):
        wide, box = _box(volume, axis)
        parts += _AT % (x, 0), box
        x += wide + 8
        if index < len(block.steps):
            long, arrow = _arrow(block.steps[index])
            parts += _AT % (x, axis), arrow
            x += long + 10
    return x, 2 * axis - 4, parts


@lru_cache(maxsize=4096)
def _box_sizes(volume: Volume) -> tuple[int, int, int]:
    """Return how wide, tall and deep a volume is drawn."""
    return (
        _length(volume.width, 14, 84),
        _length(volume.height, 14, 84),
        _length(volume.depth, 0, 60) * 3 // 5,
    )


def _length(amount: int | str, least: int, most: int) -> int:
    """Return a side of a box in whole pixels."""
    if isinstance(amount, str):
        return (least + most) // 2
    return min(most, least + round(6 * math.sqrt(amount)))


# Without their places, the same arrows and boxes stand in many figures.
@lru_cache(maxsize=4096)
def _arrow(step: str) -> tuple[int, str]:
    """Return how long an arrow is, and its drawing, which ends a group."""
    long = 7 * len(step) + 16
    return long, _text(long / 2, -13, step) + _ARROW % long


@lru_cache(maxsize=4096)
def _box(volume: Volume, axis: int) -> tuple[int, str]:
    """Return how wide a box is, and its drawing, which ends a group."""
    wide, tall, deep = _box_sizes(volume)
    caption = size(volume)
    full = max(wide + deep, round(7.4 * max(len(caption), len(volume.label))))
    x = (full - wide - deep) // 2
    y = axis - (tall - deep) // 2
    dashed = ' stroke-dasharray="4 3"' if "?" in caption else ""
    front = (wide, tall, -wide)
    top = (deep, -deep, wide, -deep, deep)
    side = (wide, deep, -deep, tall, -deep, deep)
    return full, (
        _BOX % (x, y, *front, *top, *side, dashed)
        + _text(full / 2, 10, volume.label, ' opacity=".75"')
        + _text(full / 2, 2 * axis - 16, caption)
        + "</g>"
    )


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
        parts.append(_text(margin / 2, y, label, ' opacity=".75"'))
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
        f'fill-opacity="{opacity}" stroke="currentColor"/>' + _text(at[0], at[1], name)
    )
