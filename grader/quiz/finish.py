"""Finish a variant: its choices in order, texts for its wrong answers, an id."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from math import prod
from typing import TYPE_CHECKING, Any

from grader.catalogue import misconception
from grader.quiz.question import Choice, Question, WrongAnswer, show
from grader.quiz.quick import maker, memo

if TYPE_CHECKING:
    from grader.quiz.draw import Draw
    from grader.quiz.family import Wrong
    from grader.quiz.question import Answer, Number
    from grader.quiz.variants import Variant

MOST_WRONG_CHOICES = 4
FEWEST_WRONG_CHOICES = 3
_NUMBER = r"\d+(?:\.\d+)?"

_choice, _question = maker(Choice), maker(Question)


def question(
    made: Variant, title: str, order: Draw, *, points: Number = 1, pool: str = ""
) -> Question:
    """Finish a variant: texts for its wrong answers, its choices in `order`."""
    family, draft = made.family, made.draft
    choices: tuple[Choice, ...] = ()
    typed: tuple[WrongAnswer, ...] = ()
    answer = draft.answer
    if family.type in ("numeric", "cloze"):
        typed = tuple(
            WrongAnswer(value, name, feedback(name, note))  # type: ignore[arg-type]
            for name, value, note in made.wrong
        )
    else:
        if family.type == "single":
            answer = show(answer)
        choices = order.shuffled(_choices(made, order))
    return _question(
        (
            f"{family.name}-{_digest(made, choices)}",
            family.name,
            title,
            draft.prompt,
            family.type,
            answer,
            draft.tolerance,
            choices,
            typed,
            draft.solution,
            draft.figure,
            made.level,
            family.concept,
            points,
            _parameters(made.case, made.numbers),
            pool or title,
        )
    )


def _digest(made: Variant, choices: tuple[Choice, ...]) -> str:
    """Return twelve digits that no two questions of a course share."""
    drawn = f"({tuple(made.case)}, {made.numbers})"
    texts = ", ".join([_quoted(each.text) for each in choices])
    # What `repr` makes of it all; there is never a single choice.
    identity = f"({made.family.name!r}, {drawn}, ({texts}))"
    return blake2b(identity.encode(), digest_size=6).hexdigest()


_quoted = memo(repr)


def _choices(made: Variant, order: Draw) -> list[Choice]:
    answer, praise = made.draft.answer, made.draft.praise
    wrongs = made.wrong
    rights: tuple[str, ...] = (show(answer),)
    if made.family.type == "multiple":
        if isinstance(answer, tuple):
            rights = tuple(map(str, answer))
    else:
        wrongs = some(wrongs, answer, order)
    choices = [_choice((text, True, None, praise)) for text in rights]
    choices += [
        _choice((show(value), False, name, feedback(name, note)))
        for name, value, note in wrongs
    ]
    return choices


def some(wrongs: tuple[Wrong, ...], answer: Answer, order: Draw) -> tuple[Wrong, ...]:
    """Return three or four wrong answers so that the right one's rank varies.

    Misconceptions err in both directions, so among all of them the right choice is
    mostly the middle one by size, and soon somebody notices. First draw how many of
    the wrong ones are smaller, then which.
    """
    sizes = _sizes([answer, *[value for _, value, _ in wrongs]])
    if sizes is None:
        return order.sample(wrongs, min(len(wrongs), MOST_WRONG_CHOICES))
    right, *given = sizes
    sized = list(zip(wrongs, given))  # noqa: B905  (they come from each other)
    smaller = [each for each, size in sized if size < right]
    others = [each for each, size in sized if size >= right]
    fewest = max(0, FEWEST_WRONG_CHOICES - len(others))
    below = order.integer(fewest, min(len(smaller), MOST_WRONG_CHOICES))
    above = min(len(others), MOST_WRONG_CHOICES - below)
    return order.sample(smaller, below) + order.sample(others, above)


def _sizes(values: list[Answer]) -> list[float] | None:
    """Return the magnitudes of values as people read them, unless some are words."""
    try:
        # Most are shapes, which need not be written down to be read.
        return list(map(abs, map(prod, values)))  # type: ignore[arg-type]
    except TypeError:
        read = [magnitude(show(value)) for value in values]
    sizes = [size for size in read if size is not None]
    return sizes if len(sizes) == len(values) else None


@memo
def magnitude(text: str) -> float | None:
    """Return a number as it is, a shape as its product; ``None`` for words.

    Examples
    --------
    >>> magnitude("-1,024"), magnitude("2 × 3 × 4"), magnitude("only one")
    (-1024.0, 24.0, None)
    """
    text = text.replace(",", "")
    try:
        return float(text)
    except ValueError:
        numbers = re.findall(_NUMBER, text)
    return prod(map(float, numbers)) if numbers else None


@lru_cache(maxsize=4096)
def feedback(name: str | None, note: str) -> str:
    """Return what to say to someone who gave a wrong answer."""
    if name is None:
        return note
    known = misconception(name)
    said = f"{known.belief} {known.remedy}"
    return f"{said} {note}" if note else said


def _parameters(case: tuple[Any, ...], numbers: tuple[int, ...]) -> dict[str, object]:
    fields = getattr(case, "_fields", None) or map(str, range(len(case)))
    named: dict[str, object] = dict(zip(fields, case))  # noqa: B905  (a name for each)
    if numbers:
        named["numbers"] = numbers
    return named
