"""Blocks as HTML: SVG figures, MathML formulas, inputs for blanks.

A learning system shows formulas, figures and blanks in ways of its own; a `Style`
says how, and everything else stays the same.
"""

from __future__ import annotations

from html import escape
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Blank, Grid, Math, Row, Table, Text, cells, unbroken
from grader.quiz.figure import svg
from grader.quiz.notation import mathml
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from grader.quiz.blocks import Block, Cell, Figure


def field(number: int) -> str:
    """Return an input for blank `number`."""
    return (
        f'<input class="blank" data-blank="{number}" inputmode="text" '
        f'autocomplete="off" size="5" aria-label="blank {number}">'
    )


def formula(source: str, *, block: bool) -> str:
    """Return a formula as MathML."""
    return mathml(source, block=block)


class Style(NamedTuple):
    """How blanks, figures and formulas are written.

    Parameters
    ----------
    blank : callable
        ``blank(number)`` returns the place to fill in blank `number`, from 1.
    figure : callable
        ``figure(block)`` returns a grid, row, volumes or layers without blanks.
    formula : callable
        ``formula(source, block=...)`` returns a formula, on its own line or not.
    """

    blank: Callable[[int], str] = field
    figure: Callable[[Figure], str] = svg
    formula: Callable[..., str] = formula


PAGE = Style()


def html(blocks: Sequence[Block], style: Style = PAGE) -> str:
    """Return blocks as HTML; blanks are counted through all of them.

    Examples
    --------
    >>> from grader.quiz.blocks import BLANK, table
    >>> shown = html([table(["size"], [[BLANK]])], Style(blank="[[{}]]".format))
    >>> "<td>[[1]]</td>" in shown
    True
    """
    return "\n".join(written(blocks, style))


def written(blocks: Sequence[Block], style: Style = PAGE) -> list[str]:
    """Return each block as HTML; blanks are counted through all of them."""
    writer = Writer(style)
    return [writer.block(block) for block in blocks]


def paragraph(block: str | Text | Math, formula: Callable[..., str]) -> str:
    """Return words with formulas in them, or a formula on its own line."""
    if isinstance(block, Math):
        return f'<div class="math">{formula(block.source, block=True)}</div>'
    if isinstance(block, str):
        return f"<p>{escape(unbroken(block), quote=False)}</p>"
    parts = [
        escape(unbroken(part), quote=False)
        if isinstance(part, str)
        else formula(part.source, block=False)
        for part in block.parts
    ]
    return f"<p>{''.join(parts)}</p>"


class Writer:
    """Writes blocks one after the other, counting the blanks."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.numbers: Iterator[int] = count(1)

    def block(self, block: Block) -> str:
        """Return the next block."""
        if isinstance(block, (str, Text, Math)):
            return paragraph(block, self.style.formula)
        if isinstance(block, Table):
            return f'<div class="scroll">{self._table(block)}</div>'
        if isinstance(block, (Grid, Row)) and has_blanks(block):
            items = block.items if isinstance(block, Row) else (block,)
            return f'<div class="scroll row">{"".join(map(self._item, items))}</div>'
        return f'<div class="scroll">{self.style.figure(block)}</div>'

    def _item(self, item: Grid | str) -> str:
        if isinstance(item, str):
            return f'<span class="sign">{escape(item)}</span>'
        if not has_blanks(item):
            return self.style.figure(item)
        caption = f"<caption>{escape(item.label)}</caption>" if item.label else ""
        rows = "".join(f"<tr>{self._cells(line)}</tr>" for line in item.cells)
        return f'<table class="grid">{caption}<tbody>{rows}</tbody></table>'

    def _table(self, table: Table) -> str:
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.header)
        rows = "".join(f"<tr>{self._cells(line)}</tr>" for line in table.rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def _cells(self, line: Sequence[Cell]) -> str:
        return "".join(f"<td>{self._cell(value)}</td>" for value in line)

    def _cell(self, value: Cell) -> str:
        if isinstance(value, Blank):
            return self.style.blank(next(self.numbers))
        if isinstance(value, Math):
            return self.style.formula(value.source, block=False)
        return "" if value is None else escape(show(value))


def has_blanks(block: Block) -> bool:
    """Tell whether something is to be filled in there."""
    return any(isinstance(cell, Blank) for cell in cells(block))
