"""A quiz as JSON, format_version 1: the contract, and the key that `grade` reads.

Prompt and solution are plain text as a terminal shows it (see
`grader.quiz.plain`), the figure is an SVG with its alternative text or null.
Beyond the contract each question carries its level, concept, points, parameters
and pool.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from grader.quiz.figure import svg
from grader.quiz.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.paper import Paper
    from grader.quiz.question import Question

FORMAT_VERSION = 1
SUFFIX = ".json"


def pieces(paper: Paper, *, solutions: bool = True) -> Iterator[bytes]:
    """Yield the JSON of a paper, one question a line; it always holds the key."""
    del solutions
    yield from (piece.encode() for piece in _texts(paper))


def _texts(paper: Paper) -> Iterator[str]:
    head = {
        "format_version": FORMAT_VERSION,
        "quiz": paper.quiz,
        "title": paper.title,
        "seed": paper.seed,
    }
    if paper.student is not None:
        head["student"] = paper.student
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "questions": ['
    separator = "\n"
    for question in paper.questions:
        yield separator
        yield json.dumps(record(question), ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def record(question: Question) -> dict[str, object]:
    """Return a question as the contract lays it down."""
    return {
        "id": question.id,
        "family": question.family,
        "title": question.title,
        "prompt": plain(question.prompt),
        "type": question.type,
        "answer": question.answer,
        "tolerance": question.tolerance,
        "choices": [
            {
                "text": choice.text,
                "correct": choice.correct,
                "misconception": choice.misconception,
                "feedback": choice.feedback,
            }
            for choice in question.choices
        ],
        "wrong": [
            {
                "answer": wrong.answer,
                "misconception": wrong.misconception,
                "feedback": wrong.feedback,
            }
            for wrong in question.wrong
        ],
        "solution": plain(question.solution),
        "figure": None if question.figure is None else svg(question.figure),
        "level": question.level,
        "concept": question.concept,
        "points": question.points,
        "parameters": question.parameters,
        "pool": question.pool,
    }
