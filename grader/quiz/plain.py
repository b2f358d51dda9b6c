"""Blocks as plain text: for terminals, JSON, and whatever has no figures.

A highlighted cell stands in brackets, a blank as ``_1_`` with its number.
"""

from __future__ import annotations

from itertools import count, zip_longest
from typing import TYPE_CHECKING

from grader.quiz.blocks import Blank, Grid, Layers, Math, Row, Table, Text, Volumes
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.quiz.blocks import Block, Cell, Volume, Window

MARKS = {"focus": "[]", "second": "()", "muted": "  "}


def plain(blocks: Sequence[Block]) -> str:
    """Return blocks as text, an empty line between them.

    Examples
    --------
    >>> from grader.quiz.blocks import Math, text
    >>> print(plain([text("The field is ", Math("2 + 3 = 5"), " wide.")]))
    The field is 2 + 3 = 5 wide.
    """
    numbers = count(1)
    # Nearly all are strings.
    return "\n\n".join(
        [b if isinstance(b, str) else plain_block(b, numbers) for b in blocks]
    )


def plain_block(block: Block, numbers: Iterator[int]) -> str:
    """Return one block as text; `numbers` counts the blanks."""
    if isinstance(block, str):
        return block
    if isinstance(block, Text):
        return "".join([p if isinstance(p, str) else p.source for p in block.parts])
    if isinstance(block, Math):
        return f"    {block.source}"
    match block:
        case Grid():
            return "\n".join(grid_lines(block, numbers))
        case Row(items):
            return _side_by_side(items, numbers)
        case Volumes():
            return _volumes(block)
        case Layers():
            return _layers(block)
        case Table(header, rows):
            cells = [[cell(each, numbers) for each in cells] for cells in rows]
            return "\n".join(table_lines([list(header), *cells]))


def cell(value: Cell, numbers: Iterator[int]) -> str:
    """Return one cell as text; a blank takes the next number."""
    if isinstance(value, Blank):
        return f"_{next(numbers)}_"
    if isinstance(value, Math):
        return value.source
    return "" if value is None else show(value)


def grid_lines(block: Grid, numbers: Iterator[int]) -> list[str]:
    """Return a grid as lines of equal length, its label first."""
    marks = _marks(block.windows)
    rows = [
        [
            cell(value, numbers).join(marks.get((r, c), "  "))
            for c, value in enumerate(cells)
        ]
        for r, cells in enumerate(block.cells)
    ]
    lines = aligned(rows, gap="")
    if block.label:
        lines.insert(0, f"{block.label}:")
    width = max(map(len, lines))
    return [line.ljust(width) for line in lines]


def _marks(windows: Sequence[Window]) -> dict[tuple[int, int], str]:
    return {
        (row, column): MARKS[window.tone]
        for window in reversed(windows)
        for row in range(window.row, window.row + window.height)
        for column in range(window.column, window.column + window.width)
    }


def aligned(rows: Sequence[Sequence[str]], gap: str = "  ") -> list[str]:
    """Return rows as lines with their columns aligned to the right."""
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    return [
        gap.join(text.rjust(width) for text, width in zip(cells, widths, strict=False))
        for cells in rows
    ]


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines: names to the left, numbers to the right."""
    wide = max(len(cells[0]) for cells in rows)
    return aligned([[cells[0].ljust(wide), *cells[1:]] for cells in rows])


def _side_by_side(items: Sequence[Grid | str], numbers: Iterator[int]) -> str:
    parts = [
        [item] if isinstance(item, str) else grid_lines(item, numbers) for item in items
    ]
    height = max(map(len, parts))
    columns = []
    for lines in parts:
        above = (height - len(lines)) // 2
        padded = [""] * above + lines + [""] * (height - above - len(lines))
        width = max(map(len, lines))
        columns.append([line.ljust(width) for line in padded])
    return "\n".join("  ".join(line).rstrip() for line in zip(*columns, strict=True))


def size(volume: Volume) -> str:
    """Return a volume's size, such as ``32 × 32 × 3``."""
    return f"{volume.height} × {volume.width} × {volume.depth}"


def _volumes(block: Volumes) -> str:
    parts = []
    for volume, step in zip_longest(block.volumes, block.steps, fillvalue=""):
        if not isinstance(volume, str):
            parts.append(f"[{volume.label} {size(volume)}]".replace("[ ", "["))
        if step:
            parts.append(f"-- {step} -->")
    return " ".join(parts)


def _layers(block: Layers) -> str:
    marked = set(block.marked)
    lines = []
    for layer, units in enumerate(block.units):
        label = block.labels[layer] if layer < len(block.labels) else f"layer {layer}"
        names = [
            f"[{name}]" if (layer, unit) in marked else name
            for unit, name in enumerate(units)
        ]
        lines.append(f"{label}: {' '.join(names)}")
    for layer, units in enumerate(block.units[1:]):
        for unit, name in enumerate(units):
            froms = [
                block.units[layer][start]
                for number, start, end in block.edges
                if (number, end) == (layer, unit)
            ]
            if froms:
                lines.append(f"  {name} reads {', '.join(froms)}")
    return "\n".join(lines)
