"""A quiz as JSON, format_version 1: the contract, and the key that `grade` reads.

Prompt and solution are plain text as a terminal shows it (see
`grader.quiz.plain`), the figure is an SVG with its alternative text or null.
Beyond the contract each question carries its level, concept, points, parameters
and pool.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from grader.quiz.figure import svg
from grader.quiz.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grader.quiz.paper import Paper
    from grader.quiz.question import Choice, Question, WrongAnswer

FORMAT_VERSION = 1
SUFFIX = ".json"


_written = json.JSONEncoder(ensure_ascii=False).encode
_text = json.encoder.encode_basestring  # what it does to a string
# A pool says the same few things to thousands of choices. Typed: 1 is not 1.0.
_known = lru_cache(maxsize=4096, typed=True)(_written)


def pieces(paper: Paper, *, solutions: bool = True) -> Iterator[bytes]:
    """Yield the JSON of a paper, one question a line; it always holds the key."""
    del solutions
    head = {
        "format_version": FORMAT_VERSION,
        "quiz": paper.quiz,
        "title": paper.title,
        "seed": paper.seed,
    }
    if paper.student is not None:
        head["student"] = paper.student
    yield f'{_written(head)[:-1]}, "questions": ['.encode()
    separator = "\n"
    for question in paper.questions:
        yield f"{separator}{record(question)}".encode()
        separator = ",\n"
    yield b"\n]}\n"


def record(question: Question) -> str:
    """Return a question as the contract lays it down."""
    choices = ", ".join([_choice(each) for each in question.choices])
    wrong = ", ".join(map(_wrong, question.wrong))
    figure = "null" if question.figure is None else _text(svg(question.figure))
    return (
        f'{{"id": {_text(question.id)}, "family": {_known(question.family)}, '
        f'"title": {_text(question.title)}, '
        f'"prompt": {_text(plain(question.prompt))}, '
        f'"type": {_known(question.type)}, "answer": {_written(question.answer)}, '
        f'"tolerance": {_known(question.tolerance)}, '
        f'"choices": [{choices}], "wrong": [{wrong}], '
        f'"solution": {_text(plain(question.solution))}, '
        f'"figure": {figure}, "level": {_known(question.level)}, '
        f'"concept": {_known(question.concept)}, '
        f'"points": {_known(question.points)}, '
        f'"parameters": {_parameters(question.parameters)}, '
        f'"pool": {_known(question.pool)}}}'
    )


def _choice(choice: Choice) -> str:
    return (
        f'{{"text": {_text(choice.text)}, '
        f"{_meaning(choice.correct, choice.misconception, choice.feedback)}}}"
    )


@lru_cache(maxsize=4096)
def _meaning(correct: bool, misconception: str | None, feedback: str) -> str:
    return (
        f'"correct": {_written(correct)}, '
        f'"misconception": {_written(misconception)}, "feedback": {_written(feedback)}'
    )


def _wrong(wrong: WrongAnswer) -> str:
    return (
        f'{{"answer": {_written(wrong.answer)}, '
        f'"misconception": {_known(wrong.misconception)}, '
        f'"feedback": {_known(wrong.feedback)}}}'
    )


def _parameters(parameters: Mapping[str, object]) -> str:
    # Most are whole numbers, which JSON writes as Python does.
    values = [
        value if type(value) is int else _written(value)
        for value in parameters.values()
    ]
    return _named(tuple(parameters)) % tuple(values)


@lru_cache(maxsize=1024)
def _named(names: tuple[str, ...]) -> str:
    """Return an object with these names, a place left open for each value."""
    pairs = [f"{_written(name)}: ".replace("%", "%%") + "%s" for name in names]
    return f"{{{', '.join(pairs)}}}"
