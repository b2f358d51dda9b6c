"""A quiz as JSON, format_version 1: the contract, and the key that `grade` reads.

Prompt and solution are plain text as a terminal shows it (see
`grader.quiz.plain`), the figure is an SVG with its alternative text or null.
Beyond the contract each question carries its level, concept, points, parameters
and pool.
"""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any

from grader.quiz.blocks import WORDS
from grader.quiz.figure import Pen
from grader.quiz.plain import plain, plain_block
from grader.quiz.quick import lacking, memo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from grader.quiz.blocks import Block, Figure, Math, Text
    from grader.quiz.paper import Paper
    from grader.quiz.question import Choice, Question, WrongAnswer

FORMAT_VERSION = 1
SUFFIX = ".json"


# Bytes are put together here, since a pool says the same few things in thousands of
# questions, and what is said again need be neither quoted nor encoded again. What
# all questions of a pool say is filled in first.
_RECORD = (
    b'{"id": "%%b", "family": %b, "title": "%%b", "prompt": "%%b", "type": %b, '
    b'"answer": %%b, "tolerance": %b, "choices": [%%b], "wrong": [%%b], '
    b'"solution": "%%b", "figure": %%b, "level": %b, "concept": %b, "points": %b, '
    b'"parameters": %%b, "pool": %b}'
)
_text = json.JSONEncoder(ensure_ascii=False).encode
_quoted = json.encoder.encode_basestring  # what it does to a string
_CONTROLS = bytes(range(32))
_has_no_controls = lacking(_CONTROLS)
_is_plain = lacking(_CONTROLS + b'"\\')


def _written(value: object) -> bytes:
    return _text(value).encode()


def _inside(text: str) -> bytes:
    """Return what stands between the quotes of a string."""
    content = text.encode()
    if _is_plain(content):
        return content
    if _has_no_controls(content):  # figures are full of quotes
        return content.replace(b"\\", rb"\\").replace(b'"', rb"\"")
    return _quoted(text)[1:-1].encode()


@memo
def _string(text: str | None) -> bytes:
    return b"null" if text is None else b'"%b"' % _inside(text)


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
    (
        identity, family, title, prompt, kind, answer, tolerance, choices, wrong,
        solution, figure, level, concept, points, parameters, pool,
    ) = question  # fmt: skip
    shared = _shared(family, kind, tolerance, level, concept, points, pool)
    return shared % (
        _inside(identity),
        _inside(title),
        _page(prompt, _paragraph),
        _string(answer) if isinstance(answer, str) else _written(answer),
        _choices(choices) if choices else b"",
        b", ".join([_wrong(each) for each in wrong]),
        _page(solution, _known_paragraph),
        b"null" if figure is None else _figure(figure),
        _parameters(parameters),
    )


@lru_cache(maxsize=256, typed=True)
def _shared(*values: object) -> bytes:
    """Return the record of the questions that have these values in common."""
    return _RECORD % tuple([_written(each).replace(b"%", b"%%") for each in values])


def _page(blocks: Sequence[Block], paragraph: Callable[[Any], bytes]) -> bytes:
    """Return what stands between the quotes of a page."""
    if WORDS.issuperset(map(type, blocks)):
        return rb"\n\n".join(map(paragraph, blocks))
    numbers = count(1)
    return rb"\n\n".join(
        [
            paragraph(block)
            if type(block) in WORDS
            else _inside(plain_block(block, numbers))
            for block in blocks
        ]
    )


def _paragraph(block: str | Math | Text) -> bytes:
    return _inside(block if isinstance(block, str) else plain([block]))


_known_paragraph = memo(_paragraph)


def _label(words: str) -> bytes:
    return rb"aria-label=\"%b\"" % _inside(words)


_PEN = Pen(_inside, _label)


def _figure(figure: Figure) -> bytes:
    return b'"%b"' % b"".join(_PEN.draw(figure)[1])


def _choices(choices: tuple[Choice, ...]) -> bytes:
    texts = [_string(choice[0]) + _meaning(choice[1:]) for choice in choices]
    return b'{"text": ' + b', {"text": '.join(texts)


@memo
def _meaning(said: tuple[bool, str | None, str]) -> bytes:
    """Return a choice from the end of its text on."""
    correct, misconception, feedback = said
    return b', "correct": %b, "misconception": %b, "feedback": %b}' % (
        _written(correct),
        _string(misconception),
        _string(feedback),
    )


def _wrong(wrong: WrongAnswer) -> bytes:
    return b'{"answer": %b, "misconception": %b, "feedback": %b}' % (
        _written(wrong.answer),
        _string(wrong.misconception),
        _string(wrong.feedback),
    )


def _parameters(parameters: Mapping[str, object]) -> bytes:
    values = tuple(parameters.values())
    if not {int}.issuperset(map(type, values)):
        return _written(parameters)
    return (_whole(tuple(parameters)) % values).encode()


@memo
def _whole(names: tuple[str, ...]) -> str:
    """Return an object with these names, a place left open for each whole number."""
    pairs = [f"{_quoted(name)}: ".replace("%", "%%") + "%d" for name in names]
    return "{" + ", ".join(pairs) + "}"
