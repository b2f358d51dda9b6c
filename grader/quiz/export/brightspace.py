"""A quiz as the CSV that Brightspace's question library imports.

The CSV has no numeric questions, no blanks, no pictures of its own and no pools.
Numbers become short answers, a cloze a short answer for each blank, figures text;
what is lost is said on stderr.
"""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from grader.quiz.blocks import Grid, Layers, Row, Volumes
from grader.quiz.export.inline import dressed, page, words
from grader.quiz.export.losses import Losses
from grader.quiz.export.split import split
from grader.quiz.export.text import mistakes
from grader.quiz.export.typed import right_numbers
from grader.quiz.markup import Style
from grader.quiz.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.quiz.blocks import Block, Figure
    from grader.quiz.paper import Paper
    from grader.quiz.question import Number, Question

SUFFIX = ".csv"
WIDTH = 5
TYPES = {"single": "MC", "multiple": "MS", "numeric": "SA"}
_THOUSANDS = re.compile(r"(?<=\d)(?=(?:\d{3})+$)")


def pieces(paper: Paper, *, solutions: bool = True) -> Iterator[bytes]:
    """Yield the CSV of a paper, a question at a time; it always holds the key."""
    del solutions
    losses = Losses("brightspace")
    # Without the mark, Brightspace takes the file for Latin-1.
    yield "\ufeff".encode()
    for whole in paper.questions:
        _note(whole, losses)
        for question in split(whole) if whole.type == "cloze" else (whole,):
            yield _csv(_rows(question)).encode()
    losses.say()


def _note(question: Question, losses: Losses) -> None:
    title = question.title
    if question.type == "cloze":
        losses.add("a cloze is split into a question for each blank", title)
    if question.wrong:
        losses.add("what wrong numbers mean stands in everyone's feedback", title)
    if question.tolerance:
        losses.add("the tolerance is not kept: write the number exactly", title)
    if _pictures((*question.prompt, *question.solution, question.figure)):
        losses.add("figures are written as text", title)
    if question.pool != title:
        losses.add("pools are not kept: put the variants into one", title)


def _pictures(blocks: Sequence[Block | None]) -> bool:
    return any(isinstance(block, (Grid, Row, Volumes, Layers)) for block in blocks)


def _rows(question: Question) -> Iterator[tuple[str, ...]]:
    asked = list(question.prompt)
    if question.figure is not None:
        asked.append(question.figure)
    yield ("NewQuestion", TYPES[question.type])
    yield ("ID", question.id)
    yield ("Title", _line(question.title))
    yield ("QuestionText", _page(asked), "HTML")
    yield ("Points", repr(question.points))
    yield ("Difficulty", str(min(question.level, 10)))
    if question.type == "numeric":
        yield ("InputBox", "1", "20")
        yield ("Answer", "100", pattern(right_numbers(question)[0]), "regexp")
    elif question.type == "multiple":
        # As our own marks: (right - wrong) / right ones, never below 0.
        yield ("Scoring", "RightMinusWrong")
    best = "100" if question.type == "single" else "1"
    for choice in question.choices:
        share = best if choice.correct else "0"
        text, feedback = words(choice.text), _line(choice.feedback)
        yield ("Option", share, _line(text), "HTML", feedback)
    yield ("Hint", "")
    yield ("Feedback", _page(question.solution) + _meanings(question), "HTML")
    yield ()


def _meanings(question: Question) -> str:
    """Return what the wrong numbers mean; a short answer has no other place."""
    if not question.wrong:
        return ""
    lines = "".join(
        f"<li><b>{words(number)}</b>: {words(why)}</li>"
        for number, why in mistakes(question)
    )
    return f"<ul>{_line(lines)}</ul>"


def pattern(number: Number) -> str:
    r"""Return a regular expression for a number as people may write it.

    Examples
    --------
    >>> print(pattern(34944))
    ^\s*34,?944(\.0*)?\s*$
    >>> print(pattern(-2.5))
    ^\s*[-−]2\.50*\s*$
    """
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    sign = "[-−]" if number < 0 else ""
    digits = f"{abs(Decimal(repr(number))):f}"  # never 1e-07
    if isinstance(number, int):
        shown = _THOUSANDS.sub(",?", digits) + r"(\.0*)?"
    else:
        shown = re.escape(digits) + "0*"
    return rf"^\s*{sign}{shown}\s*$"


def _page(blocks: Sequence[Block]) -> str:
    return _line("\n".join(page(blocks, _STYLE, dressed)))


def _figure(block: Figure) -> str:
    return f"<pre>{words(plain([block]))}</pre>"


_STYLE = Style("<b>_{}_</b>".format, _figure)


def _line(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")


def _csv(rows: Iterator[tuple[str, ...]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows((*row, *[""] * (WIDTH - len(row))) for row in rows)
    return stream.getvalue()
