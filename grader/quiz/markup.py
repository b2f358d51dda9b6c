"""Blocks as HTML: SVG figures, MathML formulas, inputs for blanks."""

from __future__ import annotations

from html import escape
from itertools import count
from typing import TYPE_CHECKING

from grader.quiz.blocks import Blank, Grid, Math, Row, Table, Text, cells, unbroken
from grader.quiz.figure import svg
from grader.quiz.notation import mathml
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.quiz.blocks import Block, Cell


def html(blocks: Sequence[Block]) -> str:
    """Return blocks as HTML; blank number n is an input named "blank n"."""
    numbers = count(1)
    return "\n".join(_block(block, numbers) for block in blocks)


def _block(block: Block, numbers: Iterator[int]) -> str:
    if isinstance(block, Text):
        return f"<p>{''.join(map(_part, block.parts))}</p>"
    if isinstance(block, Math):
        return f'<div class="math">{mathml(block.source, block=True)}</div>'
    if isinstance(block, Table):
        return f'<div class="scroll">{_table(block, numbers)}</div>'
    if isinstance(block, (Grid, Row)) and _has_blanks(block):
        items = block.items if isinstance(block, Row) else (block,)
        parts = "".join(_item(item, numbers) for item in items)
        return f'<div class="scroll row">{parts}</div>'
    return f'<div class="scroll">{svg(block)}</div>'


def _part(part: str | Math) -> str:
    if isinstance(part, Math):
        return mathml(part.source)
    return escape(unbroken(part), quote=False)


def _has_blanks(block: Block) -> bool:
    return any(isinstance(cell, Blank) for cell in cells(block))


def _item(item: Grid | str, numbers: Iterator[int]) -> str:
    if isinstance(item, str):
        return f'<span class="sign">{escape(item)}</span>'
    if not _has_blanks(item):
        return svg(item)
    caption = f"<caption>{escape(item.label)}</caption>" if item.label else ""
    rows = "".join(f"<tr>{_cells(line, numbers)}</tr>" for line in item.cells)
    return f'<table class="grid">{caption}{rows}</table>'


def _table(table: Table, numbers: Iterator[int]) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.header)
    rows = "".join(f"<tr>{_cells(line, numbers)}</tr>" for line in table.rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(line: Sequence[Cell], numbers: Iterator[int]) -> str:
    return "".join(f"<td>{_cell(value, numbers)}</td>" for value in line)


def _cell(value: Cell, numbers: Iterator[int]) -> str:
    if isinstance(value, Blank):
        number = next(numbers)
        return (
            f'<input class="blank" data-blank="{number}" inputmode="text" '
            f'autocomplete="off" size="5" aria-label="blank {number}">'
        )
    if isinstance(value, Math):
        return mathml(value.source)
    return "" if value is None else escape(show(value))
