"""Blocks as Typst source, the language that PDFs are set from.

Words go in as string literals, so no character of theirs can be read as markup.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from grader.quiz.blocks import Blank, Math, Table, Text, unbroken
from grader.quiz.figure import alt, svg
from grader.quiz.notation import typst
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.quiz.blocks import Block, Cell, Figure

POINTS_PER_PIXEL = 0.75
COLUMN = 480  # 17 cm in points: the text's width on A4


def literal(words: str) -> str:
    """Return words as a Typst string: quotes, ``#`` and ``$`` mean nothing in it."""
    # JSON escapes quotes and backslashes as Typst does, but \u it does not know.
    plain = "".join(c if c.isprintable() or c == "\u00a0" else " " for c in words)
    return json.dumps(plain, ensure_ascii=False)


def words(text: str) -> str:
    """Return words as Typst markup."""
    return f"#text({literal(text)})"


def markup(blocks: Sequence[Block]) -> str:
    """Return blocks as Typst markup, one paragraph after the other."""
    return "\n\n".join(_block(block) for block in blocks)


def _block(block: Block) -> str:
    if isinstance(block, str):
        return words(unbroken(block))
    if isinstance(block, Text):
        return "".join(
            words(unbroken(part))
            if isinstance(part, str)
            else f"${typst(part.source)}$"
            for part in block.parts
        )
    if isinstance(block, Math):
        return f"$ {typst(block.source)} $"
    if isinstance(block, Table):
        cells = [f"strong({literal(name)})" for name in block.header]
        cells += [_cell(value) for line in block.rows for value in line]
        return (
            f"#table(columns: {len(block.header)}, "
            "align: (x, _) => if x == 0 { left } else { right }, "
            f"inset: 6pt, stroke: .5pt, {', '.join(cells)})"
        )
    return figure(block)


def _cell(value: Cell) -> str:
    if isinstance(value, Blank):
        return "box(width: 1.6cm, height: .8em)"
    if isinstance(value, Math):
        return f"${typst(value.source)}$"
    return literal("" if value is None else show(value))


def figure(block: Figure) -> str:
    """Return a figure as an image, no wider than the column."""
    drawn = svg(block)
    width = float(drawn.partition(' width="')[2].partition('"')[0]) * POINTS_PER_PIXEL
    size = "100%" if width > COLUMN else f"{width:g}pt"
    return (
        f'#image(bytes({literal(drawn)}), format: "svg", width: {size}, '
        f"alt: {literal(alt(block))})"
    )
