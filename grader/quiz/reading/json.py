"""Read the JSON that ``quiz new --format json`` writes, for one paper or a class."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from grader.quiz.reading import Answer, Item, MalformedError
from grader.quiz.reading.source import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator


def looks_like(content: bytes) -> bool:
    """Tell whether a file opens as a JSON object."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b'{"')


def items(content: bytes) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """Return the questions of a file; there is nothing that cannot be read."""
    try:
        top = json.loads(decoded(content))
    except json.JSONDecodeError as error:
        raise MalformedError(
            f"line {error.lineno}, column {error.colno}: not JSON: {error.msg}."
        ) from None
    except RecursionError:
        raise MalformedError("not JSON that a quiz could be: too deep.") from None
    if not isinstance(top, dict) or not ({"questions", "papers"} & top.keys()):
        raise MalformedError("JSON, but no quiz: it has no questions.")
    papers = [top, *_listed(top.get("papers", ()))]
    records = [each for paper in papers for each in _listed(paper.get("questions", ()))]
    return tuple(_sound(place, each) for place, each in enumerate(records, 1)), ()


def _listed(given: Any) -> list[dict[str, Any]]:
    """Return what must be a list of objects."""
    if isinstance(given, (list, tuple)) and all(isinstance(x, dict) for x in given):
        return list(given)
    raise MalformedError("JSON, but no quiz of ours: its questions are no objects.")


def _sound(place: int, record: dict[str, Any]) -> Item:
    wrong = f"JSON, but no quiz of ours: question {place}"
    try:
        return _item(record)
    except KeyError as error:
        raise MalformedError(f"{wrong} has no {error}.") from None
    except (ArithmeticError, AttributeError, IndexError, TypeError, ValueError):
        raise MalformedError(f"{wrong} holds a value of the wrong kind.") from None


def _item(record: dict[str, Any]) -> Item:
    answers = tuple(_ticked(record) if record["choices"] else _typed(record))
    return Item(
        title=str(record["title"]),
        type=str(record["type"]),
        answers=answers,
        feedback=str(record["solution"]),
        figures=int(record.get("figure") is not None),
        points=float(record.get("points", 1)),
        pool=str(record.get("pool", "")),
        prompt=str(record["prompt"]),
        unscored=max((answer.fraction for answer in answers), default=0) <= 0,
    )


def _ticked(record: dict[str, Any]) -> Iterator[Answer]:
    choices = record["choices"]
    right = sum(choice["correct"] for choice in choices) or 1
    wrong = -1 / right if record["type"] == "multiple" else 0.0
    for choice in choices:
        share = 1 / right if choice["correct"] else wrong
        yield Answer(str(choice["text"]), share, str(choice["feedback"]))


def _typed(record: dict[str, Any]) -> Iterator[Answer]:
    """Yield the right numbers of each place, then what its wrong ones mean."""
    cloze = record["type"] == "cloze"
    tolerance = float(record.get("tolerance", 0))
    rights = record["answer"] if cloze else [record["answer"]]
    for place, right in enumerate(rights):
        blank = place + 1 if cloze else 0
        yield Answer(str(right), 1.0, "", tolerance, blank)
        for wrong in record["wrong"]:
            number = wrong["answer"][place] if cloze else wrong["answer"]
            # A belief may give the right number in one of the blanks.
            if number != right:
                feedback = str(wrong["feedback"])
                yield Answer(str(number), 0.0, feedback, tolerance, blank)
