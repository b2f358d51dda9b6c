"""A quiz as Markdown with TeX formulas; grids stand in code blocks."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from grader.quiz.blocks import Math, Table, Text
from grader.quiz.export.text import answer, heading, how_to_answer, mistakes
from grader.quiz.notation import tex
from grader.quiz.plain import cell, plain_block
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.quiz.blocks import Block
    from grader.quiz.paper import Paper
    from grader.quiz.question import Question

SUFFIX = ".md"
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|$~])")


def pieces(paper: Paper, *, solutions: bool = False) -> Iterator[bytes]:
    """Yield a paper as Markdown."""
    yield f"# {escaped(heading(paper))}\n".encode()
    for number, question in enumerate(paper.questions, 1):
        yield f"\n## {number}. {asked(question)}\n".encode()
        if solutions:
            yield f"\n{solved(question)}\n".encode()


def asked(question: Question) -> str:
    """Return a question as it is asked."""
    parts = [escaped(question.title), markdown(question.prompt)]
    if question.figure is not None:
        parts.append(markdown([question.figure]))
    if question.choices:
        parts.append("\n".join(f"- [ ] {escaped(c.text)}" for c in question.choices))
    points = show(question.points)
    hint = escaped(how_to_answer(question))
    parts.append(f"*{points} point{'s' if question.points != 1 else ''}.* {hint}")
    return "\n\n".join(parts)


def solved(question: Question) -> str:
    """Return the answer, the worked solution and what the wrong answers mean."""
    parts = [f"**Answer: {escaped(answer(question))}**", markdown(question.solution)]
    meant = [f"- {escaped(t)}: {escaped(why)}" for t, why in mistakes(question)]
    if meant:
        parts.append("Wrong answers and what they mean:\n\n" + "\n".join(meant))
    return "\n\n".join(parts)


def markdown(blocks: Sequence[Block]) -> str:
    """Return blocks as Markdown."""
    numbers = count(1)
    return "\n\n".join(_block(block, numbers) for block in blocks)


def _block(block: Block, numbers: Iterator[int]) -> str:
    if isinstance(block, str):
        return escaped(block)
    if isinstance(block, Text):
        return "".join(
            escaped(part) if isinstance(part, str) else f"${tex(part.source)}$"
            for part in block.parts
        )
    if isinstance(block, Math):
        return f"$$\n{tex(block.source)}\n$$"
    if isinstance(block, Table):
        rows = [[cell(each, numbers) for each in line] for line in block.rows]
        return "\n".join([_line(block.header), _rule(block), *map(_line, rows)])
    return f"```text\n{plain_block(block, numbers)}\n```"


def _line(texts: Sequence[str]) -> str:
    return f"| {' | '.join(map(escaped, texts))} |"


def _rule(table: Table) -> str:
    return f"|{' --- |' * len(table.header)}"


def escaped(text: str) -> str:
    """Return plain text so that Markdown shows it as it is."""
    return _SPECIAL.sub(r"\\\1", text)
