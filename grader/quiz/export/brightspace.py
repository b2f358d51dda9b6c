"""A quiz as the CSV that Brightspace's question library imports.

The CSV has no numeric questions, no blanks, no pictures of its own and no pools.
Numbers become short answers, a cloze a short answer for each blank, figures text;
what is lost is said on stderr.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from grader.quiz.blocks import Grid, Layers, Row, Volumes
from grader.quiz.export.inline import Pages, dressed, words
from grader.quiz.export.losses import Losses
from grader.quiz.export.mould import OPEN, SLOT
from grader.quiz.export.split import split
from grader.quiz.export.text import mistakes
from grader.quiz.export.typed import right_numbers
from grader.quiz.markup import Style
from grader.quiz.plain import plain
from grader.quiz.quick import memo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.blocks import Figure
    from grader.quiz.paper import Paper
    from grader.quiz.question import Number, Question

SUFFIX = ".csv"
TYPES = {"single": "MC", "multiple": "MS", "numeric": "SA"}
_HEAD = (
    b"NewQuestion,%b,,,\r\nID,%b,,,\r\nTitle,%b,,,\r\nQuestionText,%b,HTML,,\r\n"
    b"Points,%b,,,\r\nDifficulty,%d,,,\r\n"
)
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
            yield _rows(question)
    losses.say()


def _note(question: Question, losses: Losses) -> None:
    title = question.title
    if question.type == "cloze":
        losses.add("a cloze is split into a question for each blank", title)
    if question.wrong:
        losses.add("what wrong numbers mean stands in everyone's feedback", title)
    if question.tolerance:
        losses.add("the tolerance is not kept: write the number exactly", title)
    if _pictures(question):
        losses.add("figures are written as text", title)
    if question.pool != title:
        losses.add("pools are not kept: put the variants into one", title)


def _pictures(question: Question) -> bool:
    """Tell whether something is drawn; mostly it is the figure."""
    return question.figure is not None or any(
        isinstance(block, (Grid, Row, Volumes, Layers))
        for block in (*question.prompt, *question.solution)
    )


def _rows(question: Question) -> bytes:
    """Return the rows of a question; all have five cells."""
    asked = list(question.prompt)
    if question.figure is not None:
        asked.append(question.figure)
    rows = [
        _HEAD
        % (
            TYPES[question.type].encode(),
            _cell(question.id),
            _cell(question.title),
            b'"%b"' % b" ".join(_PAGES.prompt(asked)),
            repr(question.points).encode(),
            min(question.level, 10),
        )
    ]
    if question.type == "numeric":
        right = pattern(right_numbers(question)[0])
        rows.append(b"InputBox,1,20,,\r\nAnswer,100,%b,regexp,\r\n" % _cell(right))
    elif question.type == "multiple":
        # As our own marks: (right - wrong) / right ones, never below 0.
        rows.append(b"Scoring,RightMinusWrong,,,\r\n")
    best = b"100" if question.type == "single" else b"1"
    rows += [
        b"Option,%b,%b,HTML,%b\r\n"
        % (
            best if choice.correct else b"0",
            _words(choice.text),
            _known_cell(choice.feedback),
        )
        for choice in question.choices
    ]
    solved, meant = b" ".join(_PAGES(question.solution)), _inside(_meanings(question))
    rows.append(b'Hint,,,,\r\nFeedback,"%b%b",HTML,,\r\n,,,,\r\n' % (solved, meant))
    return b"".join(rows)


def _cell(text: str) -> bytes:
    """Return a text on one line as it stands in a cell, in quotes (RFC 4180)."""
    return b'"%b"' % _inside(text)


_known_cell = memo(_cell)


@memo
def _words(text: str) -> bytes:
    return _cell(words(text))


def _inside(text: str) -> bytes:
    line = text.replace("\r", " ").replace("\n", " ")
    return line.replace('"', '""').encode()


def _meanings(question: Question) -> str:
    """Return what the wrong numbers mean; a short answer has no other place."""
    if not question.wrong:
        return ""
    lines = "".join(
        f"<li><b>{words(number)}</b>: {words(why)}</li>"
        for number, why in mistakes(question)
    )
    return f"<ul>{lines}</ul>"


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


def _finished(html: str) -> bytes:
    return _inside(dressed(html))


def _figure(block: Figure) -> bytes:
    """Return a figure as it stands in a cell."""
    before, after = _around_figure()
    return before + _inside(words(plain([block]))) + after


@cache
def _around_figure() -> list[bytes]:
    """Return what stands before and after the lines of a figure."""
    whole = f'<div class="scroll">{_framed(SLOT)}</div>'
    return _finished(whole).split(OPEN)


def _framed(lines: str) -> str:
    return f"<pre>{lines}</pre>"


def _shown(block: Figure) -> str:
    return _framed(words(plain([block])))


_PAGES = Pages(Style("<b>_{}_</b>".format, _shown), _finished, _figure)
