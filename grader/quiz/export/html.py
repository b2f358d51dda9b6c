"""A quiz as one self-contained page, to read or to print."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from grader.quiz.export.text import answer, heading, how_to_answer, mistakes
from grader.quiz.figure import svg
from grader.quiz.markup import html
from grader.quiz.pages import asset, page
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.paper import Paper
    from grader.quiz.question import Question

SUFFIX = ".html"
_PLACE = "<!-- questions -->"


def pieces(paper: Paper, *, solutions: bool = False) -> Iterator[bytes]:
    """Yield a paper as a page."""
    title = heading(paper)
    body = f"<header><h1>{escape(title)}</h1></header>\n<main>{_PLACE}</main>"
    before, _, after = page(title, body, asset("paper.css")).partition(_PLACE)
    yield before.encode()
    for number, question in enumerate(paper.questions, 1):
        yield article(question, number, solutions=solutions).encode()
    yield after.encode()


def article(question: Question, number: int, *, solutions: bool) -> str:
    """Return one question as an ``<article>``."""
    points = f"{show(question.points)} point{'s' if question.points != 1 else ''}"
    figure = "" if question.figure is None else svg(question.figure)
    choices = "".join(f"<li>{escape(choice.text)}</li>" for choice in question.choices)
    parts = [
        f'<article id="{escape(question.id)}">',
        f"<h2>{number}. {escape(question.title)}</h2>",
        html(question.prompt),
        f'<div class="scroll">{figure}</div>' if figure else "",
        f'<ol class="choices">{choices}</ol>' if choices else "",
        f'<p class="soft">{points}. {escape(how_to_answer(question))}</p>',
        solved(question) if solutions else "",
        "</article>\n",
    ]
    return "\n".join(part for part in parts if part)


def solved(question: Question) -> str:
    """Return the answer, the worked solution and what the wrong answers mean."""
    meant = "".join(
        f"<li><b>{escape(text)}</b>: {escape(why)}</li>"
        for text, why in mistakes(question)
    )
    return (
        f'<section class="solution"><p><b>Answer: {escape(answer(question))}</b></p>\n'
        f"{html(question.solution)}\n"
        + (f"<p>Wrong answers and what they mean:</p><ul>{meant}</ul>" if meant else "")
        + "</section>"
    )
