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

from grader.quiz import figure as figures
from grader.quiz.plain import paragraphs, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grader.quiz.blocks import Figure
    from grader.quiz.paper import Paper
    from grader.quiz.question import Choice, Question, WrongAnswer

FORMAT_VERSION = 1
SUFFIX = ".json"


# Bytes are put together here, since a pool says the same few things in thousands of
# questions, and what is said again need be neither quoted nor encoded again.
_RECORD = (
    b'{"id": "%b", "family": %b, "title": "%b", "prompt": "%b", "type": %b, '
    b'"answer": %b, "tolerance": %b, "choices": [%b], "wrong": [%b], '
    b'"solution": "%b", "figure": %b, "level": %b, "concept": %b, "points": %b, '
    b'"parameters": %b, "pool": %b}'
)
_text = json.JSONEncoder(ensure_ascii=False).encode
_quoted = json.encoder.encode_basestring  # what it does to a string


def _written(value: object) -> bytes:
    return _text(value).encode()


# Typed: 1 is not 1.0.
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
    yield f'{_text(head)[:-1]}, "questions": ['.encode()
    separator = b"\n"
    for question in paper.questions:
        yield separator + record(question)
        separator = b",\n"
    yield b"\n]}\n"


def record(question: Question) -> bytes:
    """Return a question as the contract lays it down."""
    return _RECORD % (
        _inside(question.id),
        _known(question.family),
        _inside(question.title),
        _inside(plain(question.prompt)),
        _known(question.type),
        _written(question.answer),
        _known(question.tolerance),
        b", ".join([_choice(each) for each in question.choices]),
        b", ".join([_wrong(each) for each in question.wrong]),
        rb"\n\n".join(map(_known_inside, paragraphs(question.solution))),
        b"null" if question.figure is None else _figure(question.figure),
        _known(question.level),
        _known(question.concept),
        _known(question.points),
        _parameters(question.parameters),
        _known(question.pool),
    )


def _inside(text: str) -> bytes:
    """Return what stands between the quotes of a string."""
    return _quoted(text)[1:-1].encode()


_known_inside = lru_cache(maxsize=4096)(_inside)


def _figure(figure: Figure) -> bytes:
    return b'"%b"' % b"".join(map(_known_inside, figures.pieces(figure)))


def _choice(choice: Choice) -> bytes:
    meaning = _meaning(choice.correct, choice.misconception, choice.feedback)
    return b'{"text": "%b", %b}' % (_known_inside(choice.text), meaning)


@lru_cache(maxsize=4096)
def _meaning(correct: bool, misconception: str | None, feedback: str) -> bytes:
    return b'"correct": %b, "misconception": %b, "feedback": %b' % (
        _written(correct),
        _written(misconception),
        _written(feedback),
    )


def _wrong(wrong: WrongAnswer) -> bytes:
    return b'{"answer": %b, "misconception": %b, "feedback": %b}' % (
        _written(wrong.answer),
        _known(wrong.misconception),
        _known(wrong.feedback),
    )


def _parameters(parameters: Mapping[str, object]) -> bytes:
    # Most are whole numbers, which JSON writes as Python does.
    values = [
        value if type(value) is int else _text(value) for value in parameters.values()
    ]
    return (_named(tuple(parameters)) % tuple(values)).encode()


@lru_cache(maxsize=1024)
def _named(names: tuple[str, ...]) -> str:
    """Return an object with these names, a place left open for each value."""
    pairs = [f"{_text(name)}: ".replace("%", "%%") + "%s" for name in names]
    return f"{{{', '.join(pairs)}}}"
