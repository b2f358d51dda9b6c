"""What a prompt, a worked solution and a figure are made of: frozen blocks.

A family composes blocks; every exporter renders the same blocks in its own way
(text, Markdown, HTML with SVG and MathML, Typst, the formats of an LMS)::

    "words"   a paragraph
    Text      a paragraph with formulas inside
    Math      a formula on its own line
    Grid      numbers in rows, windows highlighted, blanks to fill
    Row       grids side by side: input, "∗", kernel, "=", map
    Volumes   height × width × depth boxes joined by arrows
    Layers    columns of units and the connections between them
    Table     a header and rows, blanks to fill

Formulas are written in one linear notation, which is also how a terminal shows
them; `grader.quiz.formula` turns it into MathML, TeX or Typst::

    floor((32 - 5 + 2·0)/1) + 1 = 28       fraction bars from /, · for products
    W_out = 28, 2^10, 5 × 5 × 3, sqrt(2)   subscripts, powers
    "weights" + "biases" = 456             words in double quotes
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Tone: TypeAlias = Literal["focus", "second", "muted"]


class Math(NamedTuple):
    """A formula in the linear notation; a block, or a part of a `Text`."""

    source: str


class Text(NamedTuple):
    """A paragraph of words and formulas, in order; of words alone it is a string."""

    parts: tuple[str | Math, ...]


WORDS = frozenset({str, Text, Math})
"""The blocks that are words and formulas alone; most are."""


class Blank:
    """A place to type a number; blanks are counted in reading order."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Blank()"


BLANK = Blank()

Cell: TypeAlias = "int | float | str | Math | Blank | None"


class Window(NamedTuple):
    """A highlighted rectangle of a grid's cells.

    Parameters
    ----------
    row, column : int
        Its top left cell, counted from 0.
    height, width : int
        Its size in cells.
    tone : {"focus", "second", "muted"}
        ``focus`` for what the step is about, ``second`` for another such place,
        ``muted`` for padding.
    """

    row: int
    column: int
    height: int = 1
    width: int = 1
    tone: Tone = "focus"


class Grid(NamedTuple):
    """Numbers in rows. A cell is a number, a word, ``BLANK`` or ``None`` (empty)."""

    cells: tuple[tuple[Cell, ...], ...]
    label: str = ""
    windows: tuple[Window, ...] = ()


class Row(NamedTuple):
    """Grids side by side with signs between them."""

    items: tuple[Grid | str, ...]


class Volume(NamedTuple):
    """A box of numbers; a size that is asked for is ``"?"``."""

    height: int | str
    width: int | str
    depth: int | str
    label: str = ""


class Volumes(NamedTuple):
    """Boxes from left to right; ``steps[i]`` names the arrow after box i."""

    volumes: tuple[Volume, ...]
    steps: tuple[str, ...] = ()


class Layers(NamedTuple):
    """Layers of units, drawn bottom to top, and the connections between them.

    Parameters
    ----------
    units : tuple of tuple of str
        The names of the units of each layer, the input first.
    edges : tuple of (int, int, int)
        ``(layer, i, j)`` joins unit i of `layer` to unit j of the layer after it.
    marked : tuple of (int, int)
        ``(layer, unit)`` of the units to highlight.
    labels : tuple of str
        The names of the layers.
    """

    units: tuple[tuple[str, ...], ...]
    edges: tuple[tuple[int, int, int], ...]
    marked: tuple[tuple[int, int], ...] = ()
    labels: tuple[str, ...] = ()


class Table(NamedTuple):
    """A header and rows of cells."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


Figure: TypeAlias = "Grid | Row | Volumes | Layers"
Block: TypeAlias = "str | Text | Math | Table | Figure"


def unbroken(words: str) -> str:
    """Return words whose sizes, such as ``5 × 5 × 3``, stay on one line."""
    return words.replace(" × ", "\u00a0×\u00a0")


def text(*parts: str | Math) -> Text:
    """Return a paragraph of words and formulas.

    Examples
    --------
    >>> text("The field is ", Math("2 + 3 = 5"), " wide.").parts[1].source
    '2 + 3 = 5'
    """
    return Text(parts)


def grid(
    cells: Sequence[Sequence[Cell]], label: str = "", windows: Sequence[Window] = ()
) -> Grid:
    """Return a grid from rows of cells; a vector is a grid of one row."""
    return Grid(tuple(map(tuple, cells)), label, tuple(windows))


def row(*items: Grid | str) -> Row:
    """Return grids side by side: ``row(image, "∗", kernel, "=", result)``."""
    return Row(items)


def table(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    """Return a table from rows of cells."""
    return Table(tuple(header), tuple(map(tuple, rows)))


def blank_grid(rows: int, columns: int, label: str = "") -> Grid:
    """Return a grid to be filled in."""
    return Grid(((BLANK,) * columns,) * rows, label)


def blanks(blocks: Sequence[Block]) -> int:
    """Return how many blanks `blocks` hold."""
    return sum(isinstance(cell, Blank) for block in blocks for cell in cells(block))


def formulas(blocks: Sequence[Block]) -> Iterator[Math]:
    """Yield every formula in `blocks`."""
    for block in blocks:
        if isinstance(block, Math):
            yield block
        parts = block.parts if isinstance(block, Text) else cells(block)
        yield from (part for part in parts if isinstance(part, Math))


def cells(block: Block) -> Iterator[Cell]:
    """Yield the cells of a grid, a row of grids or a table in reading order."""
    if isinstance(block, Row):
        for item in block.items:
            if isinstance(item, Grid):
                yield from cells(item)
    elif isinstance(block, Grid):
        yield from (cell for line in block.cells for cell in line)
    elif isinstance(block, Table):
        yield from (cell for line in block.rows for cell in line)
